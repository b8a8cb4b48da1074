//===- Strip.cpp - Remove every roofline attribute ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/IR/RooflineDialect.h"
#include "roofline/Transforms/Passes.h"

namespace roofline {

#define GEN_PASS_DEF_ROOFLINESTRIPPASS
#include "roofline/Transforms/Passes.h.inc"

namespace {

struct StripPass : impl::RooflineStripPassBase<StripPass> {
  void runOnOperation() override {
    getOperation()->walk([](mlir::Operation *op) {
      llvm::SmallVector<mlir::StringAttr, 2> names;
      for (mlir::NamedAttribute attribute : op->getDiscardableAttrs())
        if (attribute.getNameDialect() &&
            mlir::isa<RooflineDialect>(attribute.getNameDialect()))
          names.push_back(attribute.getName());
      for (mlir::StringAttr name : names)
        op->removeDiscardableAttr(name);
    });
  }
};

} // namespace

} // namespace roofline
