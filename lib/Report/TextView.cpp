//===- TextView.cpp - A report for people ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/ReportViews.h"
#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <fmt/format.h>

#include <algorithm>

namespace roofline {

namespace {

constexpr size_t pageWidth = 100;
/// Rows of what is left out before the rest is summed up in one line.
constexpr size_t maxLeftOutRows = 20;
/// Loops before the rest is summed up in one line.
constexpr size_t maxLoopRows = 20;

fmt::string_view view(llvm::StringRef text) {
  return {text.data(), text.size()};
}

/// `text` cut to `width` columns, keeping its end where `keepEnd`: the end of a
/// location tells more than its beginning.
std::string fit(llvm::StringRef text, size_t width, bool keepEnd = false) {
  if (text.size() <= width)
    return text.str();
  const std::string mark = "..";
  size_t kept = width - mark.size();
  return keepEnd ? mark + text.take_back(kept).str()
                 : text.take_front(kept).str() + mark;
}

/// A location in at most `width` columns. Names of scopes end with the op, as
/// in `layer0/attention/scores/dot_general`: what is in another column goes
/// first.
std::string fitLocation(llvm::StringRef location, size_t width) {
  auto isMnemonic = [](llvm::StringRef text) {
    return !text.empty() && llvm::all_of(text, [](char c) {
      return llvm::isAlnum(c) || c == '_';
    });
  };
  auto [scope, op] = location.rsplit('/');
  if (location.size() > width && !scope.empty() && isMnemonic(op))
    location = scope;
  return fit(location, width, /*keepEnd=*/true);
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

/// Stands for a space that a paragraph does not break at.
constexpr char hardSpace = '\x1f';

std::string unbroken(std::string text) {
  llvm::replace(text, ' ', hardSpace);
  return text;
}

class TextWriter {
public:
  TextWriter(llvm::raw_ostream &os, const Report &report,
             const ViewOptions &options)
      : os(os), report(report), options(options) {}

  void write() {
    model();
    if (options.shows(ReportView::Summary)) {
      demand();
      launches();
      memory();
      targets();
    }
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
  /// Prints a line without what a terminal would obey: names in models may hold
  /// any character.
  void print(std::string text) {
    std::replace_if(
        text.begin(), text.end(),
        [](char c) { return static_cast<unsigned char>(c) < ' '; }, '?');
    os << llvm::StringRef(text).rtrim() << "\n";
  }

  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args &&...args) {
    print(fmt::format(format, std::forward<Args>(args)...));
  }

  void heading(llvm::StringRef text) {
    os << "\n";
    if (options.useColor)
      os << "\033[1m";
    os << text;
    if (options.useColor)
      os << "\033[0m";
    os << "\n";
  }

  /// A labelled paragraph, wrapped with hanging indentation.
  void paragraph(llvm::StringRef label, llvm::StringRef text,
                 size_t indent = 12);

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

  llvm::raw_ostream &os;
  const Report &report;
  const ViewOptions &options;
};

void TextWriter::paragraph(llvm::StringRef label, llvm::StringRef text,
                           size_t indent) {
  std::string current = fmt::format("{:<{}}", view(label), indent);
  bool isFresh = true;
  llvm::SmallVector<llvm::StringRef> words;
  text.split(words, ' ', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef word : words) {
    if (!isFresh && current.size() + 1 + word.size() > pageWidth) {
      print(current);
      current.assign(indent, ' ');
      isFresh = true;
    }
    if (!isFresh)
      current += ' ';
    current += word.str();
    llvm::replace(current, hardSpace, ' ');
    isFresh = false;
  }
  print(current);
}

void TextWriter::model() {
  const ModelSummary &model = report.model;
  constexpr size_t fileWidth = 80;
  paragraph("model", fmt::format("{}{}{}, {} {}, {}",
                                 fit(model.file, fileWidth, /*keepEnd=*/true),
                                 model.entry.empty() ? "" : ", entry ",
                                 model.entry, grouped(model.ops),
                                 model.ops == 1 ? "op" : "ops", model.stage));
  paragraph("memory",
            fmt::format("arguments {}, constants {}, of these weights {}; "
                        "results {}",
                        scaled(model.argumentBytes, "B"),
                        scaled(model.constantBytes, "B"),
                        scaled(model.weightBytes, "B"),
                        scaled(model.resultBytes, "B")));
}

void TextWriter::demand() {
  const DemandSummary &demand = report.demand;
  const char *atLeast = demand.isComplete ? "" : "at least ";
  std::string work;
  for (const Work &entry : demand.work)
    work += fmt::format(
        "{}{}", work.empty() ? "" : ", ",
        unbroken(entry.where.str() + " " + scaled(entry.ops, "op")));
  paragraph("operations",
            work.empty() ? "none" : fmt::format("{}{}", atLeast, work));
  paragraph("traffic",
            fmt::format("{}{} read and {} written op by op; {} must cross "
                        "off-chip memory",
                        atLeast, scaled(demand.readBytes, "B"),
                        scaled(demand.writtenBytes, "B"),
                        scaled(report.model.compulsoryBytes, "B")));
  Count operations = demand.work.totalOps();
  const KnownOr<Count> &bytes = report.model.compulsoryBytes;
  if (bytes && !bytes->isZero() && !operations.isZero())
    paragraph(
        "intensity",
        fmt::format("{:.4g} operations per byte that must cross; {:.4g} "
                    "op by op",
                    operations.asDouble() / bytes->asDouble(),
                    operations.asDouble() /
                        (demand.readBytes + demand.writtenBytes).asDouble()));
}

void TextWriter::launches() {
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
  paragraph("launches", text);
}

void TextWriter::memory() {
  const MemoryNeed &need = report.memory.need;
  paragraph("kept",
            fmt::format(
                "{}{}: weights {}, caches {}, inputs {}, "
                "results {}, between kernels at most {}",
                scaled(need.totalBytes(), "B"),
                report.memory.isOfOneDevice ? " on each device of the partition"
                                            : " in all",
                scaled(need.weightBytes, "B"), scaled(need.cacheBytes, "B"),
                scaled(need.inputBytes, "B"), scaled(need.resultBytes, "B"),
                scaled(need.intermediateBytes, "B")));
}

void TextWriter::targets() {
  if (report.targets.empty())
    return;
  heading("Targets");
  size_t nameWidth = 18;
  constexpr size_t maxNameWidth = 36;
  for (const TargetSummary &target : report.targets)
    nameWidth = std::max(nameWidth, std::min(target.name.size(), maxNameWidth));
  line("{:<{}} {:>11} {:>12} {:>11} {:>11}  {}", "target", nameWidth,
       "graph roof", "kernel roofs", "kernels", "as-is", "bound");
  for (const TargetSummary &target : report.targets) {
    auto time = [](const KnownOr<double> &value, bool isComplete) {
      return (value && !isComplete ? ">= " : "") + seconds(value);
    };
    bool isComplete = target.isComplete();
    bool areKernelsComplete = target.areKernelsComplete();
    line("{:<{}} {:>11} {:>12} {:>11} {:>11}  {}", fit(target.name, nameWidth),
         nameWidth, time(target.graphRoof.seconds, isComplete),
         time(target.kernelRoofSeconds, isComplete),
         time(target.kernelSeconds, areKernelsComplete),
         time(target.asIsSeconds, areKernelsComplete),
         target.graphRoof.bound ? target.graphRoof.bound->str() : "none");
  }
  for (const TargetSummary &target : report.targets)
    targetDetails(target, nameWidth);
}

void TextWriter::targetDetails(const TargetSummary &target, size_t nameWidth) {
  if (!target.bounds.empty()) {
    std::string shares;
    for (const BoundShare &bound : target.bounds)
      shares +=
          fmt::format("{}{}", shares.empty() ? ": " : ", ",
                      unbroken(bound.bound.str() + " " + percent(bound.share)));
    paragraph(target.name,
              fmt::format("op roofs {}{}{}", target.isComplete() ? "" : ">= ",
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
    paragraph(target.name, text, nameWidth + 1);
  }
  const KnownOr<Count> &devices = target.memoryFit.devices;
  const char *perPart = report.memory.isOfOneDevice ? " for each part" : "";
  if (!devices)
    paragraph(target.name,
              "whether it fits is unknown: " + devices.unknown().reason,
              nameWidth + 1);
  else if (*devices != Count(1))
    paragraph(target.name,
              fmt::format("does not fit: {} devices{} hold it, {} usable on "
                          "each",
                          grouped(*devices), perPart,
                          scaled(target.memoryFit.usableBytes, "B")),
              nameWidth + 1);
  for (const std::string &reason : target.incompleteReasons)
    paragraph(target.name, "a lower bound: " + reason, nameWidth + 1);
  for (const std::string &reason : target.kernelReasons)
    paragraph(target.name, reason, nameWidth + 1);
  if (target.substitutes.empty())
    return;
  std::string text;
  for (const SubstituteRow &row : target.substitutes)
    text += fmt::format("{}{} as {}", text.empty() ? "runs " : ", ",
                        row.asked.str(), view(stringify(row.runsAs)));
  paragraph(target.name, text, nameWidth + 1);
}

void TextWriter::breakdown() {
  if (report.families.empty())
    return;
  heading("Families of kernels");
  // What no target decides stands before the first targets; the others follow
  // below.
  constexpr size_t firstTargets = 3, furtherTargets = 4;
  const size_t count = report.targets.size();
  for (size_t begin = 0; begin == 0 || begin < count;) {
    const bool isFirst = begin == 0;
    const size_t end =
        std::min(count, begin + (isFirst ? firstTargets : furtherTargets));
    if (!isFirst)
      print("");
    std::string header = fmt::format("{:<16}", "family");
    if (isFirst)
      header += fmt::format(" {:>7} {:>7} {:>7} {:>8}", "kernels", "count",
                            "ops", "bytes");
    for (size_t index = begin; index < end; ++index)
      header += fmt::format(" {:>16}", fit(report.targets[index].name, 16));
    print(header);
    for (const FamilyRow &row : report.families) {
      std::string text = fmt::format("{:<16}", view(stringify(row.family)));
      if (isFirst)
        text += fmt::format(
            " {:>7} {:>7} {:>7} {:>8}", executions(Count(row.kernels)),
            executions(row.launches), scaled(row.work.totalOps(), ""),
            scaled(row.bytes, "B"));
      for (size_t index = begin; index < end; ++index) {
        const FamilyTimes &times = row.times[index];
        const bool isTimed = report.targets[index].kernelSeconds.isKnown();
        // A family without times has its roof in the sum, if any.
        const KnownOr<double> &shown =
            isTimed && times.seconds ? times.seconds : times.roofSeconds;
        text +=
            fmt::format(" {:>8} {:>7}", shown ? scaled(*shown, "s") : "?",
                        times.share ? percent(*times.share) : std::string("?"));
      }
      print(text);
    }
    begin = end;
    if (begin == 0)
      break;
  }
  for (const TargetSummary &target : report.targets)
    if (!target.kernelSeconds && target.kernelRoofSeconds)
      paragraph(fit(target.name, 16),
                "at the roofs, as times are unknown: " +
                    target.kernelSeconds.unknown().reason,
                17);
  std::string leftOut;
  for (const FamilyRow &row : report.families)
    if (row.leftOut)
      leftOut += fmt::format("{}{} {}", leftOut.empty() ? "" : ", ",
                             grouped(row.leftOut), view(stringify(row.family)));
  if (!leftOut.empty())
    paragraph("left out", leftOut + " (see Coverage)");
}

void TextWriter::kernels() {
  if (report.kernels.empty())
    return;
  const TargetSummary *target =
      report.targets.empty() ? nullptr : &report.targets.front();
  const bool isTimed = target && target->kernelSeconds;
  heading(fmt::format("Hottest kernels by {}{} ({} of {} that differ)",
                      isTimed  ? "time on "
                      : target ? "roof on "
                               : "traffic",
                      target ? target->name : "", report.kernels.size(),
                      grouped(report.rankedKernels)));
  constexpr const char *format =
      "{:<19} {:<23} {:>6} {:>5} {:>7} {:>8} {:>8} {:<11} {:>5}";
  line(format, "kernel", "location", "count", "fuses", "ops", "bytes",
       isTimed || !target ? "time" : "roof", "bound", "%");
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
    line(format, fit(row.name, 19),
         fitLocation(place(row.locations.front()), 23),
         executions(row.launches, 6), executions(Count(row.ops), 5),
         scaled(row.demand.work.totalOps(), ""),
         scaled(row.demand.totalBytes(), "B"), time, fit(bound, 11), share);
  }
}

void TextWriter::hotspots() {
  if (report.ops.empty())
    return;
  const char *by = report.targets.empty() ? "traffic" : "op roof on ";
  heading(fmt::format("Hottest ops by {}{} ({} of {})", by,
                      report.targets.empty() ? "" : report.targets.front().name,
                      report.ops.size(), grouped(report.rankedOps)));
  line("{:<23} {:<23} {:>7} {:>7} {:>8} {:>6}  {:<11} {:>7}", "op", "location",
       "count", "ops", "bytes", "op/B", "bound", "share");
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
    line("{:<23} {:<23} {:>7} {:>7} {:>8} {:>6}  {:<11} {:>7}",
         fit(row.name, 23), fitLocation(place(row.location), 23),
         executions(row.count), scaled(operations, ""), scaled(bytes, "B"),
         intensity, fit(bound, 11), share);
  }
}

void TextWriter::leftOut(llvm::StringRef title,
                         llvm::ArrayRef<LeftOutRow> rows) {
  if (rows.empty())
    return;
  heading(title);
  for (const LeftOutRow &row : rows.take_front(maxLeftOutRows))
    paragraph(
        fmt::format("{:>8} x", grouped(row.count)),
        fmt::format("{} ({}): {}", row.op, scaled(row.bytes, "B"), row.reason));
  if (rows.size() > maxLeftOutRows) {
    size_t ops = 0;
    for (const LeftOutRow &row : rows.drop_front(maxLeftOutRows))
      ops += row.count;
    paragraph(fmt::format("{:>8} x", grouped(ops)),
              fmt::format("of {} further rows; --format=json lists all",
                          rows.size() - maxLeftOutRows));
  }
}

/// One row per reason: which ops are under a loop matters less than why it is
/// not counted.
void TextWriter::uncounted() {
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

void TextWriter::coverage() {
  auto share = [](std::optional<double> value) {
    return value ? percent(*value) : "unknown";
  };
  heading("Coverage");
  paragraph("modelled", fmt::format("ops {}, bytes {}, operations {}",
                                    share(report.coverage.ops),
                                    share(report.coverage.bytes),
                                    share(report.coverage.operations)));
  leftOut("Not modelled, left out of every total", report.coverage.unmodelled);
  uncounted();
  if (report.loops.empty())
    return;
  heading("Loops");
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
      paragraph("  " + loop.name,
                fitLocation(place(loop.location), 24) + ": " + trips,
                loop.name.size() + 4);
    }
  if (rows > maxLoopRows)
    paragraph("  ..", fmt::format("{} further loops; --format=json lists all",
                                  rows - maxLoopRows));
}

void TextWriter::notes() {
  if (report.notes.empty())
    return;
  heading("Notes");
  for (const std::string &note : report.notes)
    paragraph("  -", note);
}

void TextWriter::assumptions() {
  if (report.assumptions.empty())
    return;
  heading("Assumed (docs/Model.md)");
  for (const Assumption &assumption : report.assumptions)
    paragraph("  " + assumption.id, assumption.text);
}

} // namespace

void printText(llvm::raw_ostream &os, const Report &report,
               const ViewOptions &options) {
  TextWriter(os, report, options).write();
}

} // namespace roofline
