//===- ArithExternalModels.cpp - Demand of arith ops ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "DialectElements.h"
#include "OpModels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

void registerArithExternalModels(mlir::DialectRegistry &registry) {
  using namespace mlir::arith;
  addArithElementRules(registry);
  registry.addExtension(+[](mlir::MLIRContext *context, ArithDialect *) {
    attachModel<ViewModel, BitcastOp, ConstantOp>(context);

    // Division and remainder count one operation, as every other arithmetic
    // operation does (A42).
    attachModel<ElementwiseModel<1>, AddFOp, AddIOp, AndIOp, CeilDivSIOp,
                CeilDivUIOp, DivFOp, DivSIOp, DivUIOp, FloorDivSIOp, MaximumFOp,
                MaxNumFOp, MaxSIOp, MaxUIOp, MinimumFOp, MinNumFOp, MinSIOp,
                MinUIOp, MulFOp, MulIOp, NegFOp, OrIOp, RemFOp, RemSIOp,
                RemUIOp, SelectOp, ShLIOp, ShRSIOp, ShRUIOp, SubFOp, SubIOp,
                XOrIOp>(context);
    // The low and the high half, or the sum and the carry.
    attachModel<ElementwiseModel<2>, AddUIExtendedOp, MulSIExtendedOp,
                MulUIExtendedOp>(context);

    attachModel<ElementwiseModel<1, 0, WorkType::Operand>, CmpFOp, CmpIOp>(
        context);
    attachModel<ElementwiseModel<1, 0, WorkType::Wider>, ExtFOp, ExtSIOp,
                ExtUIOp, FPToSIOp, FPToUIOp, IndexCastOp, IndexCastUIOp,
                SIToFPOp, TruncFOp, TruncIOp, UIToFPOp>(context);
    // A conversion and a multiplication by the scale.
    attachModel<ElementwiseModel<2, 0, WorkType::Wider>, ScalingExtFOp,
                ScalingTruncFOp>(context);
  });
}

} // namespace roofline
