//===- DiffView.cpp - Comparisons as text, JSON and Markdown --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlainText.h"

#include "roofline/Check/CheckViews.h"
#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

namespace roofline {

namespace {

constexpr llvm::StringLiteral diffSchema = "roofline.diff";
constexpr int diffSchemaVersion = 1;

/// Places of alike kernels before the rest is counted.
constexpr size_t maxPlaces = 4;
/// Entries of kernels in text and Markdown before the rest is counted.
constexpr size_t maxChanges = 40;

/// A line of the table of totals.
struct TotalLine {
  std::string what;
  std::string before;
  std::string after;
  std::string change;
};

std::vector<TotalLine> totalLines(const ReportDiff &diff) {
  std::vector<TotalLine> lines;
  auto add = [&](const std::string &prefix,
                 llvm::ArrayRef<MeasureChange> changes) {
    for (const MeasureChange &change : changes)
      lines.push_back({prefix + change.measure->title.str(),
                       valueText(change.before, *change.measure),
                       valueText(change.after, *change.measure),
                       changeOfValues(change.before, change.after)});
  };
  add("", diff.measures);
  for (const TargetChange &target : diff.targets) {
    add(target.name + " ", target.measures);
    if (target.bound)
      lines.push_back({target.name + " bound", target.bound->first,
                       target.bound->second, ""});
    if (target.grade)
      lines.push_back({target.name + " grade of moving there",
                       stringify(target.grade->first).str(),
                       stringify(target.grade->second).str(), ""});
  }
  return lines;
}

/// `2 changed, 1 added`: kernels, not entries.
std::string countsText(const ReportDiff &diff) {
  std::string text;
  for (KernelChange::Kind kind :
       {KernelChange::Kind::Changed, KernelChange::Kind::Added,
        KernelChange::Kind::Removed}) {
    size_t kernels = 0;
    for (const KernelChange &change : diff.kernels)
      if (change.kind == kind)
        kernels += change.places.size();
    if (kernels > 0)
      text += (text.empty() ? "" : ", ") + std::to_string(kernels) + " " +
              stringify(kind).str();
  }
  return text;
}

/// `gemm`, or `gemm x32`.
std::string titleOf(const KernelChange &change) {
  std::string text = change.name;
  if (change.places.size() > 1)
    text += " x" + std::to_string(change.places.size());
  return text;
}

/// `added RF1030 rewrite of topk f32 on ascend-910c: no kernel of it`.
std::string findingText(const FindingChange &change) {
  return (stringify(change.kind) + " " + findingTitle(change.finding) + " on " +
          change.target + ": " + llvm::join(change.reasons, "; "))
      .str();
}

/// The seconds of all kernels on a target before the change, if both know.
std::optional<double> allKernels(const ReportDiff &diff, size_t target) {
  for (const MeasureChange &change : diff.targets[target].measures)
    if (change.measure->name() == "time.kernels" && change.before)
      return *change.before;
  return std::nullopt;
}

/// `h200 1.234 ms -> 1.259 ms (+2.00 %), +0.08 % of all kernels`.
std::string effectText(const ReportDiff &diff, const KernelChange &change,
                       size_t target) {
  const TimeChange &time = change.times[target];
  std::string text = diff.targets[target].name + " " + timeText(time);
  std::optional<double> all = allKernels(diff, target);
  if (std::optional<double> effect = time.effect(); effect && all && *all > 0)
    text += ", " + changeText(*all, *all + *effect) + " of all kernels";
  return text;
}

} // namespace

void printDiff(llvm::raw_ostream &os, const ReportDiff &diff) {
  if (diff.isEmpty())
    return;
  os << "before  " << printable(diff.before) << "\n"
     << "after   " << printable(diff.after) << "\n";
  for (const std::string &note : diff.notes)
    printWrapped(os, "note: " + note, 0, 4);
  if (std::vector<TotalLine> lines = totalLines(diff); !lines.empty()) {
    size_t width = 0, valueWidth = 12;
    for (const TotalLine &line : lines) {
      width = std::max(width, line.what.size());
      valueWidth =
          std::max({valueWidth, line.before.size(), line.after.size()});
    }
    os << "\n";
    auto row = [&](const TotalLine &line) {
      std::string text;
      llvm::raw_string_ostream(text)
          << llvm::left_justify(line.what, width) << " "
          << llvm::right_justify(line.before, valueWidth) << " "
          << llvm::right_justify(line.after, valueWidth) << " "
          << llvm::right_justify(line.change, 11);
      os << llvm::StringRef(text).rtrim() << "\n";
    };
    row({"Totals", "before", "after", "change"});
    for (const TotalLine &line : lines)
      row(line);
  }
  if (!diff.kernels.empty())
    os << "\nKernels: " << countsText(diff) << "\n";
  for (const KernelChange &change :
       llvm::ArrayRef(diff.kernels).take_front(maxChanges)) {
    printWrapped(os,
                 (stringify(change.kind) + " " + titleOf(change) + " at " +
                  placesText(change.places, maxPlaces))
                     .str(),
                 0, 4);
    if (!change.reasons.empty())
      printWrapped(os, llvm::join(change.reasons, "; "), 4, 4);
    for (size_t target = 0; target < change.times.size(); ++target)
      printWrapped(os, effectText(diff, change, target), 4, 6);
  }
  if (diff.kernels.size() > maxChanges)
    os << "and " << diff.kernels.size() - maxChanges
       << " entries of kernels more; --format=json lists all\n";
  if (!diff.findings.empty())
    os << "\nMoving the model\n";
  for (const FindingChange &change :
       llvm::ArrayRef(diff.findings).take_front(maxChanges))
    printWrapped(os, findingText(change), 0, 4);
  if (diff.findings.size() > maxChanges)
    os << "and " << diff.findings.size() - maxChanges
       << " findings more; --format=json lists all\n";
  if (!diff.others.empty())
    os << "\nBesides\n";
  for (const std::string &other : diff.others)
    printWrapped(os, other, 0, 4);
}

void writeDiff(llvm::json::OStream &json, const ReportDiff &diff) {
  auto text = [](llvm::StringRef raw) { return llvm::json::fixUTF8(raw); };
  auto measures = [&](llvm::ArrayRef<MeasureChange> changes) {
    json.attributeArray("measures", [&] {
      for (const MeasureChange &change : changes)
        json.object([&] {
          json.attribute("name", change.measure->name());
          json.attribute("unit", baseUnit(change.measure->dimension));
          writeNumber(json, "before", change.before, change.measure->dimension);
          writeNumber(json, "after", change.after, change.measure->dimension);
        });
    });
  };
  json.attribute("before", text(diff.before));
  json.attribute("after", text(diff.after));
  json.attribute("empty", diff.isEmpty());
  measures(diff.measures);
  json.attributeArray("targets", [&] {
    for (const TargetChange &target : diff.targets)
      json.object([&] {
        json.attribute("name", text(target.name));
        measures(target.measures);
        if (target.bound)
          json.attributeObject("bound", [&] {
            json.attribute("before", target.bound->first);
            json.attribute("after", target.bound->second);
          });
        json.attribute("bound_changes",
                       static_cast<int64_t>(target.boundChanges));
        if (target.grade)
          json.attributeObject("grade", [&] {
            json.attribute("before", stringify(target.grade->first));
            json.attribute("after", stringify(target.grade->second));
          });
      });
  });
  json.attributeArray("kernels", [&] {
    for (const KernelChange &change : diff.kernels)
      json.object([&] {
        json.attribute("change", stringify(change.kind));
        json.attribute("name", text(change.name));
        json.attribute("family", stringify(change.family));
        json.attributeArray("locations", [&] {
          for (const KernelPlace &place : change.places)
            json.value(text(place.location));
        });
        json.attributeArray("reasons", [&] {
          for (const std::string &reason : change.reasons)
            json.value(text(reason));
        });
        json.attributeArray("targets", [&] {
          for (auto [target, time] : llvm::zip(diff.targets, change.times))
            json.object([&, &target = target, &time = time] {
              json.attribute("name", text(target.name));
              writeNumber(json, "before_seconds", time.before, Dimension::Time);
              writeNumber(json, "after_seconds", time.after, Dimension::Time);
            });
        });
      });
  });
  json.attributeArray("findings", [&] {
    for (const FindingChange &change : diff.findings)
      json.object([&] {
        json.attribute("change", stringify(change.kind));
        json.attribute("target", text(change.target));
        json.attribute("rule", text(change.finding.rule));
        json.attribute("status", stringify(change.finding.status));
        json.attribute("op", text(change.finding.op));
        json.attributeArray("reasons", [&] {
          for (const std::string &reason : change.reasons)
            json.value(text(reason));
        });
      });
  });
  json.attributeArray("others", [&] {
    for (const std::string &other : diff.others)
      json.value(text(other));
  });
  json.attributeArray("notes", [&] {
    for (const std::string &note : diff.notes)
      json.value(text(note));
  });
}

void printDiffJson(llvm::raw_ostream &os, const ReportDiff &diff) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attributeObject("schema", [&] {
      json.attribute("name", diffSchema);
      json.attribute("version", diffSchemaVersion);
    });
    writeDiff(json, diff);
  });
  os << "\n";
}

