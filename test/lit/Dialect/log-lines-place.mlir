// Errors keep their line where log lines are skipped.
// RUN: not roofline-opt %s 2>&1 | FileCheck %s

// CHECK: log-lines-place.mlir:[[@LINE+1]]:1: remark: ignored line [[@LINE+1]], which is not MLIR
WARNING: something
func.func @f(%x: tensor<4xf32>) {
  // CHECK: :[[@LINE+1]]:8: error: custom op 'stablehlo.abz' is unknown in pretty form; did you mean 'stablehlo.abs'?
  %0 = stablehlo.abz %x : tensor<4xf32>
  return
}
