//===- ComparisonText.cpp - Targets side by side, for people --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/ComparisonView.h"
#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace roofline {

namespace {

constexpr size_t pageWidth = 100;
/// Columns of the names of rows, and of each target.
constexpr size_t labelWidth = 24;
constexpr size_t columnWidth = 18;
/// Targets beside the first one in one table; the others follow below.
constexpr size_t maxOthers = 3;
/// Of a bound, such as `vector_bf16`.
constexpr size_t boundWidth = 12;

fmt::string_view view(llvm::StringRef text) {
  return {text.data(), text.size()};
}

std::string cut(llvm::StringRef text, size_t width, bool keepEnd = false) {
  if (text.size() <= width)
    return text.str();
  const size_t kept = width - 2;
  return keepEnd ? ".." + text.take_back(kept).str()
                 : text.take_front(kept).str() + "..";
}

/// Three digits: `6.68 x`, `0.150 x`, `1340 x`.
std::string times(double ratio) {
  if (!std::isfinite(ratio))
    return "unlimited";
  if (ratio >= 1000 || (ratio > 0 && ratio < 0.001))
    return fmt::format("{:.3g} x", ratio);
  int decimals = ratio >= 100 ? 0 : ratio >= 10 ? 1 : ratio >= 1 ? 2 : 3;
  return fmt::format("{:.{}f} x", ratio, decimals);
}

std::string range(const std::string &low, const std::string &high) {
  llvm::StringRef lowText = low, highText = high;
  auto [lowNumber, lowUnit] = lowText.rsplit(' ');
  // One unit is enough.
  if (lowUnit == highText.rsplit(' ').second)
    return lowNumber.str() + " - " + high;
  std::string text = low + " - " + high;
  if (text.size() > columnWidth)
    text = fmt::format("{}{} - {}{}", view(lowNumber), view(lowUnit),
                       view(highText.rsplit(' ').first),
                       view(highText.rsplit(' ').second));
  return text;
}

class ComparisonText {
public:
  ComparisonText(llvm::raw_ostream &os, const Report &report,
                 const ComparisonOptions &options)
      : os(os), report(report), options(options), first(report.targets.front()),
        dominant(dominantType(report.demand.work)) {}

  void write() {
    model();
    for (size_t begin = 1; begin < report.targets.size(); begin += maxOthers)
      table(columnsFrom(begin));
    againstFirst();
    bounds();
    openPoints();
  }

private:
  using Columns = std::vector<const TargetSummary *>;

  /// The first target, and some of the others.
  Columns columnsFrom(size_t begin) const {
    Columns columns = {&first};
    for (size_t index = begin;
         index < std::min(begin + maxOthers, report.targets.size()); ++index)
      columns.push_back(&report.targets[index]);
    return columns;
  }

