//===- SavedReportFile.cpp - Files of saved reports -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/FileError.h"
#include "roofline/Report/JsonReader.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

namespace roofline {

namespace {

/// Reads a report from `text` and checks that nothing of it is missing.
llvm::Expected<SavedReport> readWhole(llvm::StringRef text,
                                      llvm::StringRef path) {
  llvm::Expected<SavedReport> saved = readJsonReport(text, path);
  if (!saved)
    return saved.takeError();
  for (ReportView view :
       {ReportView::Summary, ReportView::Kernels, ReportView::Coverage})
    if (!saved->has(view))
      return makeFileError({path.str(), 0, 0},
                           "the report was saved without some of its views; "
                           "save it without --view");
  return saved;
}

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
openFile(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return makeFileError({path.str(), 0, 0}, "cannot read the file: " +
                                                 buffer.getError().message());
  return std::move(*buffer);
}

} // namespace

llvm::Expected<std::optional<SavedReport>>
readSavedReport(llvm::StringRef path) {
  // What can be read only once is left to the reader of models, and so is
  // saying what is wrong with a file that is not there.
  llvm::sys::fs::file_status status;
  if (path == "-" || llvm::sys::fs::status(path, status) ||
      !llvm::sys::fs::is_regular_file(status))
    return std::nullopt;
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> buffer = openFile(path);
  if (!buffer)
    return buffer.takeError();
  if (!looksLikeJson((*buffer)->getBuffer()))
    return std::nullopt;
  llvm::Expected<SavedReport> saved = readWhole((*buffer)->getBuffer(), path);
  if (!saved)
    return saved.takeError();
  return std::optional<SavedReport>(std::move(*saved));
}

llvm::Expected<SavedReport> requireSavedReport(llvm::StringRef path) {
  if (llvm::sys::fs::is_directory(path))
    return makeFileError({path.str(), 0, 0},
                         "is a directory; name a saved report");
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> buffer = openFile(path);
  if (!buffer)
    return buffer.takeError();
  if (!looksLikeJson((*buffer)->getBuffer()))
    return makeFileError({path.str(), 0, 0},
                         "is not a saved report; save one with 'roofline "
                         "report --format=json'");
  return readWhole((*buffer)->getBuffer(), path);
}

} // namespace roofline
