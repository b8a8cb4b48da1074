//===- RooflineOpInterface.td - What an op demands ---------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_INTERFACES_ROOFLINEOPINTERFACE
#define ROOFLINE_INTERFACES_ROOFLINEOPINTERFACE

include "mlir/IR/OpBase.td"

def RooflineOpInterface : OpInterface<"RooflineOpInterface"> {
  let cppNamespace = "::roofline";
  let description = [{
    Tells the work and the memory traffic of one execution of an op, on no
    machine in particular. Analyses ask this interface only, so that a dialect
    joins by implementing it, in its own library or as an external model.

    An implementation derives everything from types and attributes and never
    changes IR. What it cannot tell is `Unknown` with a reason that ends up in
    the report; it is never zero.

    Example: one method is enough for an op that reads its operands and writes
    its results once.

    ```c++
    struct SwishModel
        : roofline::RooflineOpInterface::ExternalModel<SwishModel, my::SwishOp> {
      roofline::KnownOr<roofline::Compute>
      getCompute(mlir::Operation *op, const roofline::DemandOptions &) const {
        return roofline::elementwiseCompute(
            op->getResult(0).getType(), {{roofline::Unit::Special, 1},
                                         {roofline::Unit::Vector, 2}});
      }
    };
    ```
  }];

  let methods = [
    InterfaceMethod<[{
        Structure and work of one execution. One multiply-add is two operations.
      }],
      /*retType=*/"::roofline::KnownOr<::roofline::Compute>",
      /*methodName=*/"getCompute",
      /*args=*/(ins "const ::roofline::DemandOptions &":$options)
    >,
    InterfaceMethod<[{
        Bytes that one execution reads per operand and writes per result. By
        default every distinct operand is read once, whole, and every result
        written once, whole; a view moves nothing.
      }],
      /*retType=*/"::roofline::KnownOr<::roofline::Traffic>",
      /*methodName=*/"getTraffic",
      /*args=*/(ins "const ::roofline::DemandOptions &":$options),
      /*methodBody=*/"",
      /*defaultImplementation=*/"return ::roofline::wholeTraffic($_op);"
    >,
    InterfaceMethod<[{
        Structure and work of one execution as a part of the payload of another
        op: the body of a `linalg.generic`, the combiner of a reduction. By
        default that of `getCompute`. It differs for ops that are address or
        control arithmetic elsewhere: integer arithmetic on scalars.
      }],
      /*retType=*/"::roofline::KnownOr<::roofline::Compute>",
      /*methodName=*/"getPayloadCompute",
      /*args=*/(ins "const ::roofline::DemandOptions &":$options),
      /*methodBody=*/"",
      /*defaultImplementation=*/[{
        return ::llvm::cast<::roofline::RooflineOpInterface>(
                   $_op.getOperation()).getCompute(options);
      }]
    >,
    InterfaceMethod<[{
        Regions and functions that one execution runs, and how often. By default
        none: regions that are a part of the op's own work (the combiner of a
        reduction) are accounted for by `getCompute`.
      }],
      /*retType=*/"::roofline::BodyList",
      /*methodName=*/"getBodies",
      /*args=*/(ins "const ::roofline::DemandOptions &":$options),
      /*methodBody=*/"",
      /*defaultImplementation=*/"return {};"
    >,
  ];
}

#endif // ROOFLINE_INTERFACES_ROOFLINEOPINTERFACE
