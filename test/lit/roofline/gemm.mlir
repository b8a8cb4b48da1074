// A contraction with a known answer: 2 * 4096^3 operations, 3 * 4096^2 * 2 bytes.
//
//   h200          137,438,953,472 op / 989.4 TFLOP/s = 138.9 us
//   h20           137,438,953,472 op / 148 TFLOP/s   = 928.6 us
//   ascend-910b3  137,438,953,472 op / 294.9 TFLOP/s = 466.1 us
//
// 100,663,296 bytes take 21 us on h200 and less than the contraction anywhere.

// RUN: roofline report - --target=h200,h20,ascend-910b3 < %s | FileCheck %s
// RUN: roofline report %s --target=h200,h20,ascend-910b3 --format=json \
// RUN:   | FileCheck %s --check-prefix=JSON

// CHECK:      model       -, entry @main, 2 ops, stablehlo as given, fused as libraries do
// CHECK-NEXT: memory      arguments 67.11 MB, constants 0 B, of these weights 33.55 MB; results 33.55 MB
// CHECK-NEXT: operations  matrix_bf16 137.4 Gop
// CHECK-NEXT: traffic     67.11 MB read and 33.55 MB written op by op; 100.7 MB must cross
// CHECK-NEXT: intensity   1365 operations per byte that must cross; 1365 op by op

// A kernel reaches 0.77, 0.94 and 0.88 of these peaks (A57), and takes 2.4, 2.4
// and 5 us more: 138.9 / 0.77 + 2.4 = 182.8, 928.6 / 0.94 + 2.4 = 990.3, and
// 466.1 / 0.88 + 5 = 534.6 us. That is longer than the host needs to submit it
// (A58).
// CHECK-NEXT: launches    1, of 1 kernel; 100.7 MB enter and leave them; 1 op by op

// CHECK:      Targets
// CHECK-NEXT: target              graph roof kernel roofs     kernels       as-is  bound
// CHECK-NEXT: h200                  138.9 us     138.9 us    182.8 us    182.8 us  matrix_bf16
// CHECK-NEXT: h20                   928.6 us     928.6 us    990.3 us    990.3 us  matrix_bf16
// CHECK-NEXT: ascend-910b3          466.1 us     466.1 us    534.6 us    534.6 us  matrix_bf16
// CHECK-NEXT: h200               op roofs 138.9 us: matrix_bf16 100.0 %

// CHECK:      family           kernels   count     ops    bytes             h200              h20     ascend-910b3
// CHECK-NEXT: gemm                   1       1 137.4 G 100.7 MB 182.8 us 100.0 % 990.3 us 100.0 % 534.6 us 100.0 %

// CHECK:      Hottest kernels by time on h200 (1 of 1 that differ)
// CHECK:      gemm                {{.*}}[[# @LINE + 27]]:8   1     1 137.4 G 100.7 MB 182.8 us matrix_bf16 100.0

// CHECK:      Hottest ops by op roof on h200 (1 of 1)
// CHECK:      stablehlo.dot_general {{.*}}[[# @LINE + 24]]:8 1   137.4 G  100.7 MB   1365  matrix_bf16 100.0 %

// CHECK:      modelled    ops 100.0 %, bytes 100.0 %, operations 100.0 %
// CHECK:      A1        one multiply-add is two operations

// JSON:      "operations": {
// JSON-NEXT:   "matrix_bf16": 137438953472
// JSON:      "name": "h200"
// JSON:      "roof_seconds": 1.389{{[0-9]+}}e-04
// JSON-NEXT: "bound": "matrix_bf16"
// JSON:      "times": {
// JSON-NEXT:   "roof_seconds": 1.389{{[0-9]+}}e-04,
// JSON-NEXT:   "kernel_roof_seconds": 1.389{{[0-9]+}}e-04,
// JSON-NEXT:   "kernels_seconds": 1.828{{[0-9]+}}e-04,
// JSON-NEXT:   "as_is_seconds": 1.828{{[0-9]+}}e-04,
// JSON-NEXT:   "reasons": []
// JSON:      "name": "h20"
// JSON:      "roof_seconds": 9.286{{[0-9]+}}e-04
// JSON-NEXT: "bound": "matrix_bf16"
// JSON:      "name": "ascend-910b3"
// JSON:      "roof_seconds": 4.66{{(0[5-9]|1[0-4])[0-9]+}}e-04
// JSON-NEXT: "bound": "matrix_bf16"

func.func @main(%a: tensor<4096x4096xbf16>, %b: tensor<4096x4096xbf16>) -> tensor<4096x4096xbf16> {
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
      : (tensor<4096x4096xbf16>, tensor<4096x4096xbf16>) -> tensor<4096x4096xbf16>
  return %0 : tensor<4096x4096xbf16>
}
