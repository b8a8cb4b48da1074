// RUN: roofline-opt %s -o %t.read
// RUN: FileCheck %s --input-file=%t.read
// RUN: roofline-opt %t.read -o %t.again && diff %t.read %t.again
// RUN: %mlir-opt --allow-unregistered-dialect %t.read -o %t.stock && diff %t.read %t.stock

// CHECK: "sdy.mesh"() <{mesh = #sdy.mesh<["x"=2, "y"=4]>, sym_name = "mesh"}> : () -> ()
sdy.mesh @mesh = <["x"=2, "y"=4]>
// CHECK-NEXT: "sdy.mesh"() <{mesh = #sdy.mesh<["x"=2], device_ids=[1, 0]>, sym_name = "reversed"}> {note} : () -> ()
sdy.mesh @reversed = <["x"=2], device_ids=[1, 0]> {note}
// CHECK-NEXT: "sdy.mesh"() <{mesh = #sdy.mesh<[], device_ids=[3]>, sym_name = "maximal"}> : () -> ()
sdy.mesh @maximal = #sdy.mesh<[], device_ids=[3]>

// CHECK-LABEL: func.func @annotations
// CHECK-SAME: {sdy.sharding = #sdy.sharding<@mesh, [{"x", ?}, {}p1]>}
func.func @annotations(%x: tensor<8x8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x", ?}, {}p1]>}) {
  // CHECK-NEXT: "sdy.constant"() <{value = dense<0.000000e+00> : tensor<f32>}> : () -> tensor<f32>
  %0 = sdy.constant dense<0.0> : tensor<f32>
  // CHECK-NEXT: "sdy.sharding_constraint"(%arg0) <{sharding = #sdy.sharding<@mesh, [{"x":(1)2, "y"}, {?}], replicated={"y"}, unreduced={"z"}>}> : (tensor<8x8xf32>) -> tensor<8x8xf32>
  %1 = sdy.sharding_constraint %x <@mesh, [{"x":(1)2, "y"}, {?}], replicated={"y"}, unreduced={"z"}> : tensor<8x8xf32>
  // CHECK-NEXT: "sdy.reshard"(%arg0) <{sharding = #sdy.sharding<mesh<["a"=2]>, [{}, {"a"}]>}> : (tensor<8x8xf32>) -> tensor<8x8xf32>
  %2 = sdy.reshard %x <mesh<["a"=2]>, [{}, {"a"}]> : tensor<8x8xf32>
  // CHECK-NEXT: "sdy.sharding_group"(%arg0) <{group_id = 21 : i64}> : (tensor<8x8xf32>) -> ()
  sdy.sharding_group %x group_id=21 : tensor<8x8xf32>
  // CHECK-NEXT: "sdy.data_flow_edge"(%arg0) <{sharding = #sdy.sharding<@mesh, [{"x"}, {}]>}> : (tensor<8x8xf32>) -> tensor<8x8xf32>
  %3 = sdy.data_flow_edge %x sharding=<@mesh, [{"x"}, {}]> : tensor<8x8xf32>
  // CHECK-NEXT: "sdy.data_flow_edge"(%arg0) : (tensor<8x8xf32>) -> tensor<8x8xf32>
  %4 = sdy.data_flow_edge %x : tensor<8x8xf32>
  // CHECK-NEXT: "sdy.propagation_barrier"(%arg0) <{allowed_direction = 2 : i32}> : (tensor<8x8xf32>) -> tensor<8x8xf32>
  %5 = sdy.propagation_barrier %x allowed_direction=BACKWARD : tensor<8x8xf32>
  return
}

