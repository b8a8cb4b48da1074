//===- ElementType.h - Element types and execution units --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_ELEMENTTYPE_H
#define ROOFLINE_MODEL_ELEMENTTYPE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace roofline {

/// The arithmetic that work is done in. It selects a peak rate, so the 8-bit
/// floating-point formats, which every chip runs at one rate, share `f8`, and
/// signed and unsigned integers of a width share one type.
enum class ElementType {
  F64,
  F32,
  TF32, ///< f32 operands rounded to 10 mantissa bits (NVIDIA matrix units).
  HF32, ///< f32 operands rounded to 11 mantissa bits (Ascend cube).
  BF16,
  F16,
  F8, ///< Every 8-bit float: e4m3, e5m2 and their variants.
  F6,
  F4,
  I64,
  I32,
  I16,
  I8,
  I4,
  I2,
  I1,
  C64,  ///< complex<f32>; work is counted in real operations.
  C128, ///< complex<f64>; work is counted in real operations.
};

/// Where operations execute.
enum class Unit {
  Matrix,  ///< Tensor core, cube.
  Vector,  ///< SIMD/SIMT arithmetic.
  Special, ///< exp, rsqrt, tanh, ...: the special function unit.
  Scalar,  ///< Address and control arithmetic.
};

llvm::ArrayRef<ElementType> allElementTypes();
llvm::ArrayRef<Unit> allUnits();

/// The spelling used in target files, IR and reports: `bf16`, `matrix`, ...
llvm::StringRef stringify(ElementType type);
llvm::StringRef stringify(Unit unit);
std::optional<ElementType> parseElementType(llvm::StringRef text);
std::optional<Unit> parseUnit(llvm::StringRef text);

/// Width of one number in bits, as the export-control metric counts it (tf32
/// and hf32 are 32 bits in memory and 19 in the multiplier; memory counts).
unsigned bitWidth(ElementType type);

/// A unit with its element type: what limits a compute-bound op.
struct UnitType {
  Unit unit;
  ElementType type;

  friend bool operator==(UnitType lhs, UnitType rhs) {
    return lhs.unit == rhs.unit && lhs.type == rhs.type;
  }
  friend bool operator<(UnitType lhs, UnitType rhs) {
    if (lhs.unit != rhs.unit)
      return lhs.unit < rhs.unit;
    return lhs.type < rhs.type;
  }

  /// `matrix_bf16`: the key of reports and attributes.
  std::string str() const;
};

/// The inverse of `UnitType::str`.
std::optional<UnitType> parseUnitType(llvm::StringRef text);

} // namespace roofline

#endif // ROOFLINE_MODEL_ELEMENTTYPE_H
