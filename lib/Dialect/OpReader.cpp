//===- OpReader.cpp - Reading one op's pretty form ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpReader.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace roofline::assembly {

StringRef enumerationName(Enumeration enumeration) {
  switch (enumeration) {
  case Enumeration::None:
    break;
  case Enumeration::Precision:
    return "precision";
  case Enumeration::ComparisonDirection:
    return "comparison_direction";
  case Enumeration::ComparisonType:
    return "comparison_type";
  case Enumeration::FftType:
    return "fft_type";
  case Enumeration::RngDistribution:
    return "rng_distribution";
  case Enumeration::RngAlgorithm:
    return "rng_algorithm";
  }
  return "";
}

ArrayRef<StringRef> enumerationWords(Enumeration enumeration) {
  static constexpr StringRef precision[] = {"DEFAULT", "HIGH", "HIGHEST",
                                            "PACKED_NIBBLE"};
  static constexpr StringRef direction[] = {"EQ", "NE", "GE", "GT", "LE", "LT"};
  static constexpr StringRef comparison[] = {"NOTYPE", "FLOAT", "TOTALORDER",
                                             "SIGNED", "UNSIGNED"};
  static constexpr StringRef fft[] = {"FFT", "IFFT", "RFFT", "IRFFT"};
  static constexpr StringRef distribution[] = {"UNIFORM", "NORMAL"};
  static constexpr StringRef algorithm[] = {"DEFAULT", "THREE_FRY", "PHILOX"};
  switch (enumeration) {
  case Enumeration::None:
    break;
  case Enumeration::Precision:
    return precision;
  case Enumeration::ComparisonDirection:
    return direction;
  case Enumeration::ComparisonType:
    return comparison;
  case Enumeration::FftType:
    return fft;
  case Enumeration::RngDistribution:
    return distribution;
  case Enumeration::RngAlgorithm:
    return algorithm;
  }
  return {};
}

