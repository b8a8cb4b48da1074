//===- Version.cpp - Version of the tools ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/Version.h"

namespace roofline {

llvm::StringRef toolVersion() { return ROOFLINE_VERSION; }

} // namespace roofline
