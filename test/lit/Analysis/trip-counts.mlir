// A loop whose trips the graph does not give (A8) is counted once the user gives
// them; until then its ops are listed, and every total is a lower bound.

// RUN: roofline report - --target=h200 < %s | FileCheck %s
// RUN: roofline report - --target=h200 --trip-count=@main/while#0=10 < %s \
// RUN:   | FileCheck %s --check-prefix=BOUND
// RUN: roofline report - --format=json --trip-count=@main/while#0=10 < %s \
// RUN:   | FileCheck %s --check-prefix=JSON
// RUN: roofline report - --format=json --trip-count=@main/while#0=0 < %s \
// RUN:   | FileCheck %s --check-prefix=NONE
// RUN: roofline report - --format=json --trip-count=@main/while#0=1000000000000000 < %s \
// RUN:   | FileCheck %s --check-prefix=LARGE

// CHECK:      operations none
// CHECK:      traffic at least 0 B read and 0 B written
// CHECK-NEXT: launches at least 0, of 3 kernels, 3 of them left out; 0 B enter and leave them
// CHECK:      h200 >= 0 s unknown unknown unknown none
// CHECK-NEXT: h200 a lower bound: some ops run an unknown number of times
// CHECK-NEXT: h200 kernel roofs are unknown: the bound of the loop counter is not a constant
// CHECK-NEXT: h200 kernels and as-is are unknown: the bound of the loop counter is not a constant
// CHECK:      stablehlo.dot_general {{.*}} ? 8.192 k
// CHECK:      modelled ops 100.0 %, bytes unknown, operations unknown
// CHECK:      Modelled, but run an unknown number of times; left out of totals
// CHECK:      Loops
// CHECK-NEXT:   @main/while#0 {{.*}} the bound of the loop counter is not a constant; give it with
// CHECK-NEXT:   --trip-count=@main/while#0=N

// 10 trips of 2 * 16^3 operations and one addition; the condition runs once more.
// BOUND:      operations matrix_f16 81.92 kop, vector_i32 21 op
// BOUND-NOT:  a lower bound
// BOUND:      @main/while#0 {{.*}} 10 trips, as given

// JSON:       "matrix_f16": 81920,
// JSON-NEXT:  "vector_i32": 21
// JSON:       "complete": true
// JSON:       "trip_count": 10,
// JSON-NEXT:  "bound_by_user": true
// JSON:       "name": "stablehlo.compare"
// JSON:       "count": 11

// The condition runs even then.
// NONE-NOT:   "matrix_f16"
// NONE:       "vector_i32": 1

// 8,192 * 10^15 and 10^15 additions are more than 2^53, and exact all the same.
// LARGE:      "matrix_f16": 8192000000000000000,
// LARGE-NEXT: "vector_i32": 2000000000000001

func.func @main(%n: tensor<i32>, %x: tensor<16x16xf16>) -> tensor<16x16xf16> {
  %c = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %r:2 = stablehlo.while(%i = %c, %v = %x) : tensor<i32>, tensor<16x16xf16>
   cond {
    %p = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %j = stablehlo.add %i, %one : tensor<i32>
    %w = stablehlo.dot_general %v, %v, contracting_dims = [1] x [0]
        : (tensor<16x16xf16>, tensor<16x16xf16>) -> tensor<16x16xf16>
    stablehlo.return %j, %w : tensor<i32>, tensor<16x16xf16>
  }
  return %r#1 : tensor<16x16xf16>
}
