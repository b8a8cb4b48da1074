// RUN: split-file %s %t
// RUN: not roofline-opt %t/model.mlir --roofline 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not roofline-opt %t/model.mlir --roofline-estimate 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not roofline-opt %t/model.mlir --roofline=targets=h20O 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not roofline-opt %t/model.mlir --roofline-report=targets=h20O 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not roofline-opt %t/model.mlir --roofline-attach-target=target=h20O 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not roofline-opt %t/model.mlir --roofline-attach-target 2>&1 | FileCheck %s --check-prefix=NOTARGET
// RUN: not roofline-opt %t/model.mlir --roofline=targets=mlu370 2>&1 | FileCheck %s --check-prefix=CONFIDENCE
// RUN: roofline-opt %t/model.mlir --roofline='targets=mlu370 allow-low-confidence' | FileCheck %s --check-prefix=ALLOWED
// RUN: not roofline-opt %t/model.mlir --roofline='targets=chip target-files=%t/chip.yaml' 2>&1 | FileCheck %s --check-prefix=FILE
// RUN: not roofline-opt %t/model.mlir --roofline=target=h200 2>&1 | FileCheck %s --check-prefix=OPTION
// RUN: roofline-opt %t/model.mlir --roofline-estimate=targets=h200 2>&1 | FileCheck %s --check-prefix=NODEMAND

// The module is not printed with any of these.
// RUN: not roofline-opt %t/model.mlir --roofline 2>&1 | FileCheck %s --implicit-check-not=func.func --check-prefix=NONE

// NONE:       error: no target is named; give the pass 'targets', such as targets=h200
// UNKNOWN:    error: unknown target 'h20O'; did you mean 'h20', 'h200' or
// NOTARGET:   error: no target is named; give the pass 'target', such as target=h200
// CONFIDENCE: error: no times for target 'mlu370', whose figures have low confidence:
// ALLOWED:    #roofline.estimate<target = "mlu370"
// FILE:       chip.yaml:4:1: error: {{.*}}'sorce'
// OPTION:     no such option target
// NODEMAND:   warning: no op has 'roofline.demand'; run roofline-annotate-demand before

//--- model.mlir
func.func @main(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = math.exp %x : tensor<8xf32>
  return %0 : tensor<8xf32>
}
//--- chip.yaml
name: chip
title: A chip
vendor: maker
sorce: sheet
sources:
  sheet: {title: Data sheet, date: 2026-01, confidence: datasheet}