void writeDiffMarkdown(llvm::raw_ostream &os, const ReportDiff &diff) {
  for (const std::string &note : diff.notes)
    os << "> " << markdownText(note) << "\n\n";
  if (std::vector<TotalLine> lines = totalLines(diff); !lines.empty()) {
    os << "| total | before | after | change |\n|---|---:|---:|---:|\n";
    for (const TotalLine &line : lines)
      os << "| " << markdownText(line.what) << " | "
         << markdownText(line.before) << " | " << markdownText(line.after)
         << " | " << line.change << " |\n";
    os << "\n";
  }
  if (!diff.kernels.empty()) {
    os << "Kernels: " << countsText(diff) << "\n\n| change | kernel | where | "
       << "why |";
    for (const TargetChange &target : diff.targets)
      os << " " << markdownText(target.name) << " |";
    os << "\n|---|---|---|---|";
    for (size_t target = 0; target < diff.targets.size(); ++target)
      os << "---|";
    os << "\n";
    for (const KernelChange &change :
         llvm::ArrayRef(diff.kernels).take_front(maxChanges)) {
      os << "| " << stringify(change.kind) << " | "
         << markdownText(titleOf(change)) << " | "
         << markdownText(placesText(change.places, maxPlaces)) << " | "
         << markdownText(llvm::join(change.reasons, "; ")) << " |";
      for (const TimeChange &time : change.times)
        os << " " << markdownText(timeText(time)) << " |";
      os << "\n";
    }
    os << "\n";
    if (diff.kernels.size() > maxChanges)
      os << "and " << diff.kernels.size() - maxChanges << " entries more\n\n";
  }
  for (const FindingChange &change :
       llvm::ArrayRef(diff.findings).take_front(maxChanges))
    os << "- " << markdownText(findingText(change)) << "\n";
  if (diff.findings.size() > maxChanges)
    os << "- and " << diff.findings.size() - maxChanges << " findings more\n";
  if (!diff.findings.empty())
    os << "\n";
  for (const std::string &other : diff.others)
    os << "- " << markdownText(other) << "\n";
  if (!diff.others.empty())
    os << "\n";
}

void printDiffMarkdown(llvm::raw_ostream &os, const ReportDiff &diff) {
  if (diff.isEmpty()) {
    os << "No differences between " << markdownText(diff.before) << " and "
       << markdownText(diff.after) << ".\n";
    return;
  }
  os << "### " << markdownText(diff.after) << " against "
     << markdownText(diff.before) << "\n\n";
  writeDiffMarkdown(os, diff);
}

} // namespace roofline
