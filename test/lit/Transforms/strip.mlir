// Stripping gives back what was before, attributes of others included.

// RUN: roofline-opt %s > %t.before
// RUN: roofline-opt %s --roofline=targets=h200,h20 > %t.annotated
// RUN: roofline-opt %t.annotated --roofline-strip > %t.after
// RUN: FileCheck %s < %t.annotated
// CHECK-DAG: roofline.demand =
// CHECK-DAG: roofline.estimates =
// CHECK-DAG: roofline.kernel =
// CHECK-DAG: roofline.kernel_demand =
// CHECK-DAG: roofline.kernel_estimates =
// RUN: cmp %t.before %t.after
// RUN: roofline-opt %s --roofline-strip > %t.stripped
// RUN: cmp %t.before %t.stripped

func.func @main(%x: tensor<8x8xf32>, %c: tensor<8x8xf32> {mine.arg = 1 : i64}) -> tensor<8x8xf32> {
  %0 = stablehlo.exponential %x {mhlo.frontend_attributes = {a = "b"}} : tensor<8x8xf32>
  %1 = linalg.matmul {mine.attr} ins(%0, %x : tensor<8x8xf32>, tensor<8x8xf32>) outs(%c : tensor<8x8xf32>) -> tensor<8x8xf32>
  %2 = scf.execute_region -> tensor<8x8xf32> {
    %3 = math.exp %1 : tensor<8x8xf32>
    scf.yield %3 : tensor<8x8xf32>
  }
  return %2 : tensor<8x8xf32>
}
