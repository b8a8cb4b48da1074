// What runs as one launch is the user's choice. 2 MiB per tensor; op by op:
//
//   dot_general  reads 2, writes 1   6 MiB
//   add          reads 2, writes 1   6 MiB
//   tanh         reads 1, writes 1   4 MiB
//
// 16 MiB in three launches. As the epilogue of the product, the addition reads
// one tensor more: 3 read, 1 written, 8 MiB in one launch.

// RUN: roofline report %s --target=h200 --fusion=none --format=json | FileCheck %s --check-prefix=NONE
// NONE:      "stage": "stablehlo as given, nothing fused"
// NONE:      "kernel_totals": {
// NONE-NEXT:   "fusion": "none",
// NONE-NEXT:   "kernels": 3,
// NONE-NEXT:   "left_out": 0,
// NONE-NEXT:   "launches": 3,
// NONE-NEXT:   "external_bytes": 16777216,
// NONE-NEXT:   "as_is_launches": 3
// NONE:      "breakdown": [
// NONE-NEXT:   {
// NONE-NEXT:     "family": "{{gemm|elementwise}}"
// NONE:      "kernels": [
// NONE:        "family": "{{.*}}"
// NONE-NEXT:   "locations": [
// NONE-NEXT:     "fusion.mlir:{{.*}}"
// NONE-NEXT:   ],
// NONE-NEXT:   "launches": 1,
// NONE-NEXT:   "ops": 1,

// RUN: roofline report %s --target=h200 --fusion=compiler --format=json | FileCheck %s --check-prefixes=FUSED,COMPILER
// RUN: roofline report %s --target=h200 --format=json | FileCheck %s --check-prefixes=FUSED,LIBRARY
// COMPILER:   "stage": "stablehlo as given, fused as compilers do"
// LIBRARY:    "stage": "stablehlo as given, fused as libraries do"
// FUSED:      "kernel_totals": {
// COMPILER-NEXT: "fusion": "compiler",
// LIBRARY-NEXT:  "fusion": "library",
// FUSED-NEXT:   "kernels": 1,
// FUSED-NEXT:   "left_out": 0,
// FUSED-NEXT:   "launches": 1,
// FUSED-NEXT:   "external_bytes": 8388608,
// FUSED-NEXT:   "as_is_launches": 3
// FUSED:      "breakdown": [
// FUSED-NEXT:   {
// FUSED-NEXT:     "family": "gemm",
// FUSED-NEXT:     "kernels": 1,
// FUSED-NEXT:     "left_out": 0,
// FUSED-NEXT:     "launches": 1,
// FUSED-NEXT:     "operations": {
// FUSED-NEXT:       "matrix_bf16": 2147483648,
// FUSED-NEXT:       "vector_bf16": 1048576,
// FUSED-NEXT:       "special_bf16": 1048576
// FUSED-NEXT:     },
// FUSED-NEXT:     "bytes": 8388608,
// FUSED:          "share": 1
// FUSED:      "kernels": [
// FUSED:        "ops": 3,
// FUSED-NEXT:   "op_names": {
// FUSED-NEXT:     "stablehlo.add": 1,
// FUSED-NEXT:     "stablehlo.dot_general": 1,
// FUSED-NEXT:     "stablehlo.tanh": 1
// FUSED-NEXT:   },
// FUSED-NEXT:   "contraction": {
// FUSED:        "read_bytes": 6291456,
// FUSED-NEXT:   "written_bytes": 2097152,

// Text says which it is, and what is taken for granted. As-is does not depend on
// it: the product takes 2^31 / 989.4 T s and the start and end of its tiles, 6 us
// or so, and the others the 5 us of their submission (A58).
// RUN: roofline report - --target=h200 --fusion=none < %s | FileCheck %s --check-prefix=NONE-TEXT --implicit-check-not=A6{{[0-9]}}
// NONE-TEXT: as given, nothing fused
// NONE-TEXT: launches 3, of 3 kernels; 16.78 MB enter and leave them{{$}}
// NONE-TEXT: h200 {{.*}} 16.{{[0-9]+}} us
// NONE-TEXT: A57
// NONE-TEXT: A58
// RUN: roofline report - --target=h200 --fusion=compiler < %s | FileCheck %s --check-prefix=COMPILER-TEXT --implicit-check-not=A62 --implicit-check-not=A63
// COMPILER-TEXT: as given, fused as compilers do
// COMPILER-TEXT: launches 1, of 1 kernel; 8.389 MB enter and leave them; 3 op by op
// COMPILER-TEXT: h200 {{.*}} 16.{{[0-9]+}} us
// COMPILER-TEXT: A61
// COMPILER-TEXT: A64
// RUN: roofline report - --target=h200 --fusion=library < %s | FileCheck %s --check-prefix=LIBRARY-TEXT --implicit-check-not=A59 --implicit-check-not=A62
// LIBRARY-TEXT: as given, fused as libraries do
// LIBRARY-TEXT: A61
// LIBRARY-TEXT: A63
// LIBRARY-TEXT: A64

// The pass has the same option.
// RUN: roofline-opt %s --roofline-report='targets=h200 fusion=none output=%t.txt' -o %t.mlir
// RUN: roofline report %s --target=h200 --fusion=none -o %t.cli.txt
// RUN: cmp %t.txt %t.cli.txt
// RUN: roofline-opt %s --roofline-report='targets=h200 fusion=compiler format=json top=0 output=%t.json' -o %t.mlir
// RUN: roofline report %s --target=h200 --fusion=compiler --format=json -o %t.cli.json
// RUN: cmp %t.json %t.cli.json

func.func @main(%x: tensor<1024x1024xbf16>, %w: tensor<1024x1024xbf16>,
                %b: tensor<1024x1024xbf16>) -> tensor<1024x1024xbf16> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
      : (tensor<1024x1024xbf16>, tensor<1024x1024xbf16>) -> tensor<1024x1024xbf16>
  %1 = stablehlo.add %0, %b : tensor<1024x1024xbf16>
  %2 = stablehlo.tanh %1 : tensor<1024x1024xbf16>
  return %2 : tensor<1024x1024xbf16>
}
