//===- Output.cpp - Writing results ---------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/Output.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace roofline {

namespace {

/// Reports of large models are hundreds of megabytes of JSON in small pieces.
constexpr size_t bufferBytes = 1 << 16;

llvm::Error cannotWrite(llvm::StringRef path, std::error_code code) {
  return llvm::createStringError(code, "cannot write '%s': %s",
                                 path.str().c_str(), code.message().c_str());
}

llvm::Error writeToStream(llvm::raw_fd_ostream &os, llvm::StringRef path,
                          llvm::function_ref<void(llvm::raw_ostream &)> write) {
  os.SetBufferSize(bufferBytes);
  write(os);
  os.flush();
  std::error_code code = os.error();
  os.clear_error();
  return code ? cannotWrite(path, code) : llvm::Error::success();
}

} // namespace

llvm::Error writeOutput(llvm::StringRef path,
                        llvm::function_ref<void(llvm::raw_ostream &)> write) {
  if (path == "-")
    return writeToStream(llvm::outs(), "standard output", write);

  // Devices and pipes are written to as they are; a plain file is written
  // beside its place and moved there when it is complete.
  llvm::sys::fs::file_status status;
  bool exists = !llvm::sys::fs::status(path, status);
  if (exists && !llvm::sys::fs::is_regular_file(status)) {
    std::error_code code;
    llvm::raw_fd_ostream os(path, code, llvm::sys::fs::OF_None);
    if (code)
      return cannotWrite(path, code);
    return writeToStream(os, path, write);
  }
  llvm::SmallString<128> place(path);
  if (exists) {
    // Moving a file over this one would take its place even where it may not
    // be written, and replace a link instead of what it leads to.
    if (!llvm::sys::fs::can_write(path))
      return cannotWrite(path,
                         std::make_error_code(std::errc::permission_denied));
    if (std::error_code code = llvm::sys::fs::real_path(path, place))
      return cannotWrite(path, code);
  }
  llvm::Expected<llvm::sys::fs::TempFile> temporary =
      llvm::sys::fs::TempFile::create(place + ".%%%%%%.tmp",
                                      llvm::sys::fs::all_read |
                                          llvm::sys::fs::owner_write);
  if (!temporary)
    return cannotWrite(path, llvm::errorToErrorCode(temporary.takeError()));
  llvm::Error error = [&] {
    llvm::raw_fd_ostream os(temporary->FD, /*shouldClose=*/false);
    return writeToStream(os, path, write);
  }();
  if (error) {
    llvm::consumeError(temporary->discard());
    return error;
  }
  if (llvm::Error kept = temporary->keep(place))
    return cannotWrite(path, llvm::errorToErrorCode(std::move(kept)));
  return llvm::Error::success();
}

llvm::Error writeOutput(llvm::StringRef path, llvm::StringRef text) {
  return writeOutput(path, [&](llvm::raw_ostream &os) { os << text; });
}

llvm::Error writeReport(const Report &report, ReportFormat format,
                        const ViewOptions &options, llvm::StringRef path) {
  if (format == ReportFormat::Html)
    if (llvm::Error error = checkHasHtml())
      return error;
  return writeOutput(path, [&](llvm::raw_ostream &os) {
    printReport(os, report, format, options);
  });
}

} // namespace roofline
