//===- ModelFile.h - Reading a model file -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DRIVER_MODELFILE_H
#define ROOFLINE_DRIVER_MODELFILE_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace llvm {
class SourceMgr;
class raw_ostream;
} // namespace llvm

namespace roofline {

/// Reads a file (`-` is standard input) into `sources` and parses it. Its text
/// is looked at before the parser does: what is not MLIR, or nests too deep, is
/// refused with an error that says what to do, and log lines around the module
/// are blanked with a remark. These messages go to `errors`, the parser's to
/// the diagnostic handler of `context`; where `isQuiet`, there are no remarks
/// among them. Null on failure; `context` is not to be destroyed then, because
/// a parser may have crashed in it. Threads may read models at the same time.
mlir::OwningOpRef<mlir::ModuleOp> loadModel(llvm::StringRef path,
                                            llvm::SourceMgr &sources,
                                            mlir::MLIRContext &context,
                                            llvm::raw_ostream &errors,
                                            bool isQuiet = false);

/// What `arguments` stand for: themselves, and for a folder its files that end
/// with `.mlir`, `.mlirbc` or `.mlir.bc`, those of its folders among them,
/// sorted by path. Fails on a folder without any or that cannot be read, and
/// where `-`, standard input, is there twice.
llvm::Expected<std::vector<std::string>>
findModelFiles(llvm::ArrayRef<std::string> arguments);

/// Names for files about `paths`, no two of them equal: those of the files
/// themselves, with as many folders before them as tell them apart; `stdin`
/// stands for `-`.
std::vector<std::string> distinctNames(llvm::ArrayRef<std::string> paths);

} // namespace roofline

#endif // ROOFLINE_DRIVER_MODELFILE_H
