//===- CalibrationText.cpp - Calibrations into target files ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Target files are written by people, with comments and an order of their own:
// an entry is replaced as lines of text, so that all else stays as it is.
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/CalibrationText.h"

#include "roofline/Target/Quantity.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

namespace roofline {

namespace {

constexpr llvm::StringLiteral sectionKey = "calibration";
/// The name of the source that a new file defines for its data.
constexpr llvm::StringLiteral newSource = "measurements";

Dimension dimensionOf(ParameterUnit unit) {
  switch (unit) {
  case ParameterUnit::Seconds:
    return Dimension::Time;
  case ParameterUnit::BytesPerSecond:
    return Dimension::ByteRate;
  case ParameterUnit::Number:
    break;
  }
  return Dimension::Number;
}

/// `text` within double quotes, as YAML has them.
std::string quoted(llvm::StringRef text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    result += c;
  }
  return result + '"';
}

/// The lines of `entry`, its key at `indent` columns.
std::string entryText(const CalibrationEntry &entry, unsigned indent) {
  std::string text;
  llvm::raw_string_ostream os(text);
  const Calibration &calibration = entry.calibration;
  auto line = [&](const llvm::Twine &key, const llvm::Twine &value) {
    os.indent(indent + 2) << key << ": " << value << '\n';
  };
  os.indent(indent) << calibration.key << ":\n";
  if (!entry.source.empty())
    line("source", entry.source);
  line("fitted", quoted(entry.fitted));
  if (!calibration.kernels.empty())
    line("kernels", calibration.kernels);
  for (auto [parameter, value] :
       llvm::zip_equal(calibration.model->parameters, calibration.values))
    // What leaves its term out of the equation is left out of the file.
    if (parameter.neutral != value)
      line(parameter.name, formatQuantity(value, dimensionOf(parameter.unit)));
  if (!calibration.errors.empty())
    os.indent(indent + 2) << "errors:\n";
  for (const RegimeError &errors : calibration.errors)
    os.indent(indent + 4) << errors.regime
                          << llvm::format(": {rows: %.0f, mape: %.3g, median: "
                                          "%.3g, low: %.3g, high: %.3g}\n",
                                          errors.rows, errors.mape,
                                          errors.median, errors.low,
                                          errors.high);
  return text;
}

/// One line of a file.
struct Line {
  /// Of the line and of what follows its end.
  size_t begin;
  size_t end;
  /// Columns of spaces before its first character.
  unsigned indent;
  /// Without the spaces before and after.
  llvm::StringRef text;

