//===- JsonReader.cpp - Reports read back from JSON -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/JsonReader.h"

#include "JsonSchema.h"

#include "roofline/Model/FileError.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

#include <cmath>

namespace roofline {

namespace {

using llvm::json::Path;

/// Brackets within brackets that a report has; a few more than it needs.
constexpr unsigned maxDepth = 32;
/// Integers of this many digits may not fit into 64 bits.
constexpr size_t wideDigits = 20;

/// `text` as the parser can take it: integers beyond 64 bits become strings of
/// their digits, because it would round them. Fails where brackets nest deeper
/// than in any report, because it recurses once per bracket.
llvm::Expected<std::string> prepare(llvm::StringRef text,
                                    llvm::StringRef file) {
  std::string prepared;
  prepared.reserve(text.size() + 64);
  unsigned depth = 0;
  bool isString = false;
  for (size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (isString) {
      prepared += c;
      if (c == '\\' && at + 1 < text.size())
        prepared += text[++at];
      isString = c != '"';
      continue;
    }
    isString = c == '"';
    if ((c == '{' || c == '[') && ++depth > maxDepth)
      return makeFileError({file.str(), 0, 0},
                           "brackets nest deeper than in any report; is it one "
                           "that 'roofline report --format=json' wrote?");
    if ((c == '}' || c == ']') && depth > 0)
      --depth;
    if (!llvm::isDigit(c)) {
      prepared += c;
      continue;
    }
    llvm::StringRef number = text.substr(at).take_while([](char next) {
      return llvm::isAlnum(next) || next == '.' || next == '-' || next == '+';
    });
    bool isWide =
        number.size() >= wideDigits && llvm::all_of(number, llvm::isDigit);
    if (isWide)
      prepared += '"';
    prepared += number;
    if (isWide)
      prepared += '"';
    at += number.size() - 1;
  }
  return prepared;
}

/// The first thing that is wrong with a report. What is read after it has no
/// meaning.
class Problem {
public:
  bool isSet() const { return set; }
  void report(Path path, llvm::StringLiteral message) {
    if (!set)
      path.report(message);
    set = true;
  }

private:
  bool set = false;
};

Unknown unknownBecause(llvm::StringRef reason) {
  return {UnknownKind::Unmodelled, reason.str()};
}

/// What stands for reasons that JSON does not say.
constexpr llvm::StringLiteral noReason = "not known when the report was saved";

/// One object of a report. Getters leave their argument alone where something
/// is wrong.
class Fields {
public:
  Fields(const llvm::json::Value &value, Path path, Problem &problem)
      : object(value.getAsObject()), path(path), problem(problem) {
    if (!object)
      problem.report(path, "expected an object");
  }

  bool has(llvm::StringLiteral key) const { return object && object->get(key); }
  void require(llvm::StringLiteral key, llvm::StringLiteral message) {
    if (!has(key))
      problem.report(path.field(key), message);
  }

