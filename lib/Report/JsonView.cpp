//===- JsonView.cpp - A report for programs -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "JsonView.h"

#include "JsonPacker.h"
#include "JsonSchema.h"
#include "PortFields.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

namespace roofline {

namespace {

class JsonWriter : PortFields {
public:
  JsonWriter(llvm::raw_ostream &os, const JsonLayout &layout)
      : PortFields(os, layout.indent), layout(layout) {}

  void write(const Report &report, const ViewOptions &options);

private:
  /// A value on one line, where there may be one per kernel.
  void raw(llvm::StringRef key, llvm::StringRef text) {
    json.attributeBegin(key);
    json.rawValue(text);
    json.attributeEnd();
  }
  /// `[value, ...]`, each by `text`.
  template <typename Range, typename Text>
  void rawList(llvm::StringRef key, const Range &values, Text text) {
    std::string list;
    for (const auto &value : values)
      list += (list.empty() ? "" : ", ") + text(value);
    raw(key, "[" + list + "]");
  }
  void bound(const std::optional<Bound> &value) {
    if (value)
      json.attribute("bound", value->str());
    else
      json.attribute("bound", nullptr);
  }
  void contraction(const Demand &demand) {
    if (const std::optional<ContractionShape> &shape = demand.contraction)
      json.attributeObject("contraction", [&] {
        count("batch", shape->batch);
        count("m", shape->m);
        count("n", shape->n);
        count("k", shape->k);
      });
  }
  void operations(llvm::StringRef key, const WorkList &work) {
    json.attributeObject(key, [&] {
      for (const Work &entry : work)
        count(entry.where.str(), entry.ops);
    });
  }

  void model(const ModelSummary &model);
  void memory(const MemorySummary &memory);
  void demand(const Report &report);
  using PortFields::coverage;
  void coverage(const Report &report);
  void leftOut(llvm::StringRef key, llvm::ArrayRef<LeftOutRow> rows);
  void machine(const TargetSummary &target);
  void memoryFit(const TargetSummary &target);
  void target(const TargetSummary &target);
  void kernelTotals(const KernelSummary &summary);
  void kernel(const Report &report, const KernelRow &row);
  void packedKernels(const Report &report);
  void family(const Report &report, const FamilyRow &row);
  void op(const Report &report, const OpRow &row);

