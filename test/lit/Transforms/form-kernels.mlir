// RUN: rm -rf %t && split-file %s %t
// RUN: roofline-opt %t/graph.mlir --roofline-form-kernels --allow-unregistered-dialect > %t/formed.mlir
// RUN: FileCheck %s < %t/formed.mlir
// RUN: roofline-opt %t/graph.mlir --roofline-form-kernels=fusion=library --allow-unregistered-dialect | cmp - %t/formed.mlir
// RUN: roofline-opt %t/graph.mlir --roofline-form-kernels=fusion=none --allow-unregistered-dialect | FileCheck %s --check-prefix=NONE
// RUN: not roofline-opt %t/graph.mlir --roofline-form-kernels=fusion=vendor --allow-unregistered-dialect 2>&1 | FileCheck %s --check-prefix=FUSION
// FUSION: Cannot find option named 'vendor'

// Forming twice is forming once, whatever was formed and estimated before.
// RUN: roofline-opt %t/formed.mlir --roofline-form-kernels --allow-unregistered-dialect | cmp - %t/formed.mlir
// RUN: roofline-opt %t/graph.mlir --roofline-form-kernels=fusion=none --roofline-form-kernels --allow-unregistered-dialect | cmp - %t/formed.mlir
// RUN: roofline-opt %t/formed.mlir --roofline-estimate=targets=h200 --roofline-form-kernels --allow-unregistered-dialect | cmp - %t/formed.mlir
// It neither needs demand on the ops nor changes it.
// RUN: roofline-opt %t/graph.mlir --roofline-annotate-demand --roofline-form-kernels --allow-unregistered-dialect > %t/both.mlir
// RUN: roofline-opt %t/graph.mlir --roofline-form-kernels --roofline-annotate-demand --allow-unregistered-dialect | cmp - %t/both.mlir

// What is formed survives text and bytecode, and is removed without a trace.
// RUN: roofline-opt %t/formed.mlir --verify-roundtrip --allow-unregistered-dialect | cmp - %t/formed.mlir
// RUN: roofline-opt %t/formed.mlir --emit-bytecode --allow-unregistered-dialect | roofline-opt --allow-unregistered-dialect | cmp - %t/formed.mlir
// RUN: roofline-opt %t/graph.mlir --allow-unregistered-dialect > %t/plain.mlir
// RUN: roofline-opt %t/formed.mlir --roofline-strip --allow-unregistered-dialect | cmp - %t/plain.mlir

// Bias and activation run in the epilogue, which reads 2 bytes per bias:
// 64 x 32 + 32 x 16 + 16 elements in, 64 x 16 out. The view has no kernel.
// CHECK-LABEL: func.func @main
// CHECK:      "stablehlo.dot_general"
// CHECK-SAME:   roofline.kernel = 0 : i64, roofline.kernel_demand = #roofline.kernel<gemm, name = "{{[a-z_]+}}", ops = 4, demand = #roofline.demand<contraction, m = 64, n = 16, k = 32, work = [#roofline.work<unit = matrix, type = bf16, ops = 65536>, {{.*}}], read_bytes = 5152, written_bytes = 2048>>
// CHECK:      "stablehlo.broadcast_in_dim"
// CHECK-SAME:   {roofline.kernel = 0 : i64}
// CHECK:      "stablehlo.add"
// CHECK-SAME:   {roofline.kernel = 0 : i64}
// CHECK:      "stablehlo.tanh"
// CHECK-SAME:   {roofline.kernel = 0 : i64}
// CHECK:      "stablehlo.reshape"
// CHECK-NOT:  roofline
// What is not known stands alone and says why.
// CHECK:      "mine.op"
// CHECK-SAME:   {roofline.kernel = 1 : i64, roofline.kernel_demand = #roofline.kernel<opaque, name = "{{[^"]+}}", ops = 1, demand = #roofline.unknown<unmodelled, "no rule for 'mine.op'">>}
// What a small function does is in the kernel of its call; another function has kernels of its own.
// CHECK:      call @small
// CHECK-SAME:   roofline.kernel = 2 : i64, roofline.kernel_demand = #roofline.kernel<elementwise, name = "{{[a-z_]+}}", ops = 1,
// CHECK:      call @large
// CHECK-NOT:  roofline
// CHECK:      call @large
// CHECK-NOT:  roofline
// CHECK:      "stablehlo.while"
// CHECK:      "stablehlo.negate"
// CHECK-SAME:   roofline.kernel = [[# IN_LOOP:]] : i64
// CHECK:      "stablehlo.exponential"
// CHECK-SAME:   roofline.kernel = [[# IN_LOOP]] : i64, roofline.kernel_demand = #roofline.kernel<elementwise, name = "{{[a-z_]+}}", ops = 2,
// CHECK:      return
// CHECK-LABEL: func.func private @small
// CHECK-NOT:  roofline
// A function that is called twice has its kernels once; one that is not called has none.
// CHECK-LABEL: func.func private @large
// CHECK:      "stablehlo.dot_general"
// CHECK-SAME:   roofline.kernel = {{[0-9]+}} : i64, roofline.kernel_demand = #roofline.kernel<gemm,
// CHECK-LABEL: func.func @other
// CHECK-NOT:  roofline

