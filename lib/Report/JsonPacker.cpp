//===- JsonPacker.cpp - JSON without repeated keys ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "JsonPacker.h"

#include "llvm/ADT/StringExtras.h"

#include <algorithm>

namespace roofline {

std::string JsonPacker::pack(llvm::StringRef json) {
  rest = json;
  std::string text;
  packValue(text);
  return text;
}

std::string JsonPacker::keys() const {
  std::string text = "[";
  for (const std::string &list : lists)
    text += (text.size() > 1 ? ",[" : "[") + list + "]";
  return text + "]";
}

void JsonPacker::packValue(std::string &text) {
  if (take('{'))
    packObject(text);
  else if (take('['))
    packArray(text);
  else
    text += takeScalar();
}

void JsonPacker::packObject(std::string &text) {
  std::string keys, values;
  while (!take('}') && !rest.empty()) {
    if (!keys.empty())
      keys += ",";
    keys += takeScalar();
    take(':');
    values += ",";
    packValue(values);
    take(',');
  }
  auto [it, isNew] = numberOf.try_emplace(keys, lists.size() + 1);
  if (isNew)
    lists.push_back(keys);
  text += "[" + llvm::utostr(it->second) + values + "]";
}

void JsonPacker::packArray(std::string &text) {
  text += "[0";
  while (!take(']') && !rest.empty()) {
    text += ",";
    packValue(text);
    take(',');
  }
  text += "]";
}

bool JsonPacker::take(char mark) {
  rest = rest.ltrim();
  return rest.consume_front(llvm::StringRef(&mark, 1));
}

llvm::StringRef JsonPacker::takeScalar() {
  rest = rest.ltrim();
  size_t end = 0;
  if (rest.starts_with("\"")) {
    for (end = 1; end < rest.size() && rest[end] != '"'; ++end)
      if (rest[end] == '\\')
        ++end;
    ++end;
  } else {
    end = rest.find_first_of(",]}: \n");
  }
  llvm::StringRef scalar = rest.take_front(std::max<size_t>(end, 1));
  rest = rest.drop_front(scalar.size());
  return scalar;
}

} // namespace roofline
