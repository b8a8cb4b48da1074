//===- FuncExternalModels.cpp - Demand of func ops ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "OpModels.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

namespace {

/// A call has no cost of its own: it runs its callee.
struct CallModel : ViewBase<CallModel> {
  BodyList getBodies(mlir::Operation *op, const DemandOptions &) const {
    Body body;
    body.callee = mlir::cast<mlir::func::CallOp>(op).getCalleeAttr();
    return {body};
  }
};

struct CallIndirectModel : OpModel<CallIndirectModel> {
  KnownOr<Compute> getCompute(mlir::Operation *, const DemandOptions &) const {
    return Unknown{UnknownKind::Opaque,
                   "the callee of 'func.call_indirect' is not known"};
  }
};

} // namespace

void registerFuncExternalModels(mlir::DialectRegistry &registry) {
  registry.addExtension(
      +[](mlir::MLIRContext *context, mlir::func::FuncDialect *) {
        attachModel<ViewModel, mlir::func::ConstantOp, mlir::func::FuncOp,
                    mlir::func::ReturnOp>(context);
        attachModel<CallModel, mlir::func::CallOp>(context);
        attachModel<CallIndirectModel, mlir::func::CallIndirectOp>(context);
      });
}

} // namespace roofline
