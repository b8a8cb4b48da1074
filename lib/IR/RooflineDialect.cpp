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
  if (name == demandAttrName) {
    if (mlir::isa<DemandAttr, UnknownAttr>(value))
      return mlir::success();
    return op->emitOpError("expects '")
           << name << "' to be #roofline.demand or #roofline.unknown";
  }
  if (name == estimatesAttrName) {
    auto array = mlir::dyn_cast<mlir::ArrayAttr>(value);
    if (array && llvm::all_of(array, llvm::IsaPred<EstimateAttr>))
      return mlir::success();
    return op->emitOpError("expects '")
           << name << "' to be an array of #roofline.estimate";
  }
  return op->emitOpError("has no roofline attribute '")
         << name << "'; known are '" << demandAttrName << "' and '"
         << estimatesAttrName << "'";
}

} // namespace roofline
