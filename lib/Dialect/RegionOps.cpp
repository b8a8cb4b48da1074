//===- RegionOps.cpp - Readers of ops with regions ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpReader.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace roofline::assembly {

//===----------------------------------------------------------------------===//
// reduce
//===----------------------------------------------------------------------===//

/// `across dimensions = [0, 1] {attrs} : (T, .., I, ..) -> (R, ..)`
static ParseResult readReduceTail(OpReader &reader, FunctionType &type) {
  OpAsmParser &parser = reader.getParser();
  SmallVector<int64_t> dimensions;
  if (parser.parseKeyword("across") || parser.parseKeyword("dimensions") ||
      parser.parseEqual() || reader.readIntegers(dimensions))
    return failure();
  reader.setInherent("dimensions", reader.integers(dimensions));
  if (reader.readAttrDict() || parser.parseColon())
    return failure();
  SMLoc loc = parser.getCurrentLocation();
  Type parsed;
  if (parser.parseType(parsed))
    return failure();
  type = dyn_cast<FunctionType>(parsed);
  if (!type)
    return reader.error(loc)
           << "expected a function type '(operand types) -> result types'";
  reader.getState().addTypes(type.getResults());
  return reader.resolve(type.getInputs());
}

/// Builds what `applies stablehlo.add` stands for: a block of two scalars, the
/// op, and a return.
static void buildReducer(OpReader &reader, StringRef opName, Type operandType,
                         Location loc) {
  OperationState &state = reader.getState();
  auto scalar = RankedTensorType::get({}, getElementTypeOrSelf(operandType));
  Block &block = state.addRegion()->emplaceBlock();
  Value lhs = block.addArgument(scalar, loc);
  Value rhs = block.addArgument(scalar, loc);
  // The region has no op yet, so the builder cannot find the context itself.
  OpBuilder builder(loc.getContext());
  builder.setInsertionPointToStart(&block);
  OperationState inner(loc, opName);
  inner.addOperands({lhs, rhs});
  inner.addTypes(scalar);
  Operation *applied = builder.create(inner);
  OperationState terminator(loc, (reader.getDialectName() + ".return").str());
  terminator.addOperands(applied->getResults());
  builder.create(terminator);
}

/// `reducer(%a: T, %b: T) (%c: U, %d: U) {..}`: pairs of an element and its
/// accumulator; the block takes all elements first.
static ParseResult readReducerRegion(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  SmallVector<OpAsmParser::Argument> arguments, accumulators;
  while (succeeded(parser.parseOptionalLParen())) {
    if (parser.parseArgument(arguments.emplace_back(), /*allowType=*/true) ||
        parser.parseComma() ||
        parser.parseArgument(accumulators.emplace_back(), /*allowType=*/true) ||
        parser.parseRParen())
      return failure();
  }
  arguments.append(accumulators);
  return parser.parseRegion(*reader.getState().addRegion(), arguments);
}

/// `(%a init: %i), (%b init: %j) applies stablehlo.add across ..`, or without
/// `applies` and with a reducer region at the end.
ParseResult readReduce(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  SMLoc begin = parser.getCurrentLocation();
  Location location = parser.getEncodedSourceLoc(parser.getNameLoc());
  SmallVector<OpReader::UnresolvedOperand> inits;
  auto readPair = [&]() -> ParseResult {
    return failure(parser.parseLParen() || reader.readOperand() ||
                   parser.parseKeyword("init") || parser.parseColon() ||
                   parser.parseOperand(inits.emplace_back()) ||
                   parser.parseRParen());
  };
  if (reader.peek() == '(' && parser.parseCommaSeparatedList(readPair))
    return failure();
  size_t inputs = reader.operands.size();
  reader.operands.append(inits.begin(), inits.end());

  FunctionType type;
  if (failed(parser.parseOptionalKeyword("applies"))) {
    if (readReduceTail(reader, type) || parser.parseKeyword("reducer") ||
        readReducerRegion(reader))
      return failure();
    return reader.finish();
  }

  SMLoc nameLoc = parser.getCurrentLocation();
  FailureOr<OperationName> name = parser.parseCustomOperationName();
  if (failed(name))
    return failure();
  StringRef mnemonic = name->stripDialect();
  if (name->getDialectNamespace() != reader.getDialectName() ||
      !isReducerOp(mnemonic))
    return reader.error(nameLoc)
           << "cannot apply '" << name->getStringRef()
           << "'; expected an op of '" << reader.getDialectName()
           << "' with two operands of one type";
  if (inputs != 1)
    return reader.error(begin)
           << "applies one op, which takes one input; got " << inputs
           << " inputs, write a 'reducer' region instead";
  if (readReduceTail(reader, type))
    return failure();
  std::optional<Location> explicitLocation;
  if (parser.parseOptionalLocationSpecifier(explicitLocation))
    return failure();
  if (explicitLocation)
    location = *explicitLocation;
  reader.getState().location = location;
  buildReducer(reader, name->getStringRef(), type.getInput(0), location);
  return reader.finish();
}

