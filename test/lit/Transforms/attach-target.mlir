// A machine in upstream's target description, where other passes find it.

// RUN: roofline-opt %s --roofline-attach-target=target=h200 | FileCheck %s
// RUN: roofline-opt %s --roofline-attach-target=target=h200 --verify-roundtrip | FileCheck %s
// RUN: roofline-opt %s --roofline-attach-target=target=h20 --roofline-attach-target=target=h200 \
// RUN:   | FileCheck %s --check-prefix=TWO
// RUN: roofline-opt %s --roofline-attach-target=target=h200 --roofline-attach-target=target=h200 \
// RUN:   | FileCheck %s --check-prefix=ONCE
// RUN: roofline-opt %s --roofline-attach-target=target=h200 --transform-interpreter \
// RUN:   2>&1 | FileCheck %s --check-prefix=QUERY

// CHECK: dlti.target_system_spec = #dlti.target_system_spec<
// CHECK-SAME: "h200" = #dlti.target_device_spec<
// CHECK-SAME: "matrix_bf16" = 9.894
// CHECK-SAME: "hbm_bytes" = {{1[0-9]+}} : i64
// CHECK-SAME: "hbm_bytes_per_second" = 4.800000e+12 : f64

// TWO: "h20" = #dlti.target_device_spec<
// TWO-SAME: "h200" = #dlti.target_device_spec<

// ONCE: "h200" = #dlti.target_device_spec<
// ONCE-NOT: "h200" =

// QUERY: remark: bandwidth 4.800000e+12 : f64

module attributes {transform.with_named_sequence} {
  func.func @main(%x: tensor<8xf32>) -> tensor<8xf32> {
    return %x : tensor<8xf32>
  }
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %0 = transform.dlti.query ["h200", "hbm_bytes_per_second"] at %module : (!transform.any_op) -> !transform.any_param
    transform.debug.emit_param_as_remark %0, "bandwidth" : !transform.any_param
    transform.yield
  }
}
