//===- PlainText.cpp - Text of comparisons and verdicts -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlainText.h"

#include "roofline/Report/ScaledUnits.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cmath>

namespace roofline {

namespace {

constexpr size_t pageWidth = 100;

} // namespace

std::string printable(llvm::StringRef text) {
  std::string result = llvm::json::fixUTF8(text);
  std::replace_if(
      result.begin(), result.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; },
      '?');
  return result;
}

void printWrapped(llvm::raw_ostream &os, llvm::StringRef text, unsigned first,
                  unsigned rest) {
  std::string line(first, ' ');
  bool isEmpty = true;
  std::string clean = printable(text);
  llvm::SmallVector<llvm::StringRef> words;
  llvm::StringRef(clean).split(words, ' ', /*MaxSplit=*/-1,
                               /*KeepEmpty=*/false);
  for (llvm::StringRef word : words) {
    if (!isEmpty && line.size() + 1 + word.size() > pageWidth) {
      os << line << "\n";
      line.assign(rest, ' ');
      isEmpty = true;
    }
    line += (isEmpty ? "" : " ") + word.str();
    isEmpty = false;
  }
  os << line << "\n";
}

std::string valueText(const KnownOr<double> &value, const Measure &measure) {
  return value ? measureText(*value, measure.dimension) : "unknown";
}

std::string changeOfValues(const KnownOr<double> &before,
                           const KnownOr<double> &after) {
  return before && after ? changeText(*before, *after) : std::string();
}

std::string placesText(llvm::ArrayRef<KernelPlace> places, size_t most) {
  std::string text;
  for (const KernelPlace &place : places.take_front(most))
    text += (text.empty() ? "" : ", ") + place.location;
  if (places.size() > most)
    text += " and " + std::to_string(places.size() - most) + " more";
  return text;
}

std::string timeText(const TimeChange &time) {
  auto seconds = [](const KnownOr<double> &value) {
    return value ? scaled(*value, "s") : std::string("unknown");
  };
  std::string text = seconds(time.before) + " -> " + seconds(time.after);
  if (time.before && time.after && *time.before > 0 && *time.after > 0)
    text += " (" + changeText(*time.before, *time.after) + ")";
  return text;
}

std::string findingTitle(const PortFinding &finding) {
  if (!finding.isVerdict || finding.op.empty())
    return finding.rule + " " + finding.title;
  return finding.rule + " " + stringify(finding.status).str() + " of " +
         finding.op;
}

std::string markdownText(llvm::StringRef text) {
  std::string result;
  for (char c : printable(text)) {
    if (llvm::StringRef("\\`*_|<[]").contains(c))
      result += '\\';
    result += c;
  }
  return result;
}

void writeNumber(llvm::json::OStream &json, llvm::StringRef key,
                 const KnownOr<double> &value, Dimension dimension) {
  if (!value || !std::isfinite(*value))
    return json.attribute(key, nullptr);
  json.attributeBegin(key);
  // Times as in reports; counts are whole, but may be beyond 64 bits.
  if (dimension == Dimension::Time)
    json.rawValue(llvm::formatv("{0:e6}", *value).str());
  else if (*value == std::floor(*value))
    json.rawValue(llvm::formatv("{0:F0}", *value).str());
  else
    json.rawValue(llvm::formatv("{0:F6}", *value).str());
  json.attributeEnd();
}

} // namespace roofline
