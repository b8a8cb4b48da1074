//===- CommonOptions.cpp - Options that commands share --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommonOptions.h"

#include "CommandLine.h"

#include "roofline/Target/Quantity.h"

#include "llvm/Support/Process.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <functional>

namespace cl = llvm::cl;

namespace roofline {

TargetNamesOption::TargetNamesOption(cl::SubCommand &command)
    : cl::list<std::string>(
          "target", cl::value_desc("name,..."), cl::CommaSeparated,
          cl::desc("Targets to estimate on; see roofline targets"),
          cl::sub(command), cl::cat(optionCategory())) {}

TargetFilesOption::TargetFilesOption(cl::SubCommand &command)
    : cl::list<std::string>(
          "target-file", cl::value_desc("file"),
          cl::desc("Target file that comes before the built-in ones"),
          cl::sub(command), cl::cat(optionCategory())) {}

LowConfidenceOption::LowConfidenceOption(cl::SubCommand &command)
    : cl::opt<bool>(
          "allow-low-confidence",
          cl::desc("Give times for targets whose files are not to be trusted"),
          cl::sub(command), cl::cat(optionCategory())) {}

OutputOption::OutputOption(cl::SubCommand &command, Folders folders)
    : cl::opt<std::string>("o", cl::value_desc("file"),
                           cl::desc(folders == Folders::Yes
                                        ? "File to write, or FOLDER/ for one "
                                          "per model; - is standard output"
                                        : "File to write; - is standard "
                                          "output"),
                           cl::init("-"), cl::sub(command),
                           cl::cat(optionCategory())) {}

MinCoverageOption::MinCoverageOption(cl::SubCommand &command)
    : cl::opt<std::string>(
          "min-coverage", cl::value_desc("percent"),
          cl::desc("Least share of ops and of bytes that has to be modelled; "
                   "else the exit code is 3"),
          cl::sub(command), cl::cat(optionCategory())) {}

llvm::Expected<std::optional<double>> MinCoverageOption::share() const {
  if (getNumOccurrences() == 0)
    return std::nullopt;
  llvm::StringRef text = llvm::StringRef(getValue()).trim();
  text.consume_back("%");
  llvm::Expected<double> share =
      parseQuantity(text.rtrim().str() + "%", Dimension::Share);
  if (!share)
    llvm::consumeError(share.takeError());
  else if (*share <= 1)
    return std::optional<double>(*share);
  return llvm::createStringError(
      "--min-coverage expects a share from 0 to 100 %%, got '%s'",
      getValue().c_str());
}

TextOrJsonOption::TextOrJsonOption(cl::SubCommand &command)
    : cl::opt<ReportFormat>(
          "format", cl::desc("Format of the output"),
          cl::init(ReportFormat::Text),
          cl::values(clEnumValN(ReportFormat::Text, "text", "for people"),
                     clEnumValN(ReportFormat::Json, "json", "for programs")),
          cl::sub(command), cl::cat(optionCategory())) {}

ModelArgument::ModelArgument(cl::SubCommand &command)
    : cl::opt<std::string>(cl::Positional,
                           cl::desc("<model file, or - for standard input>"),
                           cl::sub(command), cl::cat(optionCategory())) {}

ModelArguments::ModelArguments(cl::SubCommand &command)
    : cl::list<std::string>(
          cl::Positional,
          cl::desc("<model files or folders, or - for standard input>"),
          cl::sub(command), cl::cat(optionCategory())) {}

JobsOption::JobsOption(cl::SubCommand &command)
    : cl::opt<unsigned>(
          "j", cl::value_desc("n"),
          cl::desc("Models to work on at once; by default as many as there "
                   "are processors"),
          cl::Prefix, cl::sub(command), cl::cat(optionCategory())) {}

ConsoleOptions::ConsoleOptions(cl::SubCommand &command)
    : color("color", cl::desc("Whether the output is coloured"),
            cl::init(Color::Auto),
            cl::values(clEnumValN(Color::Auto, "auto",
                                  "on a terminal, unless NO_COLOR is set"),
                       clEnumValN(Color::Always, "always", "in any case"),
                       clEnumValN(Color::Never, "never", "not at all")),
            cl::sub(command), cl::cat(optionCategory())),
      quiet("quiet", cl::desc("Say nothing but errors on standard error"),
            cl::sub(command), cl::cat(optionCategory())) {}

void ConsoleOptions::apply() const {
  llvm::errs().enable_colors(areDiagnosticsColored());
  // LLVM would ask whether a stream is a terminal, which those that collect the
  // diagnostics of one model are not.
  llvm::WithColor::setAutoDetectFunction(
      [](const llvm::raw_ostream &os) { return os.colors_enabled(); });
}

/// https://no-color.org: any value but the empty one.
static bool isColorRefused() {
  const char *value = std::getenv("NO_COLOR");
  return value && *value;
}

bool ConsoleOptions::isColored(llvm::StringRef path) const {
  if (color != Color::Auto)
    return color == Color::Always;
  return path == "-" && !isColorRefused() &&
         llvm::sys::Process::StandardOutHasColors();
}

bool ConsoleOptions::areDiagnosticsColored() const {
  if (color != Color::Auto)
    return color == Color::Always;
  return !isColorRefused() && llvm::sys::Process::StandardErrHasColors();
}

PortingOptions::PortingOptions(cl::SubCommand &command)
    : catalogueFiles("catalogue", cl::value_desc("file"),
                     cl::desc("Catalogue file that comes before the built-in "
                              "ones: which kernels there are"),
                     cl::sub(command), cl::cat(optionCategory())),
      releases("release", cl::value_desc("software=version"),
               cl::CommaSeparated,
               cl::desc("Release that is installed on the target, such as "
                        "cann=8.2.RC1; the latest by default"),
               cl::sub(command), cl::cat(optionCategory())),
      noCommunity(
          "no-community",
          cl::desc("Leave out kernels of projects that are not the vendor's"),
          cl::sub(command), cl::cat(optionCategory())),
      effortFile("effort-file", cl::value_desc("file"),
                 cl::desc("File with the person-days of remedies"),
                 cl::sub(command), cl::cat(optionCategory())) {}

PortingNames PortingOptions::names(std::string from,
                                   const TargetFilesOption &targetFiles,
                                   bool allowLowConfidence) const {
  PortingNames names;
  names.from = std::move(from);
  llvm::append_range(names.targetFiles, targetFiles);
  names.allowLowConfidence = allowLowConfidence;
  llvm::append_range(names.catalogueFiles, catalogueFiles);
  llvm::append_range(names.releases, releases);
  names.includesCommunity = !noCommunity;
  names.effortFile = effortFile;
  return names;
}

llvm::Expected<PortingRequest> PortingOptions::requestFrom(
    const std::string &from, const TargetFilesOption &targetFiles,
    bool allowLowConfidence, TargetPtrs &targets) const {
  llvm::Expected<PortingRequest> request =
      resolvePortingFrom(names(from, targetFiles, allowLowConfidence));
  if (request)
    addSource(targets, *request);
  return request;
}

llvm::Expected<EffortTable> PortingOptions::efforts() const {
  if (effortFile.empty())
    return EffortTable();
  return EffortTable::read(effortFile);
}

llvm::StringRef PortingOptions::firstGiven() const {
  // A list of options has another address than that of the option.
  const std::reference_wrapper<const cl::Option> options[] = {
      catalogueFiles, releases, noCommunity, effortFile};
  for (const cl::Option &option : options)
    if (option.getNumOccurrences() > 0)
      return option.ArgStr;
  return "";
}

ModelOptions::ModelOptions(cl::SubCommand &command)
    : entry("entry", cl::value_desc("name"),
            cl::desc("Function to count; by default main, or the one that "
                     "nothing calls"),
            cl::sub(command), cl::cat(optionCategory())),
      tripCounts("trip-count", cl::value_desc("loop=n"),
                 cl::desc("Trips of a loop, by the name that the report "
                          "lists: @main/while#0=128"),
                 cl::sub(command), cl::cat(optionCategory())),
      weights("weights", cl::value_desc("regex"),
              cl::desc("Arguments that are weights, by name; by default those "
                       "that are used as parameters only"),
              cl::sub(command), cl::cat(optionCategory())),
      f32("f32", cl::desc("How f32 contractions and convolutions run"),
          cl::init(F32Precision::FromGraph),
          cl::values(clEnumValN(F32Precision::FromGraph, "graph",
                                "as the op says; tf32 where it says nothing"),
                     clEnumValN(F32Precision::TF32, "tf32",
                                "rounded to tf32 (hf32 on Ascend)"),
                     clEnumValN(F32Precision::Strict, "strict", "in full f32")),
          cl::sub(command), cl::cat(optionCategory())),
      fusion("fusion", cl::desc("Which ops run as one launch"),
             cl::init(Fusion::Library),
             cl::values(clEnumValN(Fusion::None, "none",
                                   "every op by itself: the graph as it is"),
                        clEnumValN(Fusion::Compiler, "compiler",
                                   "what XLA and Inductor fuse"),
                        clEnumValN(Fusion::Library, "library",
                                   "what compilers fuse, and the fused kernels "
                                   "of vendors' libraries")),
             cl::sub(command), cl::cat(optionCategory())),
      launching(
          "launch", cl::desc("How kernels get onto the device"),
          cl::init(Launching::Queued),
          cl::values(
              clEnumValN(Launching::Queued, "graph",
                         "captured or submitted ahead: the device never waits"),
              clEnumValN(Launching::Eager, "eager",
                         "one by one: a kernel takes at least the host's time "
                         "to submit it")),
          cl::sub(command), cl::cat(optionCategory())),
      customCallFiles(
          "custom-calls", cl::value_desc("file"),
          cl::desc("File that says what custom calls cost; it comes before "
                   "what is built in"),
          cl::sub(command), cl::cat(optionCategory())) {}

llvm::Expected<TripCounts> ModelOptions::parseTripCounts() const {
  TripCounts parsed;
  for (llvm::StringRef text : tripCounts) {
    auto [name, digits] = text.rsplit('=');
    std::optional<Count> count = Count::parse(digits);
    // Beyond 2^63 a loop does not end; products stay within 128 bits.
    constexpr uint64_t maxTrips = uint64_t(1) << 63;
    if (name.empty() || !count || Count(maxTrips) < *count)
      return llvm::createStringError(
          "--trip-count expects a loop and its trips, such as "
          "'@main/while#0=128', got '%s'",
          text.str().c_str());
    if (!parsed.try_emplace(name.str(), *count).second)
      return llvm::createStringError("--trip-count gives '%s' twice",
                                     name.str().c_str());
  }
  return parsed;
}

llvm::Expected<ReportRequest> ModelOptions::request() const {
  ReportRequest request;
  llvm::Expected<TripCounts> trips = parseTripCounts();
  if (!trips)
    return trips.takeError();
  request.tripCounts = std::move(*trips);
  if (!weights.empty()) {
    auto names = std::make_shared<const llvm::Regex>(weights);
    std::string problem;
    if (!names->isValid(problem))
      return llvm::createStringError(
          "--weights expects a regular expression: %s", problem.c_str());
    request.weights = std::move(names);
  }
  llvm::Expected<std::shared_ptr<const CustomCallTable>> customCalls =
      readCustomCalls(customCallFiles);
  if (!customCalls)
    return customCalls.takeError();
  request.demand.customCalls = std::move(*customCalls);
  request.demand.f32 = f32;
  request.entry = entry;
  request.fusion = fusion;
  request.launching = launching;
  return request;
}

} // namespace roofline
