//===- EffortTable.cpp - How many days a remedy takes ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/EffortTable.h"

#include "roofline/Model/NearestNames.h"
#include "roofline/Model/YamlFile.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

namespace roofline {

namespace {

// Days of one person who knows both stacks, with tests and review: our own
// judgement, no measurement (P1 to P3 of docs/Porting.md).
constexpr Days defaultDays[] = {
    {0, 0},   // none
    {0.5, 2}, // low: call another API, convert a layout at load time
    {2, 8},   // medium: convert and calibrate types, or a decomposition
    {10, 40}, // high: write, tune and test a kernel
};

constexpr llvm::StringLiteral expectation =
    "write days of one person: '2', or '0.5 .. 2'";

std::optional<double> parseDays(llvm::StringRef text) {
  double days = 0;
  // More days than people have are a slip of the pen.
  constexpr double most = 10000;
  if (text.trim().getAsDouble(days) || !std::isfinite(days) || days < 0 ||
      days > most)
    return std::nullopt;
  return days;
}

std::optional<Days> parseInterval(llvm::StringRef text) {
  auto [low, high] = text.split("..");
  std::optional<double> first = parseDays(low);
  std::optional<double> second = text.contains("..") ? parseDays(high) : first;
  if (!first || !second || *second < *first)
    return std::nullopt;
  return Days{*first, *second};
}

/// Reads a file into the two tables.
class EffortReader {
public:
  using Assign = llvm::function_ref<llvm::Error(
      llvm::StringRef name, const FileLocation &where, Days days)>;

  EffortReader(llvm::StringRef text, llvm::StringRef file)
      : yaml(text, file, "effort file", "levels") {}

  llvm::Error read(Assign assignLevel, Assign assignRule) {
    return yaml.read([&](llvm::StringRef key, const FileLocation &where,
                         llvm::yaml::Node &value) -> llvm::Error {
      if (key != "levels" && key != "rules")
        return makeFileError(where,
                             "unknown key '" + key + "'; " +
                                 suggestName(key, {"levels", "rules"}, "keys"));
      llvm::Expected<llvm::yaml::MappingNode *> mapping =
          yaml.getMapping(value, key);
      if (!mapping)
        return mapping.takeError();
      return yaml.readMapping(
          **mapping, key,
          [&, isLevel = key == "levels"](
              llvm::StringRef name, const FileLocation &place,
              llvm::yaml::Node &days) -> llvm::Error {
            llvm::Expected<std::string> text =
                yaml.getText(days, name, expectation);
            if (!text)
              return text.takeError();
            std::optional<Days> interval = parseInterval(*text);
            if (!interval)
              return makeFileError(yaml.locate(days),
                                   "'" + *text + "' is no number of days; " +
                                       expectation);
            return (isLevel ? assignLevel : assignRule)(name, place, *interval);
          });
    });
  }

private:
  YamlFile yaml;
};

} // namespace

EffortTable::EffortTable() { llvm::copy(defaultDays, ofLevel.begin()); }

llvm::Expected<EffortTable> EffortTable::read(llvm::StringRef path) {
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> text =
      readYamlText(path.str(), "effort file");
  if (!text)
    return text.takeError();
  EffortTable table;
  table.file = path.str();
  auto assignLevel = [&](llvm::StringRef name, const FileLocation &where,
                         Days days) -> llvm::Error {
    // Nothing takes no time, and of a blocker no number is known.
    static constexpr llvm::StringLiteral names[] = {"low", "medium", "high"};
    if (!llvm::is_contained(names, name)) {
      std::vector<llvm::StringRef> known(std::begin(names), std::end(names));
      return makeFileError(where, "unknown level '" + name + "'; " +
                                      suggestName(name, known, "levels"));
    }
    table.ofLevel[static_cast<size_t>(*parseEffortLevel(name))] = days;
    return llvm::Error::success();
  };
  auto assignRule = [&](llvm::StringRef name, const FileLocation &where,
                        Days days) -> llvm::Error {
    const PortingRule *rule = findPortingRule(name);
    std::vector<llvm::StringRef> known;
    for (const PortingRule &one : portingRules())
      known.push_back(one.id);
    if (!rule)
      return makeFileError(where, "unknown rule '" + name + "'; " +
                                      suggestName(name, known, "rules"));
    if (rule->level == EffortLevel::Blocker)
      return makeFileError(where, "no work helps against '" + name +
                                      "'; leave it out");
    table.ofRule[rule->id.str()] = days;
    return llvm::Error::success();
  };
  EffortReader reader((*text)->getBuffer(), path);
  if (llvm::Error error = reader.read(assignLevel, assignRule))
    return error;
  return table;
}

Days EffortTable::days(EffortLevel level) const {
  return level == EffortLevel::Blocker ? Days()
                                       : ofLevel[static_cast<size_t>(level)];
}

Days EffortTable::days(const PortingRule &rule) const {
  auto it = ofRule.find(rule.id.str());
  return it == ofRule.end() ? days(rule.level) : it->second;
}

} // namespace roofline
