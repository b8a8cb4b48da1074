//===- StablehloAttributes.cpp - Attributes of StableHLO ops --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloAttributes.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

#include "llvm/ADT/StringExtras.h"

namespace roofline::stablehlo {

namespace {

/// More than twice the rank of any real tensor; keeps a splat of an absurd
/// shape from being expanded.
constexpr int64_t maxIntegers = 256;

bool isIdentifierChar(char c) { return llvm::isAlnum(c) || c == '_'; }

/// `[1, 2]` or `1` at the start of the text.
std::optional<IntVector> parseIntegers(llvm::StringRef text) {
  IntVector integers;
  text = text.ltrim();
  int64_t value = 0;
  if (!text.consume_front("[")) {
    if (text.consumeInteger(10, value))
      return std::nullopt;
    integers.push_back(value);
    return integers;
  }
  text = text.ltrim();
  if (text.starts_with("]"))
    return integers;
  do {
    text = text.ltrim();
    if (text.consumeInteger(10, value))
      return std::nullopt;
    integers.push_back(value);
    text = text.ltrim();
  } while (text.consume_front(","));
  if (!text.starts_with("]"))
    return std::nullopt;
  return integers;
}

/// What stands behind `field =`, or nothing.
std::optional<llvm::StringRef> findField(llvm::StringRef text,
                                         llvm::StringRef field) {
  for (size_t at = text.find(field); at != llvm::StringRef::npos;
       at = text.find(field, at + 1)) {
    if (at > 0 && isIdentifierChar(text[at - 1]))
      continue;
    llvm::StringRef rest = text.drop_front(at + field.size()).ltrim();
    if (rest.consume_front("="))
      return rest.ltrim();
  }
  return std::nullopt;
}

/// One bracket of `[b, 0, 1, f]`: the dimension of each of two letters and of
/// the spatial dimensions in their order.
bool parseDimList(llvm::StringRef &text, char first, char second,
                  int64_t &firstDim, int64_t &secondDim, IntVector &spatial) {
  if (!text.consume_front("["))
    return false;
  size_t end = text.find(']');
  if (end == llvm::StringRef::npos)
    return false;
  llvm::SmallVector<llvm::StringRef> tokens;
  text.take_front(end).split(tokens, ',');
  text = text.drop_front(end + 1).ltrim();

  firstDim = secondDim = -1;
  spatial.assign(tokens.size() < 2 ? 0 : tokens.size() - 2, -1);
  for (auto [dim, token] : llvm::enumerate(tokens)) {
    token = token.trim();
    size_t index = 0;
    if (token.size() == 1 && token[0] == first && firstDim < 0)
      firstDim = dim;
    else if (token.size() == 1 && token[0] == second && secondDim < 0)
      secondDim = dim;
    else if (!token.getAsInteger(10, index) && index < spatial.size() &&
             spatial[index] < 0)
      spatial[index] = dim;
    else
      return false;
  }
  return firstDim >= 0 && secondDim >= 0;
}

/// `[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]` somewhere in the text.
std::optional<ConvolutionDims> parseConvolutionDims(llvm::StringRef text) {
  size_t start = text.find('[');
  if (start == llvm::StringRef::npos)
    return std::nullopt;
  text = text.drop_front(start);
  ConvolutionDims dims;
  if (!parseDimList(text, 'b', 'f', dims.lhsBatch, dims.lhsFeature,
                    dims.lhsSpatial) ||
      !text.consume_front("x"))
    return std::nullopt;
  text = text.ltrim();
  if (!parseDimList(text, 'i', 'o', dims.rhsInputFeature, dims.rhsOutputFeature,
                    dims.rhsSpatial) ||
      !text.consume_front("->"))
    return std::nullopt;
  text = text.ltrim();
  if (!parseDimList(text, 'b', 'f', dims.resultBatch, dims.resultFeature,
                    dims.resultSpatial))
    return std::nullopt;
  return dims;
}

/// The form by field names.
std::optional<ConvolutionDims> readConvolutionFields(mlir::Attribute attr) {
  bool isWhole = true;
  auto one = [&](llvm::StringRef field) -> int64_t {
    std::optional<IntVector> values = integersOfField(attr, field);
    if (values && values->size() == 1)
      return values->front();
    isWhole = false;
    return -1;
  };
  auto many = [&](llvm::StringRef field) {
    std::optional<IntVector> values = integersOfField(attr, field);
    isWhole &= values.has_value();
    return values.value_or(IntVector());
  };
  ConvolutionDims dims;
  dims.lhsBatch = one("input_batch_dimension");
  dims.lhsFeature = one("input_feature_dimension");
  dims.lhsSpatial = many("input_spatial_dimensions");
  dims.rhsInputFeature = one("kernel_input_feature_dimension");
  dims.rhsOutputFeature = one("kernel_output_feature_dimension");
  dims.rhsSpatial = many("kernel_spatial_dimensions");
  dims.resultBatch = one("output_batch_dimension");
  dims.resultFeature = one("output_feature_dimension");
  dims.resultSpatial = many("output_spatial_dimensions");
  if (!isWhole)
    return std::nullopt;
  return dims;
}

} // namespace

std::string textOf(mlir::Attribute attr) {
  if (auto opaque = mlir::dyn_cast<mlir::OpaqueAttr>(attr))
    return opaque.getAttrData().str();
  std::string text;
  llvm::raw_string_ostream os(text);
  attr.print(os);
  return text;
}

std::optional<IntVector> integersOf(mlir::Attribute attr) {
  IntVector integers;
  auto append = [&](const llvm::APInt &value) {
    if (value.getSignificantBits() > 64)
      return false;
    integers.push_back(value.getSExtValue());
    return true;
  };
  if (auto integer = mlir::dyn_cast<mlir::IntegerAttr>(attr)) {
    if (!append(integer.getValue()))
      return std::nullopt;
    return integers;
  }
  if (auto array = mlir::dyn_cast<mlir::DenseI64ArrayAttr>(attr)) {
    if (array.size() > maxIntegers)
      return std::nullopt;
    integers.assign(array.asArrayRef().begin(), array.asArrayRef().end());
    return integers;
  }
  if (auto array = mlir::dyn_cast<mlir::DenseI32ArrayAttr>(attr)) {
    if (array.size() > maxIntegers)
      return std::nullopt;
    integers.assign(array.asArrayRef().begin(), array.asArrayRef().end());
    return integers;
  }
  if (auto elements = mlir::dyn_cast<mlir::DenseIntElementsAttr>(attr)) {
    if (elements.getNumElements() > maxIntegers)
      return std::nullopt;
    for (const llvm::APInt &value : elements.getValues<llvm::APInt>())
      if (!append(value))
        return std::nullopt;
    return integers;
  }
  if (auto array = mlir::dyn_cast<mlir::ArrayAttr>(attr)) {
    if (array.size() > maxIntegers)
      return std::nullopt;
    for (mlir::Attribute element : array) {
      auto integer = mlir::dyn_cast<mlir::IntegerAttr>(element);
      if (!integer || !append(integer.getValue()))
        return std::nullopt;
    }
    return integers;
  }
  return std::nullopt;
}

std::string keywordOf(mlir::Attribute attr) {
  if (!attr)
    return {};
  if (auto string = mlir::dyn_cast<mlir::StringAttr>(attr))
    return string.getValue().str();
  std::string text = textOf(attr);
  llvm::StringRef rest = llvm::StringRef(text).rtrim("> \t\n");
  size_t start = rest.size();
  while (start > 0 && isIdentifierChar(rest[start - 1]))
    --start;
  return rest.drop_front(start).str();
}

std::optional<IntVector> integersOfField(mlir::Attribute attr,
                                         llvm::StringRef field) {
  if (auto dictionary = mlir::dyn_cast<mlir::DictionaryAttr>(attr)) {
    mlir::Attribute value = dictionary.get(field);
    return value ? integersOf(value) : IntVector();
  }
  std::string text = textOf(attr);
  std::optional<llvm::StringRef> value = findField(text, field);
  return value ? parseIntegers(*value) : IntVector();
}

std::string keywordOfField(mlir::Attribute attr, llvm::StringRef field) {
  std::string text = textOf(attr);
  std::optional<llvm::StringRef> value = findField(text, field);
  return value ? value->take_while(isIdentifierChar).str() : std::string();
}

std::optional<ConvolutionDims> convolutionDimsOf(mlir::Attribute attr) {
  if (mlir::isa<mlir::DictionaryAttr>(attr))
    return readConvolutionFields(attr);
  std::string text = textOf(attr);
  if (findField(text, "input_batch_dimension"))
    return readConvolutionFields(attr);
  return parseConvolutionDims(text);
}

} // namespace roofline::stablehlo
