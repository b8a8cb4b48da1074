// Every attribute prints in one form and is read back from any order of keys.

// RUN: roofline-opt %s | FileCheck %s
// RUN: roofline-opt %s --verify-roundtrip | FileCheck %s
// RUN: roofline-opt %s --emit-bytecode | roofline-opt | FileCheck %s

// CHECK-LABEL: func.func @work
// CHECK-SAME: matrix = #roofline.work<unit = matrix, type = bf16, ops = 137438953472>
// CHECK-SAME: none = #roofline.work<unit = scalar, type = i1, ops = 0>
// CHECK-SAME: special = #roofline.work<unit = special, type = f32, ops = 340282366920938463463374607431768211454>
// CHECK-SAME: vector = #roofline.work<unit = vector, type = c64, ops = 1>
func.func @work() attributes {
  matrix = #roofline.work<type = bf16, ops = 137438953472, unit = matrix>,
  vector = #roofline.work<unit = vector, type = c64, ops = 1>,
  special = #roofline.work<unit = special, type = f32, ops = 340282366920938463463374607431768211454>,
  none = #roofline.work<unit = scalar, type = i1, ops = 0>
} {
  return
}

// The work is sorted and merged, a batch of one is left out.
// CHECK-LABEL: func.func @demand
// CHECK-SAME: batched = #roofline.demand<contraction, batch = 8, m = 1, n = 2, k = 3, read_bytes = 1, written_bytes = 2>
// CHECK-SAME: collective = #roofline.demand<collective, exchange = all_gather, ranks = 8, read_bytes = 1, written_bytes = 8>
// CHECK-SAME: contraction = #roofline.demand<contraction, m = 4096, n = 4096, k = 4096, work = [#roofline.work<unit = matrix, type = bf16, ops = 137438953472>], read_bytes = 67108864, written_bytes = 33554432>
// CHECK-SAME: sorted = #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 3>, #roofline.work<unit = special, type = f32, ops = 5>], read_bytes = 0, written_bytes = 0>
// CHECK-SAME: view = #roofline.demand<view, read_bytes = 0, written_bytes = 0>
func.func @demand() attributes {
  contraction = #roofline.demand<contraction, written_bytes = 33554432, read_bytes = 67108864,
    work = [#roofline.work<unit = matrix, type = bf16, ops = 137438953472>], k = 4096, n = 4096, m = 4096, batch = 1>,
  collective = #roofline.demand<collective, read_bytes = 1, ranks = 8, written_bytes = 8, exchange = all_gather>,
  batched = #roofline.demand<contraction, batch = 8, m = 1, n = 2, k = 3, read_bytes = 1, written_bytes = 2>,
  sorted = #roofline.demand<elementwise, work = [#roofline.work<unit = special, type = f32, ops = 5>,
    #roofline.work<unit = vector, type = f32, ops = 1>, #roofline.work<unit = vector, type = f32, ops = 2>]>,
  view = #roofline.demand<view>
} {
  return
}

// CHECK-LABEL: func.func @unknown
// CHECK-SAME: dynamic = #roofline.unknown<dynamic, "extent 0 of 'tensor<?xf32>' is not static">
// CHECK-SAME: opaque = #roofline.unknown<opaque, "with \22quotes\22 and\0Aa line">
func.func @unknown() attributes {
  opaque = #roofline.unknown<opaque, "with \"quotes\" and\na line">,
  dynamic = #roofline.unknown<dynamic, "extent 0 of 'tensor<?xf32>' is not static">
} {
  return
}

// Seconds keep four digits.
// CHECK-LABEL: func.func @estimate
// CHECK-SAME: free = #roofline.estimate<target = "h200", roof_seconds = 0.000e+00>
// CHECK-SAME: known = #roofline.estimate<target = "h200", roof_seconds = 1.389e-04, bound = matrix_bf16>
// CHECK-SAME: memory = #roofline.estimate<target = "h20", roof_seconds = 2.000e+00, bound = hbm>
// CHECK-SAME: real = #roofline.estimate<target = "h200", seconds = 1.710e-04, roof_seconds = 1.389e-04, bound = matrix_bf16>
// CHECK-SAME: roof_only = #roofline.estimate<target = "h200", roof_seconds = 1.389e-04, bound = matrix_bf16, unknown = #roofline.unknown<unmodelled, "no efficiency">>
// CHECK-SAME: tight = #roofline.estimate<target = "h200", seconds = 1.389e-04, roof_seconds = 1.389e-04>
// CHECK-SAME: unknown = #roofline.estimate<target = "a b", unknown = #roofline.unknown<unmodelled, "no rate">>
func.func @estimate() attributes {
  known = #roofline.estimate<bound = matrix_bf16, roof_seconds = 1.38911420e-04, target = "h200">,
  memory = #roofline.estimate<target = "h20", roof_seconds = 2.0, bound = hbm>,
  free = #roofline.estimate<target = "h200", roof_seconds = 0.0>,
  real = #roofline.estimate<seconds = 1.71e-04, target = "h200", bound = matrix_bf16, roof_seconds = 1.389e-04>,
  roof_only = #roofline.estimate<target = "h200", unknown = #roofline.unknown<unmodelled, "no efficiency">, roof_seconds = 1.389e-04, bound = matrix_bf16>,
  tight = #roofline.estimate<target = "h200", roof_seconds = 1.3890001e-04, seconds = 1.3889999e-04>,
  unknown = #roofline.estimate<target = "a b", unknown = #roofline.unknown<unmodelled, "no rate">>
} {
  return
}

// CHECK-LABEL: func.func @kernel
// CHECK-SAME: fused = #roofline.kernel<gated_activation, name = "a \22b\22", ops = 18446744073709551615, demand = #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 3>], read_bytes = 8, written_bytes = 4>>
// CHECK-SAME: gemm = #roofline.kernel<gemm, name = "gemm_gelu", ops = 4, demand = #roofline.demand<contraction, m = 1, n = 2, k = 3, read_bytes = 1, written_bytes = 2>>
// CHECK-SAME: opaque = #roofline.kernel<opaque, name = "foo", ops = 1, demand = #roofline.unknown<opaque, "custom call 'foo' has no rule">>
func.func @kernel() attributes {
  gemm = #roofline.kernel<gemm, demand = #roofline.demand<contraction, m = 1, n = 2, k = 3, read_bytes = 1, written_bytes = 2>, ops = 4, name = "gemm_gelu">,
  fused = #roofline.kernel<gated_activation, name = "a \"b\"", ops = 18446744073709551615,
    demand = #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 3>], read_bytes = 8, written_bytes = 4>>,
  opaque = #roofline.kernel<opaque, name = "foo", ops = 1, demand = #roofline.unknown<opaque, "custom call 'foo' has no rule">>
} {
  return
}

// CHECK-LABEL: func.func @on_ops
// CHECK: math.exp %{{.*}} {roofline.demand = #roofline.unknown<opaque, "a">, roofline.estimates = []}
func.func @on_ops(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = math.exp %x {roofline.demand = #roofline.unknown<opaque, "a">, roofline.estimates = []} : tensor<8xf32>
  return %0 : tensor<8xf32>
}

// CHECK-LABEL: func.func @kernel_on_ops
// CHECK: math.exp %{{.*}} {roofline.kernel = 0 : i64}
// CHECK: math.exp %{{.*}} {roofline.kernel = 0 : i64, roofline.kernel_demand = #roofline.kernel<elementwise, name = "a", ops = 2, demand = #roofline.unknown<opaque, "a">>, roofline.kernel_estimates = [#roofline.estimate<target = "h200", seconds = 2.000e-06, roof_seconds = 1.000e-06, bound = hbm>]}
func.func @kernel_on_ops(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = math.exp %x {roofline.kernel = 0 : i64} : tensor<8xf32>
  %1 = math.exp %0 {
    roofline.kernel = 0 : i64,
    roofline.kernel_demand = #roofline.kernel<elementwise, name = "a", ops = 2, demand = #roofline.unknown<opaque, "a">>,
    roofline.kernel_estimates = [#roofline.estimate<target = "h200", seconds = 2.0e-06, roof_seconds = 1.0e-06, bound = hbm>]} : tensor<8xf32>
  return %1 : tensor<8xf32>
}
