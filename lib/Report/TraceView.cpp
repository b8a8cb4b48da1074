//===- TraceView.cpp - Estimates against a trace, as text and JSON --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/TraceView.h"
#include "roofline/Report/ScaledUnits.h"

#include "JsonText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <fmt/format.h>

#include <optional>

namespace roofline {

namespace {

/// The name and version of the JSON form; the version rises when a key changes
/// its meaning or goes away.
constexpr llvm::StringLiteral schema = "roofline.trace_accuracy";
constexpr int schemaVersion = 1;

constexpr double percentOf = 100;

/// Widths of columns, so that a line takes at most 100.
constexpr size_t familyWidth = 17;
constexpr size_t nameWidth = 34;
constexpr size_t matchedWidth = 54;
constexpr size_t traceNameWidth = 84;
constexpr size_t unmatchedWidth = 56;
constexpr size_t lineWidth = 100;

std::string cut(llvm::StringRef text, size_t width) {
  if (text.size() <= width)
    return text.str();
  text = text.take_front(width - 2);
  // No character of several bytes is cut in two.
  while (!text.empty() && !llvm::json::isUTF8(text))
    text = text.drop_back();
  return text.str() + "..";
}

void printLine(llvm::raw_ostream &os, const std::string &text) {
  os << llvm::StringRef(text).rtrim() << '\n';
}

/// Prints `text` in lines of at most 100 columns, indented by `indent`, those
/// after the first one by two more.
void printWrapped(llvm::raw_ostream &os, llvm::StringRef text, size_t indent) {
  std::string line(indent, ' ');
  for (llvm::StringRef word : llvm::split(text, ' ')) {
    bool isFirst = llvm::StringRef(line).trim().empty();
    if (!isFirst && line.size() + 1 + word.size() > lineWidth) {
      printLine(os, cut(line, lineWidth));
      line = std::string(indent + 2, ' ') + word.str();
      continue;
    }
    line += (isFirst ? "" : " ") + word.str();
  }
  printLine(os, cut(line, lineWidth));
}

/// A kernel of the model with its place, in `width` columns.
std::string kernelText(const EstimatedKernel &kernel, size_t width) {
  std::string name = cut(kernel.name, nameWidth);
  return name + "  " + cut(kernel.location, width - name.size() - 2);
}

/// Names of CUDA kernels begin with what they return.
llvm::StringRef shortName(llvm::StringRef name) {
  name.consume_front("void ");
  return name;
}

/// By how much an estimate is off, as a fraction; nothing where one of both is
/// no time.
std::optional<double> errorOf(double estimated, double measured) {
  if (!(estimated > 0) || !(measured > 0))
    return std::nullopt;
  return estimated / measured - 1;
}

std::optional<double> shareOf(double part, double whole) {
  if (!(whole > 0))
    return std::nullopt;
  return part / whole;
}

std::string signedPercent(std::optional<double> fraction) {
  return fraction ? fmt::format("{:+.1f} %", *fraction * percentOf)
                  : std::string("-");
}

std::string shareText(std::optional<double> fraction) {
  return fraction ? percent(*fraction) : std::string("-");
}

std::string secondsText(double seconds) { return scaled(seconds, "s"); }

double unmatchedEstimatedSeconds(const TraceComparison &comparison) {
  double seconds = 0;
  for (const UnmatchedEstimate &row : comparison.unmatchedEstimates)
    seconds += row.seconds;
  return seconds;
}

double unmatchedMeasuredSeconds(const TraceComparison &comparison) {
  double seconds = 0;
  for (const UnmatchedTraceKernel &row : comparison.unmatchedTrace)
    seconds += row.seconds;
  return seconds;
}

std::string fileName(const std::string &path) {
  return llvm::sys::path::filename(path).str();
}

void printTotals(llvm::raw_ostream &os, const TraceComparison &comparison) {
  os << '\n';
  printLine(os, fmt::format("{:<18} {:>11} {:>11} {:>9}", "", "estimated",
                            "measured", "error"));
  printLine(os, fmt::format("{:<18} {:>11} {:>11}", "launches",
                            comparison.estimatedLaunches,
                            comparison.measuredLaunches));
  std::string interval;
  if (comparison.estimatedSeconds > 0)
    interval =
        fmt::format("  80 % interval {} to {}", secondsText(comparison.low),
                    secondsText(comparison.high));
  printLine(os, fmt::format("{:<18} {:>11} {:>11} {:>9}{}", "sum of kernels",
                            secondsText(comparison.estimatedSeconds),
                            secondsText(comparison.measuredSeconds),
                            signedPercent(errorOf(comparison.estimatedSeconds,
                                                  comparison.measuredSeconds)),
                            interval));
  printLine(os, fmt::format(
                    "{:<18} {:>11} {:>11} {:>9}  {} and {} of the sums",
                    "matched", secondsText(comparison.matchedEstimatedSeconds),
                    secondsText(comparison.matchedMeasuredSeconds),
                    signedPercent(errorOf(comparison.matchedEstimatedSeconds,
                                          comparison.matchedMeasuredSeconds)),
                    shareText(shareOf(comparison.matchedEstimatedSeconds,
                                      comparison.estimatedSeconds)),
                    shareText(shareOf(comparison.matchedMeasuredSeconds,
                                      comparison.measuredSeconds))));
  printLine(os,
            fmt::format("{:<18} {:>11} {:>11} {:>9}  at least one kernel runs",
                        "busy", "", secondsText(comparison.busySeconds), ""));
  printLine(
      os, fmt::format(
              "{:<18} {:>11} {:>11} {:>9}  first start to last end; idle "
              "{}",
              "span", "", secondsText(comparison.spanSeconds), "",
              shareText(shareOf(comparison.spanSeconds - comparison.busySeconds,
                                comparison.spanSeconds))));
  if (comparison.unknownLaunches > 0)
    printLine(os, fmt::format("{} without an estimate; the estimated sum is a "
                              "lower bound",
                              comparison.unknownLaunches == 1
                                  ? std::string("1 launch is")
                                  : fmt::format("{} launches are",
                                                comparison.unknownLaunches)));
}

void printFamilies(llvm::raw_ostream &os, const TraceComparison &comparison) {
  os << '\n';
  printLine(os, fmt::format("{:<{}} {:>8} {:>10} {:>9} {:>10} {:>21} {:>9}",
                            "family", familyWidth, "launches", "estimated",
                            "launches", "measured", "matched est. / meas.",
                            "error"));
  for (const FamilyComparison &row : comparison.families) {
    bool isMatched =
        row.matchedEstimatedSeconds > 0 || row.matchedMeasuredSeconds > 0;
    std::string matched =
        isMatched
            ? fmt::format("{} / {}", secondsText(row.matchedEstimatedSeconds),
                          secondsText(row.matchedMeasuredSeconds))
            : std::string("-");
    llvm::StringRef family = stringify(row.family);
    printLine(
        os, fmt::format("{:<{}} {:>8} {:>10} {:>9} {:>10} {:>21} {:>9}",
                        std::string_view(family.data(), family.size()),
                        familyWidth, row.estimatedLaunches,
                        secondsText(row.estimatedSeconds), row.measuredLaunches,
                        secondsText(row.measuredSeconds), matched,
                        signedPercent(errorOf(row.matchedEstimatedSeconds,
                                              row.matchedMeasuredSeconds))));
  }
}

/// Rows to print of a list of `count`.
size_t listed(size_t count, size_t rows) {
  return rows == 0 ? count : std::min(count, rows);
}

void printRest(llvm::raw_ostream &os, size_t all, size_t shown) {
  if (shown < all)
    os << "  and " << all - shown << " more; --rows=0 lists all\n";
}

void printMatched(llvm::raw_ostream &os, const TraceComparison &comparison,
                  size_t rows) {
  if (comparison.matched.empty())
    return;
  os << "\nMatched launches, largest differences first\n";
  printLine(os, fmt::format("  {:>9} {:>10} {:>10} {:>8}  {}", "error",
                            "estimated", "measured", "launches",
                            "kernel of the model / of the trace"));
  size_t shown = listed(comparison.matched.size(), rows);
  for (const MatchedRow &row :
       llvm::ArrayRef(comparison.matched).take_front(shown)) {
    const EstimatedKernel &kernel = comparison.kernels[row.kernel];
    bool isKnown = kernel.seconds.isKnown();
    printLine(os,
              fmt::format("  {:>9} {:>10} {:>10} {:>8}  {}",
                          isKnown ? signedPercent(errorOf(row.estimatedSeconds,
                                                          row.measuredSeconds))
                                  : "unknown",
                          isKnown ? secondsText(row.estimatedSeconds) : "",
                          secondsText(row.measuredSeconds), row.launches,
                          kernelText(kernel, matchedWidth)));
    std::string traceName = shortName(row.traceName).str();
    if (row.traceLaunches != row.launches)
      traceName =
          fmt::format("in {} launches: {}", row.traceLaunches, traceName);
    printLine(os, std::string(12, ' ') + cut(traceName, traceNameWidth));
  }
  printRest(os, comparison.matched.size(), shown);
}

void printUnmatched(llvm::raw_ostream &os, const TraceComparison &comparison,
                    size_t rows) {
  auto printRow = [&](const std::string &seconds, size_t launches,
                      KernelFamily family, const std::string &name) {
    llvm::StringRef familyName = stringify(family);
    printLine(
        os, fmt::format("  {:>10} {:>8}  {:<{}} {}", seconds, launches,
                        std::string_view(familyName.data(), familyName.size()),
                        familyWidth, cut(name, unmatchedWidth)));
  };
  if (!comparison.unmatchedEstimates.empty()) {
    double seconds = unmatchedEstimatedSeconds(comparison);
    os << "\nIn the estimate only: " << secondsText(seconds) << ", "
       << shareText(shareOf(seconds, comparison.estimatedSeconds))
       << " of it\n";
    size_t shown = listed(comparison.unmatchedEstimates.size(), rows);
    for (const UnmatchedEstimate &row :
         llvm::ArrayRef(comparison.unmatchedEstimates).take_front(shown)) {
      const EstimatedKernel &kernel = comparison.kernels[row.kernel];
      printRow(kernel.seconds ? secondsText(row.seconds) : "unknown",
               row.launches, kernel.family, kernelText(kernel, unmatchedWidth));
    }
    printRest(os, comparison.unmatchedEstimates.size(), shown);
  }
  if (!comparison.unmatchedTrace.empty()) {
    double seconds = unmatchedMeasuredSeconds(comparison);
    os << "\nIn the trace only: " << secondsText(seconds) << ", "
       << shareText(shareOf(seconds, comparison.measuredSeconds)) << " of it\n";
    size_t shown = listed(comparison.unmatchedTrace.size(), rows);
    for (const UnmatchedTraceKernel &row :
         llvm::ArrayRef(comparison.unmatchedTrace).take_front(shown))
      printRow(secondsText(row.seconds), row.launches, row.family,
               shortName(row.name).str());
    printRest(os, comparison.unmatchedTrace.size(), shown);
  }
}

} // namespace

void printTraceComparison(llvm::raw_ostream &os,
                          const TraceComparison &comparison, size_t rows) {
  printWrapped(os,
               "accuracy of " + comparison.target + " for " +
                   fileName(comparison.model) + " against " +
                   fileName(comparison.traceFile) + " (" +
                   comparison.traceFormat + ")",
               0);
  printWrapped(os, "measured: " + comparison.taken, 0);
  printTotals(os, comparison);
  printFamilies(os, comparison);
  printMatched(os, comparison, rows);
  printUnmatched(os, comparison, rows);
  if (comparison.notes.empty())
    return;
  os << "\nNotes\n";
  for (const std::string &note : comparison.notes)
    printWrapped(os, note, 2);
}

namespace {

/// Writes one comparison.
class JsonWriter {
public:
  JsonWriter(llvm::raw_ostream &os, const TraceComparison &comparison)
      : json(os, /*IndentSize=*/2), comparison(comparison) {}

