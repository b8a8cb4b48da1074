// What is not known is listed with its reason and makes totals lower bounds;
// it is never zero.

// RUN: split-file %s %t

// RUN: roofline report - --target=h200 < %t/dynamic.mlir | FileCheck %s --check-prefix=DYNAMIC
// DYNAMIC: operations at least special_f16 256 op
// DYNAMIC: unknown must cross off-chip memory
// DYNAMIC: h200 a lower bound: off-chip traffic is not known: extent 0 of 'tensor<?x16xf16>' is
// DYNAMIC: modelled ops 50.0 %, bytes unknown, operations unknown
// DYNAMIC: Not modelled, left out of every total
// DYNAMIC-NEXT: 1 x stablehlo.dot_general (unknown): extent 0 of 'tensor<?x16xf16>' is not static
// DYNAMIC-NEXT: 1 x mine.op (unknown): no rule for 'mine.op'

// RUN: roofline report - --format=json < %t/dynamic.mlir | FileCheck %s --check-prefix=JSON
// JSON:      "argument_bytes": null
// JSON:      "complete": false
// JSON:      "operations": null
// JSON-NEXT: "bytes": null
// JSON:      "op": "stablehlo.dot_general"
// JSON-NEXT: "count": 1,
// JSON-NEXT: "reason": "extent 0 of 'tensor<?x16xf16>' is not static"

// Blocks behind branches run as often as the branches say.
// RUN: roofline report - --target=h200 < %t/blocks.mlir | FileCheck %s --check-prefix=BLOCKS
// BLOCKS: operations at least special_f16 256 op
// BLOCKS: stablehlo.negate {{.*}} ? 256
// BLOCKS: runs under branches between blocks

// Cycles of calls end where they close; what has no body is named.
// RUN: roofline report - < %t/recursion.mlir | FileCheck %s --check-prefix=RECURSION
// RECURSION: operations at least special_f16 256 op
// RECURSION: Notes
// RECURSION-DAG: @main calls itself
// RECURSION-DAG: '@external' has no body in this file

//--- dynamic.mlir
func.func @main(%x: tensor<?x16xf16>, %w: tensor<16x16xf16>) -> tensor<?x16xf16> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
      : (tensor<?x16xf16>, tensor<16x16xf16>) -> tensor<?x16xf16>
  %1 = stablehlo.exponential %w : tensor<16x16xf16>
  %2 = "mine.op"(%0) : (tensor<?x16xf16>) -> tensor<?x16xf16>
  return %2 : tensor<?x16xf16>
}
//--- blocks.mlir
func.func @main(%p: i1, %x: tensor<16x16xf16>) -> tensor<16x16xf16> {
  %0 = stablehlo.exponential %x : tensor<16x16xf16>
  cf.cond_br %p, ^a(%0 : tensor<16x16xf16>), ^b(%0 : tensor<16x16xf16>)
^a(%1: tensor<16x16xf16>):
  %2 = stablehlo.negate %1 : tensor<16x16xf16>
  cf.br ^b(%2 : tensor<16x16xf16>)
^b(%3: tensor<16x16xf16>):
  return %3 : tensor<16x16xf16>
}
//--- recursion.mlir
func.func @main(%x: tensor<16x16xf16>) -> tensor<16x16xf16> {
  %0 = stablehlo.exponential %x : tensor<16x16xf16>
  %1 = call @main(%0) : (tensor<16x16xf16>) -> tensor<16x16xf16>
  %2 = call @external(%1) : (tensor<16x16xf16>) -> tensor<16x16xf16>
  return %2 : tensor<16x16xf16>
}
func.func private @external(tensor<16x16xf16>) -> tensor<16x16xf16>