  void text(llvm::StringLiteral key, std::string &result) {
    if (const llvm::json::Value *value = get(key))
      readText(*value, path.field(key), result);
  }
  void textOrNull(llvm::StringLiteral key, std::string &result) {
    if (const llvm::json::Value *value = get(key); value && !isNull(*value))
      readText(*value, path.field(key), result);
  }
  void boolean(llvm::StringLiteral key, bool &result) {
    const llvm::json::Value *value = get(key);
    if (!value)
      return;
    if (std::optional<bool> flag = value->getAsBoolean())
      result = *flag;
    else
      problem.report(path.field(key), "expected true or false");
  }
  void size(llvm::StringLiteral key, size_t &result) {
    const llvm::json::Value *value = get(key);
    if (!value)
      return;
    if (std::optional<int64_t> number = value->getAsInteger();
        number && *number >= 0)
      result = static_cast<size_t>(*number);
    else
      problem.report(path.field(key), "expected a whole number");
  }
  void count(llvm::StringLiteral key, Count &result) {
    if (const llvm::json::Value *value = get(key))
      readCount(*value, path.field(key), result);
  }
  void count(llvm::StringLiteral key, KnownOr<Count> &result,
             llvm::StringRef reason = noReason) {
    const llvm::json::Value *value = get(key);
    if (!value)
      return;
    Count known;
    if (isNull(*value)) {
      result = unknownBecause(reason);
    } else {
      readCount(*value, path.field(key), known);
      result = known;
    }
  }
  void number(llvm::StringLiteral key, double &result) {
    if (const llvm::json::Value *value = get(key))
      readNumber(*value, path.field(key), result);
  }
  void number(llvm::StringLiteral key, std::optional<double> &result) {
    if (const llvm::json::Value *value = get(key); value && !isNull(*value))
      readNumber(*value, path.field(key), result.emplace());
  }
  /// `null` is unknown because of `reason`.
  void number(llvm::StringLiteral key, KnownOr<double> &result,
              llvm::StringRef reason = noReason) {
    const llvm::json::Value *value = get(key);
    if (!value)
      return;
    double known = 0;
    if (isNull(*value)) {
      result = unknownBecause(reason);
    } else {
      readNumber(*value, path.field(key), known);
      result = known;
    }
  }
  void interval(llvm::StringLiteral key, std::optional<TimeInterval> &result) {
    const llvm::json::Value *value = get(key);
    if (!value || isNull(*value))
      return;
    Fields fields(*value, path.field(key), problem);
    result.emplace();
    fields.number("low", result->low);
    fields.number("high", result->high);
  }
  /// A value of which `parse` makes what it stands for.
  template <typename T, typename Parse>
  void word(llvm::StringLiteral key, T &result, Parse parse,
            llvm::StringLiteral expectation) {
    std::string spelling;
    textOrNull(key, spelling);
    if (problem.isSet())
      return;
    if (auto parsed = parse(spelling))
      result = *parsed;
    else
      problem.report(path.field(key), expectation);
  }
  void bound(llvm::StringLiteral key, std::optional<Bound> &result) {
    const llvm::json::Value *value = get(key);
    if (!value || isNull(*value))
      return;
    result.emplace(Bound::hbm());
    word(key, *result, parseBound, "expected a bound such as 'hbm'");
  }
  void operations(llvm::StringLiteral key, WorkList &result) {
    members(key, [&](llvm::StringRef name, const llvm::json::Value &value,
                     Path place) {
      Count ops;
      readCount(value, place, ops);
      if (std::optional<UnitType> where = parseUnitType(name))
        result.add({*where, ops});
      else
        problem.report(place, "expected a unit and type such as 'matrix_bf16'");
    });
  }
  void place(llvm::StringLiteral key, std::optional<SourcePlace> &result,
             size_t files) {
    if (const llvm::json::Value *value = get(key))
      readPlace(*value, path.field(key), result, files);
  }
  void demand(Demand &result) {
    operations("operations", result.work);
    count("read_bytes", result.readBytes);
    count("written_bytes", result.writtenBytes);
    if (!has("contraction"))
      return;
    Fields fields(*object->get("contraction"), path.field("contraction"),
                  problem);
    ContractionShape &shape = result.contraction.emplace();
    fields.count("batch", shape.batch);
    fields.count("m", shape.m);
    fields.count("n", shape.n);
    fields.count("k", shape.k);
  }

