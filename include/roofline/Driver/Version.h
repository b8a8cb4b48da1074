//===- Version.h - Version of the tools -------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DRIVER_VERSION_H
#define ROOFLINE_DRIVER_VERSION_H

#include "llvm/ADT/StringRef.h"

namespace roofline {

/// The version of the project, `0.1.0`.
llvm::StringRef toolVersion();

/// The version of the model data: rules of ops, formation of kernels, time
/// models and built-in target files. Reports of equal versions give equal
/// estimates for a graph; from one to the next they may differ.
unsigned modelDataVersion();

} // namespace roofline

#endif // ROOFLINE_DRIVER_VERSION_H