// CHECK-LABEL: func.func @collectives
func.func @collectives(%x: tensor<8x8xf32>) {
  // CHECK-NEXT: "sdy.all_gather"(%arg0) <{gathering_axes = #sdy<list_of_axis_ref_lists[{}, {"x":(4)2, "z"}]>, out_sharding = #sdy.sharding<@mesh, [{"y"}, {}]>}> : (tensor<8x8xf32>) -> tensor<8x8xf32>
  %0 = sdy.all_gather [{}, {"x":(4)2, "z"}] %x out_sharding=<@mesh, [{"y"}, {}]> : tensor<8x8xf32>
  // CHECK-NEXT: "sdy.all_slice"(%arg0) <{out_sharding = #sdy.sharding<@mesh, [{}, {"x"}]>, slicing_axes = #sdy<list_of_axis_ref_lists[{}, {"x"}]>}>
  %1 = sdy.all_slice [{}, {"x"}] %x out_sharding=<@mesh, [{}, {"x"}]> : tensor<8x8xf32>
  // CHECK-NEXT: "sdy.all_to_all"(%arg0) <{out_sharding = #sdy.sharding<@mesh, [{}, {"x"}]>, params = #sdy<all_to_all_param_list[{"x"}: 0->1]>}>
  %2 = sdy.all_to_all [{"x"}: 0->1] %x out_sharding=<@mesh, [{}, {"x"}]> : tensor<8x8xf32>
  // CHECK-NEXT: "sdy.collective_permute"(%arg0) <{out_sharding = #sdy.sharding<@mesh, [{"y"}, {}]>}>
  %3 = sdy.collective_permute %x out_sharding=<@mesh, [{"y"}, {}]> : tensor<8x8xf32>
  // CHECK-NEXT: "sdy.all_reduce"(%arg0) <{out_sharding = #sdy.sharding<@mesh, [{}, {}]>, reduction_axes = #sdy<axis_ref_list{"x", "y"}>}>
  %4 = sdy.all_reduce {"x", "y"} %x out_sharding=<@mesh, [{}, {}]> : tensor<8x8xf32>
  // CHECK-NEXT: "sdy.reduce_scatter"(%arg0) <{out_sharding = #sdy.sharding<@mesh, [{"x"}, {}]>, reduce_scatter_axes = #sdy<list_of_axis_ref_lists[{"x"}, {}]>}>
  %5 = sdy.reduce_scatter [{"x"}, {}] %x out_sharding=<@mesh, [{"x"}, {}]> : tensor<8x8xf32>
  return
}

// CHECK-LABEL: func.func @manual
func.func @manual(%x: tensor<16x32xf32>) -> tensor<16x32xf32> {
  // CHECK-NEXT: "sdy.manual_computation"(%arg0) <{in_shardings = #sdy.sharding_per_value<[<@mesh, [{"x", ?}, {?}]>]>, manual_axes = #sdy<manual_axes{"x"}>, out_shardings = #sdy.sharding_per_value<[<@mesh, [{"x"}, {}], replicated={"y"}>]>}> ({
  // CHECK-NEXT: ^bb0(%[[X:.*]]: tensor<8x32xf32>):
  // CHECK-NEXT:   %[[Y:.*]] = "stablehlo.add"(%[[X]], %[[X]])
  // CHECK-NEXT:   "sdy.return"(%[[Y]]) : (tensor<8x32xf32>) -> ()
  // CHECK-NEXT: }) : (tensor<16x32xf32>) -> tensor<16x32xf32>
  %0 = sdy.manual_computation(%x)
      in_shardings=[<@mesh, [{"x", ?}, {?}]>]
      out_shardings=[<@mesh, [{"x"}, {}],
                      replicated={"y"}>] // one per result
      manual_axes={"x"} (%y: tensor<8x32xf32>) {
    %1 = stablehlo.add %y, %y : tensor<8x32xf32>
    sdy.return %1 : tensor<8x32xf32>
  } : (tensor<16x32xf32>) -> tensor<16x32xf32>
  // CHECK-NEXT: "sdy.manual_computation"() <{in_shardings = #sdy.sharding_per_value<[]>, manual_axes = #sdy<manual_axes{}>, out_shardings = #sdy.sharding_per_value<[]>}> ({
  // CHECK-NEXT:   "sdy.return"() : () -> ()
  sdy.manual_computation() in_shardings=[] out_shardings=[] manual_axes={} () {
    sdy.return
  } : () -> ()
  // CHECK: "sdy.named_computation"(%arg0) <{name = "foo", out_shardings = #sdy.sharding_per_value<[<@mesh, [{}, {}]>]>}> ({
  %2 = sdy.named_computation<"foo">(%x) out_shardings=[<@mesh, [{}, {}]>] (%y: tensor<16x32xf32>) {
    sdy.return %y : tensor<16x32xf32>
  } : (tensor<16x32xf32>) -> tensor<16x32xf32>
  return %0 : tensor<16x32xf32>
}
