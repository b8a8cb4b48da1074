//===- MathExternalModels.cpp - Demand of math ops ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/Interfaces/OpRuleRegistry.h"

#include "OpModels.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

void registerMathExternalModels(mlir::DialectRegistry &registry) {
  using namespace mlir::math;
  addOpRules(registry, [](OpRuleRegistry &rules) {
    rules.addElements(ExpOp::getOperationName(), {unaryElement<exponential>});
  });
  registry.addExtension(+[](mlir::MLIRContext *context, MathDialect *) {
    attachModel<ElementwiseModel<1>, AbsFOp, AbsIOp, CeilOp, CopySignOp,
                CountLeadingZerosOp, CountTrailingZerosOp, CtPopOp, FloorOp,
                RoundEvenOp, RoundOp, TruncOp>(context);
    attachModel<ElementwiseModel<1, 0, WorkType::Operand>, IsFiniteOp, IsInfOp,
                IsNaNOp, IsNormalOp>(context);
    // A minimum and a maximum; a multiplication and an addition (A1).
    attachModel<ElementwiseModel<2>, ClampFOp, FmaOp>(context);

    // One operation of the special function unit each, whatever it takes on a
    // machine (A43).
    attachModel<ElementwiseModel<0, 1>, AcosOp, AcoshOp, AsinOp, AsinhOp,
                Atan2Op, AtanOp, AtanhOp, CbrtOp, CosOp, CoshOp, ErfcOp, ErfOp,
                Exp2Op, ExpM1Op, ExpOp, FPowIOp, IPowIOp, Log10Op, Log1pOp,
                Log2Op, LogOp, PowFOp, RsqrtOp, SinhOp, SinOp, SqrtOp, TanhOp,
                TanOp>(context);
    attachModel<ElementwiseModel<0, 2>, SincosOp>(context);
  });
}

} // namespace roofline
