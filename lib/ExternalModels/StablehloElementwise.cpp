//===- StablehloElementwise.cpp - One result element per operand element --===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Arithmetic is one vector operation, a transcendental function one special
// operation per element of the result (A20), whatever sequence of instructions
// a chip needs for it: peak rates of special functions are stated per function.
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

namespace roofline::stablehlo {

namespace {

/// One operation in the type of the operands, whose result is a truth value.
KnownOr<Compute> predicate(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  Count elements = reader.elements(reader.result(0));
  ElementType type = reader.arithmetic(reader.operand(0));
  if (reader.failed())
    return reader.reason();
  Compute compute = noCompute(Structure::Elementwise);
  addWork(compute.work, elements, type, {1, 0});
  return compute;
}

/// Operations that are more on complex numbers than on their two parts.
KnownOr<Compute> multiply(mlir::Operation *op, const DemandOptions &) {
  return perResultElement(op, {1, 0, 6, 0});
}

KnownOr<Compute> divide(mlir::Operation *op, const DemandOptions &) {
  return perResultElement(op, {1, 0, 11, 0});
}

KnownOr<Compute> square(mlir::Operation *op, const DemandOptions &) {
  return perResultElement(op, {1, 0, 5, 0});
}

/// |z| is a root of a sum of squares; the result is real, the work is not.
KnownOr<Compute> absolute(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  Count elements = reader.elements(reader.result(0));
  ElementType type = reader.arithmetic(reader.operand(0));
  if (reader.failed())
    return reader.reason();
  Compute compute = noCompute(Structure::Elementwise);
  addWork(compute.work, elements, type, {1, 0, 3, 1});
  return compute;
}

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

/// A conversion between equal types is removed by every compiler.
bool isIdentity(mlir::Operation *op) {
  return op->getNumOperands() == 1 && op->getNumResults() == 1 &&
         op->getOperand(0).getType() == op->getResult(0).getType();
}

/// One vector operation in the wider of the two types (A21).
KnownOr<Compute> convert(mlir::Operation *op, const DemandOptions &) {
  if (isIdentity(op))
    return noCompute(Structure::View);
  OpReader reader(op);
  mlir::ShapedType result = reader.result(0);
  Count elements = reader.elements(result);
  ElementType from = reader.arithmetic(reader.operand(0));
  ElementType to = reader.arithmetic(result);
  if (reader.failed())
    return reader.reason();
  Compute compute = noCompute(Structure::Elementwise);
  compute.work.add(Unit::Vector, bitWidth(from) > bitWidth(to) ? from : to,
                   elements);
  return compute;
}

KnownOr<Traffic> convertTraffic(mlir::Operation *op, const DemandOptions &) {
  return isIdentity(op) ? noTraffic(op) : wholeTraffic(op);
}

/// The floating-point type that a quantised value stands for.
mlir::Type expressedType(mlir::ShapedType type) {
  if (!type)
    return {};
  auto quantized =
      mlir::dyn_cast<mlir::quant::QuantizedType>(type.getElementType());
  return quantized ? quantized.getExpressedType() : type.getElementType();
}

template <unsigned ops>
KnownOr<Compute> quantisation(mlir::Operation *op, const DemandOptions &) {
  OpReader reader(op);
  mlir::ShapedType result = reader.result(0);
  Count elements = reader.elements(result);
  ElementType type = reader.arithmetic(expressedType(result));
  if (reader.failed())
    return reader.reason();
  Compute compute = noCompute(Structure::Elementwise);
  compute.work.add(Unit::Vector, type, elements * Count(ops));
  return compute;
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

constexpr Row rows[] = {
    // Arithmetic.
    {"abs", Hlo, {absolute}},
    {"add", Hlo, {perResult<1>}},
    {"and", Hlo, {perResult<1>}},
    {"ceil", Hlo, {perResult<1>}},
    {"clamp", Hlo, {perResult<2>}},
    {"compare", Hlo, {predicate}},
    {"conj", Chlo, {perResult<1>}},
    {"count_leading_zeros", Hlo, {perResult<1>}},
    {"divide", Hlo, {divide}},
    {"floor", Hlo, {perResult<1>}},
    {"is_finite", Hlo, {predicate}},
    {"is_inf", Chlo, {predicate}},
    {"is_neg_inf", Chlo, {predicate}},
    {"is_pos_inf", Chlo, {predicate}},
    {"maximum", Hlo, {perResult<1>}},
    {"minimum", Hlo, {perResult<1>}},
    {"mulhi", Chlo, {perResult<1>}},
    {"multiply", Hlo, {multiply}},
    {"negate", Hlo, {perResult<1>}},
    {"next_after", Chlo, {perResult<1>}},
    {"not", Hlo, {perResult<1>}},
    {"or", Hlo, {perResult<1>}},
    {"popcnt", Hlo, {perResult<1>}},
    {"reduce_precision", Hlo, {perResult<1>}},
    {"remainder", Hlo, {perResult<1>}},
    {"round_nearest_afz", Hlo, {perResult<1>}},
    {"round_nearest_even", Hlo, {perResult<1>}},
    {"select", Hlo, {perResult<1>}},
    {"shift_left", Hlo, {perResult<1>}},
    {"shift_right_arithmetic", Hlo, {perResult<1>}},
    {"shift_right_logical", Hlo, {perResult<1>}},
    {"sign", Hlo, {perResult<1>}},
    {"square", Chlo, {square}},
    {"subtract", Hlo, {perResult<1>}},
    {"xor", Hlo, {perResult<1>}},

    // Transcendental and other special functions.
    {"_asin_acos_kernel", Chlo, {perResult<0, 1>}},
    {"acos", Chlo | Mhlo, {perResult<0, 1>}},
    {"acosh", Chlo | Mhlo, {perResult<0, 1>}},
    {"asin", Chlo | Mhlo, {perResult<0, 1>}},
    {"asinh", Chlo | Mhlo, {perResult<0, 1>}},
    {"atan", Chlo, {perResult<0, 1>}},
    {"atan2", Hlo, {perResult<0, 1>}},
    {"atanh", Chlo | Mhlo, {perResult<0, 1>}},
    {"bessel_i1e", Chlo, {perResult<0, 1>}},
    {"cbrt", Hlo, {perResult<0, 1>}},
    {"cosh", Chlo | Mhlo, {perResult<0, 1>}},
    {"cosine", Hlo, {perResult<0, 1>}},
    {"digamma", Chlo, {perResult<0, 1>}},
    {"erf", Chlo | Mhlo, {perResult<0, 1>}},
    {"erf_inv", Chlo, {perResult<0, 1>}},
    {"erfc", Chlo | Mhlo, {perResult<0, 1>}},
    {"exponential", Hlo, {perResult<0, 1>}},
    {"exponential_minus_one", Hlo, {perResult<0, 1>}},
    {"lgamma", Chlo, {perResult<0, 1>}},
    {"log", Hlo, {perResult<0, 1>}},
    {"log_plus_one", Hlo, {perResult<0, 1>}},
    {"logistic", Hlo, {perResult<0, 1>}},
    {"polygamma", Chlo, {perResult<0, 1>}},
    {"power", Hlo, {perResult<0, 1>}},
    {"rsqrt", Hlo, {perResult<0, 1>}},
    {"sine", Hlo, {perResult<0, 1>}},
    {"sinh", Chlo | Mhlo, {perResult<0, 1>}},
    {"sqrt", Hlo, {perResult<0, 1>}},
    {"tan", AllNamespaces, {perResult<0, 1>}},
    {"tanh", Hlo, {perResult<0, 1>}},
    {"zeta", Chlo, {perResult<0, 1>}},

    // Conversions. Quantising multiplies, rounds, adds and clamps at both ends;
    // its inverse subtracts and multiplies.
    {"convert", Hlo, {convert, convertTraffic}},
    {"stochastic_convert", Mhlo, {convert, allBytes}},
    {"uniform_dequantize", Hlo, {quantisation<2>}},
    {"uniform_quantize", Hlo, {quantisation<5>}},

    // Parts of complex numbers.
    {"complex", Hlo, moveRule},
    {"imag", Hlo, moveRule},
    {"real", Hlo, moveRule},

    // With implicit broadcasting.
    {"broadcast_add", Chlo, {perResult<1>}},
    {"broadcast_and", Chlo, {perResult<1>}},
    {"broadcast_atan2", Chlo, {perResult<0, 1>}},
    {"broadcast_compare", Chlo, {predicate}},
    {"broadcast_complex", Chlo, moveRule},
    {"broadcast_divide", Chlo, {divide}},
    {"broadcast_maximum", Chlo, {perResult<1>}},
    {"broadcast_minimum", Chlo, {perResult<1>}},
    {"broadcast_multiply", Chlo, {multiply}},
    {"broadcast_next_after", Chlo, {perResult<1>}},
    {"broadcast_or", Chlo, {perResult<1>}},
    {"broadcast_polygamma", Chlo, {perResult<0, 1>}},
    {"broadcast_power", Chlo, {perResult<0, 1>}},
    {"broadcast_remainder", Chlo, {perResult<1>}},
    {"broadcast_select", Chlo, {perResult<1>}},
    {"broadcast_shift_left", Chlo, {perResult<1>}},
    {"broadcast_shift_right_arithmetic", Chlo, {perResult<1>}},
    {"broadcast_shift_right_logical", Chlo, {perResult<1>}},
    {"broadcast_subtract", Chlo, {perResult<1>}},
    {"broadcast_xor", Chlo, {perResult<1>}},
    {"broadcast_zeta", Chlo, {perResult<0, 1>}},
};

} // namespace

void addElementwiseRules(OpRuleRegistry &rules) { addRows(rules, rows); }

} // namespace roofline::stablehlo
