//===- RooflinePlot.cpp - Kernels under the roofs of machines -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One field per target, one below the other, with the same axes: operations per
// byte and operations per second, with a dot for each kind of kernel.
//
//===----------------------------------------------------------------------===//

#include "MarkupText.h"
#include "Page.h"
#include "SvgPage.h"

#include "roofline/Report/ReportViews.h"
#include "roofline/Report/ScaledUnits.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

namespace roofline {

namespace {

// Of the page, in its units.
constexpr double pageWidth = 860;
constexpr double fieldLeft = 84;
constexpr double fieldWidth = 560;
constexpr double fieldHeight = 300;
/// From the top of the page to that of the first field, and from one field to
/// the next.
constexpr double firstTop = 92;
constexpr double fieldStep = fieldHeight + 90;
constexpr double labelLeft = fieldLeft + fieldWidth + 10;
constexpr double labelStep = 14;
/// Of the dots: all of the time, and none of it.
constexpr double largestRadius = 14;
constexpr double smallestRadius = 2;

/// Kernels of a row on a target.
struct Dot {
  const KernelRow *row;
  size_t family;
  /// Operations per byte that enters or leaves, and per second.
  double intensity;
  double opsPerSecond;
  /// Of the time of all kernels.
  double share;
  double seconds;
  std::optional<Bound> bound;
  /// The time is its roof, as nobody knows what a real kernel takes.
  bool isAtRoof;
};

struct TargetPlot {
  const TargetSummary *target;
  /// Peaks of what the graph works with, highest first.
  std::vector<std::pair<double, std::string>> peaks;
  std::optional<double> bytesPerSecond;
  /// Largest first.
  std::vector<Dot> dots;
  /// Kernels that no point stands for, and their share of the time.
  size_t notShown = 0;
  double notShownShare = 0;
};

/// What `asked` runs at on a target; absent where it has no rate.
std::optional<std::pair<double, std::string>>
peakOf(const TargetSummary &target, UnitType asked) {
  UnitType own = asked;
  for (const SubstituteRow &row : target.substitutes)
    if (row.asked == asked)
      own.type = row.runsAs;
  auto it = target.rates.find(own);
  if (it == target.rates.end() || it->second <= 0)
    return std::nullopt;
  return std::make_pair(it->second, own.str());
}

class RooflinePlot {
public:
  RooflinePlot(llvm::raw_ostream &os, const Report &report)
      : report(report),
        page(os, pageWidth,
             firstTop + fieldStep * std::max<size_t>(report.targets.size(), 1),
             title()) {
    for (size_t index = 0; index < report.targets.size(); ++index)
      plots.push_back(makePlot(index));
    findAxes();
  }

  void write() {
    page.text(fieldLeft, 24, "start", title());
    legend();
    for (auto [index, plot] : llvm::enumerate(plots))
      write(plot, {fieldLeft, firstTop + fieldStep * double(index), fieldWidth,
                   fieldHeight});
  }

private:
  std::string title() const {
    constexpr size_t mostLetters = 90;
    return "Rooflines of " +
           fit(report.model.file, mostLetters, /*keepEnd=*/true);
  }

  TargetPlot makePlot(size_t index) const;
  void findAxes();
  void legend();
  void write(const TargetPlot &plot, const PlotField &field);
  void roofs(const TargetPlot &plot, const PlotField &field);
  void dots(const TargetPlot &plot, const PlotField &field);

  /// A row of `report.families`; the last ones share a colour.
  const char *colourOf(size_t family) const {
    return family < SvgPage::colours() ? SvgPage::colour(family) : "#808080";
  }

