//===- SourceFields.cpp - Fields of facts and their sources ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Target/SourceFields.h"

#include "roofline/Model/NearestNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace roofline {

namespace {

bool isDate(llvm::StringRef text) {
  constexpr unsigned highest[] = {9999, 12, 31};
  llvm::SmallVector<llvm::StringRef, 3> parts;
  text.split(parts, '-');
  if (parts.size() > std::size(highest))
    return false;
  for (auto [index, part] : llvm::enumerate(parts)) {
    unsigned number = 0;
    if (part.size() != (index == 0 ? 4 : 2) || part.getAsInteger(10, number) ||
        number == 0 || number > highest[index])
      return false;
  }
  return true;
}

} // namespace

bool isFactName(llvm::StringRef text) {
  auto isLetterOrDigit = [](char c) {
    return llvm::isLower(c) || llvm::isDigit(c);
  };
  return !text.empty() && isLetterOrDigit(text.front()) &&
         llvm::all_of(text, [&](char c) {
           return isLetterOrDigit(c) || c == '-' || c == '.' || c == '_';
         });
}

std::vector<llvm::StringRef> namesOf(llvm::ArrayRef<HeaderKey> keys) {
  std::vector<llvm::StringRef> names;
  for (const HeaderKey &key : keys)
    names.push_back(key.name);
  return names;
}

llvm::Expected<Confidence>
readConfidence(YamlFile &yaml, llvm::yaml::Node &value, llvm::StringRef path) {
  static constexpr Confidence all[] = {
      Confidence::Datasheet, Confidence::Paper, Confidence::Measured,
      Confidence::ThirdParty, Confidence::Inferred};
  std::vector<llvm::StringRef> names;
  for (Confidence confidence : all)
    names.push_back(stringify(confidence));
  llvm::Expected<std::string> text =
      yaml.getText(value, path, "write " + quotedList(names));
  if (!text)
    return text.takeError();
  if (std::optional<Confidence> confidence = parseConfidence(*text))
    return *confidence;
  return makeFileError(yaml.locate(value), "unknown confidence '" + *text +
                                               "'; expected " +
                                               quotedList(names));
}

llvm::Expected<std::string> readDate(YamlFile &yaml, llvm::yaml::Node &value,
                                     llvm::StringRef path) {
  constexpr llvm::StringLiteral expectation =
      "write YYYY, YYYY-MM or YYYY-MM-DD";
  llvm::Expected<std::string> text = yaml.getText(value, path, expectation);
  if (text && !isDate(*text))
    return makeFileError(yaml.locate(value),
                         "'" + *text + "' is not a date; " + expectation);
  return text;
}

} // namespace roofline
