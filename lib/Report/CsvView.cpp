//===- CsvView.cpp - Tables of a report for spreadsheets ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// RFC 4180 with lines that end in a line feed. Each line says everything that
// it is about, so that lines of several models and targets stay one table.
// Columns have the names and the values of the JSON view; unknown is an empty
// cell.
//
//===----------------------------------------------------------------------===//

#include "JsonText.h"

#include "roofline/Report/ReportViews.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <fmt/format.h>

#include <cmath>

namespace roofline {

namespace {

std::string text(Count value) { return value.isOverflow() ? "" : value.str(); }

std::string text(size_t value) { return std::to_string(value); }

std::string text(const KnownOr<Count> &value) {
  return value ? text(*value) : "";
}

std::string text(const std::optional<Bound> &bound) {
  return bound ? bound->str() : "";
}

std::string text(bool value) { return value ? "true" : "false"; }

/// With the digits of the JSON view.
std::string seconds(double value) {
  return std::isfinite(value) ? fmt::format("{:.6e}", value) : "";
}

std::string seconds(const KnownOr<double> &value) {
  return value ? seconds(*value) : "";
}

std::string low(const std::optional<TimeInterval> &interval) {
  return interval ? seconds(interval->low) : "";
}

std::string high(const std::optional<TimeInterval> &interval) {
  return interval ? seconds(interval->high) : "";
}

/// A column of lines that are about a `Subject`.
template <typename Subject> struct CsvColumn {
  const char *name;
  std::string (*cell)(const Subject &subject);
};

const CsvColumn<Report> summaryColumns[] = {
    {"ops", [](const auto &report) { return text(report.model.ops); }},
    {"argument_bytes",
     [](const auto &report) { return text(report.model.argumentBytes); }},
    {"constant_bytes",
     [](const auto &report) { return text(report.model.constantBytes); }},
    {"weight_bytes",
     [](const auto &report) { return text(report.model.weightBytes); }},
    {"result_bytes",
     [](const auto &report) { return text(report.model.resultBytes); }},
    {"compulsory_bytes",
     [](const auto &report) { return text(report.model.compulsoryBytes); }},
    {"operations",
     [](const auto &report) { return text(report.demand.work.totalOps()); }},
    {"read_bytes",
     [](const auto &report) { return text(report.demand.readBytes); }},
    {"written_bytes",
     [](const auto &report) { return text(report.demand.writtenBytes); }},
    {"demand_complete",
     [](const auto &report) { return text(report.demand.isComplete); }},
    {"kernels",
     [](const auto &report) { return text(report.kernelSummary.kernels); }},
    {"left_out",
     [](const auto &report) { return text(report.kernelSummary.leftOut); }},
    {"launches",
     [](const auto &report) { return text(report.kernelSummary.launches); }},
    {"external_bytes",
     [](const auto &report) {
       return text(report.kernelSummary.externalBytes);
     }},
    {"as_is_launches",
     [](const auto &report) {
       return text(report.kernelSummary.asIsLaunches);
     }},
};
const CsvColumn<TargetSummary> targetColumns[] = {
    {"complete", [](const auto &target) { return text(target.isComplete()); }},
    {"roof_seconds",
     [](const auto &target) { return seconds(target.graphRoof.seconds); }},
    {"bound", [](const auto &target) { return text(target.graphRoof.bound); }},
    {"kernel_roof_seconds",
     [](const auto &target) { return seconds(target.kernelRoofSeconds); }},
    {"kernels_seconds",
     [](const auto &target) { return seconds(target.kernelSeconds); }},
    {"low_seconds",
     [](const auto &target) { return low(target.kernelInterval); }},
    {"high_seconds",
     [](const auto &target) { return high(target.kernelInterval); }},
    {"as_is_seconds",
     [](const auto &target) { return seconds(target.asIsSeconds); }},
    {"op_roof_seconds",
     [](const auto &target) { return seconds(target.opRoofSeconds); }},
};

const CsvColumn<FamilyRow> familyColumns[] = {
    {"family", [](const auto &row) { return stringify(row.family).str(); }},
    {"kernels", [](const auto &row) { return text(row.kernels); }},
    {"left_out", [](const auto &row) { return text(row.leftOut); }},
    {"launches", [](const auto &row) { return text(row.launches); }},
    {"operations", [](const auto &row) { return text(row.work.totalOps()); }},
    {"bytes", [](const auto &row) { return text(row.bytes); }},
};
const CsvColumn<FamilyTimes> familyTimeColumns[] = {
    {"roof_seconds",
     [](const auto &times) { return seconds(times.roofSeconds); }},
    {"seconds", [](const auto &times) { return seconds(times.seconds); }},
    {"share",
     [](const auto &times) {
       return times.share ? fmt::format("{}", *times.share) : "";
     }},
};

const CsvColumn<KernelRow> kernelColumns[] = {
    {"name", [](const auto &row) { return row.name; }},
    {"family", [](const auto &row) { return stringify(row.family).str(); }},
    {"location", [](const auto &row) { return row.locations.front(); }},
    {"kernels", [](const auto &row) { return text(row.locations.size()); }},
    {"launches", [](const auto &row) { return text(row.launches); }},
    {"ops", [](const auto &row) { return text(row.ops); }},
    {"operations",
     [](const auto &row) { return text(row.demand.work.totalOps()); }},
    {"read_bytes", [](const auto &row) { return text(row.demand.readBytes); }},
    {"written_bytes",
     [](const auto &row) { return text(row.demand.writtenBytes); }},
};
const CsvColumn<KernelTimes> kernelTimeColumns[] = {
    {"roof_seconds",
     [](const auto &times) { return seconds(times.roofSeconds); }},
    {"bound", [](const auto &times) { return text(times.bound); }},
    {"seconds", [](const auto &times) { return seconds(times.seconds); }},
    {"low_seconds", [](const auto &times) { return low(times.interval); }},
    {"high_seconds", [](const auto &times) { return high(times.interval); }},
    {"calibration", [](const auto &times) { return times.calibration; }},
};

const CsvColumn<OpRow> opColumns[] = {
    {"name", [](const auto &row) { return row.name; }},
    {"location", [](const auto &row) { return row.location; }},
    {"count", [](const auto &row) { return text(row.count); }},
    {"structure",
     [](const auto &row) { return stringify(row.demand.structure).str(); }},
    {"operations",
     [](const auto &row) { return text(row.demand.work.totalOps()); }},
    {"read_bytes", [](const auto &row) { return text(row.demand.readBytes); }},
    {"written_bytes",
     [](const auto &row) { return text(row.demand.writtenBytes); }},
};
const CsvColumn<OpTime> opTimeColumns[] = {
    {"roof_seconds", [](const auto &times) { return seconds(times.seconds); }},
    {"bound", [](const auto &times) { return text(times.bound); }},
};

class CsvWriter {
public:
  CsvWriter(llvm::raw_ostream &os, const Report &report)
      : os(os), report(report) {}

