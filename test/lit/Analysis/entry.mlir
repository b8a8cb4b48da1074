// Which function counts where none is called main, and where none is at all.

// RUN: split-file %s %t

// RUN: roofline report %t/uncalled.mlir --format=json | FileCheck %s --check-prefix=UNCALLED
// UNCALLED: "entry": "@top"

// The one of the inner module, whose callee is the one beside it.
// RUN: roofline report %t/nested.mlir --format=json | FileCheck %s --check-prefix=NESTED
// NESTED:     "entry": "@f"
// NESTED:     "vector_f16": 256,
// NESTED-NEXT: "special_f16": 256

// Ops at top level are the graph where there is no function.
// RUN: roofline report %t/none.mlir --format=json | FileCheck %s --check-prefix=NONE
// NONE: "entry": ""
// NONE: "special_f16": 256

//--- uncalled.mlir
func.func private @helper(%x: tensor<16x16xf16>) -> tensor<16x16xf16> {
  return %x : tensor<16x16xf16>
}
func.func @top(%x: tensor<16x16xf16>) -> tensor<16x16xf16> {
  %0 = call @helper(%x) : (tensor<16x16xf16>) -> tensor<16x16xf16>
  return %0 : tensor<16x16xf16>
}
//--- nested.mlir
module @outer {
  module @inner {
    func.func @f(%x: tensor<16x16xf16>) -> tensor<16x16xf16> {
      %0 = stablehlo.exponential %x : tensor<16x16xf16>
      %1 = call @g(%0) : (tensor<16x16xf16>) -> tensor<16x16xf16>
      return %1 : tensor<16x16xf16>
    }
    func.func private @g(%x: tensor<16x16xf16>) -> tensor<16x16xf16> {
      %0 = stablehlo.negate %x : tensor<16x16xf16>
      return %0 : tensor<16x16xf16>
    }
  }
}
//--- none.mlir
%0 = "stablehlo.constant"() <{value = dense<1.0> : tensor<16x16xf16>}> : () -> tensor<16x16xf16>
%1 = stablehlo.exponential %0 : tensor<16x16xf16>
