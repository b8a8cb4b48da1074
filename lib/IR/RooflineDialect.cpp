//===- RooflineDialect.cpp - The roofline dialect -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/IR/RooflineDialect.h"
#include "roofline/Interfaces/OpRuleRegistry.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/Operation.h"

#include "llvm/ADT/TypeSwitch.h"

#include "roofline/IR/RooflineDialect.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "roofline/IR/RooflineAttrs.cpp.inc"

namespace roofline {

void RooflineDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "roofline/IR/RooflineAttrs.cpp.inc"
      >();
  addInterfaces<OpRuleRegistry>();
}

mlir::LogicalResult
RooflineDialect::verifyOperationAttribute(mlir::Operation *op,
                                          mlir::NamedAttribute attribute) {
  llvm::StringRef name = attribute.getName().getValue();
  mlir::Attribute value = attribute.getValue();
  auto expect = [&](bool isGood, llvm::StringRef what) -> mlir::LogicalResult {
    if (isGood)
      return mlir::success();
    return op->emitOpError("expects '") << name << "' to be " << what;
  };
  if (name == demandAttrName)
    return expect(mlir::isa<DemandAttr, UnknownAttr>(value),
                  "#roofline.demand or #roofline.unknown");
  if (name == kernelAttrName) {
    auto number = mlir::dyn_cast<mlir::IntegerAttr>(value);
    return expect(number && number.getType().isSignlessInteger(64) &&
                      number.getInt() >= 0,
                  "an i64 of 0 or more");
  }
  if (name == kernelDemandAttrName)
    return expect(mlir::isa<KernelAttr>(value), "#roofline.kernel");
  if (name == estimatesAttrName || name == kernelEstimatesAttrName) {
    auto array = mlir::dyn_cast<mlir::ArrayAttr>(value);
    return expect(array && llvm::all_of(array, llvm::IsaPred<EstimateAttr>),
                  "an array of #roofline.estimate");
  }
  if (name == findingsAttrName) {
    auto array = mlir::dyn_cast<mlir::ArrayAttr>(value);
    return expect(array && llvm::all_of(array, llvm::IsaPred<FindingAttr>),
                  "an array of #roofline.finding");
  }
  return op->emitOpError("has no roofline attribute '")
         << name << "'; known are '" << demandAttrName << "', '"
         << estimatesAttrName << "', '" << kernelAttrName << "', '"
         << kernelDemandAttrName << "', '" << kernelEstimatesAttrName
         << "' and '" << findingsAttrName << "'";
}

} // namespace roofline
