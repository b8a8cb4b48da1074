//===- ComparisonJson.cpp - Targets side by side, for programs ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/ComparisonView.h"

#include "JsonFields.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

namespace roofline {

namespace {

/// The version rises when a key changes its meaning or goes away.
constexpr llvm::StringLiteral schema = "roofline.comparison";
constexpr int schemaVersion = 1;

class ComparisonJson : JsonFields {
public:
  ComparisonJson(llvm::raw_ostream &os, const Report &report,
                 const ComparisonOptions &options)
      : JsonFields(os, /*indent=*/2), report(report), options(options),
        first(report.targets.front()) {}

  void write();

private:
  void bound(llvm::StringRef key, const std::optional<Bound> &value) {
    if (value)
      json.attribute(key, value->str());
    else
      json.attribute(key, nullptr);
  }

  void memory();
  void target(const TargetSummary &target);
  void change(const BoundChange &change);

  const Report &report;
  const ComparisonOptions &options;
  const TargetSummary &first;
};

void ComparisonJson::memory() {
  const MemoryNeed &need = report.memory.need;
  json.attributeObject("memory", [&] {
    count("weight_bytes", need.weightBytes);
    count("cache_bytes", need.cacheBytes);
    count("input_bytes", need.inputBytes);
    count("result_bytes", need.resultBytes);
    count("intermediate_bytes", need.intermediateBytes);
    count("total_bytes", need.totalBytes());
    json.attribute("of_one_device", report.memory.isOfOneDevice);
  });
}

void ComparisonJson::target(const TargetSummary &target) {
  json.object([&] {
    json.attribute("name", jsonText(target.name));
    json.attribute("title", jsonText(target.title));
    if (std::optional<UnitType> where = dominantType(report.demand.work))
      json.attributeObject("peak", [&] {
        json.attribute("unit_type", where->str());
        number("operations_per_second", peakRate(target, *where));
      });
    else
      json.attribute("peak", nullptr);
    number("bytes_per_second", target.memory.empty()
                                   ? std::nullopt
                                   : target.memory.front().bytesPerSecond);
    number("roof_seconds", target.graphRoof.seconds);
    bound("bound", target.graphRoof.bound);
    number("kernels_seconds", target.kernelSeconds);
    if (target.kernelInterval)
      json.attributeObject("kernels_interval_seconds", [&] {
        number("low", target.kernelInterval->low);
        number("high", target.kernelInterval->high);
      });
    else
      json.attribute("kernels_interval_seconds", nullptr);
    number("as_is_seconds", target.asIsSeconds);
    json.attribute("complete", target.areKernelsComplete());
    number("memory_bound_share",
           memoryBoundShare(report, &target - report.targets.data()));
    number("calibrated_share", target.calibratedShare);
    json.attributeObject("borrowed_calibrations", [&] {
      for (const auto &[key, lender] : target.borrowed)
        json.attribute(jsonText(key), jsonText(lender));
    });
    KnownOr<RatioInterval> ratio = throughputOf(target, first);
    if (ratio)
      json.attributeObject("throughput", [&] {
        number("ratio", ratio->value);
        number("low", ratio->low);
        number("high", ratio->high);
      });
    else
      json.attribute("throughput", nullptr);
    json.attributeObject("memory_fit", [&] {
      count("usable_bytes", target.memoryFit.usableBytes);
      count("devices", target.memoryFit.devices);
      if (!target.memoryFit.devices)
        json.attribute("reason",
                       jsonText(target.memoryFit.devices.unknown().reason));
    });
    count("devices_to_match", devicesToMatch(target, first));
    number("energy_joules", target.energyJoules);
    texts("incomplete_reasons", target.incompleteReasons);
    texts("kernel_reasons", target.kernelReasons);
  });
}

void ComparisonJson::change(const BoundChange &change) {
  const KernelRow &row = *change.row;
  json.object([&] {
    json.attribute("name", jsonText(row.name));
    json.attribute("family", stringify(row.family));
    texts("locations", row.locations);
    count("launches", row.launches);
    number("share", change.share);
    json.attributeArray("targets", [&] {
      for (auto [target, times] : llvm::zip(report.targets, row.times))
        json.object([&, &target = target, &times = times] {
          json.attribute("name", jsonText(target.name));
          bound("bound", times.bound);
          number("seconds", times.seconds);
        });
    });
  });
}

void ComparisonJson::write() {
  json.object([&] {
    json.attributeObject("schema", [&] {
      json.attribute("name", schema);
      json.attribute("version", schemaVersion);
    });
    json.attribute("tool_version", report.toolVersion);
    json.attributeObject("model", [&] {
      json.attribute("file", jsonText(report.model.file));
      json.attribute("entry", jsonText(report.model.entry));
      json.attribute("stage", jsonText(report.model.stage));
      json.attribute("ops", static_cast<int64_t>(report.model.ops));
    });
    memory();
    json.attributeArray("targets", [&] {
      for (const TargetSummary &summary : report.targets)
        target(summary);
    });
    std::vector<BoundChange> changes = boundChanges(report);
    json.attributeObject("bound_changes", [&] {
      json.attribute("kernels", static_cast<int64_t>(changes.size()));
      number("share", shareOf(changes));
      json.attributeArray("rows", [&] {
        for (auto [index, row] : llvm::enumerate(changes))
          if (options.top == 0 || index < options.top)
            change(row);
      });
    });
    texts("notes", report.notes);
  });
}

} // namespace

void printComparisonJson(llvm::raw_ostream &os, const Report &report,
                         const ComparisonOptions &options) {
  ComparisonJson(os, report, options).write();
  os << "\n";
}

} // namespace roofline