//===----------------------------------------------------------------------===//
// while
//===----------------------------------------------------------------------===//

/// `(%iterArg = %init, ..) : T, .. attributes {..} cond {..} do {..}`
ParseResult readWhile(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  OperationState &state = reader.getState();
  SmallVector<OpAsmParser::Argument> arguments;
  auto readAssignment = [&]() -> ParseResult {
    return failure(parser.parseOperand(arguments.emplace_back().ssaName,
                                       /*allowResultNumber=*/false) ||
                   parser.parseEqual() || reader.readOperand());
  };
  reader.operandsLoc = parser.getCurrentLocation();
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren,
                                     readAssignment))
    return failure();
  SmallVector<Type> types;
  if (!arguments.empty() && parser.parseColonTypeList(types))
    return failure();
  if (reader.resolve(types))
    return failure();
  state.addTypes(types);
  for (auto [argument, type] : llvm::zip_equal(arguments, types))
    argument.type = type;
  if (reader.readAttrDict(/*withKeyword=*/true) ||
      parser.parseKeyword("cond") ||
      parser.parseRegion(*state.addRegion(), arguments) ||
      parser.parseKeyword("do") ||
      parser.parseRegion(*state.addRegion(), arguments))
    return failure();
  return reader.finish();
}

//===----------------------------------------------------------------------===//
// scan
//===----------------------------------------------------------------------===//

/// `(%a, ..) inits(%i, ..) dimension=0 attributes {..} {..} : (..) -> (..)`
ParseResult readScan(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  int64_t dimension = 0;
  if (reader.readParenthesizedOperands())
    return failure();
  int32_t inputs = reader.operands.size();
  SMLoc begin = reader.operandsLoc;
  if (parser.parseKeyword("inits") || reader.readParenthesizedOperands() ||
      parser.parseKeyword("dimension") || parser.parseEqual() ||
      parser.parseInteger(dimension))
    return failure();
  reader.operandsLoc = begin;
  Builder &builder = reader.getBuilder();
  int32_t inits = static_cast<int32_t>(reader.operands.size()) - inputs;
  reader.setInherent("dimension", builder.getI64IntegerAttr(dimension));
  reader.setInherent("operandSegmentSizes",
                     builder.getDenseI32ArrayAttr({inputs, inits}));
  if (reader.readAttrDict(/*withKeyword=*/true) ||
      parser.parseRegion(*reader.getState().addRegion()) ||
      reader.readSignature())
    return failure();
  // The carries come last, one for each initial value.
  int32_t results = reader.getState().types.size();
  if (results < inits)
    return reader.error(begin) << "has " << inits << " initial values but "
                               << results << " results";
  reader.setInherent("resultSegmentSizes",
                     builder.getDenseI32ArrayAttr({results - inits, inits}));
  return reader.finish();
}

//===----------------------------------------------------------------------===//
// composite
//===----------------------------------------------------------------------===//

/// `"name" %a, %b ({..}, ..) {attrs} : (A, B) -> R`; the regions are optional.
ParseResult readComposite(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  StringAttr name;
  if (parser.parseAttribute(name))
    return failure();
  reader.setInherent("name", name);
  if (reader.readOperands() || reader.noPendingItem())
    return failure();
  if (succeeded(parser.parseOptionalLParen())) {
    auto readRegion = [&] {
      return parser.parseRegion(*reader.getState().addRegion());
    };
    if (parser.parseCommaSeparatedList(readRegion) || parser.parseRParen())
      return failure();
  }
  if (reader.readAttrDict() || reader.readSignature())
    return failure();
  return reader.finish();
}

} // namespace roofline::assembly
