//===- CsvText.h - Reading comma-separated values ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_REPORT_CSVTEXT_H
#define ROOFLINE_TEST_UNIT_REPORT_CSVTEXT_H

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace roofline {

/// A table by RFC 4180, the first line of which names the columns.
class CsvText {
public:
  explicit CsvText(const std::string &text) {
    std::vector<std::string> line(1);
    bool isQuoted = false;
    for (size_t i = 0; i < text.size(); ++i) {
      char c = text[i];
      if (isQuoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        line.back() += '"';
        ++i;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == ',' && !isQuoted) {
        line.emplace_back();
      } else if (c == '\n' && !isQuoted) {
        lines.push_back(line);
        line.assign(1, "");
      } else {
        line.back() += c;
      }
    }
    EXPECT_FALSE(isQuoted);
    for (const std::vector<std::string> &other : lines)
      EXPECT_EQ(other.size(), lines.front().size());
  }

  size_t rows() const { return lines.size() - 1; }
  const std::vector<std::string> &names() const { return lines.front(); }
  std::string cell(size_t row, const std::string &name) const {
    auto it = std::find(names().begin(), names().end(), name);
    EXPECT_NE(it, names().end()) << name;
    if (it == names().end() || row >= rows())
      return "none";
    return lines[row + 1][size_t(it - names().begin())];
  }

private:
  std::vector<std::vector<std::string>> lines;
};

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_REPORT_CSVTEXT_H
