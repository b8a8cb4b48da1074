//===- SimpleOps.cpp - Readers of ops without regions ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpReader.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace roofline::assembly {

ParseResult readItemized(OpReader &reader) {
  const OpSyntax &syntax = reader.getSyntax();
  if (syntax.operands != 0 && reader.readOperands())
    return failure();
  if (reader.checkOperandCount() || reader.readItems() ||
      reader.readAttrDict() || reader.checkRequiredItems() ||
      reader.readSignature())
    return failure();
  return reader.finish();
}

ParseResult readGenericOnly(OpReader &reader) {
  StringRef name = reader.getState().name.getStringRef();
  return reader.error(reader.getParser().getNameLoc())
         << "has no pretty form; write it in generic form, as '\"" << name
         << "\"(...) <{...}> : (...) -> ...'";
}

ParseResult readConstant(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  // `constant() <{value = ...}> : () -> T` where the value does not have the
  // type of the constant (quantised elements).
  if (succeeded(parser.parseOptionalLParen())) {
    if (parser.parseRParen())
      return failure();
    if (succeeded(parser.parseOptionalLess())) {
      DictionaryAttr properties;
      if (parser.parseAttribute(properties) || parser.parseGreater())
        return failure();
      for (NamedAttribute property : properties)
        reader.setInherent(property.getName(), property.getValue());
    }
    if (reader.readAttrDict() || reader.readSignature(TypeForm::Function))
      return failure();
    return reader.finish();
  }
  if (reader.readAttrDict())
    return failure();
  TypedAttr value;
  if (reader.readTypedValue(value))
    return failure();
  reader.setInherent("value", value);
  reader.getState().addTypes(value.getType());
  return reader.finish();
}

ParseResult readReturn(OpReader &reader) {
  // The dictionary stands before the operands in Shardy, after them elsewhere.
  if (reader.readAttrDict() || reader.readOperands())
    return failure();
  if (reader.operands.empty())
    return reader.finish();
  if (reader.readAttrDict() || reader.readSignature(TypeForm::Operands))
    return failure();
  return reader.finish();
}

/// `LT, %a, %b, SIGNED {attrs} : (T, T) -> R`
ParseResult readCompare(OpReader &reader) {
  std::string word;
  if (reader.readKeywordOf(Enumeration::ComparisonDirection, word) ||
      reader.getParser().parseComma())
    return failure();
  reader.setInherent("comparison_direction",
                     reader.enumAttr(Enumeration::ComparisonDirection, word));
  if (reader.readOperands() || reader.checkOperandCount())
    return failure();
  if (reader.nextItem()) {
    if (reader.readKeywordOf(Enumeration::ComparisonType, word))
      return failure();
    reader.setInherent("compare_type",
                       reader.enumAttr(Enumeration::ComparisonType, word));
  }
  if (reader.readAttrDict() || reader.readSignature())
    return failure();
  return reader.finish();
}

/// `%p, %a, %b : P, T`, or a function type.
ParseResult readSelect(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  if (reader.readOperands() || reader.checkOperandCount() ||
      reader.readAttrDict())
    return failure();
  if (failed(reader.noPendingItem()) || parser.parseColon())
    return failure();
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<Type> types;
  if (parser.parseTypeList(types))
    return failure();
  if (types.size() == 2) {
    reader.getState().addTypes(types.back());
    types.push_back(types.back());
  } else if (auto function = dyn_cast<FunctionType>(types.front());
             types.size() == 1 && function) {
    reader.getState().addTypes(function.getResults());
    types.assign(function.getInputs().begin(), function.getInputs().end());
  } else {
    return reader.error(loc) << "expected the types of predicate and result, "
                                "or a function type";
  }
  if (reader.resolve(types))
    return failure();
  return reader.finish();
}