StringRef nearest(StringRef name, ArrayRef<StringRef> candidates) {
  // A third of the word may be wrong; more is another word.
  unsigned best = std::max<size_t>(1, name.size() / 3) + 1;
  StringRef found;
  for (StringRef candidate : candidates) {
    unsigned distance =
        name.edit_distance(candidate, /*AllowReplacements=*/true, best);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

/// Adds the choices to a message: all of them, and the one that was probably
/// meant.
static void addChoices(InFlightDiagnostic &diag, StringRef word,
                       ArrayRef<StringRef> choices) {
  diag << "; expected " << (choices.size() > 1 ? "one of " : "");
  llvm::interleave(
      choices, [&](StringRef choice) { diag << "'" << choice << "'"; },
      [&] { diag << ", "; });
  if (StringRef meant = nearest(word, choices); !meant.empty())
    diag << "; did you mean '" << meant << "'?";
}

OpReader::OpReader(OpAsmParser &parser, OperationState &state,
                   const OpSyntax &syntax, StringRef dialectName)
    : operandsLoc(parser.getCurrentLocation()), parser(parser), state(state),
      syntax(syntax), dialectName(dialectName) {}

InFlightDiagnostic OpReader::error(llvm::SMLoc loc) {
  return parser.emitError(loc);
}

InFlightDiagnostic OpReader::error() {
  return error(parser.getCurrentLocation());
}

//===----------------------------------------------------------------------===//
// Attributes of the result
//===----------------------------------------------------------------------===//

void OpReader::setInherent(StringRef name, Attribute value) {
  inherent.set(name, value);
}

ParseResult OpReader::readAttrDict(bool withKeyword) {
  NamedAttrList attributes;
  SMLoc loc = parser.getCurrentLocation();
  if (withKeyword ? parser.parseOptionalAttrDictWithKeyword(attributes)
                  : parser.parseOptionalAttrDict(attributes))
    return failure();
  auto belongsToOp = [&](StringRef name) {
    return llvm::is_contained(syntax.inherent, name) ||
           llvm::any_of(syntax.items, [&](const Item &item) {
             return item.attribute == name;
           });
  };
  for (NamedAttribute attribute : attributes) {
    StringRef name = attribute.getName();
    if (inherent.get(name))
      return error(loc) << "has attribute '" << name
                        << "' twice: in its syntax and in its dictionary";
    (belongsToOp(name) ? inherent : state.attributes).push_back(attribute);
  }
  return success();
}

ParseResult OpReader::finish() {
  if (failed(noPendingItem()))
    return failure();
  if (!inherent.empty())
    state.propertiesAttr = inherent.getDictionary(parser.getContext());
  return success();
}

Attribute OpReader::integers(ArrayRef<int64_t> values) {
  // MHLO never moved from elements to arrays.
  if (dialectName == "mhlo")
    return getBuilder().getI64TensorAttr(values);
  return getBuilder().getDenseI64ArrayAttr(values);
}

Attribute OpReader::booleans(ArrayRef<bool> values) {
  if (dialectName == "mhlo")
    return DenseElementsAttr::get(
        RankedTensorType::get(values.size(), getBuilder().getI1Type()), values);
  return getBuilder().getDenseBoolArrayAttr(values);
}

Attribute OpReader::opaque(const Twine &text) {
  SmallString<64> storage;
  MLIRContext *context = parser.getContext();
  return OpaqueAttr::get(StringAttr::get(context, dialectName),
                         text.toStringRef(storage), NoneType::get(context));
}

Attribute OpReader::enumAttr(Enumeration enumeration, StringRef value) {
  return opaque(enumerationName(enumeration) + " " + value);
}

//===----------------------------------------------------------------------===//
// Pieces of syntax
//===----------------------------------------------------------------------===//

ParseResult OpReader::readOperand() {
  return parser.parseOperand(operands.emplace_back());
}

ParseResult OpReader::readOperands() {
  operandsLoc = parser.getCurrentLocation();
  pendingComma = false;
  while (true) {
    UnresolvedOperand operand;
    OptionalParseResult parsed = parser.parseOptionalOperand(operand);
    if (!parsed.has_value())
      return success();
    if (failed(*parsed))
      return failure();
    operands.push_back(operand);
    pendingComma = succeeded(parser.parseOptionalComma());
    if (!pendingComma)
      return success();
  }
}

ParseResult OpReader::readParenthesizedOperands() {
  operandsLoc = parser.getCurrentLocation();
  return parser.parseOperandList(operands, OpAsmParser::Delimiter::Paren);
}

ParseResult OpReader::checkOperandCount() {
  if (syntax.operands == variadic ||
      operands.size() == static_cast<size_t>(syntax.operands))
    return success();
  return error(operandsLoc) << "takes " << syntax.operands
                            << (syntax.operands == 1 ? " operand" : " operands")
                            << ", got " << operands.size();
}

bool OpReader::nextItem() {
  if (pendingComma) {
    pendingComma = false;
    return true;
  }
  return succeeded(parser.parseOptionalComma());
}

ParseResult OpReader::noPendingItem() {
  if (!pendingComma)
    return success();
  return error() << "expected an operand or 'keyword = value' after ','";
}

ParseResult OpReader::readItems() {
  SmallVector<StringRef> keywords;
  for (const Item &item : syntax.items)
    keywords.push_back(item.keyword);

  // Without operands the first item has no comma before it.
  bool follows = operands.empty() && !pendingComma && !syntax.items.empty();
  while (follows || (!syntax.items.empty() && nextItem())) {
    follows = false;
    SMLoc loc = parser.getCurrentLocation();
    StringRef keyword;
    if (failed(parser.parseOptionalKeyword(&keyword))) {
      InFlightDiagnostic diag = error(loc) << "expected 'keyword = value'";
      addChoices(diag, "", keywords);
      return diag;
    }
    const Item *item = llvm::find_if(syntax.items, [&](const Item &candidate) {
      return candidate.keyword == keyword;
    });
    if (item == syntax.items.end()) {
      InFlightDiagnostic diag = error(loc) << "has no item '" << keyword << "'";
      addChoices(diag, keyword, keywords);
      return diag;
    }
    if (inherent.get(item->attribute))
      return error(loc) << "has item '" << keyword << "' twice";
    if (parser.parseEqual() || readItem(*item))
      return failure();
  }
  return success();
}

ParseResult OpReader::checkRequiredItems() {
  for (const Item &item : syntax.items)
    if (!item.optional && !inherent.get(item.attribute))
      return error() << "expected '" << item.keyword << " = ...'";
  return success();
}

ParseResult OpReader::readItem(const Item &item) {
  SMLoc loc = parser.getCurrentLocation();
  switch (item.kind) {
  case ValueKind::Integer: {
    int64_t value = 0;
    if (parser.parseInteger(value))
      return failure();
    setInherent(item.attribute, getBuilder().getI64IntegerAttr(value));
    return success();
  }
  case ValueKind::IntegerArray: {
    SmallVector<int64_t> values;
    if (readIntegers(values))
      return failure();
    setInherent(item.attribute, integers(values));
    return success();
  }
  case ValueKind::Bool: {
    StringRef word;
    if (failed(parser.parseOptionalKeyword(&word, {"true", "false"})))
      return error(loc) << "expected 'true' or 'false'";
    setInherent(item.attribute, getBuilder().getBoolAttr(word == "true"));
    return success();
  }
  case ValueKind::String: {
    std::string value;
    if (parser.parseString(&value))
      return failure();
    setInherent(item.attribute, getBuilder().getStringAttr(value));
    return success();
  }
  case ValueKind::Enum: {
    std::string value;
    if (readKeywordOf(item.enumeration, value))
      return failure();
    setInherent(item.attribute, enumAttr(item.enumeration, value));
    return success();
  }
  case ValueKind::EnumArray: {
    Attribute value;
    if (readEnumArray(item.enumeration, value))
      return failure();
    setInherent(item.attribute, value);
    return success();
  }
  case ValueKind::ExponentMantissa: {
    StringRef word;
    int32_t exponent = 0, mantissa = 0;
    if (failed(parser.parseOptionalKeyword(&word)) ||
        !word.consume_front("e") || word.consumeInteger(10, exponent) ||
        !word.consume_front("m") || word.getAsInteger(10, mantissa))
      return error(loc) << "expected exponent and mantissa bits as 'e8m7'";
    setInherent("exponent_bits", getBuilder().getI32IntegerAttr(exponent));
    setInherent("mantissa_bits", getBuilder().getI32IntegerAttr(mantissa));
    return success();
  }
  }
  return failure();
}

ParseResult OpReader::readIntegers(SmallVectorImpl<int64_t> &values) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parser.parseInteger(values.emplace_back());
  });
}

