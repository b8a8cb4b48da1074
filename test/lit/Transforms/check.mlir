// The pass holds a module against a budget, with diagnostics where the kernels are.

// RUN: rm -rf %t && mkdir %t
// RUN: printf 'baseline: base.json\nlimits: {operations: +1 %%%%}\ntargets:\n  h200: {time: +1 %%%%}\n' > %t/gate.yaml
// RUN: roofline report %s --target=h200 --format=json -o %t/base.json
// RUN: roofline-opt %s -o %t/plain.mlir
// RUN: roofline-opt %s --roofline-check=budget=%t/gate.yaml -o %t/checked.mlir
// RUN: cmp %t/plain.mlir %t/checked.mlir

// A product that grows by 2 %.
// RUN: sed -e 's/1024x2048xbf16/1024x2089xbf16/g' -e 's/2048x4096xbf16/2089x4096xbf16/g' %s > %t/grown.mlir
// RUN: not roofline-opt %t/grown.mlir --roofline-check=budget=%t/gate.yaml -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=GROWN
// GROWN:      grown.mlir:[[#LINE:]]:8: error: time of kernels on h200 is {{.*}}, more than {{.*}}, +1 % of
// GROWN:      grown.mlir:[[#LINE]]:8: note: changed gemm at grown.mlir:[[#LINE]]:8 takes {{.*}} more on h200: k 2048 -> 2089;
// GROWN:      gate.yaml:4:16: note: the limit in the budget
// GROWN:      error: operations is {{.*}}, more than
// GROWN:      gate.yaml:2:22: note: the limit in the budget

// What is left out is a warning, and an error where so much must be modelled.
// RUN: printf 'limits: {operations: 1 Top}\n' > %t/absolute.yaml
// RUN: roofline-opt %s --roofline-check='budget=%t/absolute.yaml entry=custom min-coverage=0' -o %t/checked.mlir 2>&1 | FileCheck %s --check-prefix=LEFT
// LEFT: net.py:7:1: warning: 1 of op 'stablehlo.custom_call' are not modelled: custom call 'mystery' has no rule
// RUN: not roofline-opt %s --roofline-check='budget=%t/absolute.yaml entry=custom' -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=UNDECIDED
// UNDECIDED: error: operations is 0 op; whether it is at most 1.000 Top cannot be told
// RUN: not roofline-opt %s --roofline-check='budget=%t/absolute.yaml entry=custom min-coverage=99' -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=MIN
// MIN: error: the result is incomplete: coverage by ops is 50.0 %, less than 99.0 %

// Limits on moving it; the findings that stand in the way are notes.
// RUN: printf 'from: h200\ntargets:\n  ascend-910c: {effort: 1 day, grade: A}\n' > %t/move.yaml
// RUN: not roofline-opt %s --roofline-check=budget=%t/move.yaml -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=MOVE --implicit-check-not='error: grade'
// MOVE: error: effort of moving the model to ascend-910c is 2 person-days, more than 1 person-day
// MOVE: note: RF1024 results to compare: kernels for Hopper
// MOVE: move.yaml:3:25: note: the limit in the budget
// RUN: printf 'levels: {low: 0.1 .. 0.5}\nrules: {RF1024: 0.1 .. 0.5}\n' > %t/days.yaml
// RUN: roofline-opt %s --roofline-check='budget=%t/move.yaml effort-file=%t/days.yaml' -o %t/checked.mlir
// RUN: printf 'from: h2OO\ntargets:\n  ascend-910c: {grade: A}\n' > %t/from.yaml
// RUN: not roofline-opt %s --roofline-check=budget=%t/from.yaml -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=SOURCE
// SOURCE: from.yaml:1:7: error: unknown target 'h2OO'; did you mean 'h20' or 'h200'?

// RUN: not roofline-opt %s --roofline-check -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: no budget is named; give the pass 'budget', such as budget=budget.yaml
// RUN: not roofline-opt %s --roofline-check='budget=%t/gate.yaml min-coverage=101' -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=RANGE
// RANGE: error: expects 'min-coverage' to be from 0 to 100, got 1.01
// RUN: printf 'targets:\n  h2000: {time: 1 ms}\n' > %t/target.yaml
// RUN: not roofline-opt %s --roofline-check=budget=%t/target.yaml -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=TARGET
// TARGET: target.yaml:2:3: error: unknown target 'h2000'; did you mean 'h200'
// RUN: not roofline-opt %s --roofline-check=budget=%t/nothing.yaml -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=FILE
// FILE: nothing.yaml:0:0: error: cannot read budget: No such file or directory

func.func @main(%x: tensor<1024x2048xbf16>, %w: tensor<2048x4096xbf16>) -> tensor<1024x4096xbf16> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<1024x2048xbf16>, tensor<2048x4096xbf16>) -> tensor<1024x4096xbf16>
  return %0 : tensor<1024x4096xbf16>
}
func.func @custom(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = stablehlo.custom_call @mystery(%x) : (tensor<8xf32>) -> tensor<8xf32> loc("net.py":7:1)
  return %0 : tensor<8xf32>
}