  const Report &report;
  SvgPage page;
  std::vector<TargetPlot> plots;
  LogAxis intensities{0, 3};
  LogAxis rates{9, 15};
};

TargetPlot RooflinePlot::makePlot(size_t index) const {
  const TargetSummary &target = report.targets[index];
  TargetPlot plot;
  plot.target = &target;
  if (!target.memory.empty())
    plot.bytesPerSecond = target.memory.front().bytesPerSecond;
  std::set<std::pair<double, std::string>> peaks;
  for (const Work &work : report.demand.work)
    if (auto peak = peakOf(target, work.where))
      peaks.insert(*peak);
  plot.peaks.assign(peaks.rbegin(), peaks.rend());

  const bool isTimed = target.kernelSeconds.isKnown();
  const KnownOr<double> &all =
      isTimed ? target.kernelSeconds : target.kernelRoofSeconds;
  for (const KernelRow &row : report.kernels) {
    if (row.family == KernelFamily::Scalar)
      continue;
    const KernelTimes &times = row.times[index];
    const bool isAtRoof = !isTimed || !times.seconds;
    const KnownOr<double> &seconds =
        isAtRoof ? times.roofSeconds : times.seconds;
    double share =
        seconds && all && *all > 0 ? std::min(*seconds / *all, 1.0) : 0;
    double operations = row.demand.work.totalOps().asDouble();
    double bytes = row.demand.totalBytes().asDouble();
    if (!row.launches || !seconds || *seconds <= 0 || operations <= 0 ||
        bytes <= 0) {
      plot.notShown += row.locations.size();
      plot.notShownShare += share;
      continue;
    }
    auto family =
        llvm::find_if(report.families, [&](const FamilyRow &candidate) {
          return candidate.family == row.family;
        });
    plot.dots.push_back({&row, size_t(family - report.families.begin()),
                         operations / bytes,
                         operations * row.launches->asDouble() / *seconds,
                         share, *seconds, times.bound, isAtRoof});
  }
  // Small dots lie on large ones.
  llvm::stable_sort(plot.dots, [](const Dot &lhs, const Dot &rhs) {
    return lhs.share > rhs.share;
  });
  return plot;
}

void RooflinePlot::findAxes() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double leastX = infinity, mostX = 0, leastY = infinity, mostY = 0;
  auto include = [](double value, double &least, double &most) {
    least = std::min(least, value);
    most = std::max(most, value);
  };
  for (const TargetPlot &plot : plots) {
    for (const Dot &dot : plot.dots) {
      include(dot.intensity, leastX, mostX);
      include(dot.opsPerSecond, leastY, mostY);
    }
    for (const auto &[peak, name] : plot.peaks) {
      include(peak, leastY, mostY);
      if (plot.bytesPerSecond)
        include(peak / *plot.bytesPerSecond, leastX, mostX);
    }
  }
  intensities = LogAxis::around(leastX, mostX, intensities);
  rates = LogAxis::around(leastY, mostY, rates);
}

void RooflinePlot::legend() {
  double x = fieldLeft;
  auto entry = [&](const char *colour, llvm::StringRef words) {
    // Letters of this size are seven units wide on average.
    page.print(R"(<circle cx="{:.1f}" cy="46" r="5" fill="{}"/>)", x, colour);
    page.text(x + 9, 50, "start", words);
    x += 30 + 7 * double(words.size());
  };
  size_t shown = std::min(report.families.size(), SvgPage::colours());
  for (size_t index = 0; index < shown; ++index)
    entry(colourOf(index), stringify(report.families[index].family));
  if (shown < report.families.size())
    entry(colourOf(shown), "others");
}

void RooflinePlot::write(const TargetPlot &plot, const PlotField &field) {
  std::string name = plot.target->name;
  if (!plot.target->title.empty())
    name += ": " + plot.target->title;
  if (!plot.target->kernelSeconds)
    name += ", kernels at their roofs";
  page.text(field.left, field.top - 10, "start", name);
  if (plot.notShown > 0)
    page.text(pageWidth - 10, field.top + field.height + 40, "end",
              grouped(plot.notShown) +
                  " without operations or time not shown, " +
                  percent(plot.notShownShare));
  page.grid(field, intensities, "", "operations per byte", rates, "op/s",
            "operations per second");
  roofs(plot, field);
  dots(plot, field);
}

void RooflinePlot::roofs(const TargetPlot &plot, const PlotField &field) {
  double leastIntensity = std::pow(10.0, intensities.first);
  double label = field.top;
  for (const auto &[peak, name] : plot.peaks) {
    double y = field.y(rates.position(peak));
    double ridge = 0;
    if (plot.bytesPerSecond)
      ridge = std::clamp(intensities.position(peak / *plot.bytesPerSecond), 0.0,
                         1.0);
    page.print(R"(<path class="line" d="M{:.1f} {:.1f}H{:.1f}"/>)",
               field.x(ridge), y, field.x(1));
    label = std::max(label, y + 4);
    page.text(labelLeft, label, "start", name + " " + scaled(peak, "op/s"));
    label += labelStep;
  }
  if (!plot.bytesPerSecond)
    return;
  // The slope of memory, up to the highest peak.
  double most = plot.peaks.empty() ? std::pow(10.0, rates.last)
                                   : plot.peaks.front().first;
  double leastRate = std::pow(10.0, rates.first);
  double begin = std::max(leastIntensity, leastRate / *plot.bytesPerSecond);
  double end =
      std::min(most / *plot.bytesPerSecond, std::pow(10.0, intensities.last));
  if (begin < end)
    page.print(R"(<path class="line" d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>)",
               field.x(intensities.position(begin)),
               field.y(rates.position(begin * *plot.bytesPerSecond)),
               field.x(intensities.position(end)),
               field.y(rates.position(end * *plot.bytesPerSecond)));
  page.text(labelLeft, std::max(label, field.y(0)), "start",
            "slope: hbm " + scaled(*plot.bytesPerSecond, "B/s"));
}

void RooflinePlot::dots(const TargetPlot &plot, const PlotField &field) {
  // Dots that fall on one another, as rounded here, are written once.
  std::set<std::tuple<long, long, long, size_t>> places;
  page.print(R"(<g class="dots">)");
  for (const Dot &dot : plot.dots) {
    double radius =
        std::max(smallestRadius, largestRadius * std::sqrt(dot.share));
    double x = field.x(intensities.position(dot.intensity));
    double y = field.y(rates.position(dot.opsPerSecond));
    if (!places
             .insert({std::lround(x * 2), std::lround(y * 2),
                      std::lround(radius * 2), dot.family})
             .second)
      continue;
    std::string words = dot.row->name + " at " + dot.row->locations.front();
    if (dot.row->locations.size() > 1)
      words += " and " + grouped(dot.row->locations.size() - 1) + " more";
    words += ": " + scaled(dot.seconds, "s") + ", " + percent(dot.share);
    if (dot.bound)
      words += ", " + dot.bound->str();
    if (dot.isAtRoof)
      words += ", at its roof";
    page.print(R"(<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" {}="{}">)"
               R"(<title>{}</title></circle>)",
               x, y, radius, dot.isAtRoof ? R"(fill="none" stroke)" : "fill",
               colourOf(dot.family), markupText(words));
  }
  page.print("</g>");
}

} // namespace

void printRooflinePlot(llvm::raw_ostream &os, const Report &report) {
  RooflinePlot(os, report).write();
}

} // namespace roofline
