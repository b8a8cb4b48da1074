//===- JsonFields.cpp - Attributes that JSON views share ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "JsonFields.h"

#include "llvm/Support/FormatVariadic.h"

#include <cmath>

namespace roofline {

namespace {

std::string placeText(const std::optional<SourcePlace> &place) {
  if (!place)
    return "null";
  return llvm::formatv("[{0}, {1}, {2}]", place->file, place->line,
                       place->column);
}

} // namespace

void JsonFields::count(llvm::StringRef key, const KnownOr<Count> &value) {
  json.attributeBegin(key);
  json.rawValue(value && !value->isOverflow() ? value->str() : "null");
  json.attributeEnd();
}

void JsonFields::number(llvm::StringRef key, std::optional<double> value) {
  json.attributeBegin(key);
  json.rawValue(value && std::isfinite(*value)
                    ? llvm::formatv("{0:e6}", *value).str()
                    : "null");
  json.attributeEnd();
}

void JsonFields::known(llvm::StringRef key, std::optional<double> value) {
  if (value)
    json.attribute(key, *value);
  else
    json.attribute(key, nullptr);
}

void JsonFields::interval(llvm::StringRef key,
                          const std::optional<TimeInterval> &value) {
  if (!value)
    return json.attribute(key, nullptr);
  json.attributeObject(key, [&] {
    number("low", value->low);
    number("high", value->high);
  });
}

void JsonFields::place(llvm::StringRef key,
                       const std::optional<SourcePlace> &value) {
  json.attributeBegin(key);
  json.rawValue(placeText(value));
  json.attributeEnd();
}

void JsonFields::places(llvm::StringRef key,
                        llvm::ArrayRef<std::optional<SourcePlace>> values) {
  std::string list;
  for (const std::optional<SourcePlace> &value : values)
    list += (list.empty() ? "" : ", ") + placeText(value);
  json.attributeBegin(key);
  json.rawValue("[" + list + "]");
  json.attributeEnd();
}

void JsonFields::sizes(llvm::StringRef key, llvm::ArrayRef<size_t> values) {
  std::string list;
  for (size_t value : values)
    list += (list.empty() ? "" : ", ") + std::to_string(value);
  json.attributeBegin(key);
  json.rawValue("[" + list + "]");
  json.attributeEnd();
}

void JsonFields::assumptions(llvm::ArrayRef<Assumption> values) {
  json.attributeArray("assumptions", [&] {
    for (const Assumption &assumption : values)
      json.object([&] {
        json.attribute("id", assumption.id);
        json.attribute("text", assumption.text);
      });
  });
}

void JsonFields::texts(llvm::StringRef key,
                       llvm::ArrayRef<std::string> values) {
  json.attributeArray(key, [&] {
    for (const std::string &value : values)
      json.value(jsonText(value));
  });
}

} // namespace roofline
