//===- Calibrations.cpp - Parameters of time models in files --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Calibrations.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

namespace roofline {

namespace {

/// Paths of fields are made up from names of models; the schema refers to them
/// for as long as the program runs.
llvm::StringRef keep(std::string text) {
  static std::vector<std::unique_ptr<std::string>> kept;
  kept.push_back(std::make_unique<std::string>(std::move(text)));
  return *kept.back();
}

Dimension dimensionOf(ParameterUnit unit) {
  switch (unit) {
  case ParameterUnit::Seconds:
    return Dimension::Time;
  case ParameterUnit::BytesPerSecond:
    return Dimension::ByteRate;
  case ParameterUnit::Number:
    break;
  }
  return Dimension::Number;
}

/// Each model once, in the order of its first key.
std::vector<const TimeModel *> models() {
  std::vector<const TimeModel *> list;
  for (const CalibrationKey &key : calibrationKeys())
    if (!llvm::is_contained(list, key.model))
      list.push_back(key.model);
  return list;
}

/// What is known of the errors of one regime.
struct ErrorField {
  llvm::StringLiteral name;
  Dimension dimension;
  double lowest;
  double highest;
  double RegimeError::*member;
  llvm::StringLiteral meaning;
};

// An error of several times the measurement, or an interval beyond a factor of
// a hundred, is a model of something else.
constexpr ErrorField errorFields[] = {
    {"rows", Dimension::Count, 1, 1e9, &RegimeError::rows,
     "shapes that the figures come from"},
    {"mape", Dimension::Number, 0, 10, &RegimeError::mape,
     "mean of |estimate / measurement - 1| of shapes that the fit did not see"},
    {"median", Dimension::Number, 0, 10, &RegimeError::median,
     "median of the same"},
    {"low", Dimension::Number, 0.01, 10, &RegimeError::low,
     "a tenth of measurements are below this multiple of the estimate"},
    {"high", Dimension::Number, 0.1, 100, &RegimeError::high,
     "a tenth of measurements are above this multiple of the estimate"},
};

constexpr llvm::StringLiteral kernelsKey = "kernels";
constexpr llvm::StringLiteral fittedKey = "fitted";
constexpr llvm::StringLiteral borrowedKey = "borrowed_from";

std::vector<llvm::StringRef> regimesOf(const TimeModel &model) {
  std::vector<llvm::StringRef> regimes = {allRegimes};
  llvm::append_range(regimes, model.regimes);
  return regimes;
}

std::string prefixOf(llvm::StringRef key) {
  return ("calibration." + key + ".").str();
}

/// The calibration of `key` on `target`, and what is missing from it.
struct Reading {
  Calibration calibration;
  /// The first fact of the calibration; null where there is none.
  const TargetFact *first = nullptr;
  std::vector<llvm::StringRef> missing;
};

Reading readCalibration(const Target &target, const CalibrationKey &key) {
  Reading reading;
  reading.calibration.key = key.name.str();
  reading.calibration.model = key.model;
  const std::string prefix = prefixOf(key.name);
  auto find = [&](const llvm::Twine &name) {
    const TargetFact *fact = target.findFact((prefix + name).str());
    if (fact && !reading.first)
      reading.first = fact;
    return fact;
  };
  find(fittedKey);
  if (const TargetFact *fact = find(borrowedKey))
    reading.calibration.borrowedFrom = fact->text;
  for (const ModelParameter &parameter : key.model->parameters) {
    const TargetFact *fact = find(parameter.name);
    if (!fact && !parameter.neutral)
      reading.missing.push_back(parameter.name);
    reading.calibration.values.push_back(fact ? fact->getQuantity()
                                              : parameter.neutral.value_or(0));
    if (fact && fact->statedBy != target.getName() &&
        reading.calibration.borrowedFrom.empty())
      reading.calibration.borrowedFrom = fact->statedBy;
  }
  if (!key.model->kernels.empty()) {
    if (const TargetFact *fact = find(kernelsKey))
      reading.calibration.kernels = fact->text;
    else
      reading.missing.push_back(kernelsKey);
  }
  for (llvm::StringRef regime : regimesOf(*key.model)) {
    RegimeError errors;
    errors.regime = regime.str();
    bool isStated = false;
    for (const ErrorField &field : errorFields)
      if (const TargetFact *fact =
              find("errors." + regime + "." + field.name)) {
        errors.*field.member = fact->getQuantity();
        isStated = true;
      }
    if (isStated)
      reading.calibration.errors.push_back(std::move(errors));
  }
  return reading;
}

} // namespace

std::vector<SchemaField> calibrationFields() {
  std::vector<SchemaField> fields;
  for (const TimeModel *model : models()) {
    const std::string prefix = prefixOf(("<" + model->name + ">").str());
    auto add = [&](const llvm::Twine &name, Dimension dimension, double lowest,
                   double highest, llvm::StringRef meaning,
                   llvm::ArrayRef<llvm::StringLiteral> words = {}) {
      fields.push_back({keep((prefix + name).str()), dimension, lowest, highest,
                        meaning, words});
    };
    add(fittedKey, Dimension::Text, 0, 0, "when and how it was fitted");
    add(borrowedKey, Dimension::Text, 0, 0,
        "the target whose measurements it comes from, where another");
    if (!model->kernels.empty())
      add(kernelsKey, Dimension::Text, 0, 0, "the kernels that it describes",
          model->kernels);
    for (const ModelParameter &parameter : model->parameters)
      add(parameter.name, dimensionOf(parameter.unit), parameter.lowest,
          parameter.highest, parameter.meaning);
    for (llvm::StringRef regime : regimesOf(*model))
      for (const ErrorField &field : errorFields)
        add("errors." + regime + "." + field.name, field.dimension,
            field.lowest, field.highest, field.meaning);
  }
  return fields;
}

std::string calibrationsToMarkdown() {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "\nA calibration `calibration.<key>` may state when and how it was "
        "fitted (`fitted`), on which other target (`borrowed_from`), which "
        "kernels it describes (`kernels`), the "
        "parameters of its time model, and errors `errors.<regime>`, where "
        "`all` is every regime together:\n\n"
        "| key | value | plausible | meaning |\n|---|---|---|---|\n";
  for (const ErrorField &field : errorFields)
    os << "| `errors.<regime>." << field.name << "` | "
       << describe(field.dimension) << " | "
       << formatQuantity(field.lowest, field.dimension) << " to "
       << formatQuantity(field.highest, field.dimension) << " | "
       << field.meaning << " |\n";
  for (const TimeModel *model : models()) {
    std::vector<std::string> keys;
    for (const CalibrationKey &key : calibrationKeys())
      if (key.model == model)
        keys.push_back(("`" + key.name + "`").str());
    os << "\nThe time of " << model->meaning << ": " << llvm::join(keys, ", ")
       << "\n\n";
    auto printWords = [&](llvm::StringRef title,
                          llvm::ArrayRef<llvm::StringLiteral> words) {
      if (words.empty())
        return;
      os << title << ": ";
      llvm::interleaveComma(
          words, os, [&](llvm::StringRef word) { os << '`' << word << '`'; });
      os << "\n\n";
    };
    printWords("Kernels", model->kernels);
    printWords("Regimes", model->regimes);
    os << "| parameter | value | interval | if not stated | meaning "
          "|\n|---|---|---|---|---|\n";
    for (const ModelParameter &parameter : model->parameters) {
      Dimension dimension = dimensionOf(parameter.unit);
      os << "| `" << parameter.name << "` | " << describe(dimension) << " | "
         << formatQuantity(parameter.lowest, dimension) << " to "
         << formatQuantity(parameter.highest, dimension) << " | "
         << (parameter.neutral ? "left out" : "an error") << " | "
         << parameter.meaning << " |\n";
    }
  }
  return text;
}

llvm::Expected<std::vector<Calibration>>
readCalibrations(const Target &target) {
  std::vector<Calibration> calibrations;
  for (const CalibrationKey &key : calibrationKeys()) {
    Reading reading = readCalibration(target, key);
    if (!reading.first)
      continue;
    if (!reading.missing.empty())
      return makeFileError(reading.first->where,
                           "calibration '" + key.name + "' has no '" +
                               reading.missing.front() +
                               "'; add it, or calibrate the target anew");
    for (const RegimeError &errors : reading.calibration.errors)
      if (errors.low > errors.high)
        return makeFileError(
            reading.first->where,
            "calibration '" + key.name + "': the interval of regime '" +
                errors.regime +
                "' ends before it begins; 'low' is the smaller one, and 1 "
                "where it is not stated");
    calibrations.push_back(std::move(reading.calibration));
  }
  return calibrations;
}

} // namespace roofline
