//===- RooflineDialect.td - The roofline dialect -----------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_IR_ROOFLINEDIALECT
#define ROOFLINE_IR_ROOFLINEDIALECT

include "mlir/IR/DialectBase.td"

def RooflineDialect : Dialect {
  let name = "roofline";
  let cppNamespace = "::roofline";
  let summary = "What ops cost, as attributes";
  let description = [{
    The roofline dialect has no operations. Its attributes annotate the ops of
    other dialects with what they demand and what that takes on a target:

    | attribute | on | value |
    |---|---|---|
    | `roofline.demand` | any op | `#roofline.demand` or `#roofline.unknown` |
    | `roofline.estimates` | any op | array of `#roofline.estimate` |
    | `roofline.kernel` | every op of a kernel | its number, an `i64` of 0 or more |
    | `roofline.kernel_demand` | the op that stands for a kernel | `#roofline.kernel` |
    | `roofline.kernel_estimates` | the same op | array of `#roofline.estimate` |
    | `roofline.findings` | any op | array of `#roofline.finding` |

    `roofline-strip` removes them all.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let extraClassDeclaration = [{
    /// Names of the discardable attributes on ops of other dialects.
    static constexpr ::llvm::StringLiteral demandAttrName = "roofline.demand";
    static constexpr ::llvm::StringLiteral estimatesAttrName =
        "roofline.estimates";
    static constexpr ::llvm::StringLiteral kernelAttrName = "roofline.kernel";
    static constexpr ::llvm::StringLiteral kernelDemandAttrName =
        "roofline.kernel_demand";
    static constexpr ::llvm::StringLiteral kernelEstimatesAttrName =
        "roofline.kernel_estimates";
    static constexpr ::llvm::StringLiteral findingsAttrName =
        "roofline.findings";
  }];
}

#endif // ROOFLINE_IR_ROOFLINEDIALECT