// NONE:      "stablehlo.dot_general"
// NONE-SAME:   roofline.kernel = 0 : i64, roofline.kernel_demand = #roofline.kernel<gemm, name = "{{[a-z_]+}}", ops = 1, demand = #roofline.demand<contraction, m = 64, n = 16, k = 32, work = [#roofline.work<unit = matrix, type = bf16, ops = 65536>], read_bytes = 5120, written_bytes = 2048>>
// NONE:      "stablehlo.broadcast_in_dim"
// NONE-SAME:   roofline.kernel = 1 : i64, roofline.kernel_demand = #roofline.kernel<data_movement,
// NONE:      "stablehlo.add"
// NONE-SAME:   roofline.kernel = 2 : i64, roofline.kernel_demand = #roofline.kernel<elementwise,
// NONE:      "stablehlo.tanh"
// NONE-SAME:   roofline.kernel = 3 : i64, roofline.kernel_demand = #roofline.kernel<elementwise,
// NONE:      "stablehlo.reshape"
// NONE-NOT:  roofline
// NONE:      "mine.op"
// NONE-SAME:   roofline.kernel = 4 : i64

// Another function can be the entry.
// RUN: roofline-opt %t/graph.mlir --roofline-form-kernels=entry=other --allow-unregistered-dialect | FileCheck %s --check-prefix=OTHER
// OTHER-LABEL: func.func @main
// OTHER-NOT:   roofline
// OTHER-LABEL: func.func @other
// OTHER:       "stablehlo.cosine"
// OTHER-SAME:    roofline.kernel = 0 : i64
// RUN: not roofline-opt %t/graph.mlir --roofline-form-kernels=entry=none --allow-unregistered-dialect 2>&1 | FileCheck %s --check-prefix=ENTRY
// ENTRY: error: no function 'none' with a body; functions are: 'main' 'small' 'large' 'other'

// A module without ops has no kernels, which is no error unless an entry is asked for.
// RUN: roofline-opt %t/empty.mlir --roofline-form-kernels | FileCheck %s --check-prefix=EMPTY
// RUN: roofline-opt %t/declarations.mlir --roofline-form-kernels | FileCheck %s --check-prefix=DECLARATIONS
// RUN: roofline-opt %t/declarations.mlir --roofline=targets=h200 | FileCheck %s --check-prefix=DECLARATIONS
// RUN: not roofline-opt %t/empty.mlir --roofline-form-kernels=entry=main 2>&1 | FileCheck %s --check-prefix=NO-MAIN
// EMPTY:        module {
// DECLARATIONS: func.func private @elsewhere
// NO-MAIN:      error: no function 'main' with a body

// Of alternatives only the dearest runs.
// RUN: roofline-opt %t/alternatives.mlir --roofline-form-kernels | FileCheck %s --check-prefix=ALTERNATIVES
// ALTERNATIVES:      "stablehlo.negate"
// ALTERNATIVES-NOT:  roofline
// ALTERNATIVES:      "stablehlo.exponential"
// ALTERNATIVES-SAME:   roofline.kernel = 0 : i64
// ALTERNATIVES:      "stablehlo.tanh"

