//===- AccuracyView.cpp - Errors of estimates as text and JSON ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/AccuracyView.h"
#include "roofline/Report/ScaledUnits.h"

#include "JsonText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <fmt/format.h>

namespace roofline {

namespace {

/// The name and version of the JSON form; the version rises when a key changes
/// its meaning or goes away.
constexpr llvm::StringLiteral schema = "roofline.accuracy";
constexpr int schemaVersion = 1;

/// Kinds of works without a model before the rest is summed up in one line.
constexpr size_t maxUnmodelledRows = 20;

/// Widths of columns, so that a line takes at most 100.
constexpr size_t opWidth = 24;
constexpr size_t typeWidth = 17;
constexpr size_t regimeWidth = 16;

constexpr double percentOf = 100;

std::string cut(llvm::StringRef text, size_t width) {
  return text.size() <= width ? text.str()
                              : text.take_front(width - 2).str() + "..";
}

void printLine(llvm::raw_ostream &os, const std::string &text) {
  os << llvm::StringRef(text).rtrim() << '\n';
}

llvm::StringRef referenceText(Reference reference) {
  switch (reference) {
  case Reference::Minimum:
    return "against the fastest software of each shape";
  case Reference::Median:
    return "against the median software of each shape";
  case Reference::Each:
    return "against every row";
  }
  return "";
}

size_t countUnmodelled(const AccuracyReport &report) {
  size_t count = 0;
  for (const UnmodelledRow &row : report.unmodelled)
    count += row.rows;
  return count;
}

void printRegimes(llvm::raw_ostream &os, const AccuracyReport &report) {
  os << '\n';
  printLine(os,
            fmt::format("{:<{}} {:<{}} {:<{}} {:>6} {:>6} {:>6} {:>6} "
                        "{:>6} {:>5}",
                        "op", opWidth, "type", typeWidth, "regime", regimeWidth,
                        "rows", "MAPE", "median", "p90", "bias", "in"));
  for (const RegimeRow &row : report.regimes) {
    const ErrorSummary &errors = row.errors;
    // The op stands once, with all of its regimes.
    bool isFirst = row.regime == allRegimes;
    printLine(os, fmt::format("{:<{}} {:<{}} {:<{}} {:>6} {:>6.2f} {:>6.2f} "
                              "{:>6.1f} {:>+6.1f} {:>5.1f}",
                              isFirst ? cut(row.op, opWidth) : "", opWidth,
                              isFirst ? cut(row.dtype, typeWidth) : "",
                              typeWidth, cut(row.regime, regimeWidth),
                              regimeWidth, errors.rows, errors.mape * percentOf,
                              errors.median * percentOf, errors.p90 * percentOf,
                              errors.bias * percentOf,
                              errors.withinInterval * percentOf));
  }
  os << "\nMAPE, median, p90  of |estimate / measurement - 1|, percent\n"
        "bias               mean of estimate / measurement - 1, percent\n"
        "in                 percent of measurements within the 80 % interval\n";
}

void printWorst(llvm::raw_ostream &os, const AccuracyReport &report,
                size_t count) {
  std::vector<size_t> worst = report.worst(count);
  if (worst.empty())
    return;
  os << "\nLargest errors\n";
  for (size_t index : worst) {
    const ComparedWork &work = report.works[index];
    printLine(os, fmt::format("  {:>+8.1f} %  {:>9} estimated, {:>9} measured  "
                              "{} {}",
                              work.error() * percentOf,
                              scaled(work.prediction.estimated, "s"),
                              scaled(work.prediction.measured, "s"), work.op,
                              work.dtype));
    llvm::StringRef file = llvm::sys::path::filename(work.where.file);
    std::string place = fmt::format(
        "{}:{}", std::string_view(file.data(), file.size()), work.where.line);
    printLine(os, "              " +
                      cut(work.shape + "  " + work.software, 50) + "  " +
                      cut(place, 34));
  }
}

void printUnmodelled(llvm::raw_ostream &os, const AccuracyReport &report) {
  if (report.unmodelled.empty())
    return;
  os << "\nNot modelled\n";
  size_t listed = std::min(report.unmodelled.size(), maxUnmodelledRows);
  for (const UnmodelledRow &row :
       llvm::ArrayRef(report.unmodelled).take_front(listed)) {
    printLine(os, fmt::format("  {:>6}  {}", row.rows,
                              cut(row.op + " " + row.dtype, 90)));
    printLine(os, "          " + cut(row.reason, 90));
  }
  if (listed < report.unmodelled.size())
    os << "          and " << report.unmodelled.size() - listed
       << " more kinds; --format=json lists all\n";
}

} // namespace

void printAccuracy(llvm::raw_ostream &os, const AccuracyReport &report,
                   size_t worstRows) {
  os << "accuracy of " << report.target << ": " << report.works.size()
     << " estimates " << referenceText(report.reference) << "; "
     << countUnmodelled(report) << " shapes not modelled\n";
  if (!report.regimes.empty())
    printRegimes(os, report);
  printWorst(os, report, worstRows);
  printUnmodelled(os, report);
  if (report.notes.empty() && report.borrowed.empty())
    return;
  os << "\nNotes\n";
  for (const std::string &name : report.borrowed)
    os << "  calibration borrowed: " << name << '\n';
  for (const std::string &note : report.notes)
    os << "  " << note << '\n';
}

void printAccuracyJson(llvm::raw_ostream &os, const AccuracyReport &report,
                       size_t worstRows) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  auto strings = [&](llvm::StringRef key,
                     const std::vector<std::string> &texts) {
    json.attributeArray(key, [&] {
      for (const std::string &text : texts)
        json.value(jsonText(text));
    });
  };
  json.object([&] {
    json.attributeObject("schema", [&] {
      json.attribute("name", schema);
      json.attribute("version", schemaVersion);
    });
    json.attribute("target", jsonText(report.target));
    json.attribute("reference", stringify(report.reference));
    json.attributeArray("regimes", [&] {
      for (const RegimeRow &row : report.regimes)
        json.object([&] {
          json.attribute("op", jsonText(row.op));
          json.attribute("dtype", jsonText(row.dtype));
          json.attribute("regime", row.regime);
          json.attribute("rows", static_cast<int64_t>(row.errors.rows));
          json.attribute("mape", row.errors.mape * percentOf);
          json.attribute("median", row.errors.median * percentOf);
          json.attribute("p90", row.errors.p90 * percentOf);
          json.attribute("bias", row.errors.bias * percentOf);
          json.attribute("within_interval",
                         row.errors.withinInterval * percentOf);
        });
    });
    json.attributeArray("unmodelled", [&] {
      for (const UnmodelledRow &row : report.unmodelled)
        json.object([&] {
          json.attribute("op", jsonText(row.op));
          json.attribute("dtype", jsonText(row.dtype));
          json.attribute("rows", static_cast<int64_t>(row.rows));
          json.attribute("reason", jsonText(row.reason));
        });
    });
    json.attributeArray("worst", [&] {
      for (size_t index : report.worst(worstRows)) {
        const ComparedWork &work = report.works[index];
        json.object([&] {
          json.attribute("op", jsonText(work.op));
          json.attribute("dtype", jsonText(work.dtype));
          json.attribute("shape", jsonText(work.shape));
          json.attribute("regime", work.regime);
          json.attribute("software", jsonText(work.software));
          json.attribute("measured_seconds", work.prediction.measured);
          json.attribute("estimated_seconds", work.prediction.estimated);
          json.attribute("low_seconds", work.prediction.low);
          json.attribute("high_seconds", work.prediction.high);
          json.attribute("error", work.error() * percentOf);
          json.attribute("location", jsonText(work.where.str()));
        });
      }
    });
    strings("borrowed", report.borrowed);
    strings("notes", report.notes);
  });
  os << '\n';
}

} // namespace roofline
