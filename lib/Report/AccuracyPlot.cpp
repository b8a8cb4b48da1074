//===- AccuracyPlot.cpp - Measured against estimated times ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/AccuracyView.h"

#include "SvgPage.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace roofline {

namespace {

// Of the page, in its units. The field is square, so that equal times are on a
// line of 45 degrees.
constexpr double fieldLeft = 78;
constexpr double fieldTop = 40;
constexpr double fieldSize = 560;
constexpr double pageWidth = 860;
constexpr double pageHeight = 660;
constexpr double legendLeft = fieldLeft + fieldSize + 24;
constexpr double legendStep = 18;

LogAxis axisOf(const AccuracyReport &report) {
  double least = std::numeric_limits<double>::infinity(), most = 0;
  for (const ComparedWork &work : report.works)
    for (double seconds :
         {work.prediction.measured, work.prediction.estimated}) {
      least = std::min(least, seconds);
      most = std::max(most, seconds);
    }
  return LogAxis::around(least, most, {-6, -3});
}

class PlotWriter {
public:
  PlotWriter(llvm::raw_ostream &os, const AccuracyReport &report)
      : report(report), axis(axisOf(report)),
        page(os, pageWidth, pageHeight, title()) {
    for (const ComparedWork &work : report.works)
      if (!llvm::is_contained(ops, work.op))
        ops.push_back(work.op);
  }

  void write() {
    page.text(fieldLeft, fieldTop - 16, "start", title());
    page.grid(field, axis, "s", "measured", axis, "s", "estimated");
    band();
    dots();
    legend();
  }

private:
  std::string title() const {
    return "Measured and estimated times on " + report.target;
  }

  /// The line of equality, and the band between the ratios that a tenth of the
  /// works are below and above.
  void band() {
    page.print(R"(<path class="line" d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>)",
               field.x(0), field.y(0), field.x(1), field.y(1));
    if (report.works.empty())
      return;
    std::vector<double> ratios;
    for (const ComparedWork &work : report.works)
      ratios.push_back(
          std::log10(work.prediction.estimated / work.prediction.measured));
    double decades = axis.last - axis.first;
    auto corner = [&](double along, double ratio) {
      double height = std::clamp(along + ratio / decades, 0.0, 1.0);
      return fmt::format("{:.1f} {:.1f}", field.x(along), field.y(height));
    };
    double low = quantile(ratios, 0.1), high = quantile(ratios, 0.9);
    page.print(R"(<path class="band" d="M{}L{}L{}L{}Z"/>)", corner(0, low),
               corner(1, low), corner(1, high), corner(0, high));
  }

  void dots() {
    for (auto [index, op] : llvm::enumerate(ops)) {
      // Dots that fall on one another, as rounded here, are written once.
      std::set<std::pair<long, long>> places;
      for (const ComparedWork &work : report.works)
        if (work.op == op)
          places.insert(
              {std::lround(field.x(axis.position(work.prediction.measured)) *
                           2),
               std::lround(field.y(axis.position(work.prediction.estimated)) *
                           2)});
      page.print(R"(<g class="dots" fill="{}">)", SvgPage::colour(index));
      for (auto [x, y] : places)
        page.print(R"(<circle cx="{}" cy="{}" r="1.8"/>)", double(x) / 2,
                   double(y) / 2);
      page.print("</g>");
    }
  }

  void legend() {
    double y = fieldTop + 12;
    for (auto [index, op] : llvm::enumerate(ops)) {
      page.print(R"(<circle cx="{:.1f}" cy="{:.1f}" r="5" fill="{}"/>)",
                 legendLeft, y - 4, SvgPage::colour(index));
      page.text(legendLeft + 12, y, "start", op);
      y += legendStep;
    }
    page.text(legendLeft - 5, y + legendStep, "start", "line: equal");
    page.text(legendLeft - 5, y + 2 * legendStep, "start",
              "band: 80 % of works");
  }

  const AccuracyReport &report;
  LogAxis axis;
  PlotField field{fieldLeft, fieldTop, fieldSize, fieldSize};
  SvgPage page;
  std::vector<std::string> ops;
};

} // namespace

void printAccuracyPlot(llvm::raw_ostream &os, const AccuracyReport &report) {
  PlotWriter(os, report).write();
}

} // namespace roofline
