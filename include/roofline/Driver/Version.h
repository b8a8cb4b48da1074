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

} // namespace roofline

#endif // ROOFLINE_DRIVER_VERSION_H