  void print(std::string text) {
    std::replace_if(
        text.begin(), text.end(),
        [](char c) { return static_cast<unsigned char>(c) < ' '; }, '?');
    os << llvm::StringRef(text).rtrim() << "\n";
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

  void paragraph(llvm::StringRef label, llvm::StringRef text,
                 size_t indent = 12);

  void row(llvm::StringRef label, const Columns &columns,
           llvm::function_ref<std::string(const TargetSummary &)> cell) {
    std::string text = fmt::format("{:<{}}", view(label), labelWidth);
    for (const TargetSummary *target : columns)
      text += fmt::format(" {:>{}}", cell(*target), columnWidth);
    print(text);
  }

  void model();
  void table(const Columns &columns);
  void againstFirst();
  void bounds();
  void openPoints();

  llvm::raw_ostream &os;
  const Report &report;
  const ComparisonOptions &options;
  const TargetSummary &first;
  const std::optional<UnitType> dominant;
};

void ComparisonText::paragraph(llvm::StringRef label, llvm::StringRef text,
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
    isFresh = false;
  }
  print(current);
}

void ComparisonText::model() {
  const ModelSummary &model = report.model;
  constexpr size_t fileWidth = 80;
  paragraph("model", fmt::format("{}{}{}, {} {}, {}",
                                 cut(model.file, fileWidth, /*keepEnd=*/true),
                                 model.entry.empty() ? "" : ", entry ",
                                 model.entry, grouped(model.ops),
                                 model.ops == 1 ? "op" : "ops", model.stage));
  const MemoryNeed &need = report.memory.need;
  paragraph(
      "memory",
      fmt::format("{} in all: weights {}, caches {}, inputs {}, results "
                  "{}, between kernels at most {}",
                  scaled(need.totalBytes(), "B"), scaled(need.weightBytes, "B"),
                  scaled(need.cacheBytes, "B"), scaled(need.inputBytes, "B"),
                  scaled(need.resultBytes, "B"),
                  scaled(need.intermediateBytes, "B")));
}

void ComparisonText::table(const Columns &columns) {
  using Target = const TargetSummary &;
  const std::string unknown = "unknown";
  os << "\n";
  if (options.useColor)
    os << "\033[1m";
  row("", columns, [](Target target) { return cut(target.name, columnWidth); });
  if (options.useColor)
    os << "\033[0m";

  if (dominant)
    row("peak " + dominant->str(), columns, [&](Target target) {
      std::optional<double> rate = peakRate(target, *dominant);
      return rate ? scaled(*rate, "op/s") : unknown;
    });
  row("memory bandwidth", columns, [&](Target target) {
    return target.memory.empty() || !target.memory.front().bytesPerSecond
               ? unknown
               : scaled(*target.memory.front().bytesPerSecond, "B/s");
  });
  auto time = [&](const KnownOr<double> &seconds, bool isComplete) {
    if (!seconds)
      return unknown;
    return (isComplete ? "" : ">= ") + scaled(*seconds, "s");
  };
  row("graph roof", columns, [&](Target target) {
    return time(target.graphRoof.seconds, target.isComplete());
  });
  row("  bound", columns, [&](Target target) -> std::string {
    return target.graphRoof.bound ? target.graphRoof.bound->str() : "none";
  });
  row("kernels", columns, [&](Target target) {
    return time(target.kernelSeconds, target.areKernelsComplete());
  });
  row("  80 % interval", columns, [&](Target target) -> std::string {
    if (!target.kernelInterval)
      return unknown;
    return range(scaled(target.kernelInterval->low, "s"),
                 scaled(target.kernelInterval->high, "s"));
  });
  row("  bound by hbm", columns, [&](Target target) {
    std::optional<double> share =
        memoryBoundShare(report, &target - report.targets.data());
    return share ? percent(*share) : unknown;
  });
  row("  calibrated", columns, [&](Target target) {
    return target.calibratedShare ? percent(*target.calibratedShare) : unknown;
  });
  row("as-is", columns, [&](Target target) {
    return time(target.asIsSeconds, target.areKernelsComplete());
  });
  row("throughput", columns, [&](Target target) {
    KnownOr<RatioInterval> ratio = throughputOf(target, first);
    return !ratio              ? unknown
           : &target == &first ? std::string("1")
                               : times(ratio->value);
  });
  row("  between", columns, [&](Target target) -> std::string {
    KnownOr<RatioInterval> ratio = throughputOf(target, first);
    if (!ratio)
      return unknown;
    return &target == &first ? "-"
                             : range(times(ratio->low), times(ratio->high));
  });
  row("usable memory", columns,
      [](Target target) { return scaled(target.memoryFit.usableBytes, "B"); });
  const char *perPart = report.memory.isOfOneDevice ? " a part" : "";
  row("  devices it needs", columns, [&](Target target) -> std::string {
    const KnownOr<Count> &devices = target.memoryFit.devices;
    return devices
               ? grouped(*devices) + perPart + (*devices == 1 ? ", fits" : "")
               : unknown;
  });
  row(cut("as fast as one " + first.name, labelWidth), columns,
      [&](Target target) {
        KnownOr<Count> devices = devicesToMatch(target, first);
        if (!devices)
          return unknown;
        return (&target == &first ? "" : ">= ") + grouped(*devices) + perPart;
      });
  row("energy", columns, [&](Target target) {
    return target.energyJoules ? "<= " + scaled(*target.energyJoules, "J")
                               : unknown;
  });
}

void ComparisonText::againstFirst() {
  heading(fmt::format("How many times {} is ahead, as a chip and on this graph",
                      first.name));
  for (const TargetSummary &target : llvm::drop_begin(report.targets)) {
    std::string text;
    auto add = [&](const std::string &part) {
      text += (text.empty() ? "" : ", ") + part;
    };
    if (dominant) {
      std::optional<double> own = peakRate(first, *dominant),
                            other = peakRate(target, *dominant);
      if (own && other)
        add(fmt::format("{} the peak {}", times(*own / *other),
                        dominant->str()));
    }
    if (!first.memory.empty() && !target.memory.empty()) {
      std::optional<double> own = first.memory.front().bytesPerSecond,
                            other = target.memory.front().bytesPerSecond;
      if (own && other)
        add(fmt::format("{} the bandwidth", times(*own / *other)));
    }
    std::string graph;
    const double ownRoof = first.graphRoof.seconds,
                 otherRoof = target.graphRoof.seconds;
    if (ownRoof > 0 && otherRoof > 0)
      graph = fmt::format("roof {}, ", times(otherRoof / ownRoof));
    KnownOr<RatioInterval> ratio = throughputOf(first, target);
    graph = "this graph: " + graph + "kernels ";
    if (ratio)
      graph += fmt::format("{} ({})", times(ratio->value),
                           range(times(ratio->low), times(ratio->high)));
    else
      graph += "unknown";
    paragraph("  " + cut(target.name, columnWidth),
              text.empty() ? graph : text + "; " + graph, columnWidth + 3);
  }
}

void ComparisonText::bounds() {
  std::vector<BoundChange> changes = boundChanges(report);
  if (changes.empty()) {
    heading("Kernels with another bound");
    print(fmt::format("none of {} that differ: the same resource bounds each "
                      "everywhere",
                      grouped(report.kernels.size())));
    return;
  }
  std::optional<double> share = shareOf(changes);
  const size_t shown =
      options.top == 0 ? changes.size() : std::min(options.top, changes.size());
  heading(fmt::format(
      "Kernels with another bound than on {}: {} of {} that differ, {} of its "
      "time",
      first.name, grouped(changes.size()), grouped(report.kernels.size()),
      share ? percent(*share) : "an unknown share"));
  for (size_t begin = 1; begin < report.targets.size(); begin += maxOthers) {
    const size_t end = std::min(begin + maxOthers, report.targets.size());
    if (begin != 1)
      print("");
    const size_t bounds = (end - begin + 1) * (boundWidth + 1);
    constexpr size_t nameWidth = 19, countWidth = 6, shareWidth = 5;
    const size_t placeWidth = std::min<size_t>(
        pageWidth - bounds - nameWidth - countWidth - shareWidth - 3, 36);
    auto line = [&](llvm::StringRef name, llvm::StringRef place,
                    llvm::StringRef count, llvm::StringRef percentText,
                    llvm::function_ref<std::string(size_t)> bound) {
      std::string text = fmt::format(
          "{:<{}} {:<{}} {:>{}} {:>{}}", cut(name, nameWidth), nameWidth,
          cut(place, placeWidth, /*keepEnd=*/true), placeWidth, view(count),
          countWidth, view(percentText), shareWidth);
      text += fmt::format(" {:<{}}", cut(bound(0), boundWidth), boundWidth);
      for (size_t index = begin; index < end; ++index)
        text +=
            fmt::format(" {:<{}}", cut(bound(index), boundWidth), boundWidth);
      print(text);
    };
    line("kernel", "location", "count", "%",
         [&](size_t index) { return report.targets[index].name; });
    for (const BoundChange &change :
         llvm::ArrayRef(changes).take_front(shown)) {
      const KernelRow &kernel = *change.row;
      llvm::StringRef place = kernel.locations.front();
      // In the model's own file the line is enough.
      if (place.consume_front(llvm::sys::path::filename(report.model.file)))
        place.consume_front(":");
      std::string count = kernel.launches ? kernel.launches->str() : "?";
      if (count.size() > countWidth)
        count = fmt::format("{:.0e}", kernel.launches->asDouble());
      std::string percentText = "?";
      if (change.share)
        percentText =
            llvm::StringRef(percent(*change.share)).drop_back(2).str();
      line(kernel.name, place, count, percentText,
           [&](size_t index) -> std::string {
             const std::optional<Bound> &bound = kernel.times[index].bound;
             if (!bound)
               return "?";
             // What changes stands out.
             return index != 0 && *bound == *kernel.times.front().bound
                        ? "="
                        : bound->str();
           });
    }
  }
  if (shown < changes.size())
    print(fmt::format("{} more; --top=0 lists all",
                      grouped(changes.size() - shown)));
}

void ComparisonText::openPoints() {
  std::vector<std::pair<std::string, std::string>> points;
  // What holds of every target is said once.
  auto addForAll =
      [&](llvm::function_ref<std::vector<std::string>(const TargetSummary &)>
              reasonsOf) {
        std::vector<std::pair<std::string, std::vector<std::string>>> texts;
        for (const TargetSummary &target : report.targets)
          for (const std::string &reason : reasonsOf(target)) {
            auto it = llvm::find_if(texts, [&](const auto &entry) {
              return entry.first == reason;
            });
            if (it == texts.end())
              texts.push_back({reason, {target.name}});
            else
              it->second.push_back(target.name);
          }
        for (const auto &[reason, names] : texts)
          points.emplace_back(names.size() == report.targets.size()
                                  ? "all"
                                  : llvm::join(names, ", "),
                              reason);
      };
  using Reasons = std::vector<std::string>;
  using Target = const TargetSummary &;
  addForAll([](Target target) {
    Reasons reasons;
    for (const std::string &reason : target.incompleteReasons)
      reasons.push_back("times are lower bounds: " + reason);
    llvm::append_range(reasons, target.kernelReasons);
    return reasons;
  });
  addForAll([](Target target) -> Reasons {
    if (target.memoryFit.devices)
      return {};
    return {"whether it fits is unknown: " +
            target.memoryFit.devices.unknown().reason};
  });
  addForAll([](Target target) -> Reasons {
    if (target.energyJoules)
      return {};
    return {"energy is unknown: " + target.energyJoules.unknown().reason};
  });
  addForAll([](Target target) -> Reasons {
    std::string text;
    for (const SubstituteRow &row : target.substitutes)
      text += fmt::format("{}{} as {}", text.empty() ? "runs " : ", ",
                          row.asked.str(), view(stringify(row.runsAs)));
    return text.empty() ? Reasons() : Reasons{text};
  });
  addForAll([](Target target) {
    Reasons reasons;
    std::string lender;
    for (const auto &[key, from] : target.borrowed) {
      if (from != lender || reasons.empty())
        reasons.push_back("times as calibrated on " + from + ": " + key);
      else
        reasons.back() += ", " + key;
      lender = from;
    }
    return reasons;
  });
  const CoverageSummary &coverage = report.coverage;
  if (coverage.ops && *coverage.ops < 1)
    points.emplace_back("all", percent(*coverage.ops) +
                                   " of the ops are modelled; roofline report "
                                   "lists the others");
  for (const std::string &note : report.notes)
    points.emplace_back("all", note);
  if (!points.empty()) {
    heading("To know");
    constexpr size_t hanging = 4;
    for (const auto &[name, text] : points)
      paragraph("  -", name + ": " + text, hanging);
  }

  heading("How to read it");
  paragraph("  throughput",
            "ratio of the times of kernels; between the ratios of opposite "
            "ends of both intervals",
            labelWidth);
  paragraph("  devices it needs",
            "least number that hold it, weights and caches divided evenly "
            "(A69), 90 % of each usable (A68)",
            labelWidth);
  paragraph("  as fast as one",
            "least number if dividing the work cost nothing: links between "
            "devices are not counted; at least what memory needs",
            labelWidth);
  paragraph("  energy", "of one run at the power that a device may draw (A71)",
            labelWidth);
}

} // namespace

void printComparison(llvm::raw_ostream &os, const Report &report,
                     const ComparisonOptions &options) {
  ComparisonText(os, report, options).write();
}

} // namespace roofline
