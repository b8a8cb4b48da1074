//===- JsonInput.cpp - Values of a saved report ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "JsonInput.h"

#include "roofline/Model/FileError.h"

#include "llvm/ADT/StringExtras.h"

#include <cmath>

namespace roofline {

namespace {

/// Brackets within brackets that a report has; a few more than it needs.
constexpr unsigned maxDepth = 32;
/// Integers of this many digits may not fit into 64 bits.
constexpr size_t wideDigits = 20;

Unknown unknownBecause(llvm::StringRef reason) {
  return {UnknownKind::Unmodelled, reason.str()};
}

bool isNullValue(const llvm::json::Value &value) {
  return value.kind() == llvm::json::Value::Null;
}

} // namespace

llvm::Expected<std::string> prepareJson(llvm::StringRef text,
                                        llvm::StringRef file) {
  std::string prepared;
  prepared.reserve(text.size() + 64);
  unsigned depth = 0;
  bool isString = false;
  for (size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (isString) {
      prepared += c;
      if (c == '\\' && at + 1 < text.size())
        prepared += text[++at];
      isString = c != '"';
      continue;
    }
    isString = c == '"';
    if ((c == '{' || c == '[') && ++depth > maxDepth)
      return makeFileError({file.str(), 0, 0},
                           "brackets nest deeper than in any report; is it one "
                           "that 'roofline report --format=json' wrote?");
    if ((c == '}' || c == ']') && depth > 0)
      --depth;
    if (!llvm::isDigit(c)) {
      prepared += c;
      continue;
    }
    llvm::StringRef number = text.substr(at).take_while([](char next) {
      return llvm::isAlnum(next) || next == '.' || next == '-' || next == '+';
    });
    bool isWide =
        number.size() >= wideDigits && llvm::all_of(number, llvm::isDigit);
    if (isWide)
      prepared += '"';
    prepared += number;
    if (isWide)
      prepared += '"';
    at += number.size() - 1;
  }
  return prepared;
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

JsonInput::JsonInput(const llvm::json::Value &value, Path path,
                     JsonProblem &problem)
    : object(value.getAsObject()), path(path), problem(problem) {
  if (!object)
    problem.report(path, "expected an object");
}

bool JsonInput::isNull(llvm::StringLiteral key) {
  const llvm::json::Value *value = get(key);
  return value && isNullValue(*value);
}

void JsonInput::require(llvm::StringLiteral key, llvm::StringLiteral message) {
  if (!has(key))
    problem.report(path.field(key), message);
}

void JsonInput::text(llvm::StringLiteral key, std::string &result) {
  if (const llvm::json::Value *value = get(key))
    readText(*value, path.field(key), result);
}

void JsonInput::textOrNull(llvm::StringLiteral key, std::string &result) {
  if (const llvm::json::Value *value = get(key); value && !isNullValue(*value))
    readText(*value, path.field(key), result);
}

void JsonInput::boolean(llvm::StringLiteral key, bool &result) {
  const llvm::json::Value *value = get(key);
  if (!value)
    return;
  if (std::optional<bool> flag = value->getAsBoolean())
    result = *flag;
  else
    problem.report(path.field(key), "expected true or false");
}

void JsonInput::size(llvm::StringLiteral key, size_t &result) {
  const llvm::json::Value *value = get(key);
  if (!value)
    return;
  if (std::optional<int64_t> number = value->getAsInteger();
      number && *number >= 0)
    result = static_cast<size_t>(*number);
  else
    problem.report(path.field(key), "expected a whole number");
}

void JsonInput::count(llvm::StringLiteral key, Count &result) {
  if (const llvm::json::Value *value = get(key))
    readCount(*value, path.field(key), result);
}

void JsonInput::count(llvm::StringLiteral key, KnownOr<Count> &result,
                      llvm::StringRef reason) {
  const llvm::json::Value *value = get(key);
  if (!value)
    return;
  Count known;
  if (isNullValue(*value)) {
    result = unknownBecause(reason);
  } else {
    readCount(*value, path.field(key), known);
    result = known;
  }
}

void JsonInput::number(llvm::StringLiteral key, double &result) {
  if (const llvm::json::Value *value = get(key))
    readNumber(*value, path.field(key), result);
}

void JsonInput::number(llvm::StringLiteral key, std::optional<double> &result) {
  if (const llvm::json::Value *value = get(key); value && !isNullValue(*value))
    readNumber(*value, path.field(key), result.emplace());
}

void JsonInput::number(llvm::StringLiteral key, KnownOr<double> &result,
                       llvm::StringRef reason) {
  const llvm::json::Value *value = get(key);
  if (!value)
    return;
  double known = 0;
  if (isNullValue(*value)) {
    result = unknownBecause(reason);
  } else {
    readNumber(*value, path.field(key), known);
    result = known;
  }
}

void JsonInput::interval(llvm::StringLiteral key,
                         std::optional<TimeInterval> &result) {
  const llvm::json::Value *value = get(key);
  if (!value || isNullValue(*value))
    return;
  JsonInput fields(*value, path.field(key), problem);
  result.emplace();
  fields.number("low", result->low);
  fields.number("high", result->high);
}

void JsonInput::bound(llvm::StringLiteral key, std::optional<Bound> &result) {
  const llvm::json::Value *value = get(key);
  if (!value || isNullValue(*value))
    return;
  result.emplace(Bound::hbm());
  word(key, *result, parseBound, "expected a bound such as 'hbm'");
}

void JsonInput::operations(llvm::StringLiteral key, WorkList &result) {
  members(key, [&](llvm::StringRef name, const llvm::json::Value &value,
                   Path place) {
    Count ops;
    readCount(value, place, ops);
    if (std::optional<UnitType> where = parseUnitType(name))
      result.add({*where, ops});
    else
      problem.report(place, "expected a unit and type such as 'matrix_bf16'");
  });
}

void JsonInput::place(llvm::StringLiteral key,
                      std::optional<SourcePlace> &result, size_t files) {
  if (const llvm::json::Value *value = get(key))
    readPlace(*value, path.field(key), result, files);
}

void JsonInput::demand(Demand &result) {
  operations("operations", result.work);
  count("read_bytes", result.readBytes);
  count("written_bytes", result.writtenBytes);
  if (!has("contraction"))
    return;
  JsonInput fields(*object->get("contraction"), path.field("contraction"),
                   problem);
  ContractionShape &shape = result.contraction.emplace();
  fields.count("batch", shape.batch);
  fields.count("m", shape.m);
  fields.count("n", shape.n);
  fields.count("k", shape.k);
}

JsonInput JsonInput::fields(llvm::StringLiteral key) {
  static const llvm::json::Value nothing = llvm::json::Object();
  const llvm::json::Value *value = get(key);
  return JsonInput(value ? *value : nothing, path.field(key), problem);
}

void JsonInput::array(
    llvm::StringLiteral key,
    llvm::function_ref<void(const llvm::json::Value &, Path)> readItem) {
  const llvm::json::Value *value = get(key);
  if (!value)
    return;
  const llvm::json::Array *items = value->getAsArray();
  if (!items)
    return problem.report(path.field(key), "expected an array");
  Path place = path.field(key);
  for (size_t index = 0; index < items->size() && !problem.isSet(); ++index)
    readItem((*items)[index], place.index(unsigned(index)));
}

void JsonInput::objects(llvm::StringLiteral key,
                        llvm::function_ref<void(JsonInput &)> readItem) {
  array(key, [&](const llvm::json::Value &value, Path place) {
    JsonInput item(value, place, problem);
    readItem(item);
  });
}

void JsonInput::texts(llvm::StringLiteral key,
                      std::vector<std::string> &result) {
  array(key, [&](const llvm::json::Value &value, Path place) {
    readText(value, place, result.emplace_back());
  });
}

void JsonInput::sizes(llvm::StringLiteral key, std::vector<size_t> &result) {
  array(key, [&](const llvm::json::Value &value, Path place) {
    Count count;
    readCount(value, place, count);
    std::optional<uint64_t> size = count.asUint64();
    if (!size)
      return problem.report(place, "expected a smaller number");
    result.push_back(*size);
  });
}

void JsonInput::counts(llvm::StringLiteral key, std::vector<Count> &result) {
  array(key, [&](const llvm::json::Value &value, Path place) {
    readCount(value, place, result.emplace_back());
  });
}

void JsonInput::places(llvm::StringLiteral key,
                       std::vector<std::optional<SourcePlace>> &result,
                       size_t files) {
  array(key, [&](const llvm::json::Value &value, Path place) {
    readPlace(value, place, result.emplace_back(), files);
  });
}

void JsonInput::members(
    llvm::StringLiteral key,
    llvm::function_ref<void(llvm::StringRef, const llvm::json::Value &, Path)>
        readMember) {
  const llvm::json::Value *value = get(key);
  if (!value)
    return;
  const llvm::json::Object *entries = value->getAsObject();
  if (!entries)
    return problem.report(path.field(key), "expected an object");
  std::vector<llvm::StringRef> names;
  for (const auto &entry : *entries)
    names.push_back(entry.first);
  llvm::sort(names);
  Path place = path.field(key);
  for (llvm::StringRef name : names)
    readMember(name, *entries->get(name), place.field(name));
}

void JsonInput::expectSize(llvm::StringLiteral key, size_t actual,
                           size_t expected) {
  if (actual != expected)
    problem.report(path.field(key),
                   "expected as many entries as there are of its companions");
}

const llvm::json::Value *JsonInput::get(llvm::StringLiteral key) {
  if (!object || problem.isSet())
    return nullptr;
  const llvm::json::Value *value = object->get(key);
  if (!value)
    problem.report(path.field(key), "missing");
  return value;
}

void JsonInput::readText(const llvm::json::Value &value, Path place,
                         std::string &result) {
  if (std::optional<llvm::StringRef> text = value.getAsString())
    result = text->str();
  else
    problem.report(place, "expected text");
}

void JsonInput::readNumber(const llvm::json::Value &value, Path place,
                           double &result) {
  if (std::optional<double> number = value.getAsNumber();
      number && std::isfinite(*number) && *number >= 0)
    result = *number;
  else
    problem.report(place, "expected a number that is not negative");
}

void JsonInput::readCount(const llvm::json::Value &value, Path place,
                          Count &result) {
  std::optional<Count> count;
  if (std::optional<uint64_t> number = value.getAsUINT64())
    count = Count(*number);
  else if (std::optional<llvm::StringRef> digits = value.getAsString())
    count = Count::parse(*digits);
  if (count)
    result = *count;
  else
    problem.report(place, "expected a count below 2^128");
}

void JsonInput::readPlace(const llvm::json::Value &value, Path place,
                          std::optional<SourcePlace> &result, size_t files) {
  if (isNullValue(value))
    return;
  constexpr llvm::StringLiteral expectation =
      "expected a number of a source file, a line and a column";
  const llvm::json::Array *numbers = value.getAsArray();
  if (!numbers || numbers->size() != 3)
    return problem.report(place, expectation);
  uint32_t parts[3];
  for (auto [part, number] : llvm::zip(parts, *numbers)) {
    std::optional<int64_t> integer = number.getAsInteger();
    if (!integer || *integer < 0 || *integer > UINT32_MAX)
      return problem.report(place, expectation);
    part = static_cast<uint32_t>(*integer);
  }
  if (parts[0] >= files)
    return problem.report(place, expectation);
  result = SourcePlace{parts[0], parts[1], parts[2]};
}

std::string JsonInput::reason() {
  std::string reason = noReason.str();
  if (has("reason"))
    text("reason", reason);
  return reason;
}

} // namespace roofline
