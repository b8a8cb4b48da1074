//===- ReportCommand.cpp - roofline report --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"

#include "roofline/Dialect/TolerantDialects.h"
#include "roofline/Driver/Driver.h"
#include "roofline/Driver/ModelFile.h"
#include "roofline/Driver/Output.h"
#include "roofline/Driver/SourceDiagnostics.h"
#include "roofline/InitModels.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"

#include "llvm/Support/Process.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("report", "report what a model costs on targets");

cl::opt<std::string> model(cl::Positional,
                           cl::desc("<model file, or - for standard input>"),
                           cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<std::string>
    targetNames("target", cl::value_desc("name,..."), cl::CommaSeparated,
                cl::desc("Targets to estimate on; see roofline targets"),
                cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<std::string>
    targetFiles("target-file", cl::value_desc("file"),
                cl::desc("Target file that comes before the built-in ones"),
                cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<bool> allowLowConfidence(
    "allow-low-confidence",
    cl::desc("Give times for targets whose files are not to be trusted"),
    cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string>
    entry("entry", cl::value_desc("name"),
          cl::desc("Function to count; by default main, or the one that "
                   "nothing calls"),
          cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<std::string> tripCountTexts(
    "trip-count", cl::value_desc("loop=n"),
    cl::desc("Trips of a loop, by the name that the report lists: "
             "@main/while#0=128"),
    cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string>
    weights("weights", cl::value_desc("regex"),
            cl::desc("Arguments that are weights, by name; by default those "
                     "that are used as parameters only"),
            cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<F32Precision>
    f32("f32", cl::desc("How f32 contractions and convolutions run"),
        cl::init(F32Precision::FromGraph),
        cl::values(clEnumValN(F32Precision::FromGraph, "graph",
                              "as the op says; tf32 where it says nothing"),
                   clEnumValN(F32Precision::TF32, "tf32",
                              "rounded to tf32 (hf32 on Ascend)"),
                   clEnumValN(F32Precision::Strict, "strict", "in full f32")),
        cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<Fusion> fusion(
    "fusion", cl::desc("Which ops run as one launch"),
    cl::init(Fusion::Library),
    cl::values(clEnumValN(Fusion::None, "none",
                          "every op by itself: the graph as it is"),
               clEnumValN(Fusion::Compiler, "compiler",
                          "what XLA and Inductor fuse"),
               clEnumValN(Fusion::Library, "library",
                          "what compilers fuse, and the fused kernels of "
                          "vendors' libraries")),
    cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<Launching> launching(
    "launch", cl::desc("How kernels get onto the device"),
    cl::init(Launching::Queued),
    cl::values(
        clEnumValN(Launching::Queued, "graph",
                   "captured or submitted ahead: the device never waits"),
        clEnumValN(Launching::Eager, "eager",
                   "one by one: a kernel takes at least the host's time "
                   "to submit it")),
    cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<std::string> customCallFiles(
    "custom-calls", cl::value_desc("file"),
    cl::desc("File that says what custom calls cost; it comes before what is "
             "built in"),
    cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<ReportFormat>
    format("format", cl::desc("Format of the report"),
           cl::init(ReportFormat::Text),
           cl::values(clEnumValN(ReportFormat::Text, "text", "for people"),
                      clEnumValN(ReportFormat::Json, "json", "for programs")),
           cl::sub(subcommand), cl::cat(optionCategory()));

cl::list<ReportView> views(
    "view", cl::CommaSeparated, cl::desc("Parts of the report; all by default"),
    cl::values(
        clEnumValN(ReportView::Summary, "summary",
                   "model, operations, targets, assumptions"),
        clEnumValN(ReportView::Breakdown, "breakdown", "families of kernels"),
        clEnumValN(ReportView::Kernels, "kernels", "the hottest kernels"),
        clEnumValN(ReportView::Hotspots, "hotspots", "the hottest ops"),
        clEnumValN(ReportView::Coverage, "coverage",
                   "what is not modelled, loops")),
    cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<unsigned>
    top("top", cl::value_desc("n"),
        cl::desc("Hottest ops and kernels to list, 0 for all; 10 in text, "
                 "all in json"),
        cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string> output("o", cl::value_desc("file"),
                            cl::desc("File to write; - is standard output"),
                            cl::init("-"), cl::sub(subcommand),
                            cl::cat(optionCategory()));

constexpr size_t defaultTopInText = 10;

llvm::Expected<TripCounts> parseTripCounts() {
  TripCounts tripCounts;
  for (llvm::StringRef text : tripCountTexts) {
    auto [name, digits] = text.rsplit('=');
    std::optional<Count> count = Count::parse(digits);
    // Beyond 2^63 a loop does not end; products stay within 128 bits.
    constexpr uint64_t maxTrips = uint64_t(1) << 63;
    if (name.empty() || !count || Count(maxTrips) < *count)
      return llvm::createStringError(
          "--trip-count expects a loop and its trips, such as "
          "'@main/while#0=128', got '%s'",
          text.str().c_str());
    if (!tripCounts.try_emplace(name.str(), *count).second)
      return llvm::createStringError("--trip-count gives '%s' twice",
                                     name.str().c_str());
  }
  return tripCounts;
}

int run() {
  if (model.empty())
    return fail(llvm::createStringError(
        "expected a model file, or - for standard input; see roofline report "
        "--help"));
  llvm::Expected<TripCounts> tripCounts = parseTripCounts();
  if (!tripCounts)
    return fail(tripCounts.takeError());
  std::shared_ptr<const llvm::Regex> weightNames;
  if (!weights.empty()) {
    weightNames = std::make_shared<const llvm::Regex>(weights);
    std::string problem;
    if (!weightNames->isValid(problem))
      return fail(llvm::createStringError(
          "--weights expects a regular expression: %s", problem.c_str()));
  }
  llvm::Expected<std::shared_ptr<const CustomCallTable>> customCalls =
      readCustomCalls(customCallFiles);
  if (!customCalls)
    return fail(customCalls.takeError());
  llvm::Expected<TargetPtrs> targets =
      findTargets(targetNames, targetFiles, allowLowConfidence);
  if (!targets)
    return fail(targets.takeError());

  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registerDialectAndModels(registry);
  registerTolerantDialects(registry);
  mlir::MLIRContext context(registry);
  context.loadDialect<RooflineDialect>();
  // An op of a dialect that nobody knows is listed as not modelled.
  context.allowUnregisteredDialects();
  context.printOpOnDiagnostic(false);

  // Lives as long as the module, so that what is wrong with an op of a model
  // that parses is shown with its line, too.
  llvm::SourceMgr sources;
  SourceDiagnostics diagnostics(sources, &context, llvm::errs());
  mlir::OwningOpRef<mlir::ModuleOp> module =
      loadModel(model, sources, context, llvm::errs());
  // What a parser that crashed leaves behind must not be cleaned up.
  if (!module)
    llvm::sys::Process::Exit(exitFailure, /*NoCleanup=*/true);

  ReportRequest request;
  request.file = model;
  request.entry = entry;
  request.demand.f32 = f32;
  request.demand.customCalls = std::move(*customCalls);
  request.tripCounts = std::move(*tripCounts);
  request.weights = std::move(weightNames);
  request.fusion = fusion;
  request.launching = launching;
  request.top = format == ReportFormat::Json ? 0 : defaultTopInText;
  if (top.getNumOccurrences() > 0)
    request.top = top;
  mlir::FailureOr<Report> report = buildReport(*module, request, *targets);
  if (failed(report))
    return exitFailure;

  ViewOptions options;
  std::vector<ReportView> chosen(views.begin(), views.end());
  options.views = chosen;
  options.useColor =
      output == "-" && llvm::sys::Process::StandardOutHasColors();
  if (llvm::Error error = writeReport(*report, format, options, output))
    return fail(std::move(error));
  return exitFine;
}

} // namespace

const Command &reportCommand() {
  static const Command command = {
      &subcommand,
      "Reads StableHLO, linalg, TOSA or other MLIR, counts what every op "
      "demands, and puts it on targets.\n\n"
      "Examples:\n"
      "  roofline report model.mlir --target=h200,ascend-910b3\n"
      "  roofline report model.mlir --target=h20 --format=json -o report.json\n"
      "  jax_export | roofline report - --target=h200 --view=summary\n",
      run};
  return command;
}

} // namespace roofline
