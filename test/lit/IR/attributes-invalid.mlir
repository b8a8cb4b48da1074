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

// expected-error @+1 {{unknown kind of unknown 'mystery'}}
func.func @f() attributes {a = #roofline.unknown<mystery, "because">} { return }

// -----

// expected-error @+1 {{expected string}}
func.func @f() attributes {a = #roofline.unknown<opaque, because>} { return }

// -----

// expected-error @+1 {{expected 'target'}}
func.func @f() attributes {a = #roofline.estimate<roof_seconds = 1.0>} { return }

// -----

// expected-error @+1 {{expected either 'roof_seconds' or 'unknown'}}
func.func @f() attributes {a = #roofline.estimate<target = "h200">} { return }

// -----

// expected-error @+1 {{expected no 'bound' where the time is unknown}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", bound = hbm, unknown = #roofline.unknown<opaque, "a">>} { return }

// -----

// expected-error @+1 {{expected a non-negative 'roof_seconds'}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", roof_seconds = -1.0, bound = hbm>} { return }

// -----

// expected-error @+1 {{unknown bound 'disk'}}
func.func @f() attributes {a = #roofline.estimate<target = "h200", roof_seconds = 1.0, bound = disk>} { return }

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
  // expected-error @+1 {{has no roofline attribute 'roofline.demnd'; known are 'roofline.demand' and 'roofline.estimates'}}
  return {roofline.demnd = #roofline.unknown<opaque, "a">}
}
