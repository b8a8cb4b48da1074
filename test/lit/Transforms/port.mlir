// What becomes of ops on another target, as attributes and remarks.

// RUN: roofline-opt %s --roofline-port='from=h200 to=ascend-910c' -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: roofline-opt %t.mlir --roofline-port='from=h200 to=ascend-910c' | cmp - %t.mlir
// RUN: roofline-opt %s -o %t.plain.mlir
// RUN: roofline-opt %t.mlir --roofline-strip | cmp - %t.plain.mlir

// CHECK-LABEL: func.func @main
// A kernel of libraries has its finding at the op that stands for it.
// CHECK: "stablehlo.dot_general"{{.*}}roofline.findings = [#roofline.finding<rule = "RF1020", status = "precision-change", target = "ascend-910c", op = "quantized_gemm bf16, f8", reason = "{{[^"]*}}", seconds = {{[0-9.e-]+}}>]
// CHECK: "stablehlo.cbrt"{{.*}}roofline.findings = [#roofline.finding<rule = "RF1011", status = "decompose"
// What is not known has no time.
// CHECK: "stablehlo.custom_call"{{.*}}roofline.findings = [#roofline.finding<rule = "RF1090", status = "unknown", target = "ascend-910c", op = "custom call 'acme' bf16", reason = "{{[^"]*}}">]

// RUN: roofline-opt %s --roofline-port='from=h200 to=ascend-910c' --remarks-filter=roofline-port --remark-format=emitRemark -o %t.none 2>&1 | FileCheck %s --check-prefix=REMARK
// REMARK: remark: [Passed] RF1020 | Category:roofline-port:ascend-910c | Function=main
// REMARK: remark: [Missed] RF1090 | Category:roofline-port:ascend-910c | Function=main
// REMARK-SAME: target_seconds=unknown
// REMARK: remark: [Analysis] port | Category:roofline-port:ascend-910c | Remark="grade

// RUN: not roofline-opt %s --roofline-port=to=h20 -o %t.none 2>&1 | FileCheck %s --check-prefix=FROM
// FROM: error: expected a target in 'from', such as from=h200
// RUN: not roofline-opt %s --roofline-port='from=h200 to=h20O' -o %t.none 2>&1 | FileCheck %s --check-prefix=TO
// TO: error: unknown target 'h20O'
// RUN: not roofline-opt %s --roofline-port='from=h200 to=h20 release=cann' -o %t.none 2>&1 | FileCheck %s --check-prefix=RELEASE
// RELEASE: error: '' is no version in release 'cann'

func.func @main(%x: tensor<512x4096xf8E4M3FN>, %w: tensor<4096x4096xf8E4M3FN>) -> tensor<512x4096xbf16> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<512x4096xf8E4M3FN>, tensor<4096x4096xf8E4M3FN>) -> tensor<512x4096xbf16>
  %1 = stablehlo.custom_call @other(%0) : (tensor<512x4096xbf16>) -> tensor<512x4096xbf16>
  %2 = stablehlo.cbrt %1 : tensor<512x4096xbf16>
  %3 = stablehlo.custom_call @acme(%2) : (tensor<512x4096xbf16>) -> tensor<512x4096xbf16>
  return %3 : tensor<512x4096xbf16>
}