/// `%re, %im : T` with complex elements, or a function type.
ParseResult readComplex(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  if (reader.readOperands() || reader.checkOperandCount() ||
      reader.readAttrDict() || reader.noPendingItem() || parser.parseColon())
    return failure();
  SMLoc loc = parser.getCurrentLocation();
  Type type;
  if (parser.parseType(type))
    return failure();
  SmallVector<Type> types;
  if (auto function = dyn_cast<FunctionType>(type)) {
    reader.getState().addTypes(function.getResults());
    llvm::append_range(types, function.getInputs());
  } else {
    auto shaped = dyn_cast<ShapedType>(type);
    auto element =
        shaped ? dyn_cast<ComplexType>(shaped.getElementType()) : ComplexType();
    if (!element)
      return reader.error(loc)
             << "expected a tensor type with complex elements";
    reader.getState().addTypes(type);
    types.assign(2, shaped.clone(element.getElementType()));
  }
  if (reader.resolve(types))
    return failure();
  return reader.finish();
}

/// `%a, %b : tuple<A, B>`
ParseResult readTuple(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  if (reader.readOperands() || reader.readAttrDict() ||
      reader.noPendingItem() || parser.parseColon())
    return failure();
  SMLoc loc = parser.getCurrentLocation();
  Type type;
  if (parser.parseType(type))
    return failure();
  auto tuple = dyn_cast<TupleType>(type);
  if (!tuple)
    return reader.error(loc) << "expected a tuple type";
  reader.getState().addTypes(type);
  if (reader.resolve(tuple.getTypes()))
    return failure();
  return reader.finish();
}

/// `%t[0] : (tuple<...>) -> T`
ParseResult readGetTupleElement(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  int32_t index = 0;
  if (reader.readOperand() || parser.parseLSquare() ||
      parser.parseInteger(index) || parser.parseRSquare())
    return failure();
  reader.setInherent("index", reader.getBuilder().getI32IntegerAttr(index));
  if (reader.readAttrDict() || reader.readSignature())
    return failure();
  return reader.finish();
}

/// `%a, %b : A, B`, or `()`
ParseResult readOptimizationBarrier(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  if (reader.readAttrDict())
    return failure();
  if (succeeded(parser.parseOptionalLParen())) {
    if (parser.parseRParen())
      return failure();
    return reader.finish();
  }
  SmallVector<Type> types;
  if (reader.readOperands() || reader.readAttrDict() ||
      reader.noPendingItem() || parser.parseColonTypeList(types))
    return failure();
  reader.getState().addTypes(types);
  if (reader.resolve(types))
    return failure();
  return reader.finish();
}

/// `@target(%a, %b) {attrs} : (A, B) -> R`
ParseResult readCustomCall(OpReader &reader) {
  StringAttr target;
  if (reader.getParser().parseSymbolName(target))
    return failure();
  reader.setInherent("call_target_name", target);
  if (reader.readParenthesizedOperands() || reader.readAttrDict() ||
      reader.readSignature())
    return failure();
  return reader.finish();
}

/// `(%a, k = 5) {attrs} : T -> (T, I)`; MHLO adds `largest = true`.
ParseResult readTopK(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  int64_t k = 0;
  if (parser.parseLParen() || reader.readOperand() || parser.parseComma() ||
      parser.parseKeyword("k") || parser.parseEqual() || parser.parseInteger(k))
    return failure();
  reader.setInherent("k", reader.getBuilder().getI64IntegerAttr(k));
  if (succeeded(parser.parseOptionalComma())) {
    SMLoc loc;
    StringRef word;
    if (parser.parseKeyword("largest") || parser.parseEqual())
      return failure();
    loc = parser.getCurrentLocation();
    if (failed(parser.parseOptionalKeyword(&word, {"true", "false"})))
      return reader.error(loc) << "expected 'true' or 'false'";
    reader.setInherent("largest",
                       reader.getBuilder().getBoolAttr(word == "true"));
  }
  if (parser.parseRParen() || reader.readAttrDict() || reader.readSignature())
    return failure();
  return reader.finish();
}

} // namespace roofline::assembly