// A pass manager of functions is told so.
// RUN: not roofline-opt %t/declarations.mlir --pass-pipeline='builtin.module(func.func(roofline{targets=h200}))' 2>&1 | FileCheck %s --check-prefix=ANCHOR
// RUN: not roofline-opt %t/declarations.mlir --pass-pipeline='builtin.module(func.func(roofline-form-kernels))' 2>&1 | FileCheck %s --check-prefix=ANCHOR
// ANCHOR: error: {{.*}}builtin.module

//--- graph.mlir
func.func @main(%x: tensor<64x32xbf16>, %w: tensor<32x16xbf16>, %b: tensor<16xbf16>, %i: tensor<i32>, %n: tensor<i32>) -> tensor<1024xbf16> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<64x32xbf16>, tensor<32x16xbf16>) -> tensor<64x16xbf16>
  %1 = stablehlo.broadcast_in_dim %b, dims = [1] : (tensor<16xbf16>) -> tensor<64x16xbf16>
  %2 = stablehlo.add %0, %1 : tensor<64x16xbf16>
  %3 = stablehlo.tanh %2 : tensor<64x16xbf16>
  %4 = stablehlo.reshape %3 : (tensor<64x16xbf16>) -> tensor<1024xbf16>
  %5 = "mine.op"(%4) : (tensor<1024xbf16>) -> tensor<1024xbf16>
  %6 = call @small(%5) : (tensor<1024xbf16>) -> tensor<1024xbf16>
  %7 = "mine.op"(%6) : (tensor<1024xbf16>) -> tensor<1024xbf16>
  %8 = call @large(%7) : (tensor<1024xbf16>) -> tensor<1024xbf16>
  %9 = call @large(%8) : (tensor<1024xbf16>) -> tensor<1024xbf16>
  %r:2 = stablehlo.while(%j = %i, %v = %9) : tensor<i32>, tensor<1024xbf16>
   cond {
    %p = stablehlo.compare LT, %j, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    %d = stablehlo.negate %v : tensor<1024xbf16>
    %e = stablehlo.exponential %d : tensor<1024xbf16>
    stablehlo.return %j, %e : tensor<i32>, tensor<1024xbf16>
  }
  return %r#1 : tensor<1024xbf16>
}
func.func private @small(%x: tensor<1024xbf16>) -> tensor<1024xbf16> {
  %0 = stablehlo.sine %x : tensor<1024xbf16>
  return %0 : tensor<1024xbf16>
}
func.func private @large(%x: tensor<1024xbf16>) -> tensor<1024xbf16> {
  %0 = stablehlo.reshape %x : (tensor<1024xbf16>) -> tensor<32x32xbf16>
  %1 = stablehlo.dot_general %0, %0, contracting_dims = [1] x [0] : (tensor<32x32xbf16>, tensor<32x32xbf16>) -> tensor<32x32xbf16>
  %2 = stablehlo.reshape %1 : (tensor<32x32xbf16>) -> tensor<1024xbf16>
  return %2 : tensor<1024xbf16>
}
func.func @other(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = stablehlo.cosine %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}
//--- empty.mlir
module {}
//--- declarations.mlir
func.func private @elsewhere(tensor<8xf32>) -> tensor<8xf32>
//--- alternatives.mlir
func.func @main(%p: tensor<i1>, %x: tensor<1024xf32>, %y: tensor<8xf32>) -> tensor<1024xf32> {
  %0 = "stablehlo.if"(%p) ({
    %1 = stablehlo.negate %y : tensor<8xf32>
    stablehlo.return %x : tensor<1024xf32>
  }, {
    %1 = stablehlo.exponential %x : tensor<1024xf32>
    %2 = stablehlo.tanh %1 : tensor<1024xf32>
    stablehlo.return %2 : tensor<1024xf32>
  }) : (tensor<i1>) -> tensor<1024xf32>
  return %0 : tensor<1024xf32>
}
