//===- SwishDialect.cpp - A dialect unknown to Roofline -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SwishDialect.h"

#include "SwishDialect.cpp.inc"

#define GET_OP_CLASSES
#include "SwishOps.cpp.inc"

void swish::SwishDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "SwishOps.cpp.inc"
      >();
}
