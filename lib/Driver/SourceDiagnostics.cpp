//===- SourceDiagnostics.cpp - Diagnostics with their lines ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/SourceDiagnostics.h"

#include "mlir/IR/BuiltinAttributes.h"

#include "llvm/Support/SourceMgr.h"

namespace roofline {

namespace {

/// Longer lines are not shown.
constexpr size_t maxShownLine = 500;

/// Whether the line that `location` names in its buffer may be shown.
bool hasShortLine(const llvm::MemoryBuffer &buffer, unsigned line) {
  llvm::StringRef text = buffer.getBuffer();
  for (unsigned current = 1; current < line; ++current) {
    size_t end = text.find('\n');
    if (end == llvm::StringRef::npos)
      return true;
    text = text.drop_front(end + 1);
  }
  return std::min(text.find('\n'), text.size()) <= maxShownLine;
}

} // namespace

SourceDiagnostics::SourceDiagnostics(llvm::SourceMgr &sources,
                                     mlir::MLIRContext *context,
                                     llvm::raw_ostream &os, bool isQuiet)
    : SourceMgrDiagnosticHandler(sources, context, os) {
  setHandler([this, isQuiet](mlir::Diagnostic &diagnostic) {
    if (isQuiet && diagnostic.getSeverity() != mlir::DiagnosticSeverity::Error)
      return;
    print(diagnostic.getLocation(), diagnostic.str(), diagnostic.getSeverity());
    for (mlir::Diagnostic &note : diagnostic.getNotes())
      print(note.getLocation(), note.str(), note.getSeverity());
  });
}

void SourceDiagnostics::print(mlir::Location location,
                              const llvm::Twine &message,
                              mlir::DiagnosticSeverity severity) {
  bool showLine = true;
  if (auto file = location->findInstanceOf<mlir::FileLineColLoc>())
    if (const llvm::MemoryBuffer *buffer = getBufferForFile(file.getFilename()))
      showLine = hasShortLine(*buffer, file.getLine());
  emitDiagnostic(location, message, severity, showLine);
}

} // namespace roofline