  /// The object at `key`.
  Fields fields(llvm::StringLiteral key) {
    static const llvm::json::Value nothing = llvm::json::Object();
    const llvm::json::Value *value = get(key);
    return Fields(value ? *value : nothing, path.field(key), problem);
  }
  /// The values of the array at `key`, one by one.
  void
  array(llvm::StringLiteral key,
        llvm::function_ref<void(const llvm::json::Value &, Path)> readItem) {
    const llvm::json::Value *value = get(key);
    if (!value)
      return;
    const llvm::json::Array *items = value->getAsArray();
    if (!items)
      return problem.report(path.field(key), "expected an array");
    Path place = path.field(key);
    for (size_t index = 0; index < items->size() && !problem.isSet(); ++index)
      readItem((*items)[index], place.index(unsigned(index)));
  }
  /// The objects of the array at `key`.
  void objects(llvm::StringLiteral key,
               llvm::function_ref<void(Fields &)> readItem) {
    array(key, [&](const llvm::json::Value &value, Path place) {
      Fields item(value, place, problem);
      readItem(item);
    });
  }
  void texts(llvm::StringLiteral key, std::vector<std::string> &result) {
    array(key, [&](const llvm::json::Value &value, Path place) {
      readText(value, place, result.emplace_back());
    });
  }
  void sizes(llvm::StringLiteral key, std::vector<size_t> &result) {
    array(key, [&](const llvm::json::Value &value, Path place) {
      Count count;
      readCount(value, place, count);
      std::optional<uint64_t> size = count.asUint64();
      if (!size)
        return problem.report(place, "expected a smaller number");
      result.push_back(*size);
    });
  }
  void counts(llvm::StringLiteral key, std::vector<Count> &result) {
    array(key, [&](const llvm::json::Value &value, Path place) {
      readCount(value, place, result.emplace_back());
    });
  }
  void places(llvm::StringLiteral key,
              std::vector<std::optional<SourcePlace>> &result, size_t files) {
    array(key, [&](const llvm::json::Value &value, Path place) {
      readPlace(value, place, result.emplace_back(), files);
    });
  }
  /// The members of the object at `key` in the order of their names.
  void members(
      llvm::StringLiteral key,
      llvm::function_ref<void(llvm::StringRef, const llvm::json::Value &, Path)>
          readMember) {
    const llvm::json::Value *value = get(key);
    if (!value)
      return;
    const llvm::json::Object *entries = value->getAsObject();
    if (!entries)
      return problem.report(path.field(key), "expected an object");
    std::vector<llvm::StringRef> names;
    for (const auto &entry : *entries)
      names.push_back(entry.first);
    llvm::sort(names);
    Path place = path.field(key);
    for (llvm::StringRef name : names)
      readMember(name, *entries->get(name), place.field(name));
  }
  /// Fails where `actual` entries of `key` are not one for each of what another
  /// key has.
  void expectSize(llvm::StringLiteral key, size_t actual, size_t expected) {
    if (actual != expected)
      problem.report(path.field(key),
                     "expected as many entries as there are of its companions");
  }

private:
  static bool isNull(const llvm::json::Value &value) {
    return value.kind() == llvm::json::Value::Null;
  }
  const llvm::json::Value *get(llvm::StringLiteral key) {
    if (!object || problem.isSet())
      return nullptr;
    const llvm::json::Value *value = object->get(key);
    if (!value)
      problem.report(path.field(key), "missing");
    return value;
  }
  void readText(const llvm::json::Value &value, Path place,
                std::string &result) {
    if (std::optional<llvm::StringRef> text = value.getAsString())
      result = text->str();
    else
      problem.report(place, "expected text");
  }
  void readNumber(const llvm::json::Value &value, Path place, double &result) {
    if (std::optional<double> number = value.getAsNumber();
        number && std::isfinite(*number) && *number >= 0)
      result = *number;
    else
      problem.report(place, "expected a number that is not negative");
  }
  void readCount(const llvm::json::Value &value, Path place, Count &result) {
    std::optional<Count> count;
    if (std::optional<uint64_t> number = value.getAsUINT64())
      count = Count(*number);
    else if (std::optional<llvm::StringRef> digits = value.getAsString())
      count = Count::parse(*digits);
    if (count)
      result = *count;
    else
      problem.report(place, "expected a count below 2^128");
  }
  void readPlace(const llvm::json::Value &value, Path place,
                 std::optional<SourcePlace> &result, size_t files) {
    if (isNull(value))
      return;
    constexpr llvm::StringLiteral expectation =
        "expected a number of a source file, a line and a column";
    const llvm::json::Array *numbers = value.getAsArray();
    if (!numbers || numbers->size() != 3)
      return problem.report(place, expectation);
    uint32_t parts[3];
    for (auto [part, number] : llvm::zip(parts, *numbers)) {
      std::optional<int64_t> integer = number.getAsInteger();
      if (!integer || *integer < 0 || *integer > UINT32_MAX)
        return problem.report(place, expectation);
      part = static_cast<uint32_t>(*integer);
    }
    if (parts[0] >= files)
      return problem.report(place, expectation);
    result = SourcePlace{parts[0], parts[1], parts[2]};
  }