  void summary() {
    names(summaryColumns, targetColumns);
    lines(summaryColumns, targetColumns, report, report.targets);
  }

  template <typename Columns, typename TimeColumns, typename Row>
  void rows(const Columns &columns, const TimeColumns &timeColumns,
            const std::vector<Row> &rows) {
    names(columns, timeColumns);
    for (const Row &row : rows)
      lines(columns, timeColumns, row, row.times);
  }

  void coverage() {
    cells({"model", "entry", "kind", "name", "location", "count", "bytes",
           "reason"});
    leftOut("unmodelled", report.coverage.unmodelled);
    leftOut("uncounted", report.coverage.uncounted);
    for (const LoopRow &loop : report.loops)
      cells({report.model.file, report.model.entry, "loop", loop.name,
             loop.location, text(loop.tripCount), "",
             loop.tripCount ? "" : loop.tripCount.unknown().reason});
  }

  void ports() {
    cells({"model", "entry", "from", "to", "rule", "status", "level", "verdict",
           "op", "location", "occurrences", "launches", "source_share",
           "low_days", "high_days", "source_seconds", "target_seconds",
           "remedied_seconds", "reason"});
    for (const PortSummary &port : report.ports)
      for (const PortFinding &finding : port.findings)
        cells(
            {report.model.file, report.model.entry, port.from, port.to,
             finding.rule, stringify(finding.status).str(),
             stringify(finding.level).str(), text(finding.isVerdict),
             finding.op,
             finding.locations.empty() ? "" : finding.locations.front(),
             text(finding.occurrences), text(finding.launches),
             finding.sourceShare ? fmt::format("{}", *finding.sourceShare) : "",
             fmt::format("{}", finding.effort.low),
             fmt::format("{}", finding.effort.high),
             seconds(finding.sourceSeconds), seconds(finding.targetSeconds),
             seconds(finding.remediedSeconds), finding.reason});
  }

private:
  void leftOut(const char *kind, llvm::ArrayRef<LeftOutRow> rows) {
    for (const LeftOutRow &row : rows)
      cells({report.model.file, report.model.entry, kind, row.op, "",
             text(row.count), text(row.bytes), row.reason});
  }

