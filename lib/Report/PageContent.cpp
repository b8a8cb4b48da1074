//===- PageContent.cpp - What a report says to people ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Page.h"

#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

#include <fmt/format.h>

#include <algorithm>

namespace roofline {

namespace {

/// Rows of what is left out before the rest is summed up in one line.
constexpr size_t maxLeftOutRows = 20;
/// Loops before the rest is summed up in one line.
constexpr size_t maxLoopRows = 20;

fmt::string_view view(llvm::StringRef text) {
  return {text.data(), text.size()};
}

/// At most six columns: `1365`, `0.0833`, `1e-05`.
std::string ratio(double value) {
  if (value >= 999999.5 || (value > 0 && value < 0.001))
    return fmt::format("{:.0e}", value);
  return value >= 1000 ? fmt::format("{:.0f}", value)
                       : fmt::format("{:.3g}", value);
}

/// A share without its unit, in at most five columns: `97.3`.
std::string percentNumber(std::optional<double> share) {
  if (!share)
    return "?";
  return llvm::StringRef(percent(*share)).drop_back(2).str();
}

std::string seconds(const KnownOr<double> &value) {
  return value ? scaled(*value, "s") : "unknown";
}

/// A count in at most `width` columns, five or more.
std::string executions(const KnownOr<Count> &count, size_t width = 7) {
  if (!count)
    return "?";
  std::string digits = count->str();
  if (digits.size() <= width)
    return digits;
  std::string text = scaled(*count, "");
  return text.size() <= width ? text : fmt::format("{:.0e}", count->asDouble());
}

std::string unbroken(std::string text) {
  llvm::replace(text, ' ', hardSpace);
  return text;
}

class ReportWriter {
public:
  ReportWriter(Page &page, const Report &report, const ViewOptions &options)
      : page(page), report(report), options(options) {}

  void write() {
    model();
    if (options.shows(ReportView::Summary)) {
      demand();
      launches();
      memory();
      targets();
    }
    if (options.shows(ReportView::Porting))
      writePorts(page, report);
    if (options.shows(ReportView::Breakdown))
      breakdown();
    if (options.shows(ReportView::Kernels))
      kernels();
    if (options.shows(ReportView::Hotspots))
      hotspots();
    if (options.shows(ReportView::Coverage))
      coverage();
    if (options.shows(ReportView::Summary) ||
        options.shows(ReportView::Coverage))
      notes();
    if (options.shows(ReportView::Summary))
      assumptions();
  }

private:
  /// `line:column` for a place in the model's own file.
  llvm::StringRef place(llvm::StringRef location) {
    llvm::StringRef rest = location;
    if (rest.consume_front(llvm::sys::path::filename(report.model.file)) &&
        rest.consume_front(":"))
      return rest;
    return location;
  }

  void model();
  void demand();
  void launches();
  void memory();
  void targets();
  void targetDetails(const TargetSummary &target, size_t nameWidth);
  void breakdown();
  void kernels();
  void hotspots();
  void coverage();
  void leftOut(llvm::StringRef title, llvm::ArrayRef<LeftOutRow> rows);
  void uncounted();
  void notes();
  void assumptions();

