//===- TextView.cpp - A report for people ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/ReportViews.h"
#include "roofline/Report/ScaledUnits.h"

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

/// At most six columns: `1365`, `0.0833`, `1e-05`.
std::string ratio(double value) {
  if (value >= 999999.5 || (value > 0 && value < 0.001))
    return fmt::format("{:.0e}", value);
  return value >= 1000 ? fmt::format("{:.0f}", value)
                       : fmt::format("{:.3g}", value);
}

/// Executions in at most seven columns.
std::string executions(const KnownOr<Count> &count) {
  if (!count)
    return "?";
  constexpr uint64_t firstOfEightDigits = 10'000'000;
  return *count < Count(firstOfEightDigits) ? count->str() : scaled(*count, "");
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
      targets();
    }
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
  void targets();
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

void TextWriter::targets() {
  if (report.targets.empty())
    return;
  heading("Targets");
  size_t nameWidth = 18;
  constexpr size_t maxNameWidth = 36;
  for (const TargetSummary &target : report.targets)
    nameWidth = std::max(nameWidth, std::min(target.name.size(), maxNameWidth));
  line("{:<{}} {:>12}  {:<13} {:>12}  {}", "target", nameWidth, "graph roof",
       "bound", "op roofs", "share per bound, by op roofs");
  for (const TargetSummary &target : report.targets) {
    const char *atLeast = target.isComplete() ? "" : ">= ";
    std::string shares;
    const size_t sharesColumn = nameWidth + 43;
    for (const BoundShare &bound : target.bounds) {
      std::string item = fmt::format("{}{} {}", shares.empty() ? "" : ", ",
                                     bound.bound.str(), percent(bound.share));
      if (sharesColumn + shares.size() + item.size() > pageWidth - 4) {
        shares += ", ..";
        break;
      }
      shares += item;
    }
    line("{:<{}} {:>12}  {:<13} {:>12}  {}", fit(target.name, nameWidth),
         nameWidth, atLeast + scaled(target.graphRoof.seconds, "s"),
         target.graphRoof.bound ? target.graphRoof.bound->str() : "none",
         atLeast + scaled(target.opRoofSeconds, "s"), shares);
  }
  for (const TargetSummary &target : report.targets) {
    for (const std::string &reason : target.incompleteReasons)
      paragraph(target.name, "a lower bound: " + reason, nameWidth);
    if (target.substitutes.empty())
      continue;
    std::string text;
    for (const SubstituteRow &row : target.substitutes)
      text += fmt::format("{}{} as {}", text.empty() ? "runs " : ", ",
                          row.asked.str(), view(stringify(row.runsAs)));
    paragraph(target.name, text, nameWidth);
  }
}

void TextWriter::hotspots() {
  if (report.ops.empty())
    return;
  const char *by = report.targets.empty() ? "traffic" : "op roof on ";
  heading(fmt::format("Hottest ops by {}{} ({} of {})", by,
                      report.targets.empty() ? "" : report.targets.front().name,
                      report.ops.size(), grouped(report.rankedOps)));
  line("{:<23} {:<20} {:>7} {:>9} {:>9} {:>6}  {:<11} {:>7}", "op", "location",
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
    line("{:<23} {:<20} {:>7} {:>9} {:>9} {:>6}  {:<11} {:>7}",
         fit(row.name, 23), fit(place(row.location), 20, /*keepEnd=*/true),
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
                fit(place(loop.location), 24, /*keepEnd=*/true) + ": " + trips,
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
