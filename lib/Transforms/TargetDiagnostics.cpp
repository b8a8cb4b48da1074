//===- TargetDiagnostics.cpp - Errors of files in passes
//--------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDiagnostics.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"

namespace roofline {

void emitFileErrors(mlir::Operation *op, llvm::Error errors) {
  llvm::handleAllErrors(
      std::move(errors),
      [&](const FileError &error) {
        mlir::Location location = op->getLoc();
        if (const FileLocation &where = error.getLocation(); where.isKnown())
          location = mlir::FileLineColLoc::get(op->getContext(), where.file,
                                               where.line, where.column);
        mlir::emitError(location) << error.getMessage();
      },
      [&](const llvm::ErrorInfoBase &error) {
        mlir::emitError(op->getLoc()) << error.message();
      });
}

std::string fileOf(mlir::ModuleOp module) {
  if (auto file = module.getLoc()->findInstanceOf<mlir::FileLineColLoc>())
    return file.getFilename().str();
  return "-";
}

mlir::FailureOr<TargetPtrs>
findTargetsForPass(mlir::Operation *op, llvm::ArrayRef<std::string> names,
                   llvm::ArrayRef<std::string> files, bool allowLowConfidence) {
  if (names.empty())
    return mlir::emitError(
        op->getLoc(),
        "no target is named; give the pass 'targets', such as targets=h200");
  llvm::Expected<TargetPtrs> targets =
      findTargets(names, files, allowLowConfidence);
  if (targets)
    return std::move(*targets);
  emitFileErrors(op, targets.takeError());
  return mlir::failure();
}

mlir::FailureOr<DemandOptions>
demandOptionsForPass(mlir::Operation *op, F32Precision f32,
                     llvm::ArrayRef<std::string> customCallFiles) {
  llvm::Expected<std::shared_ptr<const CustomCallTable>> table =
      readCustomCalls(customCallFiles);
  if (table)
    return DemandOptions{f32, std::move(*table)};
  emitFileErrors(op, table.takeError());
  return mlir::failure();
}

} // namespace roofline
