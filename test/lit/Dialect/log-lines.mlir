// RUN: roofline-opt %s 2>&1 | FileCheck %s

// CHECK: log-lines.mlir:[[@LINE+6]]:1: remark: ignored lines [[@LINE+6]] to [[@LINE+9]], which are not MLIR
// CHECK: log-lines.mlir:[[@LINE+14]]:1: remark: ignored line [[@LINE+14]], which is not MLIR
// CHECK: module {
// CHECK-NEXT: func.func @f
// CHECK-NOT: WARNING

WARNING: All log messages before absl::InitializeLog() are written to STDERR
I0000 00:00:1700000000.1 cpu_client.cc:1] "open string (and bracket
/usr/lib/python3/site-packages/foo.py:12: UserWarning: don't
  warnings.warn(

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.abs %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
Lowered in 3.2 s (bf16
