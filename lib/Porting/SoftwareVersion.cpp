//===- SoftwareVersion.cpp - Releases of software stacks ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/SoftwareVersion.h"

#include "llvm/ADT/StringExtras.h"

#include <utility>

namespace roofline {

namespace {

constexpr size_t maxNumbers = 4;
/// Of the release itself; earlier stages are below, later ones above.
constexpr unsigned releaseStage = 3;
constexpr std::pair<llvm::StringLiteral, unsigned> stages[] = {
    {"alpha", 0}, {"beta", 1}, {"rc", 2}, {"post", 4}};

/// Takes a number of at most nine digits off the front.
std::optional<unsigned> takeNumber(llvm::StringRef &text) {
  llvm::StringRef digits = text.take_while(llvm::isDigit);
  unsigned number = 0;
  if (digits.size() > 9 || digits.getAsInteger(10, number))
    return std::nullopt;
  text = text.drop_front(digits.size());
  return number;
}

} // namespace

std::optional<SoftwareVersion> SoftwareVersion::parse(llvm::StringRef text) {
  SoftwareVersion version;
  version.text = text.str();
  do {
    std::optional<unsigned> number = takeNumber(text);
    if (!number || version.key.size() == maxNumbers)
      return std::nullopt;
    version.key.push_back(*number);
  } while (text.size() > 1 && text.front() == '.' && llvm::isDigit(text[1]) &&
           text.consume_front("."));
  version.key.resize(maxNumbers);
  if (text.empty()) {
    version.key.append({releaseStage, 0});
    return version;
  }
  text.consume_front(".");
  for (const auto &[name, stage] : stages) {
    if (!text.consume_front_insensitive(name))
      continue;
    std::optional<unsigned> number = takeNumber(text);
    if (!number || !text.empty())
      return std::nullopt;
    version.key.append({stage, *number});
    return version;
  }
  return std::nullopt;
}

} // namespace roofline
