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

// Measured kernels of large products reach 0.74 to 0.77, 0.91 to 0.96 and 0.88
// to 0.92 of these peaks: 180 to 188, 967 to 1020, and 506 to 530 us. That is
// longer than the host needs to submit them (A58).
// CHECK-NEXT: launches    1, of 1 kernel; 100.7 MB enter and leave them; 1 op by op

// CHECK:      Targets
// CHECK-NEXT: target              graph roof kernel roofs     kernels       as-is  bound
// CHECK-NEXT: h200                  138.9 us     138.9 us    18[[H:[0-8][.0-9]*]] us    18[[H]] us  matrix_bf16
// CHECK-NEXT: h20                   928.6 us     928.6 us    1.0[[L:[01][0-9]]] ms    1.0[[L]] ms  matrix_bf16
// CHECK-NEXT: ascend-910b3          466.1 us     466.1 us    5[[A:[0-2][0-9.]+]] us    5[[A]] us  matrix_bf16
// CHECK-NEXT: h200               op roofs 138.9 us: matrix_bf16 100.0 %
// CHECK-NEXT: h200               kernels: 80 % interval 1{{[67][0-9.]+}} us to {{[0-9.]+}} us; 100.0 % of the time by calibrated
// CHECK-NEXT:                    models
// CHECK:      h20                kernels: {{.*}}
// CHECK-NEXT:                    models; borrowed from h200: gemm_bf16

// CHECK:      family           kernels   count     ops    bytes             h200              h20     ascend-910b3
// CHECK-NEXT: gemm                   1       1 137.4 G 100.7 MB 18[[H]] us 100.0 % 1.0[[L]] ms 100.0 % 5[[A]] us 100.0 %

// CHECK:      Hottest kernels by time on h200 (1 of 1 that differ)
// CHECK:      gemm                {{.*}}[[# @LINE + 33]]:8   1     1 137.4 G 100.7 MB 18[[H]] us matrix_bf16 100.0

// CHECK:      Hottest ops by op roof on h200 (1 of 1)
// CHECK:      stablehlo.dot_general {{.*}}[[# @LINE + 30]]:8 1   137.4 G  100.7 MB   1365  matrix_bf16 100.0 %

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
// JSON-NEXT:   "kernels_seconds": [[KERNELS:1.8[0-9]+e-04]],
// JSON-NEXT:   "kernels_interval_seconds": {
// JSON-NEXT:     "low": 1.{{[67][0-9]+}}e-04,
// JSON-NEXT:     "high": {{[12]\.[0-9]+}}e-04
// JSON-NEXT:   },
// JSON-NEXT:   "as_is_seconds": [[KERNELS]],
// JSON-NEXT:   "calibrated_share": 1,
// JSON-NEXT:   "borrowed_calibrations": {},
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
