// The cost model of a project of its own, through Roofline's passes.
//
// 1024 x 14336 elements of bf16 are 14,680,064: 2 special and 4 vector operations
// each; two operands of 29,360,128 bytes are read and one such result written.

func.func @main(%gate: tensor<1024x14336xbf16>, %up: tensor<1024x14336xbf16>)
    -> tensor<1024x14336xbf16> {
  // CHECK: swish.gate
  // CHECK-SAME: roofline.demand = #roofline.demand<elementwise,
  // CHECK-SAME: #roofline.work<unit = vector, type = bf16, ops = 58720256>
  // CHECK-SAME: #roofline.work<unit = special, type = bf16, ops = 29360128>
  // CHECK-SAME: read_bytes = 58720256, written_bytes = 29360128>
  // CHECK-SAME: roofline.estimates = [#roofline.estimate<target = "h200"
  // CHECK-SAME: bound = hbm
  %0 = swish.gate %gate, %up : tensor<1024x14336xbf16>
  // CHECK: swish.lookup
  // CHECK-SAME: roofline.demand = #roofline.unknown<unmodelled, "no rule for 'swish.lookup'">
  // CHECK-NOT: roofline.estimates
  %1 = swish.lookup "mish" %0 : tensor<1024x14336xbf16> -> tensor<1024x14336xbf16>
  return %1 : tensor<1024x14336xbf16>
}
