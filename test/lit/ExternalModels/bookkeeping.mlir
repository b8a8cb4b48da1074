// RUN: roofline-opt %s --roofline-annotate-demand | FileCheck %s

// Indices, shapes, symbols and calls are bookkeeping: no work, no traffic (A41).

// CHECK-LABEL: func.func @index_arithmetic
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @index_arithmetic(%a: index, %b: index, %i: i32) {
  %0 = index.add %a, %b
  %1 = index.and %a, %b
  %2 = index.ceildivs %a, %b
  %3 = index.ceildivu %a, %b
  %4 = index.divs %a, %b
  %5 = index.divu %a, %b
  %6 = index.floordivs %a, %b
  %7 = index.maxs %a, %b
  %8 = index.maxu %a, %b
  %9 = index.mins %a, %b
  %10 = index.minu %a, %b
  %11 = index.mul %a, %b
  %12 = index.or %a, %b
  %13 = index.rems %a, %b
  %14 = index.remu %a, %b
  %15 = index.shl %a, %b
  %16 = index.shrs %a, %b
  %17 = index.shru %a, %b
  %18 = index.sub %a, %b
  %19 = index.xor %a, %b
  %30 = index.bool.constant true
  %31 = index.casts %i : i32 to index
  %32 = index.castu %i : i32 to index
  %33 = index.cmp slt(%a, %b)
  %34 = index.constant 4
  %35 = index.sizeof
  return
}

// CHECK-LABEL: func.func @shapes
// CHECK-NOT: roofline.demand
// CHECK: return
func.func @shapes(%s: !shape.shape, %t: !shape.shape, %e: tensor<2xindex>, %i: index, %z: !shape.size, %x: tensor<?x8xf32>, %p: i1, %v: !shape.value_shape) {
  %0 = shape.add %i, %i : index, index -> index
  %1 = shape.any %s, %t : !shape.shape, !shape.shape -> !shape.shape
  %2 = shape.cstr_broadcastable %s, %t : !shape.shape, !shape.shape
  %3 = shape.cstr_eq %s, %t : !shape.shape, !shape.shape
  %4 = shape.cstr_require %p, "no"
  %5 = shape.assuming_all %2, %3
  %6 = shape.assuming %5 -> index {
    shape.assuming_yield %i : index
  }
  %7 = shape.broadcast %s, %t : !shape.shape, !shape.shape -> !shape.shape
  %8 = shape.concat %s, %t : !shape.shape, !shape.shape -> !shape.shape
  %9 = shape.const_shape [4, 8] : tensor<2xindex>
  %10 = shape.const_size 4
  %11 = shape.const_witness true
  %12 = "shape.debug_print"(%s) : (!shape.shape) -> !shape.shape
  %13 = shape.dim %x, %i : tensor<?x8xf32>, index -> index
  %14 = shape.div %i, %i : index, index -> index
  %15 = shape.from_extent_tensor %e : tensor<2xindex>
  %16 = shape.from_extents %i, %i : index, index
  %17 = shape.get_extent %e, %i : tensor<2xindex>, index -> index
  %18 = shape.index_to_size %i
  %19 = shape.is_broadcastable %s, %t : !shape.shape, !shape.shape
  %20 = shape.max %z, %z : !shape.size, !shape.size -> !shape.size
  %21 = shape.meet %s, %t : !shape.shape, !shape.shape -> !shape.shape
  %22 = shape.min %z, %z : !shape.size, !shape.size -> !shape.size
  %23 = shape.mul %i, %i : index, index -> index
  %24 = shape.num_elements %e : tensor<2xindex> -> index
  %25 = shape.rank %e : tensor<2xindex> -> index
  %26 = shape.reduce(%e, %i) : tensor<2xindex> -> index {
  ^bb0(%a: index, %b: index, %c: index):
    %d = arith.addi %b, %c : index
    shape.yield %d : index
  }
  %27 = shape.shape_eq %e, %e : tensor<2xindex>, tensor<2xindex>
  %28 = shape.shape_of %x : tensor<?x8xf32> -> tensor<2xindex>
  %29 = shape.size_to_index %z : !shape.size
  %30, %31 = "shape.split_at"(%e, %i) : (tensor<2xindex>, index) -> (tensor<?xindex>, tensor<?xindex>)
  %32 = shape.to_extent_tensor %s : !shape.shape -> tensor<?xindex>
  %33 = shape.value_as_shape %e : tensor<2xindex> -> !shape.shape
  %34 = shape.value_of %v : tensor<?xf32>
  %35 = shape.with_shape %x, %s : tensor<?x8xf32>, !shape.shape
  return
}

shape.function_library @functions {
  shape.func @same(%v: !shape.value_shape) -> !shape.shape {
    %0 = shape.shape_of %v : !shape.value_shape -> !shape.shape
    shape.return %0 : !shape.shape
  }
} mapping {
  test.same = @same
}

// Globals of ml_program are weights that their users read; a store writes them.

ml_program.global private mutable @state(dense<0.0> : tensor<4x8xf32>) : tensor<4x8xf32>
ml_program.global private @weights(dense<0.0> : tensor<4x8xf32>) : tensor<4x8xf32>

// CHECK-LABEL: func.func @globals
// CHECK: ml_program.global_load @state : tensor<4x8xf32>
// CHECK: ml_program.global_load_const @weights : tensor<4x8xf32>
// CHECK: ml_program.global_store @state
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
func.func @globals() {
  %0 = ml_program.global_load @state : tensor<4x8xf32>
  %1 = ml_program.global_load_const @weights : tensor<4x8xf32>
  ml_program.global_store @state = %1 : tensor<4x8xf32>
  return
}

// CHECK-LABEL: ml_program.func @program
// CHECK-NOT: roofline.demand
// CHECK: ml_program.return
ml_program.func @program(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  ml_program.return %x : tensor<4x8xf32>
}

// CHECK-LABEL: ml_program.subgraph @graph
// CHECK: ml_program.global_load_graph @state
// CHECK-NOT: roofline.demand
// CHECK: ml_program.global_store_graph @state
// CHECK-SAME: #roofline.demand<data_movement, read_bytes = 128, written_bytes = 128>
ml_program.subgraph @graph(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %t = ml_program.token
  %0, %u = ml_program.global_load_graph @state ordering (%t -> !ml_program.token) : tensor<4x8xf32>
  %v = ml_program.global_store_graph @state = %0 ordering (%u -> !ml_program.token) : tensor<4x8xf32>
  ml_program.output %x : tensor<4x8xf32>
}

// A function whose address is called is not known: its arguments and results tell
// nothing of its work.

// CHECK-LABEL: func.func @control
// CHECK: cf.assert %{{.*}}, "no"{{$}}
// CHECK: call_indirect
// CHECK-SAME: #roofline.unknown<
// CHECK: cf.switch
func.func @control(%p: i1, %i: i32) {
  cf.assert %p, "no"
  %0 = ub.poison : i32
  %f = func.constant @callee : (i32) -> i32
  %1 = func.call_indirect %f(%i) : (i32) -> i32
  cf.switch %i : i32, [
    default: ^bb1,
    1: ^bb2
  ]
^bb1:
  return
^bb2:
  ub.unreachable
}
func.func private @callee(%i: i32) -> i32