  template <typename Columns, typename TimeColumns>
  void names(const Columns &columns, const TimeColumns &timeColumns) {
    std::vector<std::string> all = {"model", "entry"};
    for (const auto &column : columns)
      all.emplace_back(column.name);
    all.emplace_back("target");
    for (const auto &column : timeColumns)
      all.emplace_back(column.name);
    cells(all);
  }

  /// A line per target for what `subject` is on each; one where there is no
  /// target.
  template <typename Columns, typename TimeColumns, typename Subject,
            typename Times>
  void lines(const Columns &columns, const TimeColumns &timeColumns,
             const Subject &subject, const std::vector<Times> &times) {
    std::vector<std::string> own = {report.model.file, report.model.entry};
    for (const auto &column : columns)
      own.push_back(column.cell(subject));
    if (report.targets.empty()) {
      own.resize(own.size() + 1 + std::size(timeColumns));
      return cells(own);
    }
    for (const auto &[target, onTarget] : llvm::zip(report.targets, times)) {
      std::vector<std::string> all = own;
      all.push_back(target.name);
      for (const auto &column : timeColumns)
        all.push_back(column.cell(onTarget));
      cells(all);
    }
  }

  void cells(const std::vector<std::string> &all) {
    for (auto [index, cell] : llvm::enumerate(all)) {
      if (index > 0)
        os << ',';
      std::string value = jsonText(cell);
      if (value.find_first_of(",\"\r\n") == std::string::npos) {
        os << value;
        continue;
      }
      os << '"';
      for (char c : value)
        os << (c == '"' ? "\"\"" : llvm::StringRef(&c, 1));
      os << '"';
    }
    os << '\n';
  }

  llvm::raw_ostream &os;
  const Report &report;
};

} // namespace

void printCsv(llvm::raw_ostream &os, const Report &report,
              const ViewOptions &options) {
  CsvWriter writer(os, report);
  switch (options.views.empty() ? ReportView::Summary : options.views.front()) {
  case ReportView::Summary:
    return writer.summary();
  case ReportView::Breakdown:
    return writer.rows(familyColumns, familyTimeColumns, report.families);
  case ReportView::Kernels:
    return writer.rows(kernelColumns, kernelTimeColumns, report.kernels);
  case ReportView::Hotspots:
    return writer.rows(opColumns, opTimeColumns, report.ops);
  case ReportView::Porting:
    return writer.ports();
  case ReportView::Coverage:
    return writer.coverage();
  }
}

} // namespace roofline