  void write();

private:
  /// A fraction as percent; null where there is none.
  void attribute(llvm::StringRef key, std::optional<double> fraction) {
    if (fraction)
      json.attribute(key, *fraction * percentOf);
    else
      json.attribute(key, nullptr);
  }
  void count(llvm::StringRef key, size_t value) {
    json.attribute(key, static_cast<int64_t>(value));
  }
  void kernel(const EstimatedKernel &kernel) {
    json.attribute("name", jsonText(kernel.name));
    json.attribute("family", stringify(kernel.family));
    json.attribute("location", jsonText(kernel.location));
    if (!kernel.seconds)
      json.attribute("unknown", jsonText(kernel.seconds.unknown().reason));
  }
  void writeTotals();
  void writeFamilies();
  void writeKernels();
  void writeUnmatched();

  llvm::json::OStream json;
  const TraceComparison &comparison;
};

void JsonWriter::writeTotals() {
  json.attributeObject("trace", [&] {
    json.attribute("file", jsonText(comparison.traceFile));
    json.attribute("format", jsonText(comparison.traceFormat));
    json.attribute("taken", jsonText(comparison.taken));
    count("runs", comparison.runs);
  });
  json.attributeObject("estimated", [&] {
    count("launches", comparison.estimatedLaunches);
    json.attribute("seconds", comparison.estimatedSeconds);
    json.attribute("low_seconds", comparison.low);
    json.attribute("high_seconds", comparison.high);
    count("unknown_launches", comparison.unknownLaunches);
  });
  json.attributeObject("measured", [&] {
    count("launches", comparison.measuredLaunches);
    json.attribute("seconds", comparison.measuredSeconds);
    json.attribute("busy_seconds", comparison.busySeconds);
    json.attribute("span_seconds", comparison.spanSeconds);
  });
  attribute("error",
            errorOf(comparison.estimatedSeconds, comparison.measuredSeconds));
  json.attributeObject("matched", [&] {
    count("launches", comparison.matchedLaunches);
    json.attribute("estimated_seconds", comparison.matchedEstimatedSeconds);
    json.attribute("measured_seconds", comparison.matchedMeasuredSeconds);
    json.attribute("measured_unknown_seconds",
                   comparison.matchedUnknownSeconds);
    attribute("share_of_estimated", shareOf(comparison.matchedEstimatedSeconds,
                                            comparison.estimatedSeconds));
    attribute("share_of_measured", shareOf(comparison.matchedMeasuredSeconds,
                                           comparison.measuredSeconds));
    attribute("error", errorOf(comparison.matchedEstimatedSeconds,
                               comparison.matchedMeasuredSeconds));
  });
}

void JsonWriter::writeFamilies() {
  json.attributeArray("families", [&] {
    for (const FamilyComparison &row : comparison.families)
      json.object([&] {
        json.attribute("family", stringify(row.family));
        count("estimated_launches", row.estimatedLaunches);
        json.attribute("estimated_seconds", row.estimatedSeconds);
        count("measured_launches", row.measuredLaunches);
        json.attribute("measured_seconds", row.measuredSeconds);
        json.attribute("matched_estimated_seconds",
                       row.matchedEstimatedSeconds);
        json.attribute("matched_measured_seconds", row.matchedMeasuredSeconds);
        attribute("error", errorOf(row.matchedEstimatedSeconds,
                                   row.matchedMeasuredSeconds));
      });
  });
}

void JsonWriter::writeKernels() {
  json.attributeArray("kernels", [&] {
    for (const MatchedRow &row : comparison.matched)
      json.object([&] {
        const EstimatedKernel &estimate = comparison.kernels[row.kernel];
        kernel(estimate);
        json.attribute("trace_name", jsonText(row.traceName));
        count("launches", row.launches);
        count("trace_launches", row.traceLaunches);
        json.attribute("measured_seconds", row.measuredSeconds);
        if (!estimate.seconds)
          return;
        json.attribute("estimated_seconds", row.estimatedSeconds);
        json.attribute("low_seconds", row.low);
        json.attribute("high_seconds", row.high);
        attribute("error", errorOf(row.estimatedSeconds, row.measuredSeconds));
      });
  });
}

void JsonWriter::writeUnmatched() {
  json.attributeArray("only_estimated", [&] {
    for (const UnmatchedEstimate &row : comparison.unmatchedEstimates)
      json.object([&] {
        const EstimatedKernel &estimate = comparison.kernels[row.kernel];
        kernel(estimate);
        count("launches", row.launches);
        if (!estimate.seconds)
          return;
        json.attribute("seconds", row.seconds);
        attribute("share", shareOf(row.seconds, comparison.estimatedSeconds));
      });
  });
  json.attributeArray("only_measured", [&] {
    for (const UnmatchedTraceKernel &row : comparison.unmatchedTrace)
      json.object([&] {
        json.attribute("name", jsonText(row.name));
        json.attribute("family", stringify(row.family));
        count("launches", row.launches);
        json.attribute("seconds", row.seconds);
        attribute("share", shareOf(row.seconds, comparison.measuredSeconds));
      });
  });
}

void JsonWriter::write() {
  json.object([&] {
    json.attributeObject("schema", [&] {
      json.attribute("name", schema);
      json.attribute("version", schemaVersion);
    });
    json.attribute("model", jsonText(comparison.model));
    json.attribute("target", jsonText(comparison.target));
    writeTotals();
    writeFamilies();
    writeKernels();
    writeUnmatched();
    json.attributeArray("notes", [&] {
      for (const std::string &note : comparison.notes)
        json.value(jsonText(note));
    });
  });
}

} // namespace

void printTraceComparisonJson(llvm::raw_ostream &os,
                              const TraceComparison &comparison) {
  JsonWriter(os, comparison).write();
  os << '\n';
}

} // namespace roofline
