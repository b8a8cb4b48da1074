//===- ModelFile.h - Reading a model file -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DRIVER_MODELFILE_H
#define ROOFLINE_DRIVER_MODELFILE_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include "llvm/ADT/StringRef.h"

namespace llvm {
class SourceMgr;
class raw_ostream;
} // namespace llvm

namespace roofline {

/// Reads a file (`-` is standard input) into `sources` and parses it. Its text
/// is looked at before the parser does: what is not MLIR, or nests too deep, is
/// refused with an error that says what to do, and log lines around the module
/// are blanked with a remark. These messages go to `errors`, the parser's to
/// the diagnostic handler of `context`. Null on failure; `context` is not to be
/// destroyed then, because a parser may have crashed in it.
mlir::OwningOpRef<mlir::ModuleOp> loadModel(llvm::StringRef path,
                                            llvm::SourceMgr &sources,
                                            mlir::MLIRContext &context,
                                            llvm::raw_ostream &errors);

} // namespace roofline

#endif // ROOFLINE_DRIVER_MODELFILE_H