  Page &page;
  const Report &report;
  const ViewOptions &options;
};

void ReportWriter::model() {
  const ModelSummary &model = report.model;
  constexpr size_t fileWidth = 80;
  page.paragraph("model",
                 fmt::format("{}{}{}, {} {}, {}",
                             fit(model.file, fileWidth, /*keepEnd=*/true),
                             model.entry.empty() ? "" : ", entry ", model.entry,
                             grouped(model.ops), model.ops == 1 ? "op" : "ops",
                             model.stage));
  page.paragraph("memory",
                 fmt::format("arguments {}, constants {}, of these weights {}; "
                             "results {}",
                             scaled(model.argumentBytes, "B"),
                             scaled(model.constantBytes, "B"),
                             scaled(model.weightBytes, "B"),
                             scaled(model.resultBytes, "B")));
}

void ReportWriter::demand() {
  const DemandSummary &demand = report.demand;
  const char *atLeast = demand.isComplete ? "" : "at least ";
  std::string work;
  for (const Work &entry : demand.work)
    work += fmt::format(
        "{}{}", work.empty() ? "" : ", ",
        unbroken(entry.where.str() + " " + scaled(entry.ops, "op")));
  page.paragraph("operations",
                 work.empty() ? "none" : fmt::format("{}{}", atLeast, work));
  page.paragraph("traffic",
                 fmt::format("{}{} read and {} written op by op; {} must cross "
                             "off-chip memory",
                             atLeast, scaled(demand.readBytes, "B"),
                             scaled(demand.writtenBytes, "B"),
                             scaled(report.model.compulsoryBytes, "B")));
  Count operations = demand.work.totalOps();
  const KnownOr<Count> &bytes = report.model.compulsoryBytes;
  if (bytes && !bytes->isZero() && !operations.isZero())
    page.paragraph(
        "intensity",
        fmt::format("{:.4g} operations per byte that must cross; {:.4g} "
                    "op by op",
                    operations.asDouble() / bytes->asDouble(),
                    operations.asDouble() /
                        (demand.readBytes + demand.writtenBytes).asDouble()));
}

void ReportWriter::launches() {
  const KernelSummary &summary = report.kernelSummary;
  if (summary.kernels == 0)
    return;
  std::string text =
      fmt::format("{}{}, of {} kernel{}", summary.leftOut ? "at least " : "",
                  grouped(summary.launches), grouped(summary.kernels),
                  summary.kernels == 1 ? "" : "s");
  if (summary.leftOut)
    text += fmt::format(", {} of them left out", grouped(summary.leftOut));
  text += fmt::format("; {} enter and leave them",
                      scaled(summary.externalBytes, "B"));
  if (summary.fusion != Fusion::None)
    text += fmt::format("; {} op by op", grouped(summary.asIsLaunches));
  page.paragraph("launches", text);
}

void ReportWriter::memory() {
  const MemoryNeed &need = report.memory.need;
  page.paragraph("kept", fmt::format("{}{}: weights {}, caches {}, inputs {}, "
                                     "results {}, between kernels at most {}",
                                     scaled(need.totalBytes(), "B"),
                                     report.memory.isOfOneDevice
                                         ? " on each device of the partition"
                                         : " in all",
                                     scaled(need.weightBytes, "B"),
                                     scaled(need.cacheBytes, "B"),
                                     scaled(need.inputBytes, "B"),
                                     scaled(need.resultBytes, "B"),
                                     scaled(need.intermediateBytes, "B")));
}

void ReportWriter::targets() {
  if (report.targets.empty())
    return;
  page.heading("Targets");
  size_t nameWidth = 18;
  constexpr size_t maxNameWidth = 36;
  for (const TargetSummary &target : report.targets)
    nameWidth = std::max(nameWidth, std::min(target.name.size(), maxNameWidth));
  Table table;
  table.columns = {
      {"target", nameWidth, /*isRight=*/false, Shortening::End},
      {"graph roof", 11},
      {"kernel roofs", 12},
      {"kernels", 11},
      {"as-is", 11},
      {"bound", 0, /*isRight=*/false, Shortening::Nothing, /*gap=*/2}};
  for (const TargetSummary &target : report.targets) {
    auto time = [](const KnownOr<double> &value, bool isComplete) {
      return (value && !isComplete ? ">= " : "") + seconds(value);
    };
    bool isComplete = target.isComplete();
    bool areKernelsComplete = target.areKernelsComplete();
    table.rows.push_back(
        {target.name, time(target.graphRoof.seconds, isComplete),
         time(target.kernelRoofSeconds, isComplete),
         time(target.kernelSeconds, areKernelsComplete),
         time(target.asIsSeconds, areKernelsComplete),
         target.graphRoof.bound ? target.graphRoof.bound->str() : "none"});
  }
  page.table(table);
  for (const TargetSummary &target : report.targets)
    targetDetails(target, nameWidth);
}

void ReportWriter::targetDetails(const TargetSummary &target,
                                 size_t nameWidth) {
  if (!target.bounds.empty()) {
    std::string shares;
    for (const BoundShare &bound : target.bounds)
      shares +=
          fmt::format("{}{}", shares.empty() ? ": " : ", ",
                      unbroken(bound.bound.str() + " " + percent(bound.share)));
    page.paragraph(target.name,
                   fmt::format("op roofs {}{}{}",
                               target.isComplete() ? "" : ">= ",
                               scaled(target.opRoofSeconds, "s"), shares),
                   nameWidth + 1);
  }
  if (target.kernelInterval) {
    std::string text = fmt::format("kernels: 80 % interval {} to {}",
                                   scaled(target.kernelInterval->low, "s"),
                                   scaled(target.kernelInterval->high, "s"));
    if (target.calibratedShare)
      text += fmt::format("; {} of the time by calibrated models",
                          percent(*target.calibratedShare));
    for (const auto &[key, lender] : target.borrowed)
      text += fmt::format("{}{}",
                          &key == &target.borrowed.front().first
                              ? "; borrowed from " + lender + ": "
                              : ", ",
                          key);
    page.paragraph(target.name, text, nameWidth + 1);
  }
  const KnownOr<Count> &devices = target.memoryFit.devices;
  const char *perPart = report.memory.isOfOneDevice ? " for each part" : "";
  if (!devices)
    page.paragraph(target.name,
                   "whether it fits is unknown: " + devices.unknown().reason,
                   nameWidth + 1);
  else if (*devices != Count(1))
    page.paragraph(target.name,
                   fmt::format("does not fit: {} devices{} hold it, {} usable "
                               "on each",
                               grouped(*devices), perPart,
                               scaled(target.memoryFit.usableBytes, "B")),
                   nameWidth + 1);
  for (const std::string &reason : target.incompleteReasons)
    page.paragraph(target.name, "a lower bound: " + reason, nameWidth + 1);
  for (const std::string &reason : target.kernelReasons)
    page.paragraph(target.name, reason, nameWidth + 1);
  if (target.substitutes.empty())
    return;
  std::string text;
  for (const SubstituteRow &row : target.substitutes)
    text += fmt::format("{}{} as {}", text.empty() ? "runs " : ", ",
                        row.asked.str(), view(stringify(row.runsAs)));
  page.paragraph(target.name, text, nameWidth + 1);
}

void ReportWriter::breakdown() {
  if (report.families.empty())
    return;
  page.heading("Families of kernels");
  Table table;
  table.columns = {{"family", 16, /*isRight=*/false},
                   {"kernels", 7},
                   {"count", 7},
                   {"ops", 7},
                   {"bytes", 8}};
  for (const TargetSummary &target : report.targets)
    table.columns.push_back(
        {target.name, 16, /*isRight=*/true, Shortening::End});
  for (const FamilyRow &row : report.families) {
    std::vector<std::string> cells = {
        stringify(row.family).str(), executions(Count(row.kernels)),
        executions(row.launches), scaled(row.work.totalOps(), ""),
        scaled(row.bytes, "B")};
    for (auto [target, times] : llvm::zip(report.targets, row.times)) {
      // A family without times has its roof in the sum, if any.
      const KnownOr<double> &shown = target.kernelSeconds && times.seconds
                                         ? times.seconds
                                         : times.roofSeconds;
      cells.push_back(
          fmt::format("{} {:>7}", shown ? scaled(*shown, "s") : "?",
                      times.share ? percent(*times.share) : std::string("?")));
    }
    table.rows.push_back(std::move(cells));
  }
  page.table(table);
  for (const TargetSummary &target : report.targets)
    if (!target.kernelSeconds && target.kernelRoofSeconds)
      page.paragraph(fit(target.name, 16),
                     "at the roofs, as times are unknown: " +
                         target.kernelSeconds.unknown().reason,
                     17);
  std::string leftOut;
  for (const FamilyRow &row : report.families)
    if (row.leftOut)
      leftOut += fmt::format("{}{} {}", leftOut.empty() ? "" : ", ",
                             grouped(row.leftOut), view(stringify(row.family)));
  if (!leftOut.empty())
    page.paragraph("left out", leftOut + " (see Coverage)");
}

void ReportWriter::kernels() {
  if (report.kernels.empty())
    return;
  const TargetSummary *target =
      report.targets.empty() ? nullptr : &report.targets.front();
  const bool isTimed = target && target->kernelSeconds;
  page.heading(fmt::format("Hottest kernels by {}{} ({} of {} that differ)",
                           isTimed  ? "time on "
                           : target ? "roof on "
                                    : "traffic",
                           target ? target->name : "", report.kernels.size(),
                           grouped(report.rankedKernels)));
  Table table;
  table.columns = {{"kernel", 19, /*isRight=*/false, Shortening::End},
                   {"location", 23, /*isRight=*/false, Shortening::Location},
                   {"count", 6},
                   {"fuses", 5},
                   {"ops", 7},
                   {"bytes", 8},
                   {isTimed || !target ? "time" : "roof", 8},
                   {"bound", 11, /*isRight=*/false, Shortening::End},
                   {"%", 5}};
  for (const KernelRow &row : report.kernels) {
    std::string time = "-", bound = "-", share = "-";
    if (target) {
      const KernelTimes &times = row.times.front();
      if (times.bound)
        bound = times.bound->str();
      const KnownOr<double> &shown =
          isTimed && times.seconds ? times.seconds : times.roofSeconds;
      const KnownOr<double> &total =
          isTimed ? target->kernelSeconds : target->kernelRoofSeconds;
      time = shown ? scaled(*shown, "s") : "?";
      share = "?";
      if (shown && total && *total > 0)
        share = percentNumber(*shown / *total);
    }
    table.rows.push_back(
        {row.name, place(row.locations.front()).str(),
         executions(row.launches, 6), executions(Count(row.ops), 5),
         scaled(row.demand.work.totalOps(), ""),
         scaled(row.demand.totalBytes(), "B"), time, bound, share});
  }
  page.table(table);
}

void ReportWriter::hotspots() {
  if (report.ops.empty())
    return;
  const char *by = report.targets.empty() ? "traffic" : "op roof on ";
  page.heading(
      fmt::format("Hottest ops by {}{} ({} of {})", by,
                  report.targets.empty() ? "" : report.targets.front().name,
                  report.ops.size(), grouped(report.rankedOps)));
  Table table;
  table.columns = {{"op", 23, /*isRight=*/false, Shortening::End},
                   {"location", 23, /*isRight=*/false, Shortening::Location},
                   {"count", 7},
                   {"ops", 7},
                   {"bytes", 8},
                   {"op/B", 6},
                   {"bound", 11, /*isRight=*/false, Shortening::End, /*gap=*/2},
                   {"share", 7}};
  for (const OpRow &row : report.ops) {
    Count operations = row.demand.work.totalOps();
    Count bytes = row.demand.totalBytes();
    std::string intensity =
        bytes.isZero() ? "-" : ratio(operations.asDouble() / bytes.asDouble());
    std::string bound = "-", share = "-";
    if (!row.times.empty()) {
      const OpTime &time = row.times.front();
      if (time.bound)
        bound = time.bound->str();
      double total = report.targets.front().opRoofSeconds;
      if (!time.seconds)
        share = "?";
      else if (total > 0)
        share = percent(*time.seconds / total);
    }
    table.rows.push_back({row.name, place(row.location).str(),
                          executions(row.count), scaled(operations, ""),
                          scaled(bytes, "B"), intensity, bound, share});
  }
  page.table(table);
}

void ReportWriter::leftOut(llvm::StringRef title,
                           llvm::ArrayRef<LeftOutRow> rows) {
  if (rows.empty())
    return;
  page.heading(title);
  for (const LeftOutRow &row : rows.take_front(maxLeftOutRows))
    page.paragraph(
        fmt::format("{:>8} x", grouped(row.count)),
        fmt::format("{} ({}): {}", row.op, scaled(row.bytes, "B"), row.reason));
  if (rows.size() > maxLeftOutRows) {
    size_t ops = 0;
    for (const LeftOutRow &row : rows.drop_front(maxLeftOutRows))
      ops += row.count;
    page.paragraph(fmt::format("{:>8} x", grouped(ops)),
                   fmt::format("of {} further rows; --format=json lists all",
                               rows.size() - maxLeftOutRows));
  }
}

/// One row per reason: which ops are under a loop matters less than why it is
/// not counted.
void ReportWriter::uncounted() {
  std::vector<LeftOutRow> rows;
  for (const LeftOutRow &row : report.coverage.uncounted) {
    auto it = llvm::find_if(rows, [&](const LeftOutRow &other) {
      return other.reason == row.reason;
    });
    if (it == rows.end()) {
      rows.push_back(row);
      rows.back().op = "ops";
      continue;
    }
    it->count += row.count;
    if (it->bytes)
      it->bytes =
          row.bytes ? KnownOr<Count>(*it->bytes + *row.bytes) : row.bytes;
  }
  leftOut("Modelled, but run an unknown number of times; left out of totals",
          rows);
}

void ReportWriter::coverage() {
  auto share = [](std::optional<double> value) {
    return value ? percent(*value) : "unknown";
  };
  page.heading("Coverage");
  page.paragraph("modelled", fmt::format("ops {}, bytes {}, operations {}",
                                         share(report.coverage.ops),
                                         share(report.coverage.bytes),
                                         share(report.coverage.operations)));
  leftOut("Not modelled, left out of every total", report.coverage.unmodelled);
  uncounted();
  if (report.loops.empty())
    return;
  page.heading("Loops");
  // Those that a user can bind first; the others are there to be checked.
  size_t rows = 0;
  for (bool isKnown : {false, true})
    for (const LoopRow &loop : report.loops) {
      if (static_cast<bool>(loop.tripCount) != isKnown || ++rows > maxLoopRows)
        continue;
      std::string trips =
          isKnown ? fmt::format("{} trips{}", grouped(*loop.tripCount),
                                loop.isBound ? ", as given" : "")
                  : fmt::format("{}; give it with --trip-count={}=N",
                                loop.tripCount.unknown().reason, loop.name);
      page.paragraph("  " + loop.name,
                     fitLocation(place(loop.location), 24) + ": " + trips,
                     loop.name.size() + 4);
    }
  if (rows > maxLoopRows)
    page.paragraph("  ..",
                   fmt::format("{} further loops; --format=json lists all",
                               rows - maxLoopRows));
}

void ReportWriter::notes() {
  if (report.notes.empty())
    return;
  page.heading("Notes");
  for (const std::string &note : report.notes)
    page.paragraph("  -", note);
}

void ReportWriter::assumptions() {
  if (report.assumptions.empty())
    return;
  page.heading("Assumed (docs/Model.md)");
  for (const Assumption &assumption : report.assumptions)
    page.paragraph("  " + assumption.id, assumption.text);
}

} // namespace

void writePage(Page &page, const Report &report, const ViewOptions &options) {
  ReportWriter(page, report, options).write();
}

} // namespace roofline
