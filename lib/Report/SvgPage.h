//===- SvgPage.h - Charts with logarithmic axes -----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_SVGPAGE_H
#define ROOFLINE_LIB_REPORT_SVGPAGE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <fmt/format.h>

#include <cmath>

namespace roofline {

/// Decades of the lower and the upper end of an axis.
struct LogAxis {
  int first;
  int last;

  /// From 0 at the lower end to 1 at the other; beyond both for what is out of
  /// range. `value` is above zero.
  double position(double value) const {
    return (std::log10(value) - first) / (last - first);
  }

  /// The decades that hold values from `least` to `most`, at least one; those
  /// of `fallback` where there is no value, which infinite ends say.
  static LogAxis around(double least, double most, LogAxis fallback);
};

/// A rectangle of a page, in its units, that values are drawn in.
struct PlotField {
  double left;
  double top;
  double width;
  double height;

  /// Places of positions on the axes: 0 is at the left and at the bottom.
  double x(double position) const { return left + position * width; }
  double y(double position) const { return top + (1 - position) * height; }
};

/// An SVG image that is seen on white and on black.
class SvgPage {
public:
  /// Begins the image; `title` is for readers that do not see it.
  SvgPage(llvm::raw_ostream &os, double width, double height,
          llvm::StringRef title);
  /// Ends it.
  ~SvgPage() { os << "</svg>\n"; }
  SvgPage(const SvgPage &) = delete;
  SvgPage &operator=(const SvgPage &) = delete;

  /// Writes a line of markup.
  template <typename... Args>
  void print(fmt::format_string<Args...> format, Args &&...args) {
    os << fmt::format(format, std::forward<Args>(args)...) << '\n';
  }

  /// `anchor` is `start`, `middle` or `end`.
  void text(double x, double y, const char *anchor, llvm::StringRef words);

  /// Lines at the decades of both axes, with their values in `xUnit` and
  /// `yUnit`, and what the axes show.
  void grid(const PlotField &field, LogAxis xAxis, llvm::StringRef xUnit,
            llvm::StringRef xTitle, LogAxis yAxis, llvm::StringRef yUnit,
            llvm::StringRef yTitle);

  /// Colours that are told apart on white and on black, and by people who do
  /// not tell red from green; they repeat.
  static const char *colour(size_t index);
  /// How many of them differ.
  static size_t colours();

private:
  llvm::raw_ostream &os;
};

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_SVGPAGE_H
