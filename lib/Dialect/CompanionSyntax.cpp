//===- CompanionSyntax.cpp - Ops of `util` and `check` --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What IREE and the StableHLO interpreter put around a graph: globals that hold
// weights, constants that must not fold, expectations on results.
//
//===----------------------------------------------------------------------===//

#include "OpReader.h"

#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;
using llvm::StringLiteral;

namespace roofline::assembly {

//===----------------------------------------------------------------------===//
// util
//===----------------------------------------------------------------------===//

/// `private mutable @name {attrs} = value : T`, or `: T` without a value.
static ParseResult readGlobal(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  Builder &builder = reader.getBuilder();
  StringRef visibility;
  if (succeeded(parser.parseOptionalKeyword(&visibility,
                                            {"public", "private", "nested"})))
    reader.setInherent("sym_visibility", builder.getStringAttr(visibility));
  if (succeeded(parser.parseOptionalKeyword("mutable")))
    reader.setInherent("is_mutable", builder.getUnitAttr());
  StringAttr name;
  if (parser.parseSymbolName(name) || reader.readAttrDict())
    return failure();
  reader.setInherent("sym_name", name);
  if (succeeded(parser.parseOptionalEqual())) {
    TypedAttr value;
    if (reader.readTypedValue(value))
      return failure();
    reader.setInherent("initial_value", value);
    reader.setInherent("type", TypeAttr::get(value.getType()));
  } else {
    Type type;
    if (parser.parseColonType(type))
      return failure();
    reader.setInherent("type", TypeAttr::get(type));
  }
  return reader.finish();
}

/// `immutable %v, @name {attrs} : T`: any of operands and symbol.
static ParseResult readGlobalAccess(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  if (succeeded(parser.parseOptionalKeyword("immutable")))
    reader.setInherent("is_immutable", reader.getBuilder().getUnitAttr());
  if (reader.peek() == '%' && reader.readOperands())
    return failure();
  if (reader.peek() == '@') {
    bool separated = reader.operands.empty() || reader.nextItem();
    FlatSymbolRefAttr symbol;
    SMLoc loc = parser.getCurrentLocation();
    if (!separated)
      return reader.error(loc) << "expected ',' before its symbol";
    if (parser.parseAttribute(symbol))
      return failure();
    reader.setInherent("global", symbol);
  }
  if (reader.checkOperandCount() || reader.readAttrDict() ||
      reader.readSignature())
    return failure();
  return reader.finish();
}

//===----------------------------------------------------------------------===//
// check
//===----------------------------------------------------------------------===//

/// `(%a, dense<..> : T, atol 1.0e-04) {attrs} : T`: operands, then a value,
/// then tolerances; IREE writes the parentheses, StableHLO does not.
static ParseResult readExpect(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  bool parenthesized = succeeded(parser.parseOptionalLParen());
  if (reader.readOperands() || reader.checkOperandCount())
    return failure();
  Attribute value;
  while (reader.nextItem()) {
    StringRef keyword = "value";
    (void)parser.parseOptionalKeyword(&keyword, {"atol", "rtol"});
    Attribute parsed;
    if (parser.parseAttribute(parsed))
      return failure();
    reader.setInherent(keyword, parsed);
    if (keyword == "value")
      value = parsed;
  }
  if ((parenthesized && parser.parseRParen()) || reader.readAttrDict())
    return failure();
  // StableHLO's form ends with the type of the value.
  auto typed = dyn_cast_or_null<TypedAttr>(value);
  if (typed && !parenthesized) {
    SmallVector<Type> types(reader.operands.size(), typed.getType());
    if (reader.resolve(types))
      return failure();
    return reader.finish();
  }
  SmallVector<Type> types;
  if (parser.parseColonTypeList(types))
    return failure();
  types.resize(reader.operands.size(), types.front());
  if (reader.resolve(types))
    return failure();
  return reader.finish();
}

static constexpr StringLiteral globalAttrs[] = {
    "sym_name", "sym_visibility", "is_mutable",
    "type",     "initial_value",  "inlining_policy"};
static constexpr StringLiteral accessAttrs[] = {"global", "is_immutable"};
static constexpr StringLiteral valueAttrs[] = {"value"};

static constexpr OpSyntax utilTable[] = {
    {"global", readGlobal, 0, TypeForm::Results, {}, globalAttrs},
    {"global.address", readGlobalAccess, 0, TypeForm::Results, {}, accessAttrs},
    {"global.load", readGlobalAccess, 0, TypeForm::Results, {}, accessAttrs},
    {"global.load.indirect",
     readGlobalAccess,
     1,
     TypeForm::Loose,
     {},
     accessAttrs},
    {"global.store", readGlobalAccess, 1, TypeForm::Operands, {}, accessAttrs},
    {"optimization_barrier", readOptimizationBarrier, variadic},
    {"return", readReturn, variadic, TypeForm::Operands},
    {"unfoldable_constant", readConstant, 0, TypeForm::Results, {}, valueAttrs},
};

static constexpr OpSyntax checkTable[] = {
    {"expect_almost_eq", readExpect, 2},
    {"expect_almost_eq_const",
     readExpect,
     1,
     TypeForm::Operands,
     {},
     valueAttrs},
    {"expect_close", readGenericOnly},
    {"expect_eq", readExpect, 2},
    {"expect_eq_const", readExpect, 1, TypeForm::Operands, {}, valueAttrs},
    {"expect_false", readExpect, 1},
    {"expect_true", readExpect, 1},
};

llvm::ArrayRef<OpSyntax> utilOps() { return utilTable; }
llvm::ArrayRef<OpSyntax> checkOps() { return checkTable; }

} // namespace roofline::assembly
