//===- BudgetReader.cpp - Reading budgets ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Check/Budget.h"

#include "roofline/Model/NearestNames.h"
#include "roofline/Model/YamlFile.h"

#include "llvm/ADT/STLExtras.h"

namespace roofline {

namespace {

constexpr llvm::StringLiteral unchanged = "unchanged";

/// Reads the sections of a budget.
class BudgetReader {
public:
  BudgetReader(llvm::StringRef text, llvm::StringRef file)
      : yaml(text, file, "budget", "limits") {}

  llvm::Error read(Budget &budget);

private:
  llvm::Error readKey(LimitSet &set, llvm::StringRef path, llvm::StringRef key,
                      const FileLocation &where, llvm::yaml::Node &value,
                      llvm::ArrayRef<llvm::StringRef> known);
  llvm::Error readModels(Budget &budget, llvm::yaml::Node &value);
  llvm::Error readTargets(LimitSet &set, llvm::yaml::Node &value);
  llvm::Error readLimits(std::vector<Limit> &limits, llvm::StringRef path,
                         llvm::yaml::Node &value, bool isPerTarget);
  llvm::Error readLimit(std::vector<Limit> &limits, llvm::StringRef path,
                        llvm::StringRef key, const FileLocation &where,
                        llvm::yaml::Node &value, bool isPerTarget);
  llvm::Error readBound(std::vector<Limit> &limits, llvm::yaml::Node &value);
  llvm::Error readBoundChanges(std::vector<Limit> &limits,
                               llvm::yaml::Node &value);
  llvm::Error readGrade(std::vector<Limit> &limits, llvm::yaml::Node &value);
  llvm::Error readValue(std::vector<Limit> &limits, const Measure &measure,
                        llvm::yaml::Node &value);

