//===- SourceDiagnostics.h - Diagnostics with their lines -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DRIVER_SOURCEDIAGNOSTICS_H
#define ROOFLINE_DRIVER_SOURCEDIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"

namespace roofline {

/// Prints diagnostics with the line they concern, as MLIR's handler does, but
/// leaves out lines that no screen holds: a constant of a model may be one line
/// of many megabytes.
class SourceDiagnostics : public mlir::SourceMgrDiagnosticHandler {
public:
  /// Where `isQuiet`, prints errors and their notes only.
  SourceDiagnostics(llvm::SourceMgr &sources, mlir::MLIRContext *context,
                    llvm::raw_ostream &os, bool isQuiet = false);

private:
  void print(mlir::Location location, const llvm::Twine &message,
             mlir::DiagnosticSeverity severity);
};

} // namespace roofline

#endif // ROOFLINE_DRIVER_SOURCEDIAGNOSTICS_H
