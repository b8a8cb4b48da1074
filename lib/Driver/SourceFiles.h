//===- SourceFiles.h - The files that ops come from -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_DRIVER_SOURCEFILES_H
#define ROOFLINE_LIB_DRIVER_SOURCEFILES_H

#include "roofline/Model/FileError.h"
#include "roofline/Report/Report.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"

#include "llvm/ADT/DenseMap.h"

namespace roofline {

/// The file, line and column of `location`: of a named location those that the
/// framework gave, of an inlined one those of what was inlined. Of no file
/// where it has none.
FileLocation filePlace(mlir::Location location);

/// Collects the files that the places of a report are in.
class SourceFiles {
public:
  /// That of `filePlace`; absent where `location` has no file.
  std::optional<SourcePlace> find(mlir::Location location);

  /// The files met, by the numbers of the places.
  std::vector<std::string> take() { return std::move(files); }

private:
  std::vector<std::string> files;
  llvm::DenseMap<mlir::StringAttr, uint32_t> numberOf;
};

} // namespace roofline

#endif // ROOFLINE_LIB_DRIVER_SOURCEFILES_H
