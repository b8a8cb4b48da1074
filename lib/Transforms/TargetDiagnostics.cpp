//===- TargetDiagnostics.cpp - Target errors in passes --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDiagnostics.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"

namespace roofline {

mlir::FailureOr<TargetPtrs>
findTargetsForPass(mlir::Operation *op, llvm::ArrayRef<std::string> names,
                   llvm::ArrayRef<std::string> files, bool allowLowConfidence) {
  if (names.empty())
    return op->emitError(
        "no target is named; give the pass 'targets', such as targets=h200");
  llvm::Expected<TargetPtrs> targets =
      findTargets(names, files, allowLowConfidence);
  if (targets)
    return std::move(*targets);
  llvm::handleAllErrors(targets.takeError(), [&](const TargetError &error) {
    mlir::Location location = op->getLoc();
    if (const FileLocation &where = error.getLocation(); where.isKnown())
      location = mlir::FileLineColLoc::get(op->getContext(), where.file,
                                           where.line, where.column);
    mlir::emitError(location) << error.getMessage();
  });
  return mlir::failure();
}

} // namespace roofline
