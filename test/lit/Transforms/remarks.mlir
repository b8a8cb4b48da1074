// Every estimate is a remark, for editors and for LLVM's remark tools.

// RUN: roofline-opt %s --roofline=targets=h200,h20 --remarks-filter=roofline --remark-format=emitRemark \
// RUN:   -o /dev/null 2>&1 | FileCheck %s
// CHECK: remarks.mlir:[[# @LINE + 27]]:8: remark: [Analysis] linalg.matmul | Category:roofline:h200 | Function=main | Remark="h200: 2.133e-09 s, bound by hbm", bytes=10240, operations=65536, roof_seconds=2.133e-09
// CHECK: remarks.mlir:[[# @LINE + 26]]:8: remark: [Analysis] linalg.matmul | Category:roofline:h20 |
// CHECK: remarks.mlir:[[# @LINE + 26]]:8: remark: [Analysis] math.exp | Category:roofline:h200 |
// CHECK: remarks.mlir:[[# @LINE + 25]]:8: remark: [Analysis] math.exp | Category:roofline:h20 |

// RUN: roofline-opt %s --roofline=targets=h200 --remarks-filter=roofline --remark-format=yaml \
// RUN:   --remarks-output-file=%t.yaml -o /dev/null
// RUN: FileCheck %s --check-prefix=YAML < %t.yaml
// YAML:      --- !Analysis
// YAML-NEXT: Pass: 'roofline:h200'
// YAML-NEXT: Name: linalg.matmul
// YAML:      Function: main
// YAML:      - roof_seconds: '2.133e-09'
// YAML-NEXT: - operations: '65536'
// YAML-NEXT: - bytes: '10240'

// Those of kernels are told apart by category, and neither comes with the other.
// RUN: roofline-opt %s --roofline='targets=h200 fusion=none' --remarks-filter=roofline-kernels --remark-format=emitRemark \
// RUN:   -o /dev/null 2>&1 | FileCheck %s --check-prefix=KERNELS --implicit-check-not=Category:roofline:
// KERNELS: remarks.mlir:[[# @LINE + 8]]:8: remark: [Analysis] matmul | Category:roofline-kernels:h200 | Function=main | Remark="h200: {{.*}} s, roof 2.133e-09 s, bound by hbm", bytes=10240, family=gemm, high={{[0-9.]+}}e-06, low={{[0-9.]+}}e-06, operations=65536, ops=1, roof_seconds=2.133e-09, seconds={{[0-9.]+}}e-06
// KERNELS: remarks.mlir:[[# @LINE + 8]]:8: remark: [Analysis] {{.*}} | Category:roofline-kernels:h200 | Function=main | Remark="h200: {{.*}} s, roof {{.*}} s, bound by hbm", {{.*}}family=elementwise

// Sums over a function come for free: 65,536 + 512 operations.
// RUN: llvm-remarkutil count --parser=yaml --count-by=arg --args=operations --group-by=function %t.yaml | FileCheck %s --check-prefix=SUM
// SUM: main,66048

func.func @main(%a: tensor<16x64xbf16>, %b: tensor<64x32xbf16>, %c: tensor<16x32xf32>) -> tensor<16x32xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<16x64xbf16>, tensor<64x32xbf16>) outs(%c : tensor<16x32xf32>) -> tensor<16x32xf32>
  %1 = math.exp %0 : tensor<16x32xf32>
  return %1 : tensor<16x32xf32>
}
