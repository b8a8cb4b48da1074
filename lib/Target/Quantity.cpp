//===- Quantity.cpp - Numbers with units ----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Target/Quantity.h"

#include "roofline/Model/FileError.h"
#include "roofline/Model/NearestNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <cstdlib>
#include <optional>

namespace roofline {

namespace {

struct DimensionFacts {
  Dimension dimension;
  llvm::StringLiteral description;
  llvm::StringLiteral base;
  llvm::StringLiteral display;
  llvm::StringLiteral accepted;
};

// In the order of the enumeration, which `facts` relies on.
constexpr DimensionFacts dimensions[] = {
    {Dimension::OpRate, "operations per second", "op/s", "OP/s",
     "FLOP/s or OP/s with k, M, G, T or P"},
    {Dimension::OpsPerClock, "operations per clock", "op/clk", "OP/clk",
     "FLOP/clk or OP/clk"},
    {Dimension::ByteRate, "bytes per second", "B/s", "B/s",
     "B/s, decimal with k, M, G, T or P, binary with Ki, Mi, Gi or Ti"},
    {Dimension::Bytes, "a size in bytes", "B", "B",
     "B, decimal with k, M, G or T, binary with Ki, Mi, Gi or Ti"},
    {Dimension::BytesPerClock, "bytes per clock", "B/clk", "B/clk", "B/clk"},
    {Dimension::BitRate, "bits per second", "bit/s", "b/s",
     "b/s with k, M or G"},
    {Dimension::Bits, "a width in bits", "bit", "bit", "bit"},
    {Dimension::Frequency, "a frequency", "Hz", "Hz", "Hz with k, M or G"},
    {Dimension::Time, "a time", "s", "s", "s, ms, us or ns"},
    {Dimension::Power, "a power", "W", "W", "W or kW"},
    {Dimension::Operations, "a number of operations", "op", "op",
     "op, or the prefix alone, with k, M, G, T, P or E"},
    {Dimension::Work, "an amount of work", "day", "days", "day or days"},
    {Dimension::Share, "a share", "", "%", "%"},
    {Dimension::Count, "a whole number", "", "", ""},
    {Dimension::Number, "a number", "", "", ""},
    {Dimension::Text, "text", "", "", ""},
    {Dimension::Type, "an element type", "", "", ""},
};

const DimensionFacts &facts(Dimension dimension) {
  const DimensionFacts &entry = dimensions[static_cast<size_t>(dimension)];
  assert(entry.dimension == dimension &&
         "table is not in the order of the enumeration");
  return entry;
}

/// A unit that is a power of ten or of two of its base unit.
struct UnitOfMeasure {
  llvm::StringLiteral name;
  Dimension dimension;
  int powerOfTen;
  int powerOfTwo = 0;
};

constexpr UnitOfMeasure units[] = {
    {"OP/s", Dimension::OpRate, 0},
    {"kOP/s", Dimension::OpRate, 3},
    {"MOP/s", Dimension::OpRate, 6},
    {"GOP/s", Dimension::OpRate, 9},
    {"TOP/s", Dimension::OpRate, 12},
    {"POP/s", Dimension::OpRate, 15},
    {"FLOP/s", Dimension::OpRate, 0},
    {"kFLOP/s", Dimension::OpRate, 3},
    {"MFLOP/s", Dimension::OpRate, 6},
    {"GFLOP/s", Dimension::OpRate, 9},
    {"TFLOP/s", Dimension::OpRate, 12},
    {"PFLOP/s", Dimension::OpRate, 15},
    {"OP/clk", Dimension::OpsPerClock, 0},
    {"FLOP/clk", Dimension::OpsPerClock, 0},
    {"B/s", Dimension::ByteRate, 0},
    {"kB/s", Dimension::ByteRate, 3},
    {"MB/s", Dimension::ByteRate, 6},
    {"GB/s", Dimension::ByteRate, 9},
    {"TB/s", Dimension::ByteRate, 12},
    {"PB/s", Dimension::ByteRate, 15},
    {"KiB/s", Dimension::ByteRate, 0, 10},
    {"MiB/s", Dimension::ByteRate, 0, 20},
    {"GiB/s", Dimension::ByteRate, 0, 30},
    {"TiB/s", Dimension::ByteRate, 0, 40},
    {"B", Dimension::Bytes, 0},
    {"kB", Dimension::Bytes, 3},
    {"KB", Dimension::Bytes, 3},
    {"MB", Dimension::Bytes, 6},
    {"GB", Dimension::Bytes, 9},
    {"TB", Dimension::Bytes, 12},
    {"KiB", Dimension::Bytes, 0, 10},
    {"MiB", Dimension::Bytes, 0, 20},
    {"GiB", Dimension::Bytes, 0, 30},
    {"TiB", Dimension::Bytes, 0, 40},
    {"B/clk", Dimension::BytesPerClock, 0},
    {"b/s", Dimension::BitRate, 0},
    {"kb/s", Dimension::BitRate, 3},
    {"Mb/s", Dimension::BitRate, 6},
    {"Gb/s", Dimension::BitRate, 9},
    {"bit", Dimension::Bits, 0},
    {"Hz", Dimension::Frequency, 0},
    {"kHz", Dimension::Frequency, 3},
    {"MHz", Dimension::Frequency, 6},
    {"GHz", Dimension::Frequency, 9},
    {"ns", Dimension::Time, -9},
    {"us", Dimension::Time, -6},
    {"ms", Dimension::Time, -3},
    {"s", Dimension::Time, 0},
    {"W", Dimension::Power, 0},
    {"kW", Dimension::Power, 3},
    {"op", Dimension::Operations, 0},
    {"kop", Dimension::Operations, 3},
    {"Mop", Dimension::Operations, 6},
    {"Gop", Dimension::Operations, 9},
    {"Top", Dimension::Operations, 12},
    {"Pop", Dimension::Operations, 15},
    {"Eop", Dimension::Operations, 18},
    {"k", Dimension::Operations, 3},
    {"M", Dimension::Operations, 6},
    {"G", Dimension::Operations, 9},
    {"T", Dimension::Operations, 12},
    {"P", Dimension::Operations, 15},
    {"E", Dimension::Operations, 18},
    {"day", Dimension::Work, 0},
    {"days", Dimension::Work, 0},
    {"%", Dimension::Share, -2},
};

const UnitOfMeasure *findUnit(llvm::StringRef name) {
  for (const UnitOfMeasure &unit : units)
    if (unit.name == name)
      return &unit;
  return nullptr;
}

/// Whether a value is read more easily with a decimal prefix.
bool isPrefixed(Dimension dimension) {
  switch (dimension) {
  case Dimension::OpRate:
  case Dimension::ByteRate:
  case Dimension::Bytes:
  case Dimension::BitRate:
  case Dimension::Frequency:
  case Dimension::Time:
  case Dimension::Operations:
    return true;
  case Dimension::OpsPerClock:
  case Dimension::BytesPerClock:
  case Dimension::Bits:
  case Dimension::Power:
  case Dimension::Work:
  case Dimension::Share:
  case Dimension::Count:
  case Dimension::Number:
  case Dimension::Text:
  case Dimension::Type:
    return false;
  }
  return false;
}

/// Splits `4.8 TB/s` behind the number; the first part is empty where the text
/// does not start with one.
std::pair<llvm::StringRef, llvm::StringRef> splitNumber(llvm::StringRef text) {
  size_t at = 0;
  auto skipDigits = [&](size_t from) {
    while (from < text.size() && llvm::isDigit(text[from]))
      ++from;
    return from;
  };
  if (at < text.size() && (text[at] == '-' || text[at] == '+'))
    ++at;
  size_t afterDigits = skipDigits(at);
  size_t digits = afterDigits - at;
  at = afterDigits;
  if (at < text.size() && text[at] == '.') {
    afterDigits = skipDigits(at + 1);
    digits += afterDigits - (at + 1);
    at = afterDigits;
  }
  if (digits == 0)
    return {llvm::StringRef(), text};
  // An exponent only where digits follow, lest it swallow a unit.
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    size_t exponent = at + 1;
    if (exponent < text.size() &&
        (text[exponent] == '-' || text[exponent] == '+'))
      ++exponent;
    if (size_t end = skipDigits(exponent); end != exponent)
      at = end;
  }
  return {text.take_front(at), text.drop_front(at)};
}

/// `number` x 10^`powerOfTen`, rounded once: `2.4 us` is the double nearest to
/// 0.0000024. False where it is no number or does not fit.
bool toDouble(llvm::StringRef number, int powerOfTen, double &value) {
  size_t at = number.find_first_of("eE");
  int exponent = 0;
  if (at != llvm::StringRef::npos) {
    llvm::StringRef digits = number.drop_front(at + 1);
    digits.consume_front("+");
    if (digits.getAsInteger(10, exponent) || std::abs(exponent) > 1000)
      return false;
  }
  std::string scaled =
      (number.substr(0, at) + "e" + llvm::Twine(exponent + powerOfTen)).str();
  return !llvm::StringRef(scaled).getAsDouble(value) && std::isfinite(value);
}

/// `expected bytes per second (B/s, ...)`.
std::string expectation(Dimension dimension) {
  std::string text = ("expected " + describe(dimension)).str();
  if (llvm::StringRef accepted = acceptedUnits(dimension); !accepted.empty())
    text += (" (" + accepted + ")").str();
  return text;
}

/// The unit of things that are only counted.
constexpr UnitOfMeasure noUnit = {"", Dimension::Number, 0};

/// The unit `name` if it is one of `dimension`.
llvm::Expected<const UnitOfMeasure *> parseUnitName(llvm::StringRef name,
                                                    llvm::StringRef whole,
                                                    Dimension dimension) {
  const bool hasUnits = !acceptedUnits(dimension).empty();
  if (name.empty()) {
    if (!hasUnits)
      return &noUnit;
    return makeFileError("'" + whole + "' has no unit; " +
                         expectation(dimension));
  }
  if (name.front() == ',' || name.front() == '_' || name.front() == '\'')
    return makeFileError("'" + whole +
                         "' is not a number; write digits without grouping");
  if (const UnitOfMeasure *unit = findUnit(name)) {
    if (unit->dimension == dimension)
      return unit;
    return makeFileError("'" + whole + "' is " + describe(unit->dimension) +
                         "; " + expectation(dimension));
  }
  if (!hasUnits)
    return makeFileError("'" + whole + "' has something behind the number; " +
                         expectation(dimension) + " without a unit");
  llvm::SmallVector<llvm::StringRef> candidates;
  for (const UnitOfMeasure &unit : units)
    if (unit.dimension == dimension)
      candidates.push_back(unit.name);
  std::string message = ("unknown unit '" + name + "'; ").str();
  std::vector<llvm::StringRef> near = nearestNames(name, candidates, 1);
  if (!near.empty())
    message += "did you mean " + quotedList(near) + "? ";
  return makeFileError(message + expectation(dimension));
}

} // namespace

