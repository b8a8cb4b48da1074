//===- KernelTrace.cpp - What a profiler saw a device run -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/KernelTrace.h"

#include "TraceBuilder.h"

#include "roofline/Model/YamlFile.h"

#include "llvm/ADT/StringExtras.h"

namespace roofline {

namespace {

/// The first bytes of files by the format's own documentation: RFC 1952,
/// RFC 8878, PKZIP's APPNOTE 4.3.7, SQLite's "Database File Format" 1.3.
constexpr llvm::StringLiteral gzipMagic = "\x1f\x8b";
constexpr llvm::StringLiteral zstdMagic = "\x28\xb5\x2f\xfd";
constexpr llvm::StringLiteral zipMagic = "PK\x03\x04";
constexpr llvm::StringLiteral sqliteMagic = "SQLite format 3";
constexpr llvm::StringLiteral byteOrderMark = "\xef\xbb\xbf";

} // namespace

llvm::Expected<KernelTrace> readKernelTrace(llvm::StringRef text,
                                            llvm::StringRef file) {
  FileLocation whole = {file.str(), 0, 0};
  if (text.starts_with(gzipMagic))
    return makeFileError(whole, "is compressed; unpack it first: gunzip");
  if (text.starts_with(zstdMagic) || text.starts_with(zipMagic))
    return makeFileError(whole, "is compressed; unpack it first");
  if (file.ends_with(".nsys-rep") || file.ends_with(".qdrep"))
    return makeFileError(whole, "a report of Nsight Systems; export it first: "
                                "nsys export --type=sqlite");
  if (text.starts_with(sqliteMagic))
    return readNsysTrace(text, file);
  llvm::StringRef begin = text;
  begin.consume_front(byteOrderMark);
  begin = begin.ltrim();
  if (begin.empty())
    return makeFileError(whole, "is empty; expected a profiler trace");
  if (begin.starts_with("{") || begin.starts_with("["))
    return readChromeTrace(text, file);
  return readCsvTrace(text, file);
}

llvm::Expected<KernelTrace> readKernelTraceFile(const std::string &path) {
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> text =
      readYamlText(path, "profiler trace");
  if (!text)
    return text.takeError();
  return readKernelTrace((*text)->getBuffer(), path);
}

} // namespace roofline
