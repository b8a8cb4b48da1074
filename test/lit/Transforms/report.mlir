// The report pass writes what roofline report writes, and leaves the IR alone.

// RUN: roofline-opt %s -o %t.plain.mlir
// RUN: roofline-opt %s --roofline-report='targets=h200 output=%t.txt' -o %t.mlir
// RUN: cmp %t.plain.mlir %t.mlir
// RUN: roofline report %s --target=h200 -o %t.cli.txt
// RUN: cmp %t.txt %t.cli.txt

// RUN: roofline-opt %s --roofline-report='targets=h200,h20 format=json top=0 output=%t.json' -o %t.mlir
// RUN: roofline report %s --target=h200,h20 --format=json -o %t.cli.json
// RUN: cmp %t.json %t.cli.json

// To standard output, and without targets.
// RUN: roofline-opt %s --roofline-report -o %t.mlir | FileCheck %s
// CHECK:     operations special_f32 8 op
// CHECK-NOT: h200

// RUN: roofline-opt %s --roofline-report='entry=other top=1' -o %t.mlir | FileCheck %s --check-prefix=OTHER
// OTHER: Hottest ops by traffic (1 of 2)

// RUN: not roofline-opt %s --roofline-report=top=-1 -o %t.none 2>&1 | FileCheck %s --check-prefix=TOP
// TOP: error: expects 'top' to be 0 or more, got -1
// RUN: not roofline-opt %s --roofline-report=entry=none -o %t.none 2>&1 | FileCheck %s --check-prefix=ENTRY
// ENTRY: error: no function 'none' with a body; functions are: 'main' 'other'
// RUN: not roofline-opt %s --roofline-report=output=%t.nowhere/x -o %t.none 2>&1 | FileCheck %s --check-prefix=OUTPUT
// OUTPUT: error: cannot write '{{.*}}nowhere/x': No such file or directory

func.func @main(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = stablehlo.exponential %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}
func.func @other(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = stablehlo.exponential %x : tensor<8xf32>
  %1 = stablehlo.exponential %0 : tensor<8xf32>
  return %1 : tensor<8xf32>
}