  YamlFile yaml;
};

/// The measures of a key.
std::vector<const Measure *> measuresOf(llvm::StringRef key) {
  std::vector<const Measure *> found;
  for (const Measure &measure : allMeasures())
    if (measure.key == key)
      found.push_back(&measure);
  return found;
}

/// The keys of limits that are per target or are not.
std::vector<llvm::StringRef> limitKeys(bool isPerTarget) {
  std::vector<llvm::StringRef> keys;
  for (const Measure &measure : allMeasures())
    if (measure.isPerTarget() == isPerTarget &&
        !llvm::is_contained(keys, llvm::StringRef(measure.key)))
      keys.push_back(measure.key);
  if (isPerTarget)
    keys.insert(keys.end(), {"bound", "bound_changes", "grade"});
  return keys;
}

llvm::Error unknownKey(const FileLocation &where, llvm::StringRef key,
                       llvm::StringRef path,
                       llvm::ArrayRef<llvm::StringRef> known,
                       llvm::StringRef what) {
  std::string in = path.empty() ? std::string() : " in '" + path.str() + "'";
  return makeFileError(where, "unknown key '" + key + "'" + in + "; " +
                                  suggestName(key, known, what));
}

/// An example of a limit for a message.
llvm::StringRef exampleOf(Dimension dimension) {
  switch (dimension) {
  case Dimension::Time:
    return "12 ms";
  case Dimension::Bytes:
    return "3 GiB";
  case Dimension::Operations:
    return "2.1 Top";
  case Dimension::Share:
    return "95 %";
  case Dimension::Work:
    return "10 days";
  default:
    return "300";
  }
}

/// `12 ms` or `+1 %`.
std::string expectation(const Measure &measure) {
  return ("write a limit such as '" + exampleOf(measure.dimension) +
          "', or '+1 %' for one per cent more than the baseline")
      .str();
}

llvm::Error BudgetReader::read(Budget &budget) {
  return yaml.read([&](llvm::StringRef key, const FileLocation &where,
                       llvm::yaml::Node &value) -> llvm::Error {
    if (key == "models")
      return readModels(budget, value);
    return readKey(budget.common, "", key, where, value,
                   {"baseline", "from", "limits", "targets", "models"});
  });
}

llvm::Error BudgetReader::readKey(LimitSet &set, llvm::StringRef path,
                                  llvm::StringRef key,
                                  const FileLocation &where,
                                  llvm::yaml::Node &value,
                                  llvm::ArrayRef<llvm::StringRef> known) {
  if (key == "limits")
    return readLimits(set.limits, key, value, /*isPerTarget=*/false);
  if (key == "targets")
    return readTargets(set, value);
  if (key != "baseline" && key != "from")
    return unknownKey(where, key, path, known, "keys");
  bool isBaseline = key == "baseline";
  llvm::Expected<std::string> text = yaml.getText(
      value, key,
      isBaseline ? "write the path of a saved report, relative to the budget"
                 : "write the name of the target that the model runs on now");
  if (!text)
    return text.takeError();
  (isBaseline ? set.baseline : set.from) =
      PlacedText{std::move(*text), yaml.locate(value)};
  return llvm::Error::success();
}

llvm::Error BudgetReader::readModels(Budget &budget, llvm::yaml::Node &value) {
  return yaml.readMapping(
      value, "models",
      [&](llvm::StringRef name, const FileLocation &where,
          llvm::yaml::Node &node) -> llvm::Error {
        ModelLimits model{name.str(), where, {}};
        if (llvm::Error error = yaml.readMapping(
                node, name,
                [&](llvm::StringRef key, const FileLocation &keyWhere,
                    llvm::yaml::Node &keyNode) {
                  return readKey(model.limits, model.name, key, keyWhere,
                                 keyNode,
                                 {"baseline", "from", "limits", "targets"});
                }))
          return error;
        budget.models.push_back(std::move(model));
        return llvm::Error::success();
      });
}

llvm::Error BudgetReader::readTargets(LimitSet &set, llvm::yaml::Node &value) {
  return yaml.readMapping(
      value, "targets",
      [&](llvm::StringRef name, const FileLocation &where,
          llvm::yaml::Node &node) -> llvm::Error {
        TargetLimits target{name.str(), where, {}};
        if (llvm::Error error =
                readLimits(target.limits, name, node, /*isPerTarget=*/true))
          return error;
        set.targets.push_back(std::move(target));
        return llvm::Error::success();
      });
}

llvm::Error BudgetReader::readLimits(std::vector<Limit> &limits,
                                     llvm::StringRef path,
                                     llvm::yaml::Node &value,
                                     bool isPerTarget) {
  return yaml.readMapping(value, path,
                          [&](llvm::StringRef key, const FileLocation &where,
                              llvm::yaml::Node &node) {
                            return readLimit(limits, path, key, where, node,
                                             isPerTarget);
                          });
}

llvm::Error BudgetReader::readLimit(std::vector<Limit> &limits,
                                    llvm::StringRef path, llvm::StringRef key,
                                    const FileLocation &where,
                                    llvm::yaml::Node &value, bool isPerTarget) {
  if (!llvm::is_contained(limitKeys(isPerTarget), key)) {
    if (!llvm::is_contained(limitKeys(!isPerTarget), key))
      return unknownKey(where, key, path, limitKeys(isPerTarget), "limits");
    return makeFileError(
        where, "'" + key + "' " +
                   (isPerTarget ? "is the same on every target; put it under "
                                  "'limits'"
                                : "depends on the target; put it under the "
                                  "name of one in 'targets'"));
  }
  if (key == "bound")
    return readBound(limits, value);
  if (key == "bound_changes")
    return readBoundChanges(limits, value);
  if (key == "grade")
    return readGrade(limits, value);
  std::vector<const Measure *> parts = measuresOf(key);
  auto *mapping = llvm::dyn_cast<llvm::yaml::MappingNode>(&value);
  if (!mapping || parts.front()->part.empty())
    return readValue(limits, *parts.front(), value);
  return yaml.readMapping(
      *mapping, key,
      [&](llvm::StringRef name, const FileLocation &partWhere,
          llvm::yaml::Node &node) -> llvm::Error {
        std::vector<llvm::StringRef> known;
        for (const Measure *part : parts) {
          if (part->part == name)
            return readValue(limits, *part, node);
          known.push_back(part->part);
        }
        return unknownKey(partWhere, name, key, known, "keys");
      });
}

llvm::Error BudgetReader::readBound(std::vector<Limit> &limits,
                                    llvm::yaml::Node &value) {
  llvm::Expected<std::string> text = yaml.getText(
      value, "bound", "write 'unchanged', 'hbm' or a unit and type");
  if (!text)
    return text.takeError();
  Limit limit;
  limit.kind = LimitKind::Bound;
  limit.text = *text;
  limit.where = yaml.locate(value);
  limit.bound = parseBound(*text);
  if (!limit.bound && *text != unchanged) {
    std::vector<std::string> spellings = {unchanged.str(), Bound::hbm().str()};
    for (Unit unit : allUnits())
      for (ElementType type : allElementTypes())
        spellings.push_back(UnitType{unit, type}.str());
    std::vector<llvm::StringRef> known(spellings.begin(), spellings.end());
    std::vector<llvm::StringRef> near = nearestNames(*text, known);
    return makeFileError(
        limit.where,
        "unknown bound '" + *text + "'; " +
            (near.empty() ? std::string("write 'unchanged', 'hbm' or a unit "
                                        "and type such as 'matrix_bf16'")
                          : "did you mean " + quotedList(near) + "?"));
  }
  limits.push_back(std::move(limit));
  return llvm::Error::success();
}

llvm::Error BudgetReader::readBoundChanges(std::vector<Limit> &limits,
                                           llvm::yaml::Node &value) {
  constexpr llvm::StringLiteral expectation =
      "write how many kernels may have another bound than in the baseline, "
      "such as '0'";
  llvm::Expected<std::string> text =
      yaml.getText(value, "bound_changes", expectation);
  if (!text)
    return text.takeError();
  Limit limit;
  limit.kind = LimitKind::BoundChanges;
  limit.text = *text;
  limit.where = yaml.locate(value);
  llvm::Expected<double> number = parseQuantity(*text, Dimension::Count);
  if (!number) {
    llvm::consumeError(number.takeError());
    return makeFileError(limit.where, "'bound_changes': '" + *text +
                                          "' is no number of kernels; " +
                                          expectation);
  }
  limit.value = *number;
  limits.push_back(std::move(limit));
  return llvm::Error::success();
}

llvm::Error BudgetReader::readGrade(std::vector<Limit> &limits,
                                    llvm::yaml::Node &value) {
  constexpr llvm::StringLiteral expectation =
      "write 'unchanged' or the least grade, from 'A' to 'E'";
  llvm::Expected<std::string> text = yaml.getText(value, "grade", expectation);
  if (!text)
    return text.takeError();
  Limit limit;
  limit.kind = LimitKind::Grade;
  limit.text = *text;
  limit.where = yaml.locate(value);
  limit.grade = parsePortingGrade(*text);
  if (!limit.grade && *text != unchanged)
    return makeFileError(limit.where,
                         "unknown grade '" + *text + "'; " + expectation);
  if (limit.grade == PortingGrade::E)
    return makeFileError(limit.where,
                         "'grade': every model keeps 'E'; " + expectation);
  limits.push_back(std::move(limit));
  return llvm::Error::success();
}

llvm::Error BudgetReader::readValue(std::vector<Limit> &limits,
                                    const Measure &measure,
                                    llvm::yaml::Node &value) {
  llvm::Expected<std::string> read =
      yaml.getText(value, measure.key, expectation(measure));
  if (!read)
    return read.takeError();
  Limit limit;
  limit.measure = &measure;
  limit.text = *read;
  limit.where = yaml.locate(value);
  auto fail = [&](const llvm::Twine &message) {
    return makeFileError(limit.where, "'" + measure.name() + "': " + message);
  };
  llvm::StringRef text = llvm::StringRef(*read).trim();
  bool isMore = text.consume_front("+");
  bool isLess = !isMore && text.consume_front("-");
  limit.isRelative = isMore || isLess;
  bool isShare = text.ends_with("%");
  if (isShare && !limit.isRelative && measure.dimension != Dimension::Share)
    return fail("'" + text + "' has no sign; write '+" + text +
                "' for so much more than the baseline");
  if (limit.isRelative && !isShare)
    return fail("'" + *read + "' has a sign, but is no share; " +
                expectation(measure));
  llvm::Expected<double> number = parseQuantity(
      text, limit.isRelative ? Dimension::Share : measure.dimension);
  if (!number) {
    std::string message;
    llvm::handleAllErrors(number.takeError(), [&](const FileError &error) {
      message = error.getMessage().str();
    });
    return fail(message);
  }
  limit.value = isLess ? -*number : *number;
  if (limit.isRelative && limit.value <= -1)
    return fail("'" + *read + "' leaves nothing of the baseline; " +
                expectation(measure));
  if (!limit.isRelative && measure.sense == Sense::AtMost &&
      !measure.canBeZero && limit.value == 0)
    return fail("no model keeps a limit of '" + *read + "'; " +
                expectation(measure));
  if (!limit.isRelative && measure.dimension == Dimension::Share &&
      limit.value > 1)
    return fail("no model reaches '" + *read + "'; write at most '100 %'");
  limits.push_back(std::move(limit));
  return llvm::Error::success();
}

} // namespace

llvm::Expected<Budget> readBudget(llvm::StringRef text, llvm::StringRef file) {
  Budget budget;
  budget.file = file.str();
  if (llvm::Error error = BudgetReader(text, file).read(budget))
    return error;
  return budget;
}

llvm::Expected<Budget> readBudgetFile(const std::string &path) {
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> text =
      readYamlText(path, "budget");
  if (!text)
    return text.takeError();
  return readBudget((*text)->getBuffer(), path);
}

} // namespace roofline
