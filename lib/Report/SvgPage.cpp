//===- SvgPage.cpp - Charts with logarithmic axes -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SvgPage.h"

#include "MarkupText.h"

#include "roofline/Report/ScaledUnits.h"

#include <algorithm>

namespace roofline {

namespace {

/// Okabe and Ito's, without black and yellow.
constexpr const char *palette[] = {"#0072b2", "#d55e00", "#009e73",
                                   "#cc79a7", "#56b4e9", "#e69f00"};

std::string decadeText(int decade, llvm::StringRef unit) {
  double value = std::pow(10.0, decade);
  if (unit.empty())
    return fmt::format("{:g}", value);
  std::string text = scaled(value, unit);
  // `1.000 us` is no more exact than `1 us`.
  size_t point = text.find('.');
  if (point != std::string::npos)
    text.erase(point, text.find(' ') - point);
  return text;
}

} // namespace

LogAxis LogAxis::around(double least, double most, LogAxis fallback) {
  if (!std::isfinite(least) || !std::isfinite(most) || least <= 0)
    return fallback;
  int first = int(std::floor(std::log10(least)));
  int last = int(std::ceil(std::log10(most)));
  return {first, std::max(last, first + 1)};
}

SvgPage::SvgPage(llvm::raw_ostream &os, double width, double height,
                 llvm::StringRef title)
    : os(os) {
  print(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" )"
        R"(font-family="sans-serif" font-size="12" role="img">)",
        width, height);
  os << "<title>" << markupText(title) << "</title>\n";
  // One grey that is seen on white and on black.
  os << "<style>text{fill:#808080}.line{stroke:#808080;fill:none}"
        ".grid{stroke:#808080;stroke-opacity:.25}"
        ".band{fill:#808080;fill-opacity:.15}.dots{fill-opacity:.55}"
        "</style>\n";
}

void SvgPage::text(double x, double y, const char *anchor,
                   llvm::StringRef words) {
  print(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>)", x, y,
        anchor, markupText(words));
}

void SvgPage::grid(const PlotField &field, LogAxis xAxis, llvm::StringRef xUnit,
                   llvm::StringRef xTitle, LogAxis yAxis, llvm::StringRef yUnit,
                   llvm::StringRef yTitle) {
  // Words of neighbouring decades must not touch.
  constexpr double leastStep = 50;
  auto every = [](LogAxis axis, double length, double least) {
    return std::max(1,
                    int(std::ceil(least * (axis.last - axis.first) / length)));
  };
  int xEvery = every(xAxis, field.width, leastStep);
  for (int decade = xAxis.first; decade <= xAxis.last; ++decade) {
    double x = field.x(double(decade - xAxis.first) /
                       double(xAxis.last - xAxis.first));
    print(R"(<path class="grid" d="M{:.1f} {:.1f}V{:.1f}"/>)", x, field.y(0),
          field.y(1));
    if ((decade - xAxis.first) % xEvery == 0)
      text(x, field.y(0) + 18, "middle", decadeText(decade, xUnit));
  }
  constexpr double leastRise = 14;
  int yEvery = every(yAxis, field.height, leastRise);
  for (int decade = yAxis.first; decade <= yAxis.last; ++decade) {
    double y = field.y(double(decade - yAxis.first) /
                       double(yAxis.last - yAxis.first));
    print(R"(<path class="grid" d="M{:.1f} {:.1f}H{:.1f}"/>)", field.x(0), y,
          field.x(1));
    if ((decade - yAxis.first) % yEvery == 0)
      text(field.x(0) - 8, y + 4, "end", decadeText(decade, yUnit));
  }
  text(field.x(0.5), field.y(0) + 40, "middle", xTitle);
  print(R"x(<text transform="translate({:.1f} {:.1f}) rotate(-90)" )x"
        R"x(text-anchor="middle">{}</text>)x",
        field.left - 62, field.y(0.5), markupText(yTitle));
}

const char *SvgPage::colour(size_t index) { return palette[index % colours()]; }

size_t SvgPage::colours() { return std::size(palette); }

} // namespace roofline
