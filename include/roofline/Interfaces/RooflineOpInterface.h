//===- RooflineOpInterface.h - What an op demands ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_INTERFACES_ROOFLINEOPINTERFACE_H
#define ROOFLINE_INTERFACES_ROOFLINEOPINTERFACE_H

#include "roofline/Interfaces/DemandRules.h"

#include "mlir/IR/OpDefinition.h"

#include "roofline/Interfaces/RooflineOpInterface.h.inc"

#endif // ROOFLINE_INTERFACES_ROOFLINEOPINTERFACE_H
