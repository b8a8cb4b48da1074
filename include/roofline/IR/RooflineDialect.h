//===- RooflineDialect.h - The roofline dialect -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_IR_ROOFLINEDIALECT_H
#define ROOFLINE_IR_ROOFLINEDIALECT_H

#include "roofline/Model/Demand.h"
#include "roofline/Model/Estimate.h"
#include "roofline/Model/KernelFamily.h"
#include "roofline/Model/KernelTime.h"
#include "roofline/Model/Unknown.h"

#include "mlir/IR/Attributes.h"
#include "mlir/IR/Dialect.h"

namespace roofline {

/// A time in IR, rounded to four significant digits so that equal meaning is
/// equal text.
class Seconds {
public:
  explicit Seconds(double seconds);

  double value() const { return seconds; }

  friend bool operator==(Seconds lhs, Seconds rhs) {
    return lhs.seconds == rhs.seconds;
  }
  friend llvm::hash_code hash_value(Seconds seconds);

private:
  double seconds;
};

llvm::hash_code hash_value(const ContractionShape &shape);
llvm::hash_code hash_value(const Exchange &exchange);
llvm::hash_code hash_value(const Bound &bound);

} // namespace roofline

#include "roofline/IR/RooflineDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "roofline/IR/RooflineAttrs.h.inc"

#endif // ROOFLINE_IR_ROOFLINEDIALECT_H
