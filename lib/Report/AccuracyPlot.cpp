//===- AccuracyPlot.cpp - Measured against estimated times ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/AccuracyView.h"
#include "roofline/Report/ScaledUnits.h"

#include "JsonText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace roofline {

namespace {

// Of the page, in its units. The field is square, so that equal times are on a
// line of 45 degrees.
constexpr double fieldLeft = 70;
constexpr double fieldTop = 40;
constexpr double fieldSize = 560;
constexpr double pageWidth = 860;
constexpr double pageHeight = 660;
constexpr double legendLeft = fieldLeft + fieldSize + 24;
constexpr double legendStep = 18;

/// Colours that are told apart on white and on black, and by people who do not
/// tell red from green (Okabe and Ito's, without black and yellow).
constexpr llvm::StringLiteral colours[] = {"#0072b2", "#d55e00", "#009e73",
                                           "#cc79a7", "#56b4e9", "#e69f00"};

/// Decades of the shorter and the longer end of both axes.
struct Axis {
  int first;
  int last;

  /// From 0 at the field's left or bottom to 1 at the other end.
  double position(double seconds) const {
    return (std::log10(seconds) - first) / (last - first);
  }
};

Axis axisOf(const AccuracyReport &report) {
  double least = std::numeric_limits<double>::infinity(), most = 0;
  for (const ComparedWork &work : report.works)
    for (double seconds :
         {work.prediction.measured, work.prediction.estimated}) {
      least = std::min(least, seconds);
      most = std::max(most, seconds);
    }
  if (report.works.empty())
    return {-6, -3};
  int first = int(std::floor(std::log10(least)));
  int last = int(std::ceil(std::log10(most)));
  return {first, std::max(last, first + 1)};
}

std::string escaped(llvm::StringRef text) {
  std::string result;
  for (char c : jsonText(text)) {
    switch (c) {
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '&':
      result += "&amp;";
      break;
    case '"':
      result += "&quot;";
      break;
    default:
      // Control characters, which XML has not, were refused by the reader.
      result += c;
    }
  }
  return result;
}

class PlotWriter {
public:
  PlotWriter(llvm::raw_ostream &os, const AccuracyReport &report)
      : os(os), report(report), axis(axisOf(report)) {
    for (const ComparedWork &work : report.works)
      if (!llvm::is_contained(ops, work.op))
        ops.push_back(work.op);
  }

  void write() {
    print(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" )"
          R"(font-family="sans-serif" font-size="12" role="img">)",
          pageWidth, pageHeight);
    os << "<title>Measured and estimated times on " << escaped(report.target)
       << "</title>\n";
    // One grey that is seen on white and on black.
    os << "<style>text{fill:#808080}.line{stroke:#808080;fill:none}"
          ".grid{stroke:#808080;stroke-opacity:.25}"
          ".band{fill:#808080;fill-opacity:.15}.dots{fill-opacity:.55}"
          "</style>\n";
    text(fieldLeft, fieldTop - 16, "start",
         "Measured and estimated times on " + report.target);
    grid();
    band();
    dots();
    legend();
    os << "</svg>\n";
  }

private:
  template <typename... Args>
  void print(fmt::format_string<Args...> format, Args &&...args) {
    os << fmt::format(format, std::forward<Args>(args)...) << '\n';
  }

  void text(double x, double y, const char *anchor, llvm::StringRef words) {
    print(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>)", x, y,
          anchor, escaped(words));
  }

  double left(double position) const {
    return fieldLeft + position * fieldSize;
  }
  double top(double position) const {
    return fieldTop + (1 - position) * fieldSize;
  }

  void grid() {
    for (int decade = axis.first; decade <= axis.last; ++decade) {
      double position =
          double(decade - axis.first) / double(axis.last - axis.first);
      print(
          R"(<path class="grid" d="M{:.1f} {:.1f}V{:.1f}M{:.1f} {:.1f}H{:.1f}"/>)",
          left(position), top(0), top(1), left(0), top(position), left(1));
      std::string label = scaled(std::pow(10.0, decade), "s");
      // `1.000 us` is no more exact than `1 us`.
      size_t point = label.find('.');
      if (point != std::string::npos)
        label.erase(point, label.find(' ') - point);
      text(left(position), top(0) + 18, "middle", label);
      text(left(0) - 8, top(position) + 4, "end", label);
    }
    text(left(0.5), top(0) + 40, "middle", "measured");
    print(R"x(<text transform="translate({:.1f} {:.1f}) rotate(-90)" )x"
          R"x(text-anchor="middle">estimated</text>)x",
          fieldLeft - 54, top(0.5));
  }

  /// The line of equality, and the band between the ratios that a tenth of the
  /// works are below and above.
  void band() {
    print(R"(<path class="line" d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>)", left(0),
          top(0), left(1), top(1));
    if (report.works.empty())
      return;
    std::vector<double> ratios;
    for (const ComparedWork &work : report.works)
      ratios.push_back(
          std::log10(work.prediction.estimated / work.prediction.measured));
    double decades = axis.last - axis.first;
    auto corner = [&](double along, double ratio) {
      double height = std::clamp(along + ratio / decades, 0.0, 1.0);
      return fmt::format("{:.1f} {:.1f}", left(along), top(height));
    };
    double low = quantile(ratios, 0.1), high = quantile(ratios, 0.9);
    print(R"(<path class="band" d="M{}L{}L{}L{}Z"/>)", corner(0, low),
          corner(1, low), corner(1, high), corner(0, high));
  }

  void dots() {
    for (auto [index, op] : llvm::enumerate(ops)) {
      // Dots that fall on one another, as rounded here, are written once.
      std::set<std::pair<long, long>> places;
      for (const ComparedWork &work : report.works)
        if (work.op == op)
          places.insert(
              {std::lround(left(axis.position(work.prediction.measured)) * 2),
               std::lround(top(axis.position(work.prediction.estimated)) * 2)});
      print(R"(<g class="dots" fill="{}">)", colourOf(index));
      for (auto [x, y] : places)
        print(R"(<circle cx="{}" cy="{}" r="1.8"/>)", double(x) / 2,
              double(y) / 2);
      os << "</g>\n";
    }
  }

  void legend() {
    double y = fieldTop + 12;
    for (auto [index, op] : llvm::enumerate(ops)) {
      print(R"(<circle cx="{:.1f}" cy="{:.1f}" r="5" fill="{}"/>)", legendLeft,
            y - 4, colourOf(index));
      text(legendLeft + 12, y, "start", op);
      y += legendStep;
    }
    text(legendLeft - 5, y + legendStep, "start", "line: equal");
    text(legendLeft - 5, y + 2 * legendStep, "start", "band: 80 % of works");
  }

  std::string_view colourOf(size_t index) const {
    llvm::StringRef colour = colours[index % std::size(colours)];
    return {colour.data(), colour.size()};
  }

  llvm::raw_ostream &os;
  const AccuracyReport &report;
  Axis axis;
  std::vector<std::string> ops;
};

} // namespace

void printAccuracyPlot(llvm::raw_ostream &os, const AccuracyReport &report) {
  PlotWriter(os, report).write();
}

} // namespace roofline
