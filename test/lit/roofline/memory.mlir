// What one execution keeps in memory, and how many devices that takes.

// RUN: roofline report %s --target=h200 --view=summary --format=json | FileCheck %s

// The cache comes back with one row of 64 overwritten (A66). 4096 x 4096 bf16
// of weights are 32 MiB, and there is a constant; the input is one row of 8 KiB and an i32; the result
// is another row. Between kernels is what the product yields for the update
// (8 KiB), which is in place.
// CHECK:      "memory": {
// CHECK-NEXT:   "weight_bytes": 33554436,
// CHECK-NEXT:   "cache_bytes": 524288,
// CHECK-NEXT:   "input_bytes": 8196,
// CHECK-NEXT:   "result_bytes": 8192,
// CHECK-NEXT:   "intermediate_bytes": 8192,
// CHECK-NEXT:   "total_bytes": 34103304,
// CHECK-NEXT:   "of_one_device": false,
// CHECK-NEXT:   "peak_kernel": "{{.*}}",
// CHECK-NEXT:   "peak_location": "memory.mlir:{{.*}}",
// CHECK-NEXT:   "timeline": [
// CHECK:      "memory_fit": {
// CHECK-NEXT:   "usable_bytes": 135
// CHECK-NEXT:   "devices": 1

// RUN: roofline report %s --view=summary | FileCheck %s --check-prefix=TEXT
// TEXT: kept {{ *}}34.10 MB in all: weights 33.55 MB, caches 524.3 kB, inputs 8.196 kB, results 8.192 kB,
// TEXT-NEXT: between kernels at most 8.192 kB

// With names for weights, what is not named is an input or updated in place.
// RUN: roofline report %s --view=summary --format=json --weights='^none$' \
// RUN:     | FileCheck %s --check-prefix=NONE
// NONE:      "memory": {
// NONE-NEXT: "weight_bytes": 4,
// NONE-NEXT: "cache_bytes": 524288,
// NONE-NEXT: "input_bytes": 33562628,

func.func @main(%x: tensor<1x4096xbf16>, %w: tensor<4096x4096xbf16>,
                %cache: tensor<64x4096xbf16>, %at: tensor<i32>)
    -> (tensor<64x4096xbf16>, tensor<1x4096xbf16>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %row = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
    : (tensor<1x4096xbf16>, tensor<4096x4096xbf16>) -> tensor<1x4096xbf16>
  %new = stablehlo.dynamic_update_slice %cache, %row, %at, %zero
    : (tensor<64x4096xbf16>, tensor<1x4096xbf16>, tensor<i32>, tensor<i32>) -> tensor<64x4096xbf16>
  %out = stablehlo.tanh %row : tensor<1x4096xbf16>
  return %new, %out : tensor<64x4096xbf16>, tensor<1x4096xbf16>
}