  bool isContent() const { return !text.empty() && text.front() != '#'; }
};

std::vector<Line> linesOf(llvm::StringRef text) {
  std::vector<Line> lines;
  for (size_t begin = 0; begin < text.size();) {
    size_t newline = text.find('\n', begin);
    size_t end = newline == llvm::StringRef::npos ? text.size() : newline + 1;
    llvm::StringRef content = text.slice(begin, end);
    size_t spaces = content.size() - content.ltrim(' ').size();
    lines.push_back({begin, end, unsigned(spaces), content.trim()});
    begin = end;
  }
  return lines;
}

/// The key that a line of content begins with; empty where it has none.
llvm::StringRef keyOf(const Line &line) {
  auto [key, value] = line.text.split(':');
  return key.size() == line.text.size() ? llvm::StringRef() : key.trim(" \"'");
}

/// What follows the key of a line, without a comment.
llvm::StringRef valueOf(const Line &line) {
  llvm::StringRef value = line.text.split(':').second.ltrim();
  return value.starts_with("#") ? llvm::StringRef() : value;
}

/// The end of the block whose key is at `lines[key]`: behind its last line of
/// content, so that comments and empty lines before the next key stay there.
size_t blockEnd(llvm::ArrayRef<Line> lines, size_t key) {
  size_t last = key;
  for (size_t index = key + 1; index < lines.size(); ++index) {
    if (!lines[index].isContent())
      continue;
    if (lines[index].indent <= lines[key].indent)
      break;
    last = index;
  }
  return last + 1;
}

/// `text` with lines that end as those of `file` do.
std::string withLineEndsOf(llvm::StringRef file, std::string text) {
  size_t newline = file.find('\n');
  bool isCrlf = newline != llvm::StringRef::npos && newline > 0 &&
                file[newline - 1] == '\r';
  if (!isCrlf)
    return text;
  std::string result;
  for (char c : text) {
    if (c == '\n')
      result += '\r';
    result += c;
  }
  return result;
}

/// The columns of the keys below `lines[key]`, whose block ends before `end`.
unsigned childIndent(llvm::ArrayRef<Line> lines, size_t key, size_t end) {
  for (size_t index = key + 1; index < end; ++index)
    if (lines[index].isContent())
      return lines[index].indent;
  return lines[key].indent + 2;
}

llvm::Expected<std::string> withCalibration(llvm::StringRef text,
                                            llvm::StringRef file,
                                            const CalibrationEntry &entry) {
  auto insert = [&](size_t begin, size_t end, std::string lines) {
    // A last line without an end gets one before another follows.
    if (begin > 0 && text[begin - 1] != '\n')
      lines = "\n" + lines;
    return text.take_front(begin).str() +
           withLineEndsOf(text, std::move(lines)) + text.drop_front(end).str();
  };
  std::vector<Line> lines = linesOf(text);
  auto isSection = [](const Line &line) {
    return line.isContent() && line.indent == 0 && keyOf(line) == sectionKey;
  };
  auto section = llvm::find_if(lines, isSection);
  if (section == lines.end())
    return insert(text.size(), text.size(),
                  "\n" + sectionKey.str() + ":\n" + entryText(entry, 2));
  size_t key = section - lines.begin();
  if (!valueOf(lines[key]).empty())
    return makeFileError({file.str(), unsigned(key + 1), 1},
                         "the section 'calibration' is written on one line; "
                         "write its keys one a line below it");
  size_t end = blockEnd(lines, key);
  unsigned indent = childIndent(lines, key, end);
  for (size_t index = key + 1; index < end; ++index) {
    const Line &line = lines[index];
    if (line.isContent() && line.indent == indent &&
        keyOf(line) == entry.calibration.key)
      return insert(line.begin, lines[blockEnd(lines, index) - 1].end,
                    entryText(entry, indent));
  }
  return insert(lines[end - 1].end, lines[end - 1].end,
                entryText(entry, indent));
}

} // namespace

llvm::Expected<std::string>
withCalibrations(llvm::StringRef text, llvm::StringRef file,
                 llvm::ArrayRef<CalibrationEntry> entries) {
  std::string result = text.str();
  for (const CalibrationEntry &entry : entries) {
    llvm::Expected<std::string> next = withCalibration(result, file, entry);
    if (!next)
      return next.takeError();
    result = std::move(*next);
  }
  return result;
}

std::string newTargetFile(llvm::StringRef target, llvm::StringRef sourceTitle,
                          std::vector<CalibrationEntry> entries) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "# Written by roofline calibrate. A file that extends its own name "
        "adds "
        "to the\n# target that is found without it: --target-file=FILE "
        "--target="
     << target << ".\n\nname: " << target << "\nextends: " << target << '\n';
  bool definesSource = false;
  for (CalibrationEntry &entry : entries)
    if (entry.source.empty()) {
      entry.source = newSource.str();
      definesSource = true;
    }
  if (definesSource)
    os << "\nsources:\n  " << newSource
       << ":\n    title: " << quoted(sourceTitle)
       << "\n    confidence: measured\n";
  os << '\n' << sectionKey << ":\n";
  for (const CalibrationEntry &entry : entries)
    os << entryText(entry, 2);
  return text;
}

} // namespace roofline
