//===- CalibrateCommand.cpp - roofline calibrate --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "MeasuredData.h"

#include "roofline/Calibration/CalibrationText.h"
#include "roofline/Calibration/Fit.h"
#include "roofline/Driver/Output.h"
#include "roofline/Model/NearestNames.h"
#include "roofline/Model/YamlFile.h"
#include "roofline/Report/FitView.h"
#include "roofline/Target/TargetRegistry.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("calibrate",
                          "fit a target's time models to measured times");

cl::opt<std::string> targetName("target", cl::value_desc("name"),
                                cl::desc("Target that the data are of"),
                                cl::sub(subcommand), cl::cat(optionCategory()));

TargetFilesOption targetFiles(subcommand);

DataOptions data(subcommand);

cl::list<std::string>
    models("model", cl::value_desc("key,..."), cl::CommaSeparated,
           cl::desc("Calibrations to fit, gemm_bf16 for one; by default all "
                    "that there are data for"),
           cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<std::string>
    kernelNames("kernels", cl::value_desc("key=name"),
                cl::desc("The kernels that a calibration describes; by default "
                         "those of the target's"),
                cl::sub(subcommand), cl::cat(optionCategory()));

enum class Start { Target, Defaults };

cl::opt<Start> start(
    "start", cl::desc("Where fits begin, and which parameters they change"),
    cl::init(Start::Target),
    cl::values(clEnumValN(Start::Target, "target",
                          "the target's values and the parameters it states"),
               clEnumValN(Start::Defaults, "defaults",
                          "the model's values and all of its parameters")),
    cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<std::string> freeNames("free", cl::value_desc("name,..."),
                                cl::CommaSeparated,
                                cl::desc("Parameters to fit instead"),
                                cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<std::string>
    fixedValues("fix", cl::value_desc("name=value"),
                cl::desc("Parameter to keep at a value: launch=2us"),
                cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<unsigned>
    folds("folds", cl::value_desc("n"),
          cl::desc("Parts of the data that are held out in turn; 2 by default"),
          cl::init(2), cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<unsigned> seed("seed", cl::value_desc("n"),
                       cl::desc("Another split of the data; 0 by default"),
                       cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<unsigned>
    evaluations("evaluations", cl::value_desc("n"),
                cl::desc("Points that one fit tries; 2000 by default"),
                cl::init(2000), cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string>
    sourceName("source", cl::value_desc("name"),
               cl::desc("Source that a target file gives for the values; by "
                        "default that of the calibration it has, or the names "
                        "of the data files"),
               cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string> dateText("date", cl::value_desc("yyyy-mm-dd"),
                              cl::desc("Date of the fit; today by default"),
                              cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string>
    output("o", cl::value_desc("file"),
           cl::desc("Target file to write, or to change if it is there; - is "
                    "standard output"),
           cl::init("-"), cl::sub(subcommand), cl::cat(optionCategory()));

llvm::Error checkNumbers() {
  // More parts than this leave each a few shapes; fewer hold nothing out.
  constexpr unsigned mostFolds = 100;
  if (folds < 2 || folds > mostFolds)
    return llvm::createStringError("--folds expects 2 to %u, got %u", mostFolds,
                                   unsigned(folds));
  constexpr unsigned mostEvaluations = 1000000;
  if (evaluations < 1 || evaluations > mostEvaluations)
    return llvm::createStringError("--evaluations expects 1 to %u, got %u",
                                   mostEvaluations, unsigned(evaluations));
  return llvm::Error::success();
}

/// The keys that `--model` names; all where it names none.
llvm::Expected<std::vector<const CalibrationKey *>> wantedKeys() {
  std::vector<const CalibrationKey *> keys;
  for (const CalibrationKey &key : calibrationKeys())
    if (models.empty() || llvm::is_contained(models, key.name))
      keys.push_back(&key);
  std::vector<llvm::StringRef> names;
  for (const CalibrationKey &key : calibrationKeys())
    names.push_back(key.name);
  for (const std::string &model : models)
    if (!llvm::is_contained(names, model))
      return llvm::createStringError(
          "--model: no calibration is called '%s'; %s", model.c_str(),
          suggestName(model, names, "calibrations").c_str());
  return keys;
}

/// The kernels of `key`: what `--kernels` says, else what `current` has.
llvm::Expected<std::string> kernelsOf(const CalibrationKey &key,
                                      const Calibration *current) {
  std::vector<llvm::StringRef> known(key.model->kernels.begin(),
                                     key.model->kernels.end());
  if (known.empty())
    return std::string();
  for (llvm::StringRef text : kernelNames) {
    auto [name, kernels] = text.split('=');
    if (name != key.name)
      continue;
    if (!llvm::is_contained(known, kernels))
      return llvm::createStringError(
          "--kernels: '%s' has no kernels '%s'; %s", key.name.data(),
          kernels.str().c_str(),
          suggestName(kernels, known, "kernels").c_str());
    return kernels.str();
  }
  if (current)
    return current->kernels;
  return llvm::createStringError(
      "the target has no calibration '%s' yet; say with --kernels=%s=NAME "
      "which kernels were measured: %s",
      key.name.data(), key.name.data(), quotedList(known).c_str());
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

/// Fails on a name that no model among `keys` has.
llvm::Error checkParameter(llvm::StringRef option, llvm::StringRef name,
                           llvm::ArrayRef<const CalibrationKey *> keys) {
  std::vector<llvm::StringRef> names;
  for (const CalibrationKey *key : keys)
    for (const ModelParameter &parameter : key->model->parameters)
      names.push_back(parameter.name);
  if (llvm::is_contained(names, name))
    return llvm::Error::success();
  return llvm::createStringError(
      "%s: no parameter is called '%s'; %s", option.str().c_str(),
      name.str().c_str(), suggestName(name, names, "parameters").c_str());
}

llvm::Error checkParameters(llvm::ArrayRef<const CalibrationKey *> keys) {
  for (const std::string &name : freeNames)
    if (llvm::Error error = checkParameter("--free", name, keys))
      return error;
  for (llvm::StringRef text : fixedValues) {
    auto [name, value] = text.split('=');
    if (value.empty())
      return llvm::createStringError(
          "--fix expects a parameter and its value, such as launch=2us, got "
          "'%s'",
          text.str().c_str());
    if (llvm::Error error = checkParameter("--fix", name, keys))
      return error;
  }
  return llvm::Error::success();
}

/// What to fit for `key`.
llvm::Expected<FitRequest> makeRequest(const CalibrationKey &key,
                                       const Target &target) {
  const Calibration *current = target.getMachine().findCalibration(key.name);
  FitRequest request;
  request.key = &key;
  request.folds = folds;
  request.seed = seed;
  request.evaluations = evaluations;
  llvm::Expected<std::string> kernels = kernelsOf(key, current);
  if (!kernels)
    return kernels.takeError();
  request.kernels = std::move(*kernels);
  bool fromTarget = current && start == Start::Target;
  for (auto [index, parameter] : llvm::enumerate(key.model->parameters)) {
    std::string path = ("calibration." + key.name + "." + parameter.name).str();
    bool isFree = freeNames.empty()
                      ? !fromTarget || target.findFact(path)
                      : llvm::is_contained(freeNames, parameter.name);
    double value = fromTarget ? current->values[index]
                   : isFree   ? parameter.start
                              : parameter.neutral.value_or(parameter.start);
    for (llvm::StringRef text : fixedValues) {
      auto [name, fixed] = text.split('=');
      if (name != parameter.name)
        continue;
      llvm::Expected<double> number =
          parseQuantity(fixed, dimensionOf(parameter.unit));
      if (!number)
        return llvm::handleErrors(
            number.takeError(), [](const FileError &problem) {
              return llvm::createStringError("--fix: " + problem.getMessage());
            });
      if (*number < parameter.lowest || *number > parameter.highest)
        return llvm::createStringError(
            "--fix: '%s' is from %s to %s", parameter.name.data(),
            formatQuantity(parameter.lowest, dimensionOf(parameter.unit))
                .c_str(),
            formatQuantity(parameter.highest, dimensionOf(parameter.unit))
                .c_str());
      value = *number;
      isFree = false;
    }
    request.start.push_back(value);
    request.isFree.push_back(isFree);
  }
  return request;
}

llvm::Expected<std::string> dateOfFit() {
  if (dateText.empty())
    return llvm::formatv("{0:%Y-%m-%d}", std::chrono::system_clock::now())
        .str();
  llvm::StringRef text = dateText;
  bool isDate = text.size() == 10;
  for (auto [index, c] : llvm::enumerate(text))
    isDate &= index == 4 || index == 7 ? c == '-' : c >= '0' && c <= '9';
  if (!isDate)
    return llvm::createStringError(
        "--date expects a date such as 2026-11-23, got '%s'", dateText.c_str());
  return text.str();
}

/// What one calibration is fitted on and how.
struct Fit {
  std::vector<FitSample> samples;
  FitRequest request;
  /// For the target file; empty where the file is new and defines it.
  std::string source;
};

/// A target with the file that its calibrations go into: the output where that
/// is there already, else the file that the user has given for it. Empty where
/// a new file extends a target that is found without it.
struct BaseTarget {
  std::shared_ptr<const Target> target;
  std::string file;
  /// The other target files that the user has given.
  std::vector<std::string> otherFiles;
};

llvm::Expected<BaseTarget> findBase() {
  bool isThere = output != "-" && llvm::sys::fs::exists(output);
  std::vector<std::string> files;
  if (isThere)
    files.push_back(output);
  for (const std::string &file : targetFiles)
    if (!isThere || file != output)
      files.push_back(file);
  // A file of low confidence becomes less so by what is measured.
  llvm::Expected<std::shared_ptr<const Target>> target =
      findMeasuredTarget(targetName, files, /*allowLowConfidence=*/true);
  if (!target)
    return target.takeError();
  BaseTarget base{*target, "", files};
  const std::string &place = (*target)->getLocation().file;
  if (llvm::is_contained(files, place)) {
    base.file = place;
    llvm::erase(base.otherFiles, place);
  }
  if (isThere && base.file != output)
    return makeFileError({output, 0, 0}, "describes another target than '" +
                                             targetName +
                                             "'; name another file to write");
  return base;
}

/// The source of an entry: what `--source` says, else that of the calibration
/// that the file to change has. Empty for a new file.
llvm::Expected<std::string> sourceOf(const CalibrationKey &key,
                                     const BaseTarget &base) {
  if (!sourceName.empty() || base.file.empty())
    return std::string(sourceName);
  for (const ModelParameter &parameter : key.model->parameters) {
    const TargetFact *fact = base.target->findFact(
        ("calibration." + key.name + "." + parameter.name).str());
    if (fact && fact->where.file == base.file)
      return fact->source->id;
  }
  return makeFileError({base.file, 0, 0},
                       "has no calibration '" + key.name +
                           "' yet; name one of the file's sources with "
                           "--source=NAME");
}

/// What there is to fit.
llvm::Expected<std::vector<Fit>>
planFits(const BaseTarget &base, llvm::ArrayRef<MeasuredWork> works,
         llvm::ArrayRef<const CalibrationKey *> keys) {
  const Target &target = *base.target;
  std::vector<Fit> fits;
  for (const CalibrationKey *key : keys) {
    if (models.empty() && !suitsMachine(*key, target.getMachine()))
      continue;
    Fit fit;
    fit.samples = fitSamples(works, *key);
    if (fit.samples.empty()) {
      if (models.empty())
        continue;
      return llvm::createStringError("--model: the data have no rows for '%s'",
                                     key->name.data());
    }
    llvm::Expected<FitRequest> request = makeRequest(*key, target);
    if (!request)
      return request.takeError();
    fit.request = std::move(*request);
    llvm::Expected<std::string> source = sourceOf(*key, base);
    if (!source)
      return source.takeError();
    fit.source = std::move(*source);
    fits.push_back(std::move(fit));
  }
  if (fits.empty())
    return llvm::createStringError(
        "the data have no rows of work that a time model is for; see roofline "
        "accuracy");
  return fits;
}

/// `error` with the name of the file to write for that of the one that stands
/// in for it.
llvm::Error renamed(llvm::Error error, llvm::StringRef standIn) {
  return llvm::handleErrors(std::move(error), [&](const FileError &problem) {
    FileLocation where = problem.getLocation();
    if (where.file == standIn)
      where.file = output;
    return makeFileError(where, problem.getMessage());
  });
}

/// Fails where `text` is no target file that has the target: it is looked at
/// before it takes the place of one that was.
llvm::Error checkTargetFile(llvm::StringRef text, const BaseTarget &base) {
  llvm::SmallString<128> path;
  int descriptor = 0;
  if (std::error_code code = llvm::sys::fs::createTemporaryFile(
          "roofline-target", "yaml", descriptor, path))
    return llvm::createStringError(code, "cannot write a temporary file: %s",
                                   code.message().c_str());
  llvm::FileRemover remover(path);
  llvm::raw_fd_ostream os(descriptor, /*shouldClose=*/true);
  os << text;
  os.close();
  if (os.has_error()) {
    std::error_code code = os.error();
    os.clear_error();
    return llvm::createStringError(code, "cannot write a temporary file: %s",
                                   code.message().c_str());
  }
  std::vector<std::string> files = {path.str().str()};
  llvm::append_range(files, base.otherFiles);
  llvm::Expected<TargetRegistry> registry = TargetRegistry::create(
      files, TargetRegistry::searchPathFromEnvironment());
  if (!registry)
    return renamed(registry.takeError(), path);
  return renamed(registry->find(targetName).takeError(), path);
}

/// The text of the target file to write.
llvm::Expected<std::string>
targetFileText(const BaseTarget &base, std::vector<CalibrationEntry> entries) {
  if (base.file.empty()) {
    std::string title = "Measured times in ";
    llvm::interleave(
        data.files,
        [&](llvm::StringRef file) { title += llvm::sys::path::filename(file); },
        [&] { title += ", "; });
    return newTargetFile(targetName, title, std::move(entries));
  }
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> text =
      readYamlText(base.file, "target file");
  if (!text)
    return text.takeError();
  return withCalibrations((*text)->getBuffer(), base.file, entries);
}

/// Fits, prints and writes.
llvm::Error calibrate() {
  // Without an optimiser nothing else matters.
  if (minimizerName().empty())
    return minimize([](llvm::ArrayRef<double>) { return 0.0; }, {}).takeError();
  if (llvm::Error error = checkNumbers())
    return error;
  llvm::Expected<std::vector<const CalibrationKey *>> keys = wantedKeys();
  if (!keys)
    return keys.takeError();
  if (llvm::Error error = checkParameters(*keys))
    return error;
  llvm::Expected<std::string> date = dateOfFit();
  if (!date)
    return date.takeError();
  llvm::Expected<BaseTarget> base = findBase();
  if (!base)
    return base.takeError();
  const Target &target = *base->target;
  std::vector<std::string> notes;
  llvm::Expected<std::vector<MeasuredRow>> rows =
      readMeasuredData(data, target.getName(), notes);
  if (!rows)
    return rows.takeError();
  llvm::Expected<std::vector<Fit>> fits =
      planFits(*base, measuredWorks(*rows, Reference::Minimum), *keys);
  if (!fits)
    return fits.takeError();

  llvm::raw_ostream &log = output == "-" ? llvm::errs() : llvm::outs();
  for (const std::string &note : notes)
    log << "note: " << note << '\n';
  std::vector<CalibrationEntry> entries;
  for (const Fit &fit : *fits) {
    llvm::Expected<FitResult> result =
        fitCalibration(fit.samples, target.getMachine(), fit.request, minimize);
    if (!result)
      return result.takeError();
    printFit(log, *result, fit.request);
    entries.push_back(
        {result->calibration, fit.source,
         llvm::formatv("{0}, {1}, {2} shapes of {3} sites", *date,
                       minimizerName(), result->samples, result->sites)
             .str()});
  }
  llvm::Expected<std::string> text = targetFileText(*base, std::move(entries));
  if (!text)
    return text.takeError();
  if (llvm::Error error = checkTargetFile(*text, *base))
    return error;
  if (llvm::Error error = writeOutput(output, *text))
    return error;
  if (output != "-")
    log << "wrote " << output << '\n';
  return llvm::Error::success();
}

int run() {
  llvm::Error error = calibrate();
  return error ? fail(std::move(error)) : int(exitFine);
}

} // namespace

const Command &calibrateCommand() {
  static const Command command = {
      &subcommand,
      "Fits the parameters of a target's time models to measured times, holds "
      "whole sites out to find the error, and writes a target file.\n\n"
      "Examples:\n"
      "  roofline calibrate --target=h200 --data=gemm.csv -o h200-fitted.yaml\n"
      "  roofline calibrate --target=h200 --data=gemm.csv --model=gemm_bf16 "
      "--start=defaults --kernels=gemm_bf16=wgmma\n"
      "  roofline report model.mlir --target-file=h200-fitted.yaml "
      "--target=h200\n",
      run};
  return command;
}

} // namespace roofline