  JsonLayout layout;
};

void JsonWriter::model(const ModelSummary &model) {
  json.attributeObject("model", [&] {
    json.attribute("file", jsonText(model.file));
    json.attribute("entry", jsonText(model.entry));
    json.attribute("stage", jsonText(model.stage));
    json.attribute("ops", static_cast<int64_t>(model.ops));
    count("argument_bytes", model.argumentBytes);
    count("constant_bytes", model.constantBytes);
    count("weight_bytes", model.weightBytes);
    count("result_bytes", model.resultBytes);
    count("compulsory_bytes", model.compulsoryBytes);
  });
}

void JsonWriter::memory(const MemorySummary &memory) {
  json.attributeObject("memory", [&] {
    count("weight_bytes", memory.need.weightBytes);
    count("cache_bytes", memory.need.cacheBytes);
    count("input_bytes", memory.need.inputBytes);
    count("result_bytes", memory.need.resultBytes);
    count("intermediate_bytes", memory.need.intermediateBytes);
    KnownOr<Count> total = memory.need.totalBytes();
    count("total_bytes", total);
    json.attribute("of_one_device", memory.isOfOneDevice);
    if (!total)
      json.attribute("reason", jsonText(total.unknown().reason));
    json.attribute("peak_kernel", jsonText(memory.peakKernel));
    json.attribute("peak_location", jsonText(memory.peakLocation));
    json.attributeArray("timeline", [&] {
      for (const MemoryStretch &stretch : memory.timeline)
        json.object([&] {
          count("kernels", stretch.kernels);
          count("bytes", stretch.bytes);
        });
    });
  });
}

void JsonWriter::memoryFit(const TargetSummary &target) {
  json.attributeObject("memory_fit", [&] {
    count("usable_bytes", target.memoryFit.usableBytes);
    count("devices", target.memoryFit.devices);
    if (!target.memoryFit.devices)
      json.attribute("reason",
                     jsonText(target.memoryFit.devices.unknown().reason));
  });
  known("tdp_watts", target.tdpWatts);
  json.attributeObject("energy", [&] {
    number("joules", target.energyJoules);
    if (!target.energyJoules)
      json.attribute("reason", jsonText(target.energyJoules.unknown().reason));
  });
}

void JsonWriter::demand(const Report &report) {
  json.attributeObject("demand", [&] {
    operations("operations", report.demand.work);
    count("read_bytes", report.demand.readBytes);
    count("written_bytes", report.demand.writtenBytes);
    json.attribute("complete", report.demand.isComplete);
  });
}

void JsonWriter::kernelTotals(const KernelSummary &summary) {
  json.attributeObject("kernel_totals", [&] {
    json.attribute("fusion", stringify(summary.fusion));
    json.attribute("kernels", static_cast<int64_t>(summary.kernels));
    json.attribute("left_out", static_cast<int64_t>(summary.leftOut));
    count("launches", summary.launches);
    count("external_bytes", summary.externalBytes);
    count("as_is_launches", summary.asIsLaunches);
    json.attribute("launch", stringify(summary.launching));
  });
}

void JsonWriter::leftOut(llvm::StringRef key, llvm::ArrayRef<LeftOutRow> rows) {
  json.attributeArray(key, [&] {
    for (const LeftOutRow &row : rows)
      json.object([&] {
        json.attribute("op", jsonText(row.op));
        json.attribute("count", static_cast<int64_t>(row.count));
        json.attribute("reason", jsonText(row.reason));
        count("bytes", row.bytes);
        json.attribute("location", jsonText(row.location));
        place("place", row.place);
      });
  });
}

void JsonWriter::coverage(const Report &report) {
  json.attributeObject("coverage", [&] {
    known("ops", report.coverage.ops);
    known("operations", report.coverage.operations);
    known("bytes", report.coverage.bytes);
    leftOut("unmodelled", report.coverage.unmodelled);
    leftOut("uncounted", report.coverage.uncounted);
  });
  json.attributeArray("loops", [&] {
    for (const LoopRow &loop : report.loops)
      json.object([&] {
        json.attribute("name", jsonText(loop.name));
        json.attribute("location", jsonText(loop.location));
        count("trip_count", loop.tripCount);
        json.attribute("bound_by_user", loop.isBound);
        if (!loop.tripCount)
          json.attribute("reason", jsonText(loop.tripCount.unknown().reason));
      });
  });
}

void JsonWriter::machine(const TargetSummary &target) {
  json.attributeObject("rates", [&] {
    for (const auto &[where, opsPerSecond] : target.rates)
      json.attribute(where.str(), opsPerSecond);
  });
  json.attributeArray("memory", [&] {
    for (const MemoryLevel &level : target.memory)
      json.object([&] {
        json.attribute("name", jsonText(level.name));
        known("capacity_bytes", level.capacityBytes);
        known("bytes_per_second", level.bytesPerSecond);
      });
  });
}

void JsonWriter::target(const TargetSummary &target) {
  json.object([&] {
    json.attribute("name", jsonText(target.name));
    json.attribute("title", jsonText(target.title));
    machine(target);
    number("roof_seconds", target.graphRoof.seconds);
    bound(target.graphRoof.bound);
    json.attributeObject("times", [&] {
      number("roof_seconds", target.graphRoof.seconds);
      number("kernel_roof_seconds", target.kernelRoofSeconds);
      number("kernels_seconds", target.kernelSeconds);
      interval("kernels_interval_seconds", target.kernelInterval);
      number("as_is_seconds", target.asIsSeconds);
      known("calibrated_share", target.calibratedShare);
      json.attributeObject("borrowed_calibrations", [&] {
        for (const auto &[key, lender] : target.borrowed)
          json.attribute(jsonText(key), jsonText(lender));
      });
      json.attributeArray("reasons", [&] {
        for (const std::string &reason : target.kernelReasons)
          json.value(jsonText(reason));
      });
    });
    memoryFit(target);
    json.attribute("complete", target.isComplete());
    json.attributeObject("resources", [&] {
      for (const ResourceTime &time : target.graphRoof.resources)
        number(time.resource.str(), time.seconds);
    });
    number("op_roof_seconds", target.opRoofSeconds);
    json.attributeObject("bounds", [&] {
      for (const BoundShare &bound : target.bounds)
        json.attributeObject(bound.bound.str(), [&] {
          number("seconds", bound.seconds);
          number("share", bound.share);
        });
    });
    json.attributeObject("substitutes", [&] {
      for (const SubstituteRow &row : target.substitutes)
        json.attribute(row.asked.str(), stringify(row.runsAs));
    });
    json.attributeArray("missing_rates", [&] {
      for (const MissingRate &missing : target.missingRates)
        json.object([&] {
          json.attribute("unit_type", missing.where.str());
          count("operations", missing.ops);
          json.attribute("reason", jsonText(missing.reason));
        });
    });
    json.attributeArray("incomplete_reasons", [&] {
      for (const std::string &reason : target.incompleteReasons)
        json.value(jsonText(reason));
    });
  });
}

void JsonWriter::op(const Report &report, const OpRow &row) {
  json.object([&] {
    json.attribute("name", jsonText(row.name));
    json.attribute("location", jsonText(row.location));
    count("count", row.count);
    json.attribute("structure", stringify(row.demand.structure));
    contraction(row.demand);
    operations("operations", row.demand.work);
    count("read_bytes", row.demand.readBytes);
    count("written_bytes", row.demand.writtenBytes);
    json.attributeArray("targets", [&] {
      for (auto [target, time] : llvm::zip(report.targets, row.times))
        json.object([&, &target = target, &time = time] {
          json.attribute("name", jsonText(target.name));
          number("roof_seconds", time.seconds);
          bound(time.bound);
          if (!time.seconds)
            json.attribute("reason", jsonText(time.seconds.unknown().reason));
        });
    });
  });
}

void JsonWriter::kernel(const Report &report, const KernelRow &row) {
  json.object([&] {
    json.attribute("name", jsonText(row.name));
    json.attribute("family", stringify(row.family));
    json.attributeArray("locations", [&] {
      for (const std::string &location : row.locations)
        json.value(jsonText(location));
    });
    count("launches", row.launches);
    json.attribute("ops", static_cast<int64_t>(row.ops));
    // By name, because an object that is read back has no other order.
    auto opNames = row.opNames;
    llvm::sort(opNames);
    json.attributeObject("op_names", [&] {
      for (const auto &[name, count] : opNames)
        json.attribute(jsonText(name), static_cast<int64_t>(count));
    });
    contraction(row.demand);
    operations("operations", row.demand.work);
    count("read_bytes", row.demand.readBytes);
    count("written_bytes", row.demand.writtenBytes);
    json.attributeArray("targets", [&] {
      for (auto [target, times] : llvm::zip(report.targets, row.times))
        json.object([&, &target = target, &times = times] {
          json.attribute("name", jsonText(target.name));
          number("roof_seconds", times.roofSeconds);
          bound(times.bound);
          number("seconds", times.seconds);
          interval("interval_seconds", times.interval);
          json.attribute("calibration",
                         times.calibration.empty()
                             ? llvm::json::Value(nullptr)
                             : llvm::json::Value(times.calibration));
          if (!times.seconds)
            json.attribute("reason", jsonText(times.seconds.unknown().reason));
        });
    });
    places("places", row.places);
    sizes("positions", row.positions);
    if (!row.launchesOf.empty())
      rawList("launches_of", row.launchesOf,
              [](Count launches) { return launches.str(); });
  });
}

void JsonWriter::packedKernels(const Report &report) {
  JsonPacker packer;
  std::string rows = "[0";
  for (const KernelRow &row : report.kernels) {
    std::string text;
    llvm::raw_string_ostream os(text);
    JsonWriter(os, {/*indent=*/0}).kernel(report, row);
    rows += "," + packer.pack(text);
  }
  json.attributeObject("packed_kernels", [&] {
    raw("rows", rows + "]");
    raw("keys", packer.keys());
  });
}

void JsonWriter::family(const Report &report, const FamilyRow &row) {
  json.object([&] {
    json.attribute("family", stringify(row.family));
    json.attribute("kernels", static_cast<int64_t>(row.kernels));
    json.attribute("left_out", static_cast<int64_t>(row.leftOut));
    count("launches", row.launches);
    operations("operations", row.work);
    count("bytes", row.bytes);
    json.attributeArray("targets", [&] {
      for (auto [target, times] : llvm::zip(report.targets, row.times))
        json.object([&, &target = target, &times = times] {
          json.attribute("name", jsonText(target.name));
          number("roof_seconds", times.roofSeconds);
          number("seconds", times.seconds);
          known("share", times.share);
          if (!times.seconds)
            json.attribute("reason", jsonText(times.seconds.unknown().reason));
        });
    });
  });
}

void JsonWriter::write(const Report &report, const ViewOptions &options) {
  json.object([&] {
    json.attributeObject("schema", [&] {
      json.attribute("name", reportSchema);
      json.attribute("version", reportSchemaVersion);
    });
    json.attribute("tool_version", report.toolVersion);
    json.attribute("model_data_version", report.modelDataVersion);
    texts("source_files", report.sourceFiles);
    model(report.model);
    json.attributeObject("rows", [&] {
      json.attribute("kernels", static_cast<int64_t>(report.rankedKernels));
      json.attribute("ops", static_cast<int64_t>(report.rankedOps));
    });
    if (options.shows(ReportView::Summary)) {
      memory(report.memory);
      demand(report);
      kernelTotals(report.kernelSummary);
      json.attributeArray("targets", [&] {
        for (const TargetSummary &summary : report.targets)
          target(summary);
      });
      assumptions(report.assumptions);
      texts("notes", report.notes);
    }
    if (options.shows(ReportView::Porting) && !report.ports.empty())
      json.attributeArray("ports", [&] {
        for (const PortSummary &one : report.ports)
          json.object([&] { port(one, layout.maxPlaces); });
      });
    if (options.shows(ReportView::Coverage))
      coverage(report);
    if (options.shows(ReportView::Breakdown))
      json.attributeArray("breakdown", [&] {
        for (const FamilyRow &row : report.families)
          family(report, row);
      });
    if (options.shows(ReportView::Kernels)) {
      if (layout.packsKernels)
        packedKernels(report);
      else
        json.attributeArray("kernels", [&] {
          for (const KernelRow &row : report.kernels)
            kernel(report, row);
        });
    }
    if (options.shows(ReportView::Hotspots)) {
      json.attributeArray("ops", [&] {
        for (const OpRow &row :
             llvm::ArrayRef(report.ops).take_front(layout.maxOps))
          op(report, row);
      });
    }
  });
}

} // namespace

void printJson(llvm::raw_ostream &os, const Report &report,
               const ViewOptions &options) {
  writeJson(os, report, options, JsonLayout());
  os << "\n";
}

void writeJson(llvm::raw_ostream &os, const Report &report,
               const ViewOptions &options, const JsonLayout &layout) {
  JsonWriter(os, layout).write(report, options);
}

} // namespace roofline
