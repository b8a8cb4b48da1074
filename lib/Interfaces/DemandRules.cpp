//===- DemandRules.cpp - What rules of ops are made of --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Interfaces/DemandRules.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/TypeSwitch.h"

namespace roofline {

namespace {

/// Tensors beyond this have no address; anything that big is a broken graph.
constexpr uint64_t maxElements = INT64_MAX;

std::string toString(mlir::Type type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  type.print(os);
  return text;
}

Unknown overflowOf(mlir::Type type) {
  return {UnknownKind::Overflow,
          "'" + toString(type) + "' has more than 2^63 - 1 elements or bytes"};
}

bool exceedsAddressSpace(Count count) {
  std::optional<uint64_t> value = count.asUint64();
  return !value || *value > maxElements;
}

/// Odd widths (the 48-bit accumulators of tosa) run in the next wider type.
std::optional<ElementType> integerType(unsigned width) {
  constexpr std::pair<unsigned, ElementType> types[] = {
      {1, ElementType::I1},  {2, ElementType::I2},   {4, ElementType::I4},
      {8, ElementType::I8},  {16, ElementType::I16}, {32, ElementType::I32},
      {64, ElementType::I64}};
  for (auto [bits, type] : types)
    if (width <= bits)
      return type;
  return std::nullopt;
}

std::optional<ElementType> floatType(mlir::FloatType type) {
  if (type.isF64())
    return ElementType::F64;
  if (type.isF32())
    return ElementType::F32;
  if (type.isTF32())
    return ElementType::TF32;
  if (type.isBF16())
    return ElementType::BF16;
  if (type.isF16())
    return ElementType::F16;
  switch (type.getWidth()) {
  case 8:
    return ElementType::F8;
  case 6:
    return ElementType::F6;
  case 4:
    return ElementType::F4;
  default:
    return std::nullopt;
  }
}

/// Bits of one element in memory. TF32 is a rounding of 32-bit storage.
std::optional<unsigned> storageBits(mlir::Type type) {
  return llvm::TypeSwitch<mlir::Type, std::optional<unsigned>>(type)
      .Case<mlir::FloatType>([](mlir::FloatType floating) {
        return floating.isTF32() ? 32u : floating.getWidth();
      })
      .Case<mlir::IntegerType>([](mlir::IntegerType integer) {
        return integer.getWidth() == 1 ? 8u : integer.getWidth();
      })
      .Case<mlir::IndexType>([](mlir::IndexType) { return 64u; })
      .Case<mlir::ComplexType>(
          [](mlir::ComplexType complex) -> std::optional<unsigned> {
            std::optional<unsigned> bits =
                storageBits(complex.getElementType());
            return bits ? std::optional<unsigned>(2 * *bits) : std::nullopt;
          })
      .Case<mlir::quant::QuantizedType>([](mlir::quant::QuantizedType quant) {
        return quant.getStorageTypeIntegralWidth();
      })
      .Default(std::nullopt);
}

/// True for a tensor whose encoding stores some elements only.
bool isSparse(mlir::Type type) {
  auto tensor = mlir::dyn_cast<mlir::RankedTensorType>(type);
  return tensor && tensor.getEncoding() &&
         tensor.getEncoding().getDialect().getNamespace() == "sparse_tensor";
}

/// Types that occupy no device memory: they order effects or name things.
bool isWithoutStorage(mlir::Type type) {
  if (mlir::isa<mlir::NoneType, mlir::FunctionType>(type))
    return true;
  if (auto opaque = mlir::dyn_cast<mlir::OpaqueType>(type))
    return opaque.getTypeData() == "token";
  // The token of a dialect that is linked has a class that only its text tells.
  return type.getDialect().getNamespace() != "builtin" &&
         llvm::StringRef(toString(type)).ends_with(".token");
}

} // namespace

BodyList regionBodies(mlir::Operation *op, KnownOr<Count> times,
                      bool isAlternative) {
  BodyList bodies;
  for (mlir::Region &region : op->getRegions())
    bodies.push_back(Body{&region, nullptr, times, isAlternative});
  return bodies;
}

std::optional<ElementType> elementTypeOf(mlir::Type elementType) {
  if (auto shaped = mlir::dyn_cast<mlir::ShapedType>(elementType))
    return elementTypeOf(shaped.getElementType());
  return llvm::TypeSwitch<mlir::Type, std::optional<ElementType>>(elementType)
      .Case<mlir::FloatType>(floatType)
      .Case<mlir::IntegerType>([](mlir::IntegerType integer) {
        return integerType(integer.getWidth());
      })
      .Case<mlir::IndexType>([](mlir::IndexType) { return ElementType::I64; })
      .Case<mlir::ComplexType>(
          [](mlir::ComplexType complex) -> std::optional<ElementType> {
            if (complex.getElementType().isF32())
              return ElementType::C64;
            if (complex.getElementType().isF64())
              return ElementType::C128;
            return std::nullopt;
          })
      .Case<mlir::quant::QuantizedType>([](mlir::quant::QuantizedType quant) {
        return integerType(quant.getStorageTypeIntegralWidth());
      })
      .Default(std::nullopt);
}

KnownOr<Count> elementCount(mlir::Type type) {
  auto shaped = mlir::dyn_cast<mlir::ShapedType>(type);
  if (!shaped)
    return Count(1);
  if (!shaped.hasRank())
    return Unknown{UnknownKind::Dynamic,
                   "the rank of '" + toString(type) + "' is not static"};
  if (isSparse(type))
    return Unknown{UnknownKind::Dynamic, "the number of elements that '" +
                                             toString(type) +
                                             "' stores is not static"};
  if (auto vector = mlir::dyn_cast<mlir::VectorType>(type))
    if (vector.isScalable())
      return Unknown{UnknownKind::Dynamic,
                     "the length of '" + toString(type) + "' is not static"};
  Count count = 1;
  for (auto [index, extent] : llvm::enumerate(shaped.getShape())) {
    if (mlir::ShapedType::isDynamic(extent))
      return Unknown{UnknownKind::Dynamic, "extent " + std::to_string(index) +
                                               " of '" + toString(type) +
                                               "' is not static"};
    count *= static_cast<uint64_t>(extent);
  }
  if (exceedsAddressSpace(count))
    return overflowOf(type);
  return count;
}

KnownOr<Count> byteCount(mlir::Type type) {
  if (isWithoutStorage(type))
    return Count(0);
  if (auto tuple = mlir::dyn_cast<mlir::TupleType>(type)) {
    Count total;
    for (mlir::Type part : tuple.getTypes()) {
      KnownOr<Count> bytes = byteCount(part);
      if (!bytes)
        return bytes;
      total += *bytes;
    }
    return total;
  }
  KnownOr<Count> elements = elementCount(type);
  if (!elements)
    return elements;
  KnownOr<Count> bytes = byteCount(*elements, mlir::getElementTypeOrSelf(type));
  if (bytes && exceedsAddressSpace(*bytes))
    return overflowOf(type);
  return bytes;
}

KnownOr<Count> byteCount(Count elements, mlir::Type elementType) {
  std::optional<unsigned> bits = storageBits(elementType);
  if (!bits)
    return Unknown{UnknownKind::Opaque,
                   "the size of '" + toString(elementType) + "' is not known"};
  return (elements * *bits).dividedRoundingUp(8);
}

std::optional<ElementType> contractionType(mlir::Type lhs, mlir::Type rhs,
                                           bool strictInGraph,
                                           const DemandOptions &options) {
  std::optional<ElementType> lhsType = elementTypeOf(lhs);
  std::optional<ElementType> rhsType = elementTypeOf(rhs);
  if (!lhsType || !rhsType)
    return std::nullopt;
  // A float operand decides over an integer one (weight-only quantisation);
  // otherwise the wider does. Enumerators are in that order within a kind.
  auto isInteger = [](ElementType type) {
    return type >= ElementType::I64 && type <= ElementType::I1;
  };
  ElementType type = *lhsType;
  if (isInteger(*lhsType) != isInteger(*rhsType))
    type = isInteger(*lhsType) ? *rhsType : *lhsType;
  else if (bitWidth(*rhsType) > bitWidth(*lhsType))
    type = *rhsType;
  if (type != ElementType::F32)
    return type;
  bool strict = options.f32 == F32Precision::Strict ||
                (options.f32 == F32Precision::FromGraph && strictInGraph);
  return strict ? ElementType::F32 : ElementType::TF32;
}

KnownOr<Compute> elementwiseCompute(mlir::Type type,
                                    llvm::ArrayRef<UnitOps> unitOps) {
  KnownOr<Count> elements = elementCount(type);
  if (!elements)
    return elements.unknown();
  std::optional<ElementType> element = elementTypeOf(type);
  if (!element)
    return Unknown{UnknownKind::Opaque,
                   "'" + toString(type) + "' has no arithmetic"};
  Compute compute;
  compute.structure = Structure::Elementwise;
  for (const UnitOps &entry : unitOps)
    compute.work.add(entry.unit, *element, *elements * entry.opsPerElement);
  return compute;
}

Compute noCompute(Structure structure) {
  Compute compute;
  compute.structure = structure;
  return compute;
}

Compute contractionCompute(const ContractionShape &shape, ElementType type,
                           Structure structure) {
  // A complex multiply-add is four real ones (A7).
  uint64_t realOps =
      type == ElementType::C64 || type == ElementType::C128 ? 8 : 2;
  Compute compute;
  compute.structure = structure;
  compute.contraction = shape;
  compute.work.add(Unit::Matrix, type,
                   shape.batch * shape.m * shape.n * shape.k * realOps);
  return compute;
}

KnownOr<Traffic> wholeTraffic(mlir::Operation *op) {
  return wholeTraffic(op, [](mlir::Type type) { return byteCount(type); });
}

KnownOr<Traffic>
wholeTraffic(mlir::Operation *op,
             llvm::function_ref<KnownOr<Count>(mlir::Type)> bytesOf) {
  Traffic traffic;
  llvm::SmallPtrSet<mlir::Value, 4> seen;
  for (mlir::Value operand : op->getOperands()) {
    if (!seen.insert(operand).second) {
      traffic.readBytes.push_back(0);
      continue;
    }
    KnownOr<Count> bytes = bytesOf(operand.getType());
    if (!bytes)
      return bytes.unknown();
    traffic.readBytes.push_back(*bytes);
  }
  for (mlir::Type type : op->getResultTypes()) {
    KnownOr<Count> bytes = bytesOf(type);
    if (!bytes)
      return bytes.unknown();
    traffic.writtenBytes.push_back(*bytes);
  }
  return traffic;
}

KnownOr<Traffic> noTraffic(mlir::Operation *op) {
  Traffic traffic;
  traffic.readBytes.assign(op->getNumOperands(), 0);
  traffic.writtenBytes.assign(op->getNumResults(), 0);
  return traffic;
}

KnownOr<Traffic> sliceTraffic(mlir::Operation *op) {
  Traffic traffic;
  Count written;
  for (mlir::Type type : op->getResultTypes()) {
    KnownOr<Count> bytes = byteCount(type);
    if (!bytes)
      return bytes.unknown();
    traffic.writtenBytes.push_back(*bytes);
    written += *bytes;
  }
  llvm::SmallPtrSet<mlir::Value, 4> seen;
  for (auto [index, operand] : llvm::enumerate(op->getOperands())) {
    bool isNew = seen.insert(operand).second;
    if (index == 0 || !isNew) {
      traffic.readBytes.push_back(index == 0 ? written : Count(0));
      continue;
    }
    KnownOr<Count> bytes = byteCount(operand.getType());
    if (!bytes)
      return bytes.unknown();
    traffic.readBytes.push_back(*bytes);
  }
  return traffic;
}

} // namespace roofline
