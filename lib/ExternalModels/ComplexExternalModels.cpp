//===- ComplexExternalModels.cpp - Demand of complex ops ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "OpModels.h"

#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

// Operations are those on real numbers (A7): twice those of a real op, where no
// expression is given.
void registerComplexExternalModels(mlir::DialectRegistry &registry) {
  using namespace mlir::complex;
  registry.addExtension(+[](mlir::MLIRContext *context, ComplexDialect *) {
    attachModel<ViewModel, BitcastOp, ConstantOp, CreateOp, ImOp, ReOp>(
        context);
    attachModel<ElementwiseModel<2>, AddOp, ConjOp, NegOp, SubOp>(context);
    attachModel<ElementwiseModel<2, 0, WorkType::Operand>, EqualOp, NotEqualOp>(
        context);
    // (a + bi)(c + di): four products and two sums.
    attachModel<ElementwiseModel<6>, MulOp>(context);
    // z conj(w) / |w|^2: that product, the square of three, two quotients.
    attachModel<ElementwiseModel<11>, DivOp>(context);
    // sqrt(a a + b b).
    attachModel<ElementwiseModel<3, 1, WorkType::Operand>, AbsOp>(context);
    // z / |z|.
    attachModel<ElementwiseModel<5, 1>, SignOp>(context);
    // atan2(b, a).
    attachModel<ElementwiseModel<0, 1, WorkType::Operand>, AngleOp>(context);
    attachModel<ElementwiseModel<0, 2>, Atan2Op, CosOp, Expm1Op, ExpOp, Log1pOp,
                LogOp, PowiOp, PowOp, RsqrtOp, SinOp, SqrtOp, TanhOp, TanOp>(
        context);
  });
}

} // namespace roofline