ParseResult OpReader::readKeywordOf(Enumeration enumeration,
                                    std::string &value) {
  SMLoc loc = parser.getCurrentLocation();
  ArrayRef<StringRef> words = enumerationWords(enumeration);
  StringRef word;
  (void)parser.parseOptionalKeyword(&word);
  if (!llvm::is_contained(words, word)) {
    InFlightDiagnostic diag = error(loc);
    if (word.empty())
      diag << "expected " << enumerationName(enumeration);
    else
      diag << "has no " << enumerationName(enumeration) << " '" << word << "'";
    addChoices(diag, word, words);
    return diag;
  }
  value = word.str();
  return success();
}

ParseResult OpReader::readEnumArray(Enumeration enumeration,
                                    Attribute &result) {
  SmallVector<Attribute> values;
  auto readElement = [&]() -> ParseResult {
    std::string value;
    if (readKeywordOf(enumeration, value))
      return failure();
    values.push_back(enumAttr(enumeration, value));
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, readElement))
    return failure();
  result = getBuilder().getArrayAttr(values);
  return success();
}

/// Copies source text without comments, with every run of white space outside
/// strings reduced to one blank.
static std::string normalizeText(StringRef source) {
  std::string text;
  text.reserve(source.size());
  bool blank = false;
  for (size_t i = 0, e = source.size(); i != e; ++i) {
    char c = source[i];
    if (llvm::isSpace(c)) {
      blank = true;
      continue;
    }
    if (c == '/' && i + 1 != e && source[i + 1] == '/') {
      // MLIR's lexer ends a comment at either line end.
      i = std::min(source.find_first_of("\r\n", i), e - 1);
      blank = true;
      continue;
    }
    if (blank && !text.empty())
      text += ' ';
    blank = false;
    text += c;
    if (c != '"')
      continue;
    while (++i != e) {
      text += source[i];
      if (source[i] == '"')
        break;
      if (source[i] == '\\' && i + 1 != e)
        text += source[++i];
    }
    if (i == e)
      break;
  }
  return text;
}

ParseResult OpReader::readTypedValue(TypedAttr &value) {
  SMLoc loc = parser.getCurrentLocation();
  Attribute attr;
  if (parser.parseAttribute(attr))
    return failure();
  value = dyn_cast<TypedAttr>(attr);
  if (!value || isa<NoneType>(value.getType()))
    return error(loc) << "expected a value with a type, as 'dense<0.0> : "
                         "tensor<4xf32>'";
  return success();
}

