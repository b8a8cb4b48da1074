// RUN: split-file %s %t
// RUN: roofline report %t/model.mlir --view=coverage | FileCheck %s --check-prefix=WITHOUT
// RUN: roofline report %t/model.mlir --view=coverage --custom-calls=%t/ours.yaml --custom-calls=%t/theirs.yaml | FileCheck %s --check-prefix=WITH
// RUN: roofline-opt %t/model.mlir --roofline-annotate-demand=custom-calls=%t/ours.yaml,%t/theirs.yaml | FileCheck %s --check-prefix=ATTR
// RUN: roofline-opt %t/model.mlir --roofline="targets=h200 custom-calls=%t/ours.yaml,%t/theirs.yaml" | FileCheck %s --check-prefix=ATTR
// RUN: roofline-opt %t/model.mlir --roofline-report="custom-calls=%t/ours.yaml,%t/theirs.yaml" -o /dev/null | FileCheck %s --check-prefix=WITH

// What nothing is known of is listed by name, with its bytes: 2 * 2048 and 2048.

// WITHOUT: custom call 'swish' has no rule
// WITHOUT: custom call 'norm' has no rule

// Files of the user say what these calls cost: x * sigmoid(x) is an operation
// of each unit for each of 512 elements; the norm is four for each, and three
// and a root for each of 4 lines.

// WITH-NOT: has no rule
// WITH: modelled {{.*}}ops 100.0 %, bytes 100.0 %

// ATTR: swish
// ATTR-SAME: #roofline.demand<elementwise, work = [#roofline.work<unit = vector, type = f32, ops = 512>, #roofline.work<unit = special, type = f32, ops = 512>], read_bytes = 2048, written_bytes = 2048>
// ATTR: norm
// ATTR-SAME: #roofline.demand<reduction, work = [#roofline.work<unit = vector, type = f32, ops = 2056>, #roofline.work<unit = special, type = f32, ops = 4>], read_bytes = 2048, written_bytes = 2048>

//--- model.mlir
func.func @main(%x: tensor<4x128xf32>) -> tensor<4x128xf32> {
  %0 = stablehlo.custom_call @swish(%x) : (tensor<4x128xf32>) -> tensor<4x128xf32>
  %1 = stablehlo.custom_call @norm(%0) : (tensor<4x128xf32>) -> tensor<4x128xf32>
  return %1 : tensor<4x128xf32>
}
//--- ours.yaml
swish: {cost: elementwise, vector: 1, special: 1, note: x * sigmoid(x)}
//--- theirs.yaml
norm: {cost: rms_norm}
