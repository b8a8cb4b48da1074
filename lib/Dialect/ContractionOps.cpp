//===- ContractionOps.cpp - Readers of dot, convolution and slice ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpReader.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace roofline::assembly {

//===----------------------------------------------------------------------===//
// dot_general
//===----------------------------------------------------------------------===//

/// `[0, 1] x [0, 1]`
static ParseResult readPair(OpReader &reader, SmallVectorImpl<int64_t> &lhs,
                            SmallVectorImpl<int64_t> &rhs) {
  return failure(reader.readIntegers(lhs) ||
                 reader.getParser().parseKeyword("x") ||
                 reader.readIntegers(rhs));
}

static void addField(llvm::raw_ostream &os, StringRef name,
                     ArrayRef<int64_t> values, bool &first) {
  if (values.empty())
    return;
  os << (first ? "" : ", ") << name << " = [";
  llvm::interleaveComma(values, os);
  os << "]";
  first = false;
}

/// `%a, %b, batching_dims = [..] x [..], contracting_dims = [..] x [..],
///  precision = [..], algorithm = <..> {attrs} : (A, B) -> R`
ParseResult readDot(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  if (reader.readOperands() || reader.checkOperandCount())
    return failure();

  static constexpr StringRef keywords[] = {"batching_dims", "contracting_dims",
                                           "precision", "algorithm"};
  SmallVector<int64_t> lhsBatch, rhsBatch, lhsContract, rhsContract;
  bool seen[std::size(keywords)] = {};
  SMLoc end = parser.getCurrentLocation();
  while (reader.nextItem()) {
    SMLoc loc = parser.getCurrentLocation();
    StringRef keyword;
    (void)parser.parseOptionalKeyword(&keyword);
    const StringRef *found = llvm::find(keywords, keyword);
    if (found == std::end(keywords)) {
      InFlightDiagnostic diag = reader.error(loc)
                                << "expected one of 'batching_dims', "
                                   "'contracting_dims', 'precision', "
                                   "'algorithm'";
      if (StringRef meant = nearest(keyword, keywords); !meant.empty())
        diag << ", got '" << keyword << "'; did you mean '" << meant << "'?";
      return diag;
    }
    size_t index = found - keywords;
    if (seen[index])
      return reader.error(loc) << "has item '" << keyword << "' twice";
    seen[index] = true;
    if (parser.parseEqual())
      return failure();
    if (index == 0) {
      if (readPair(reader, lhsBatch, rhsBatch))
        return failure();
    } else if (index == 1) {
      if (readPair(reader, lhsContract, rhsContract))
        return failure();
    } else if (index == 2) {
      Attribute precision;
      if (reader.readEnumArray(Enumeration::Precision, precision))
        return failure();
      reader.setInherent("precision_config", precision);
    } else if (reader.peek() == '#') {
      Attribute algorithm;
      if (parser.parseAttribute(algorithm))
        return failure();
      reader.setInherent("algorithm", algorithm);
    } else {
      std::string algorithm;
      if (reader.readBracketed(algorithm))
        return failure();
      reader.setInherent("algorithm",
                         reader.opaque("dot_algorithm" + algorithm));
    }
    end = parser.getCurrentLocation();
  }
  if (!seen[1])
    return reader.error(end) << "expected 'contracting_dims = [..] x [..]'";

  std::string text;
  llvm::raw_string_ostream os(text);
  bool first = true;
  os << "dot<";
  addField(os, "lhs_batching_dimensions", lhsBatch, first);
  addField(os, "rhs_batching_dimensions", rhsBatch, first);
  addField(os, "lhs_contracting_dimensions", lhsContract, first);
  addField(os, "rhs_contracting_dimensions", rhsContract, first);
  os << ">";
  reader.setInherent("dot_dimension_numbers", reader.opaque(text));
  if (reader.readAttrDict() || reader.readSignature())
    return failure();
  return reader.finish();
}

//===----------------------------------------------------------------------===//
// convolution
//===----------------------------------------------------------------------===//

/// `[b, 0, 1, f]`: appends the list to `text` as upstream prints it. `named`
/// are the two dimensions that are not spatial.
static ParseResult readDimensionList(OpReader &reader, StringRef named,
                                     std::string &text) {
  OpAsmParser &parser = reader.getParser();
  unsigned seen[2] = {0, 0};
  bool first = true;
  SMLoc begin = parser.getCurrentLocation();
  auto readElement = [&]() -> ParseResult {
    text += first ? "" : ", ";
    first = false;
    if (succeeded(parser.parseOptionalQuestion())) {
      text += '?';
      return success();
    }
    int64_t spatial = 0;
    OptionalParseResult parsed = parser.parseOptionalInteger(spatial);
    if (parsed.has_value()) {
      if (failed(*parsed))
        return failure();
      text += std::to_string(spatial);
      return success();
    }
    SMLoc loc = parser.getCurrentLocation();
    StringRef word;
    (void)parser.parseOptionalKeyword(&word);
    size_t position = word.size() == 1 ? named.find(word[0]) : StringRef::npos;
    if (position == StringRef::npos)
      return reader.error(loc)
             << "expected '" << named.substr(0, 1) << "', '" << named.substr(1)
             << "' or the number of a spatial dimension";
    ++seen[position];
    text += word;
    return success();
  };
  text += '[';
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, readElement))
    return failure();
  text += ']';
  if (seen[0] != 1 || seen[1] != 1)
    return reader.error(begin)
           << "expected '" << named.substr(0, 1) << "' and '" << named.substr(1)
           << "' once each among its dimensions";
  return success();
}