ParseResult OpReader::readBracketed(std::string &text) {
  const char *begin = parser.getCurrentLocation().getPointer();
  const char *end = begin;
  // The closing brackets that are still to come.
  SmallString<16> closers;
  auto open = [&](ParseResult opened, char closer) {
    if (succeeded(opened))
      closers.push_back(closer);
    return succeeded(opened);
  };
  do {
    SMLoc loc = parser.getCurrentLocation();
    if (open(parser.parseOptionalLess(), '>') ||
        open(parser.parseOptionalLSquare(), ']') ||
        open(parser.parseOptionalLBrace(), '}') ||
        open(parser.parseOptionalLParen(), ')'))
      continue;
    if (closers.empty())
      return error(loc) << "expected '<', '[', '{' or '('";
    char closer = closers.back();
    ParseResult closed = closer == '>'   ? parser.parseOptionalGreater()
                         : closer == ']' ? parser.parseOptionalRSquare()
                         : closer == '}' ? parser.parseOptionalRBrace()
                                         : parser.parseOptionalRParen();
    if (succeeded(closed)) {
      closers.pop_back();
      end = loc.getPointer() + 1;
      continue;
    }
    // Any other token, the commonest first. Arrows and numbers come before the
    // minus sign that they may start with.
    StringRef word;
    StringAttr symbol;
    std::string string;
    APInt number;
    if (succeeded(parser.parseOptionalComma()) ||
        succeeded(parser.parseOptionalString(&string)) ||
        succeeded(parser.parseOptionalQuestion()) ||
        succeeded(parser.parseOptionalSymbolName(symbol)) ||
        succeeded(parser.parseOptionalEqual()) ||
        succeeded(parser.parseOptionalColon()) ||
        succeeded(parser.parseOptionalArrow()) ||
        succeeded(parser.parseOptionalKeyword(&word)))
      continue;
    OptionalParseResult parsedNumber = parser.parseOptionalInteger(number);
    if (parsedNumber.has_value()) {
      if (failed(*parsedNumber))
        return failure();
      continue;
    }
    if (succeeded(parser.parseOptionalPlus()) ||
        succeeded(parser.parseOptionalStar()) ||
        succeeded(parser.parseOptionalSlash()) ||
        succeeded(parser.parseOptionalVerticalBar()) ||
        succeeded(parser.parseOptionalEllipsis()))
      continue;
    return error(loc) << "unexpected token, expected '" << StringRef(&closer, 1)
                      << "'";
  } while (!closers.empty());
  text = normalizeText(StringRef(begin, end - begin));
  return success();
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

ParseResult OpReader::resolve(TypeRange types) {
  if (operands.size() != types.size())
    return error(operandsLoc)
           << "has " << operands.size()
           << (operands.size() == 1 ? " operand" : " operands") << " but "
           << types.size()
           << (types.size() == 1 ? " operand type" : " operand types");
  return parser.resolveOperands(operands, types, operandsLoc, state.operands);
}

ParseResult OpReader::setFunctionType(SMLoc loc, Type type) {
  auto function = dyn_cast<FunctionType>(type);
  if (!function)
    return error(loc)
           << "expected a function type '(operand types) -> result types'";
  state.addTypes(function.getResults());
  return resolve(function.getInputs());
}

ParseResult OpReader::readSignature() { return readSignature(syntax.types); }

ParseResult OpReader::readSignature(TypeForm form) {
  if (failed(noPendingItem()))
    return failure();
  if (failed(parser.parseOptionalColon()))
    return error() << "expected ':' and its types";
  SMLoc loc = parser.getCurrentLocation();
  switch (form) {
  case TypeForm::Same:
  case TypeForm::Function: {
    Type type;
    if (parser.parseType(type))
      return failure();
    if (form == TypeForm::Function || isa<FunctionType>(type))
      return setFunctionType(loc, type);
    state.addTypes(type);
    return resolve(SmallVector<Type>(operands.size(), type));
  }
  case TypeForm::Results:
    return parser.parseTypeList(state.types);
  case TypeForm::Operands: {
    SmallVector<Type> types;
    if (parser.parseTypeList(types))
      return failure();
    return resolve(types);
  }
  case TypeForm::Loose:
    return readLooseSignature();
  }
  return failure();
}

ParseResult OpReader::readLooseSignature() {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<Type> types;
  if (parser.parseTypeList(types))
    return failure();
  if (types.size() == 1 && isa<FunctionType>(types.front()))
    return setFunctionType(loc, types.front());
  if (failed(parser.parseOptionalArrow())) {
    if (types.size() != 1)
      return error() << "expected '->' and the types of its results";
    state.addTypes(types);
    return resolve(SmallVector<Type>(operands.size(), types.front()));
  }
  SmallVector<Type> results;
  if (succeeded(parser.parseOptionalLParen())) {
    if (failed(parser.parseOptionalRParen()) &&
        (parser.parseTypeList(results) || parser.parseRParen()))
      return failure();
  } else if (parser.parseTypeList(results)) {
    return failure();
  }
  state.addTypes(results);
  return resolve(types);
}

} // namespace roofline::assembly
