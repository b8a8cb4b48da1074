//===- TargetDiagnostics.h - Errors of files in passes ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_TRANSFORMS_TARGETDIAGNOSTICS_H
#define ROOFLINE_LIB_TRANSFORMS_TARGETDIAGNOSTICS_H

#include "roofline/Driver/Driver.h"

#include "mlir/IR/Operation.h"

namespace roofline {

/// Emits what is wrong with a file, at the place in it or else at `op`.
void emitFileErrors(mlir::Operation *op, llvm::Error errors);

/// The file that a module was parsed from; `-` where that is not known.
std::string fileOf(mlir::ModuleOp module);

/// Finds the targets of a pass. Fails with an error that names the place in
/// the target file, or `op` where there is none.
mlir::FailureOr<TargetPtrs>
findTargetsForPass(mlir::Operation *op, llvm::ArrayRef<std::string> names,
                   llvm::ArrayRef<std::string> files, bool allowLowConfidence);

/// What the options of a pass decide about demand, with the files that say what
/// custom calls cost read. Fails with an error that names the place in the
/// file.
mlir::FailureOr<DemandOptions>
demandOptionsForPass(mlir::Operation *op, F32Precision f32,
                     llvm::ArrayRef<std::string> customCallFiles);

/// Emits what is wrong with files, at the place in one or else at `op`.
void emitFileErrors(mlir::Operation *op, llvm::Error errors);

} // namespace roofline

#endif // ROOFLINE_LIB_TRANSFORMS_TARGETDIAGNOSTICS_H
