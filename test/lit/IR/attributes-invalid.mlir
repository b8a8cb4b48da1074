// RUN: roofline-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{unknown unit 'tensor'}}
func.func @f() attributes {a = #roofline.work<unit = tensor, type = bf16, ops = 1>} { return }

// -----

// expected-error @+1 {{unknown element type 'bf17'}}
func.func @f() attributes {a = #roofline.work<unit = matrix, type = bf17, ops = 1>} { return }

// -----

// expected-error @+1 {{expected a non-negative integer}}
func.func @f() attributes {a = #roofline.work<unit = matrix, type = bf16, ops = -1>} { return }

// -----

// expected-error @+1 {{expected an integer below 2^128 - 1}}
func.func @f() attributes {a = #roofline.work<unit = matrix, type = bf16, ops = 340282366920938463463374607431768211456>} { return }

// -----

// expected-error @+1 {{expected 'unit', 'type' and 'ops'}}
func.func @f() attributes {a = #roofline.work<unit = matrix, ops = 1>} { return }

// -----

// expected-error @+1 {{key 'ops' is given twice}}
func.func @f() attributes {a = #roofline.work<unit = matrix, type = bf16, ops = 1, ops = 1>} { return }

// -----

// expected-error @+1 {{unknown key 'operations'}}
func.func @f() attributes {a = #roofline.work<unit = matrix, type = bf16, operations = 1>} { return }

// -----

// expected-error @+1 {{unknown structure 'matmul'}}
func.func @f() attributes {a = #roofline.demand<matmul, read_bytes = 1>} { return }

// -----

// expected-error @+1 {{expected 'm', 'n' and 'k' together, and only for a contraction, convolution or attention}}
func.func @f() attributes {a = #roofline.demand<contraction, m = 1, n = 2>} { return }

// -----

// expected-error @+1 {{expected 'm', 'n' and 'k' together, and only for a contraction, convolution or attention}}
func.func @f() attributes {a = #roofline.demand<elementwise, m = 1, n = 2, k = 3>} { return }

// -----

// expected-error @+1 {{expected 'exchange' and 'ranks' together, and only for a collective}}
func.func @f() attributes {a = #roofline.demand<collective, exchange = all_reduce>} { return }

// -----

// expected-error @+1 {{expected 'exchange' and 'ranks' together, and only for a collective}}
func.func @f() attributes {a = #roofline.demand<elementwise, exchange = all_reduce, ranks = 2>} { return }

// -----

// expected-error @+1 {{unknown collective 'gossip'}}
func.func @f() attributes {a = #roofline.demand<collective, exchange = gossip, ranks = 2>} { return }

// -----

// expected-error @+1 {{unknown kind of unknown 'mystery'}}
func.func @f() attributes {a = #roofline.unknown<mystery, "because">} { return }

// -----

// expected-error @+1 {{expected string}}
func.func @f() attributes {a = #roofline.unknown<opaque, because>} { return }

// -----

// expected-error @+1 {{expected 'target'}}
func.func @f() attributes {a = #roofline.estimate<roof_seconds = 1.0>} { return }

// -----

// expected-error @+1 {{expected 'roof_seconds' or 'unknown'}}
func.func @f() attributes {a = #roofline.estimate<target = "h200">} { return }

// -----

// expected-error @+1 {{expected no 'bound' where the roof is unknown}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", bound = hbm, unknown = #roofline.unknown<opaque, "a">>} { return }

// -----

// expected-error @+1 {{expected 'roof_seconds' to be finite and not negative}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", roof_seconds = -1.0, bound = hbm>} { return }

// -----

// expected-error @+1 {{expected 'roof_seconds' to be finite and not negative}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", roof_seconds = 1.0e+999, bound = hbm>} { return }

// -----

// expected-error @+1 {{expected 'seconds' with 'roof_seconds' and without 'unknown'}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", seconds = 1.0, unknown = #roofline.unknown<opaque, "a">>} { return }

// -----

// expected-error @+1 {{expected 'seconds' with 'roof_seconds' and without 'unknown'}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", seconds = 1.0, roof_seconds = 1.0, unknown = #roofline.unknown<opaque, "a">>} { return }

// -----

// expected-error @+1 {{expected 'roof_seconds' or 'unknown'}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", seconds = 1.0>} { return }

// -----

// expected-error @+1 {{expected 'seconds' to be finite and no less than 'roof_seconds'}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", seconds = 1.0, roof_seconds = 2.0>} { return }

// -----

// expected-error @+1 {{expected 'seconds' to be finite and no less than 'roof_seconds'}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", seconds = 1.0e+999, roof_seconds = 2.0>} { return }

// -----

// expected-error @+1 {{unknown bound 'disk'}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", roof_seconds = 1.0, bound = disk>} { return }

// -----

// expected-error @+1 {{unknown kernel family 'matmul'}}
func.func @f() attributes {a = #roofline.kernel<matmul, name = "a", ops = 1, demand = #roofline.unknown<opaque, "a">>} { return }

// -----

// expected-error @+1 {{expected a 'name' that is not empty}}
func.func @f() attributes {a = #roofline.kernel<gemm, ops = 1, demand = #roofline.unknown<opaque, "a">>} { return }

// -----

// expected-error @+1 {{expected 'ops' to be 1 or more}}
func.func @f() attributes {a = #roofline.kernel<gemm, name = "a", demand = #roofline.unknown<opaque, "a">>} { return }

// -----

// expected-error @+1 {{integer value too large}}
func.func @f() attributes {a = #roofline.kernel<gemm, name = "a", ops = 18446744073709551616, demand = #roofline.unknown<opaque, "a">>} { return }

// -----

// expected-error @+1 {{expected 'demand' to be #roofline.demand or #roofline.unknown}}
func.func @f() attributes {a = #roofline.kernel<gemm, name = "a", ops = 1>} { return }

// -----

// expected-error @+1 {{expected 'demand' to be #roofline.demand or #roofline.unknown}}
func.func @f() attributes {a = #roofline.kernel<gemm, name = "a", ops = 1, demand = 3 : i64>} { return }

// -----

// expected-error @+1 {{unknown key 'read_bytes'}}
func.func @f() attributes {a = #roofline.kernel<gemm, name = "a", ops = 1, read_bytes = 1>} { return }

// -----

func.func @f() {
  // expected-error @+1 {{expects 'roofline.demand' to be #roofline.demand or #roofline.unknown}}
  return {roofline.demand = 3 : i64}
}

// -----

func.func @f() {
  // expected-error @+1 {{expects 'roofline.estimates' to be an array of #roofline.estimate}}
  return {roofline.estimates = [1 : i64]}
}

// -----

func.func @f() {
  // expected-error @+1 {{expects 'roofline.kernel' to be an i64 of 0 or more}}
  return {roofline.kernel = 3 : i32}
}

// -----

func.func @f() {
  // expected-error @+1 {{expects 'roofline.kernel' to be an i64 of 0 or more}}
  return {roofline.kernel = -1 : i64}
}

// -----

func.func @f() {
  // expected-error @+1 {{expects 'roofline.kernel' to be an i64 of 0 or more}}
  return {roofline.kernel = 0 : index}
}

// -----

func.func @f() {
  // expected-error @+1 {{expects 'roofline.kernel' to be an i64 of 0 or more}}
  return {roofline.kernel}
}

// -----

func.func @f() {
  // expected-error @+1 {{expects 'roofline.kernel_demand' to be #roofline.kernel}}
  return {roofline.kernel_demand = #roofline.unknown<opaque, "a">}
}

// -----

func.func @f() {
  // expected-error @+1 {{expects 'roofline.kernel_estimates' to be an array of #roofline.estimate}}
  return {roofline.kernel_estimates = [1 : i64]}
}

// -----

func.func @f() {
  // expected-error @+1 {{has no roofline attribute 'roofline.demnd'; known are 'roofline.demand', 'roofline.estimates', 'roofline.kernel', 'roofline.kernel_demand', 'roofline.kernel_estimates' and 'roofline.findings'}}
  return {roofline.demnd = #roofline.unknown<opaque, "a">}
}

// -----

// expected-error @+1 {{expected 'rule', 'status', 'target' and 'op'}}
func.func @f() attributes {a = #roofline.finding<rule = "RF1002", status = "library", target = "h200">} { return }

// -----

// expected-error @+1 {{expected 'seconds' to be finite and not negative}}
func.func @f() attributes {a = #roofline.finding<rule = "RF1002", status = "library", target = "h200", op = "add f32", seconds = -1.0>} { return }

// -----

// expected-error @+1 {{expects 'roofline.findings' to be an array of #roofline.finding}}
func.func @f() attributes {roofline.findings = [1]} { return }
