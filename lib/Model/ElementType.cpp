//===- ElementType.cpp - Element types and execution units ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/ElementType.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

#include <string>

namespace roofline {

namespace {

struct ElementTypeFacts {
  ElementType type;
  llvm::StringLiteral name;
  unsigned bits;
};

// In the order of the enumeration, which `facts` relies on.
constexpr ElementTypeFacts elementTypes[] = {
    {ElementType::F64, "f64", 64},   {ElementType::F32, "f32", 32},
    {ElementType::TF32, "tf32", 32}, {ElementType::HF32, "hf32", 32},
    {ElementType::BF16, "bf16", 16}, {ElementType::F16, "f16", 16},
    {ElementType::F8, "f8", 8},      {ElementType::F6, "f6", 6},
    {ElementType::F4, "f4", 4},      {ElementType::I64, "i64", 64},
    {ElementType::I32, "i32", 32},   {ElementType::I16, "i16", 16},
    {ElementType::I8, "i8", 8},      {ElementType::I4, "i4", 4},
    {ElementType::I2, "i2", 2},      {ElementType::I1, "i1", 1},
    {ElementType::C64, "c64", 64},   {ElementType::C128, "c128", 128},
};

const ElementTypeFacts &facts(ElementType type) {
  const ElementTypeFacts &entry = elementTypes[static_cast<size_t>(type)];
  assert(entry.type == type && "table is not in the order of the enumeration");
  return entry;
}

constexpr llvm::StringLiteral unitNames[] = {"matrix", "vector", "special",
                                             "scalar"};

} // namespace

llvm::ArrayRef<ElementType> allElementTypes() {
  static constexpr ElementType types[] = {
      ElementType::F64,  ElementType::F32, ElementType::TF32, ElementType::HF32,
      ElementType::BF16, ElementType::F16, ElementType::F8,   ElementType::F6,
      ElementType::F4,   ElementType::I64, ElementType::I32,  ElementType::I16,
      ElementType::I8,   ElementType::I4,  ElementType::I2,   ElementType::I1,
      ElementType::C64,  ElementType::C128};
  static_assert(std::size(types) == std::size(elementTypes));
  return types;
}

llvm::ArrayRef<Unit> allUnits() {
  static constexpr Unit units[] = {Unit::Matrix, Unit::Vector, Unit::Special,
                                   Unit::Scalar};
  return units;
}

llvm::StringRef stringify(ElementType type) { return facts(type).name; }

llvm::StringRef stringify(Unit unit) {
  return unitNames[static_cast<size_t>(unit)];
}

std::optional<ElementType> parseElementType(llvm::StringRef text) {
  for (const ElementTypeFacts &entry : elementTypes)
    if (entry.name == text)
      return entry.type;
  return std::nullopt;
}

std::optional<Unit> parseUnit(llvm::StringRef text) {
  for (Unit unit : allUnits())
    if (stringify(unit) == text)
      return unit;
  return std::nullopt;
}

unsigned bitWidth(ElementType type) { return facts(type).bits; }

std::string UnitType::str() const {
  return (llvm::Twine(stringify(unit)) + "_" + stringify(type)).str();
}

std::optional<UnitType> parseUnitType(llvm::StringRef text) {
  auto [unitText, typeText] = text.split('_');
  std::optional<Unit> unit = parseUnit(unitText);
  std::optional<ElementType> type = parseElementType(typeText);
  if (!unit || !type)
    return std::nullopt;
  return UnitType{*unit, *type};
}

} // namespace roofline
