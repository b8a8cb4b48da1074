//===- SwishDialect.td - A dialect unknown to Roofline -----*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SWISH_SWISHDIALECT
#define SWISH_SWISHDIALECT

include "mlir/IR/OpBase.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def SwishDialect : Dialect {
  let name = "swish";
  let cppNamespace = "::swish";
  let summary = "Gated activations";
}

def GateOp : Op<SwishDialect, "gate", [Pure, AllTypesMatch<["gate", "up", "result"]>]> {
  let summary = "swish(gate) * up, where swish(x) = x / (1 + exp(-x))";
  let arguments = (ins AnyRankedTensor:$gate, AnyRankedTensor:$up);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$gate `,` $up attr-dict `:` type($result)";
}

def LookupOp : Op<SwishDialect, "lookup", [Pure]> {
  let summary = "an activation by its name";
  let description = "Nothing tells what it costs: it has no cost model.";
  let arguments = (ins AnyRankedTensor:$input, StrAttr:$function);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$function $input attr-dict `:` type($input) `->` type($result)";
}

#endif // SWISH_SWISHDIALECT