/// `{stride = [..], pad = [[..], ..], lhs_dilate = [..], rhs_dilate = [..],
///   reverse = [..]}`
static ParseResult readWindow(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  Builder &builder = reader.getBuilder();
  struct Field {
    StringRef keyword, attribute;
    bool seen = false;
  };
  Field fields[] = {{"stride", "window_strides"},
                    {"pad", "padding"},
                    {"lhs_dilate", "lhs_dilation"},
                    {"rhs_dilate", "rhs_dilation"},
                    {"reverse", "window_reversal"}};
  auto readField = [&]() -> ParseResult {
    SMLoc loc = parser.getCurrentLocation();
    StringRef keyword;
    (void)parser.parseOptionalKeyword(&keyword);
    Field *field = llvm::find_if(
        fields, [&](const Field &f) { return f.keyword == keyword; });
    if (field == std::end(fields)) {
      InFlightDiagnostic diag = reader.error(loc)
                                << "expected one of 'stride', 'pad', "
                                   "'lhs_dilate', 'rhs_dilate', 'reverse'";
      SmallVector<StringRef> names;
      for (const Field &f : fields)
        names.push_back(f.keyword);
      if (StringRef meant = nearest(keyword, names); !meant.empty())
        diag << ", got '" << keyword << "'; did you mean '" << meant << "'?";
      return diag;
    }
    if (field->seen)
      return reader.error(loc) << "has item '" << keyword << "' twice";
    field->seen = true;
    if (parser.parseEqual())
      return failure();

    if (field->keyword == "pad") {
      SmallVector<int64_t> values;
      auto readEdges = [&]() -> ParseResult {
        SMLoc edges = parser.getCurrentLocation();
        size_t before = values.size();
        if (reader.readIntegers(values))
          return failure();
        if (values.size() != before + 2)
          return reader.error(edges) << "expected '[low, high]', got "
                                     << values.size() - before << " numbers";
        return success();
      };
      if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square,
                                         readEdges))
        return failure();
      auto type = RankedTensorType::get(
          {static_cast<int64_t>(values.size() / 2), 2}, builder.getI64Type());
      reader.setInherent(
          field->attribute,
          DenseIntElementsAttr::get(type, ArrayRef<int64_t>(values)));
      return success();
    }
    if (field->keyword == "reverse") {
      SmallVector<bool> values;
      auto readBool = [&]() -> ParseResult {
        SMLoc boolLoc = parser.getCurrentLocation();
        StringRef word;
        if (succeeded(parser.parseOptionalKeyword(&word, {"true", "false"}))) {
          values.push_back(word == "true");
          return success();
        }
        int64_t number = 0;
        OptionalParseResult parsed = parser.parseOptionalInteger(number);
        if (!parsed.has_value() || failed(*parsed) || number < 0 || number > 1)
          return reader.error(boolLoc) << "expected 'true' or 'false'";
        values.push_back(number == 1);
        return success();
      };
      if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square,
                                         readBool))
        return failure();
      reader.setInherent(field->attribute, reader.booleans(values));
      return success();
    }
    SmallVector<int64_t> values;
    if (reader.readIntegers(values))
      return failure();
    reader.setInherent(field->attribute, reader.integers(values));
    return success();
  };
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Braces,
                                        readField);
}

/// `(%a, %b) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {..}
///  {attrs} : (A, B) -> R`
ParseResult readConvolution(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  if (reader.readParenthesizedOperands() || reader.checkOperandCount() ||
      parser.parseKeyword("dim_numbers") || parser.parseEqual())
    return failure();
  std::string text = "conv<";
  if (readDimensionList(reader, "bf", text) || parser.parseKeyword("x"))
    return failure();
  text += 'x';
  if (readDimensionList(reader, "io", text) || parser.parseArrow())
    return failure();
  text += "->";
  if (readDimensionList(reader, "bf", text))
    return failure();
  reader.setInherent("dimension_numbers", reader.opaque(text + ">"));
  if (parser.parseComma() || parser.parseKeyword("window") ||
      parser.parseEqual() || readWindow(reader) || reader.readAttrDict() ||
      reader.readSignature())
    return failure();
  return reader.finish();
}

//===----------------------------------------------------------------------===//
// slice
//===----------------------------------------------------------------------===//

/// `%a [start:limit:stride, ..] {attrs} : (A) -> R`; a stride of 1 is left out.
ParseResult readSlice(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  SmallVector<int64_t> starts, limits, strides;
  auto readRange = [&]() -> ParseResult {
    if (parser.parseInteger(starts.emplace_back()) || parser.parseColon() ||
        parser.parseInteger(limits.emplace_back()))
      return failure();
    strides.push_back(1);
    if (succeeded(parser.parseOptionalColon()))
      return parser.parseInteger(strides.back());
    return success();
  };
  if (reader.readOperand() ||
      parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, readRange))
    return failure();
  reader.setInherent("start_indices", reader.integers(starts));
  reader.setInherent("limit_indices", reader.integers(limits));
  reader.setInherent("strides", reader.integers(strides));
  if (reader.readAttrDict() || reader.readSignature())
    return failure();
  return reader.finish();
}

} // namespace roofline::assembly
