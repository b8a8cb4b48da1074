//===- SourceFiles.cpp - The files that ops come from ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SourceFiles.h"

#include "llvm/ADT/TypeSwitch.h"

namespace roofline {

namespace {

/// The file location that stands for `location`, by the same choice among
/// several as that of its text; null where there is none.
mlir::FileLineColLoc fileLocation(mlir::Location location) {
  return llvm::TypeSwitch<mlir::LocationAttr, mlir::FileLineColLoc>(location)
      .Case<mlir::FileLineColLoc>([](mlir::FileLineColLoc file) {
        return file.getLine() > 0 ? file : mlir::FileLineColLoc();
      })
      .Case<mlir::NameLoc>(
          [](mlir::NameLoc name) { return fileLocation(name.getChildLoc()); })
      .Case<mlir::CallSiteLoc>([](mlir::CallSiteLoc call) {
        mlir::FileLineColLoc callee = fileLocation(call.getCallee());
        return callee ? callee : fileLocation(call.getCaller());
      })
      .Case<mlir::FusedLoc>([](mlir::FusedLoc fused) {
        for (mlir::Location part : fused.getLocations())
          if (mlir::FileLineColLoc file = fileLocation(part))
            return file;
        return mlir::FileLineColLoc();
      })
      .Default([](mlir::LocationAttr) { return mlir::FileLineColLoc(); });
}

} // namespace

FileLocation filePlace(mlir::Location location) {
  mlir::FileLineColLoc file = fileLocation(location);
  if (!file)
    return {};
  return {file.getFilename().str(), file.getLine(), file.getColumn()};
}

std::optional<SourcePlace> SourceFiles::find(mlir::Location location) {
  mlir::FileLineColLoc file = fileLocation(location);
  if (!file)
    return std::nullopt;
  auto [it, isNew] =
      numberOf.try_emplace(file.getFilename(), uint32_t(files.size()));
  if (isNew)
    files.push_back(file.getFilename().str());
  return SourcePlace{it->second, file.getLine(), file.getColumn()};
}

} // namespace roofline
