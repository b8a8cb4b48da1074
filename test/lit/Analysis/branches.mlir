// Of alternative branches the dearest counts. A contraction is
// 2 * 16^3 = 8192 operations: one in the if, two in the case.

// RUN: roofline report - --target=h200 < %s | FileCheck %s
// RUN: roofline report %s --format=json | FileCheck %s --check-prefix=JSON

// CHECK:     Assumed
// CHECK:     A9 of alternative branches the dearest is counted; 2 of 2 choices have a cheaper one

// JSON:      "operations": {
// JSON-NEXT:   "matrix_f16": 24576
// JSON-NEXT: }
// JSON-NOT:  "stablehlo.exponential"
// JSON-NOT:  "stablehlo.negate"

func.func @main(%p: i1, %i: tensor<i32>, %x: tensor<16x16xf16>) -> tensor<16x16xf16> {
  %0 = scf.if %p -> tensor<16x16xf16> {
    %1 = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0]
        : (tensor<16x16xf16>, tensor<16x16xf16>) -> tensor<16x16xf16>
    scf.yield %1 : tensor<16x16xf16>
  } else {
    %1 = stablehlo.exponential %x : tensor<16x16xf16>
    scf.yield %1 : tensor<16x16xf16>
  }
  %2 = "stablehlo.case"(%i) ({
    %3 = stablehlo.negate %0 : tensor<16x16xf16>
    stablehlo.return %3 : tensor<16x16xf16>
  }, {
    %3 = stablehlo.dot_general %0, %x, contracting_dims = [1] x [0]
        : (tensor<16x16xf16>, tensor<16x16xf16>) -> tensor<16x16xf16>
    %4 = stablehlo.dot_general %3, %x, contracting_dims = [1] x [0]
        : (tensor<16x16xf16>, tensor<16x16xf16>) -> tensor<16x16xf16>
    stablehlo.return %4 : tensor<16x16xf16>
  }) : (tensor<i32>) -> tensor<16x16xf16>
  return %2 : tensor<16x16xf16>
}
