//===- JsonReader.cpp - Reports read back from JSON -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/JsonReader.h"

#include "JsonInput.h"
#include "JsonSchema.h"
#include "PortReader.h"

#include "roofline/Model/FileError.h"

namespace roofline {

namespace {

using llvm::json::Path;

void readModel(JsonInput fields, ModelSummary &model) {
  fields.text("file", model.file);
  fields.text("entry", model.entry);
  fields.text("stage", model.stage);
  fields.size("ops", model.ops);
  fields.count("argument_bytes", model.argumentBytes);
  fields.count("constant_bytes", model.constantBytes);
  fields.count("weight_bytes", model.weightBytes);
  fields.count("result_bytes", model.resultBytes);
  fields.count("compulsory_bytes", model.compulsoryBytes);
}

void readMemory(JsonInput fields, MemorySummary &memory) {
  std::string reason = fields.reason();
  fields.count("weight_bytes", memory.need.weightBytes, reason);
  fields.count("cache_bytes", memory.need.cacheBytes, reason);
  fields.count("input_bytes", memory.need.inputBytes, reason);
  fields.count("result_bytes", memory.need.resultBytes, reason);
  fields.count("intermediate_bytes", memory.need.intermediateBytes, reason);
  fields.boolean("of_one_device", memory.isOfOneDevice);
  fields.text("peak_kernel", memory.peakKernel);
  fields.text("peak_location", memory.peakLocation);
  fields.objects("timeline", [&](JsonInput &stretch) {
    MemoryStretch &row = memory.timeline.emplace_back();
    stretch.count("kernels", row.kernels);
    stretch.count("bytes", row.bytes);
  });
}

/// The machine of a target, as far as a report has it.
void readMachine(JsonInput &fields, TargetSummary &target,
                 JsonProblem &problem) {
  fields.members("rates", [&](llvm::StringRef name,
                              const llvm::json::Value &value, Path place) {
    std::optional<UnitType> where = parseUnitType(name);
    std::optional<double> rate = value.getAsNumber();
    if (!where || !rate)
      return problem.report(place, "expected a unit and type with its rate");
    target.rates[*where] = *rate;
  });
  fields.objects("memory", [&](JsonInput &level) {
    MemoryLevel &row = target.memory.emplace_back();
    level.text("name", row.name);
    level.number("capacity_bytes", row.capacityBytes);
    level.number("bytes_per_second", row.bytesPerSecond);
  });
  JsonInput fit = fields.fields("memory_fit");
  std::string reason = fit.reason();
  fit.count("usable_bytes", target.memoryFit.usableBytes, reason);
  fit.count("devices", target.memoryFit.devices, reason);
  fields.number("tdp_watts", target.tdpWatts);
  JsonInput energy = fields.fields("energy");
  energy.number("joules", target.energyJoules, energy.reason());
}

void readKernelSummary(JsonInput fields, KernelSummary &summary) {
  auto parseFusion = [](llvm::StringRef text) {
    std::optional<Fusion> parsed;
    for (Fusion fusion : {Fusion::None, Fusion::Compiler, Fusion::Library})
      if (stringify(fusion) == text)
        parsed = fusion;
    return parsed;
  };
  auto parseLaunching = [](llvm::StringRef text) {
    std::optional<Launching> parsed;
    for (Launching launching : {Launching::Queued, Launching::Eager})
      if (stringify(launching) == text)
        parsed = launching;
    return parsed;
  };
  fields.word("fusion", summary.fusion, parseFusion,
              "expected 'none', 'compiler' or 'library'");
  fields.word("launch", summary.launching, parseLaunching,
              "expected 'graph' or 'eager'");
  fields.size("kernels", summary.kernels);
  fields.size("left_out", summary.leftOut);
  fields.count("launches", summary.launches);
  fields.count("external_bytes", summary.externalBytes);
  fields.count("as_is_launches", summary.asIsLaunches);
}

void readTarget(JsonInput &fields, TargetSummary &target,
                JsonProblem &problem) {
  fields.text("name", target.name);
  fields.text("title", target.title);
  readMachine(fields, target, problem);
  fields.number("roof_seconds", target.graphRoof.seconds);
  fields.bound("bound", target.graphRoof.bound);
  JsonInput times = fields.fields("times");
  times.number("kernel_roof_seconds", target.kernelRoofSeconds);
  times.number("kernels_seconds", target.kernelSeconds);
  times.interval("kernels_interval_seconds", target.kernelInterval);
  times.number("as_is_seconds", target.asIsSeconds);
  times.number("calibrated_share", target.calibratedShare);
  times.members(
      "borrowed_calibrations",
      [&](llvm::StringRef key, const llvm::json::Value &lender, Path place) {
        if (std::optional<llvm::StringRef> name = lender.getAsString())
          target.borrowed.emplace_back(key.str(), name->str());
        else
          problem.report(place, "expected the name of a target");
      });
  times.texts("reasons", target.kernelReasons);
  fields.members(
      "resources",
      [&](llvm::StringRef name, const llvm::json::Value &seconds, Path place) {
        std::optional<Bound> resource = parseBound(name);
        std::optional<double> number = seconds.getAsNumber();
        if (!resource || !number)
          return problem.report(place, "expected a resource and its seconds");
        target.graphRoof.resources.push_back({*resource, *number});
      });
  llvm::sort(target.graphRoof.resources,
             [](const ResourceTime &lhs, const ResourceTime &rhs) {
               return lhs.resource < rhs.resource;
             });
  fields.number("op_roof_seconds", target.opRoofSeconds);
  fields.members("bounds", [&](llvm::StringRef name,
                               const llvm::json::Value &value, Path place) {
    JsonInput share(value, place, problem);
    std::optional<Bound> bound = parseBound(name);
    if (!bound)
      return problem.report(place, "expected a bound such as 'hbm'");
    BoundShare &row = target.bounds.emplace_back(BoundShare{*bound, 0, 0});
    share.number("seconds", row.seconds);
    share.number("share", row.share);
  });
  // Shares have all their digits, seconds have not.
  llvm::sort(target.bounds, [](const BoundShare &lhs, const BoundShare &rhs) {
    if (lhs.share != rhs.share)
      return lhs.share > rhs.share;
    return lhs.bound < rhs.bound;
  });
  fields.members(
      "substitutes",
      [&](llvm::StringRef name, const llvm::json::Value &value, Path place) {
        std::optional<UnitType> asked = parseUnitType(name);
        std::optional<ElementType> runsAs =
            parseElementType(value.getAsString().value_or(""));
        if (!asked || !runsAs)
          return problem.report(place, "expected a type and what it runs as");
        target.substitutes.push_back({*asked, *runsAs});
      });
  llvm::sort(target.substitutes,
             [](const SubstituteRow &lhs, const SubstituteRow &rhs) {
               return lhs.asked < rhs.asked;
             });
  fields.objects("missing_rates", [&](JsonInput &missing) {
    MissingRate row{{Unit::Matrix, ElementType::F32}, 0, ""};
    missing.word("unit_type", row.where, parseUnitType,
                 "expected a unit and type such as 'matrix_bf16'");
    missing.count("operations", row.ops);
    missing.text("reason", row.reason);
    target.missingRates.push_back(std::move(row));
  });
  fields.texts("incomplete_reasons", target.incompleteReasons);
}

void readLeftOut(JsonInput &fields, std::vector<LeftOutRow> &rows,
                 size_t files) {
  LeftOutRow row;
  fields.text("op", row.op);
  fields.size("count", row.count);
  fields.text("reason", row.reason);
  fields.count("bytes", row.bytes);
  fields.text("location", row.location);
  fields.place("place", row.place, files);
  rows.push_back(std::move(row));
}

void readCoverage(JsonInput fields, CoverageSummary &coverage, size_t files) {
  fields.number("ops", coverage.ops);
  fields.number("operations", coverage.operations);
  fields.number("bytes", coverage.bytes);
  fields.objects("unmodelled", [&](JsonInput &row) {
    readLeftOut(row, coverage.unmodelled, files);
  });
  fields.objects("uncounted", [&](JsonInput &row) {
    readLeftOut(row, coverage.uncounted, files);
  });
}

void readLoop(JsonInput &fields, std::vector<LoopRow> &loops) {
  LoopRow row{"", "", Count(0), false};
  fields.text("name", row.name);
  fields.text("location", row.location);
  fields.count("trip_count", row.tripCount, fields.reason());
  fields.boolean("bound_by_user", row.isBound);
  loops.push_back(std::move(row));
}

void readFamily(JsonInput &fields, std::vector<FamilyRow> &families) {
  FamilyRow row;
  fields.word("family", row.family, parseKernelFamily,
              "expected a family of kernels such as 'gemm'");
  fields.size("kernels", row.kernels);
  fields.size("left_out", row.leftOut);
  fields.count("launches", row.launches);
  fields.operations("operations", row.work);
  fields.count("bytes", row.bytes);
  fields.objects("targets", [&](JsonInput &target) {
    FamilyTimes times{0.0, 0.0, std::nullopt};
    std::string reason = target.reason();
    target.number("roof_seconds", times.roofSeconds, reason);
    target.number("seconds", times.seconds, reason);
    target.number("share", times.share);
    row.times.push_back(std::move(times));
  });
  families.push_back(std::move(row));
}

void readKernel(JsonInput &fields, Report &report, JsonProblem &problem) {
  KernelRow row{"", KernelFamily::Opaque, {}, Count(0), 0, Demand(), {}};
  fields.text("name", row.name);
  fields.word("family", row.family, parseKernelFamily,
              "expected a family of kernels such as 'gemm'");
  fields.texts("locations", row.locations);
  fields.places("places", row.places, report.sourceFiles.size());
  fields.sizes("positions", row.positions);
  fields.count("launches", row.launches);
  if (fields.has("launches_of"))
    fields.counts("launches_of", row.launchesOf);
  fields.size("ops", row.ops);
  fields.members("op_names", [&](llvm::StringRef name,
                                 const llvm::json::Value &value, Path place) {
    std::optional<int64_t> count = value.getAsInteger();
    if (!count || *count < 0)
      return problem.report(place, "expected a number of ops");
    row.opNames.emplace_back(name.str(), size_t(*count));
  });
  fields.demand(row.demand);
  fields.objects("targets", [&](JsonInput &target) {
    KernelTimes times{0.0, std::nullopt, 0.0, std::nullopt, ""};
    std::string reason = target.reason();
    target.number("roof_seconds", times.roofSeconds, reason);
    target.bound("bound", times.bound);
    target.number("seconds", times.seconds, reason);
    target.interval("interval_seconds", times.interval);
    target.textOrNull("calibration", times.calibration);
    row.times.push_back(std::move(times));
  });
  fields.expectSize("places", row.places.size(), row.locations.size());
  fields.expectSize("positions", row.positions.size(), row.locations.size());
  fields.expectSize("targets", row.times.size(), report.targets.size());
  if (!row.launchesOf.empty())
    fields.expectSize("launches_of", row.launchesOf.size(),
                      row.locations.size());
  report.kernels.push_back(std::move(row));
}

void readOp(JsonInput &fields, Report &report) {
  OpRow row{"", "", Count(0), Demand(), {}};
  fields.text("name", row.name);
  fields.text("location", row.location);
  fields.count("count", row.count);
  fields.word("structure", row.demand.structure, parseStructure,
              "expected a structure such as 'contraction'");
  fields.demand(row.demand);
  fields.objects("targets", [&](JsonInput &target) {
    OpTime time{0.0, std::nullopt};
    target.number("roof_seconds", time.seconds, target.reason());
    target.bound("bound", time.bound);
    row.times.push_back(std::move(time));
  });
  fields.expectSize("targets", row.times.size(), report.targets.size());
  report.ops.push_back(std::move(row));
}

void readReport(JsonInput &fields, SavedReport &saved, JsonProblem &problem) {
  Report &report = saved.report;
  fields.text("tool_version", report.toolVersion);
  size_t modelDataVersion = 0;
  fields.size("model_data_version", modelDataVersion);
  report.modelDataVersion = static_cast<unsigned>(modelDataVersion);
  fields.texts("source_files", report.sourceFiles);
  const size_t files = report.sourceFiles.size();
  readModel(fields.fields("model"), report.model);
  JsonInput rows = fields.fields("rows");
  rows.size("kernels", report.rankedKernels);
  rows.size("ops", report.rankedOps);
  // The rows of everything else have a time per target.
  if (fields.has("kernels") || fields.has("breakdown") || fields.has("ops"))
    fields.require(
        "targets",
        "missing, because the report was saved without some of its views,");
  if (fields.has("targets")) {
    saved.views.push_back(ReportView::Summary);
    readMemory(fields.fields("memory"), report.memory);
    JsonInput demand = fields.fields("demand");
    demand.operations("operations", report.demand.work);
    demand.count("read_bytes", report.demand.readBytes);
    demand.count("written_bytes", report.demand.writtenBytes);
    demand.boolean("complete", report.demand.isComplete);
    readKernelSummary(fields.fields("kernel_totals"), report.kernelSummary);
    fields.objects("targets", [&](JsonInput &target) {
      readTarget(target, report.targets.emplace_back(), problem);
    });
    fields.objects("assumptions", [&](JsonInput &assumption) {
      Assumption &row = report.assumptions.emplace_back();
      assumption.text("id", row.id);
      assumption.text("text", row.text);
    });
    fields.texts("notes", report.notes);
  }
  if (fields.has("ports")) {
    saved.views.push_back(ReportView::Porting);
    fields.objects("ports",
                   [&](JsonInput &port) { readPort(port, report, problem); });
  }
  if (fields.has("coverage")) {
    saved.views.push_back(ReportView::Coverage);
    readCoverage(fields.fields("coverage"), report.coverage, files);
    fields.objects("loops",
                   [&](JsonInput &loop) { readLoop(loop, report.loops); });
  }
  if (fields.has("breakdown")) {
    saved.views.push_back(ReportView::Breakdown);
    fields.objects("breakdown",
                   [&](JsonInput &row) { readFamily(row, report.families); });
  }
  if (fields.has("kernels")) {
    saved.views.push_back(ReportView::Kernels);
    fields.objects("kernels",
                   [&](JsonInput &row) { readKernel(row, report, problem); });
  }
  if (fields.has("ops")) {
    saved.views.push_back(ReportView::Hotspots);
    fields.objects("ops", [&](JsonInput &row) { readOp(row, report); });
  }
}

/// Fails on what is no report, or one of another version of the schema.
llvm::Error checkSchema(const llvm::json::Value &value, llvm::StringRef file) {
  const llvm::json::Object *root = value.getAsObject();
  const llvm::json::Object *schema = root ? root->getObject("schema") : nullptr;
  if (!schema || schema->getString("name") != reportSchema)
    return makeFileError(
        {file.str(), 0, 0},
        "is JSON, but not of a report: its 'schema' does not "
        "say '" +
            reportSchema + "'; save one with 'roofline report --format=json'");
  std::optional<int64_t> version = schema->getInteger("version");
  if (version != reportSchemaVersion)
    return makeFileError(
        {file.str(), 0, 0},
        "is a report of " +
            (version ? "version " + llvm::Twine(*version)
                     : llvm::Twine("no version")) +
            " of its schema; version " + llvm::Twine(reportSchemaVersion) +
            " is read; save it again with this version of roofline");
  return llvm::Error::success();
}

} // namespace

bool looksLikeJson(llvm::StringRef text) {
  text.consume_front("\xEF\xBB\xBF");
  text = text.ltrim();
  // MLIR may start with `{-#`, and with nothing else in braces.
  return text.consume_front("{") &&
         (text.ltrim().starts_with("\"") || text.ltrim().starts_with("}"));
}

llvm::Expected<SavedReport> readJsonReport(llvm::StringRef text,
                                           llvm::StringRef file) {
  llvm::Expected<std::string> prepared = prepareJson(text, file);
  if (!prepared)
    return prepared.takeError();
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(*prepared);
  if (!value) {
    FileLocation where{file.str(), 0, 0};
    std::string message;
    llvm::handleAllErrors(
        value.takeError(),
        [&](const llvm::ErrorInfoBase &error) { message = error.message(); });
    return makeFileError(where, "is not valid JSON: " + message +
                                    "; was it written to the end?");
  }
  if (llvm::Error error = checkSchema(*value, file))
    return error;
  SavedReport saved;
  Path::Root root("the report");
  JsonProblem problem;
  JsonInput fields(*value, root, problem);
  readReport(fields, saved, problem);
  if (problem.isSet())
    return makeFileError(
        {file.str(), 0, 0},
        llvm::toString(root.getError()) +
            "; save it again, whole, with this version of roofline");
  return saved;
}

} // namespace roofline