  const llvm::json::Object *object;
  Path path;
  Problem &problem;
};

/// The reason of what is unknown, if it is said.
std::string reasonOf(Fields &fields) {
  std::string reason = noReason.str();
  if (fields.has("reason"))
    fields.text("reason", reason);
  return reason;
}

void readModel(Fields fields, ModelSummary &model) {
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

void readMemory(Fields fields, MemorySummary &memory) {
  std::string reason = reasonOf(fields);
  fields.count("weight_bytes", memory.need.weightBytes, reason);
  fields.count("cache_bytes", memory.need.cacheBytes, reason);
  fields.count("input_bytes", memory.need.inputBytes, reason);
  fields.count("result_bytes", memory.need.resultBytes, reason);
  fields.count("intermediate_bytes", memory.need.intermediateBytes, reason);
  fields.boolean("of_one_device", memory.isOfOneDevice);
  fields.text("peak_kernel", memory.peakKernel);
  fields.text("peak_location", memory.peakLocation);
  fields.objects("timeline", [&](Fields &stretch) {
    MemoryStretch &row = memory.timeline.emplace_back();
    stretch.count("kernels", row.kernels);
    stretch.count("bytes", row.bytes);
  });
}

/// The machine of a target, as far as a report has it.
void readMachine(Fields &fields, TargetSummary &target, Problem &problem) {
  fields.members("rates", [&](llvm::StringRef name,
                              const llvm::json::Value &value, Path place) {
    std::optional<UnitType> where = parseUnitType(name);
    std::optional<double> rate = value.getAsNumber();
    if (!where || !rate)
      return problem.report(place, "expected a unit and type with its rate");
    target.rates[*where] = *rate;
  });
  fields.objects("memory", [&](Fields &level) {
    MemoryLevel &row = target.memory.emplace_back();
    level.text("name", row.name);
    level.number("capacity_bytes", row.capacityBytes);
    level.number("bytes_per_second", row.bytesPerSecond);
  });
  Fields fit = fields.fields("memory_fit");
  std::string reason = reasonOf(fit);
  fit.count("usable_bytes", target.memoryFit.usableBytes, reason);
  fit.count("devices", target.memoryFit.devices, reason);
  fields.number("tdp_watts", target.tdpWatts);
  Fields energy = fields.fields("energy");
  energy.number("joules", target.energyJoules, reasonOf(energy));
}

void readKernelSummary(Fields fields, KernelSummary &summary) {
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

void readTarget(Fields &fields, TargetSummary &target, Problem &problem) {
  fields.text("name", target.name);
  fields.text("title", target.title);
  readMachine(fields, target, problem);
  fields.number("roof_seconds", target.graphRoof.seconds);
  fields.bound("bound", target.graphRoof.bound);
  Fields times = fields.fields("times");
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
    Fields share(value, place, problem);
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
  fields.objects("missing_rates", [&](Fields &missing) {
    MissingRate row{{Unit::Matrix, ElementType::F32}, 0, ""};
    missing.word("unit_type", row.where, parseUnitType,
                 "expected a unit and type such as 'matrix_bf16'");
    missing.count("operations", row.ops);
    missing.text("reason", row.reason);
    target.missingRates.push_back(std::move(row));
  });
  fields.texts("incomplete_reasons", target.incompleteReasons);
}

void readLeftOut(Fields &fields, std::vector<LeftOutRow> &rows, size_t files) {
  LeftOutRow row;
  fields.text("op", row.op);
  fields.size("count", row.count);
  fields.text("reason", row.reason);
  fields.count("bytes", row.bytes);
  fields.text("location", row.location);
  fields.place("place", row.place, files);
  rows.push_back(std::move(row));
}

void readCoverage(Fields fields, CoverageSummary &coverage, size_t files) {
  fields.number("ops", coverage.ops);
  fields.number("operations", coverage.operations);
  fields.number("bytes", coverage.bytes);
  fields.objects("unmodelled", [&](Fields &row) {
    readLeftOut(row, coverage.unmodelled, files);
  });
  fields.objects("uncounted", [&](Fields &row) {
    readLeftOut(row, coverage.uncounted, files);
  });
}

void readLoop(Fields &fields, std::vector<LoopRow> &loops) {
  LoopRow row{"", "", Count(0), false};
  fields.text("name", row.name);
  fields.text("location", row.location);
  std::string reason = noReason.str();
  if (fields.has("reason"))
    fields.text("reason", reason);
  fields.count("trip_count", row.tripCount, reason);
  fields.boolean("bound_by_user", row.isBound);
  loops.push_back(std::move(row));
}

void readFamily(Fields &fields, std::vector<FamilyRow> &families) {
  FamilyRow row;
  fields.word("family", row.family, parseKernelFamily,
              "expected a family of kernels such as 'gemm'");
  fields.size("kernels", row.kernels);
  fields.size("left_out", row.leftOut);
  fields.count("launches", row.launches);
  fields.operations("operations", row.work);
  fields.count("bytes", row.bytes);
  fields.objects("targets", [&](Fields &target) {
    FamilyTimes times{0.0, 0.0, std::nullopt};
    std::string reason = reasonOf(target);
    target.number("roof_seconds", times.roofSeconds, reason);
    target.number("seconds", times.seconds, reason);
    target.number("share", times.share);
    row.times.push_back(std::move(times));
  });
  families.push_back(std::move(row));
}

void readKernel(Fields &fields, Report &report, Problem &problem) {
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
  fields.objects("targets", [&](Fields &target) {
    KernelTimes times{0.0, std::nullopt, 0.0, std::nullopt, ""};
    std::string reason = reasonOf(target);
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

void readOp(Fields &fields, Report &report) {
  OpRow row{"", "", Count(0), Demand(), {}};
  fields.text("name", row.name);
  fields.text("location", row.location);
  fields.count("count", row.count);
  fields.word("structure", row.demand.structure, parseStructure,
              "expected a structure such as 'contraction'");
  fields.demand(row.demand);
  fields.objects("targets", [&](Fields &target) {
    OpTime time{0.0, std::nullopt};
    target.number("roof_seconds", time.seconds, reasonOf(target));
    target.bound("bound", time.bound);
    row.times.push_back(std::move(time));
  });
  fields.expectSize("targets", row.times.size(), report.targets.size());
  report.ops.push_back(std::move(row));
}

void readReport(Fields &fields, SavedReport &saved, Problem &problem) {
  Report &report = saved.report;
  fields.text("tool_version", report.toolVersion);
  size_t modelDataVersion = 0;
  fields.size("model_data_version", modelDataVersion);
  report.modelDataVersion = static_cast<unsigned>(modelDataVersion);
  fields.texts("source_files", report.sourceFiles);
  const size_t files = report.sourceFiles.size();
  readModel(fields.fields("model"), report.model);
  Fields rows = fields.fields("rows");
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
    Fields demand = fields.fields("demand");
    demand.operations("operations", report.demand.work);
    demand.count("read_bytes", report.demand.readBytes);
    demand.count("written_bytes", report.demand.writtenBytes);
    demand.boolean("complete", report.demand.isComplete);
    readKernelSummary(fields.fields("kernel_totals"), report.kernelSummary);
    fields.objects("targets", [&](Fields &target) {
      readTarget(target, report.targets.emplace_back(), problem);
    });
    fields.objects("assumptions", [&](Fields &assumption) {
      Assumption &row = report.assumptions.emplace_back();
      assumption.text("id", row.id);
      assumption.text("text", row.text);
    });
    fields.texts("notes", report.notes);
  }
  if (fields.has("coverage")) {
    saved.views.push_back(ReportView::Coverage);
    readCoverage(fields.fields("coverage"), report.coverage, files);
    fields.objects("loops",
                   [&](Fields &loop) { readLoop(loop, report.loops); });
  }
  if (fields.has("breakdown")) {
    saved.views.push_back(ReportView::Breakdown);
    fields.objects("breakdown",
                   [&](Fields &row) { readFamily(row, report.families); });
  }
  if (fields.has("kernels")) {
    saved.views.push_back(ReportView::Kernels);
    fields.objects("kernels",
                   [&](Fields &row) { readKernel(row, report, problem); });
  }
  if (fields.has("ops")) {
    saved.views.push_back(ReportView::Hotspots);
    fields.objects("ops", [&](Fields &row) { readOp(row, report); });
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
  llvm::Expected<std::string> prepared = prepare(text, file);
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
  Problem problem;
  Fields fields(*value, root, problem);
  readReport(fields, saved, problem);
  if (problem.isSet())
    return makeFileError(
        {file.str(), 0, 0},
        llvm::toString(root.getError()) +
            "; save it again, whole, with this version of roofline");
  return saved;
}

} // namespace roofline