llvm::StringRef describe(Dimension dimension) {
  return facts(dimension).description;
}

llvm::StringRef baseUnit(Dimension dimension) { return facts(dimension).base; }

llvm::StringRef acceptedUnits(Dimension dimension) {
  return facts(dimension).accepted;
}

bool isQuantity(Dimension dimension) {
  return dimension != Dimension::Text && dimension != Dimension::Type;
}

llvm::Expected<double> parseQuantity(llvm::StringRef text,
                                     Dimension dimension) {
  assert(isQuantity(dimension) && "words are not quantities");
  text = text.trim();
  auto [number, rest] = splitNumber(text);
  auto notFinite = [&, whole = text] {
    return makeFileError("'" + whole + "' is not a finite number; " +
                         expectation(dimension));
  };
  if (number.empty())
    return notFinite();
  llvm::Expected<const UnitOfMeasure *> unit =
      parseUnitName(rest.trim(), text, dimension);
  if (!unit)
    return unit.takeError();
  double value = 0;
  if (!toDouble(number, (*unit)->powerOfTen, value))
    return notFinite();
  value = std::ldexp(value, (*unit)->powerOfTwo);
  if (!std::isfinite(value))
    return notFinite();
  if (std::signbit(value))
    return makeFileError("'" + text + "' is negative; " +
                         expectation(dimension) + " above zero");
  if (dimension == Dimension::Count && value != std::floor(value))
    return makeFileError("'" + text + "' is not whole; " +
                         expectation(dimension));
  return value;
}

std::string formatQuantity(double value, Dimension dimension) {
  struct Prefix {
    llvm::StringLiteral name;
    double factor;
  };
  static constexpr Prefix prefixes[] = {{"P", 1e15}, {"T", 1e12}, {"G", 1e9},
                                        {"M", 1e6},  {"k", 1e3},  {"", 1},
                                        {"m", 1e-3}, {"u", 1e-6}, {"n", 1e-9}};
  llvm::StringRef unit = facts(dimension).display;
  Prefix scale = {"", 1};
  if (isPrefixed(dimension))
    for (const Prefix &prefix : prefixes) {
      scale = prefix;
      if (value >= prefix.factor)
        break;
    }
  if (dimension == Dimension::Share)
    value *= 100;
  std::string text;
  llvm::raw_string_ostream os(text);
  // Five digits tell every published figure apart and hide rounding; counts
  // are shown whole.
  bool isWhole =
      !isPrefixed(dimension) && value == std::floor(value) && value < 1e15;
  os << llvm::format(isWhole ? "%.0f" : "%.5g", value / scale.factor);
  if (!unit.empty())
    os << ' ' << scale.name << unit;
  return text;
}

} // namespace roofline
