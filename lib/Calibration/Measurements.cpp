//===- Measurements.cpp - Measured times from files -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/Measurements.h"

#include "ExportColumns.h"

#include "roofline/Model/NearestNames.h"
#include "roofline/Model/YamlFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

#include <set>

namespace roofline {

namespace {

constexpr llvm::StringLiteral ownFormat = "measurements";
constexpr llvm::StringLiteral requiredColumns[] = {"op", "dtype", "shape",
                                                   "us"};
constexpr llvm::StringLiteral optionalColumns[] = {"hardware", "software"};
constexpr double secondsPerMicrosecond = 1e-6;

bool hasColumns(const CsvRecord &header,
                llvm::ArrayRef<llvm::StringLiteral> names) {
  return llvm::all_of(names, [&](llvm::StringRef name) {
    return llvm::any_of(
        header, [&](const CsvField &field) { return field.text == name; });
  });
}

/// The format whose header `header` is, or null.
const ExportFormat *findFormat(const CsvRecord &header) {
  for (const ExportFormat &format : exportFormats())
    if (hasColumns(header, format.columns))
      return &format;
  return nullptr;
}

/// Reads `key=value;key=value`.
llvm::Error parseShape(const CsvTable &table, const CsvField &field,
                       MeasuredRow &row) {
  llvm::StringRef rest = field.text;
  while (!rest.empty()) {
    auto [part, after] = rest.split(';');
    auto [key, value] = part.split('=');
    FileLocation where = table.locate(field);
    where.column += unsigned(part.data() - field.text.data());
    bool isName = !key.empty() && llvm::all_of(key, [](char c) {
      return llvm::isAlnum(c) || c == '_';
    });
    if (!isName || value.empty())
      return makeFileError(where, "a shape is 'name=value;name=value', such as "
                                  "'m=1;n=4096;k=4096', got '" +
                                      part + "'");
    if (!row.shape.try_emplace(key.str(), value.str()).second)
      return makeFileError(where, "the shape gives '" + key + "' twice");
    rest = after;
  }
  return llvm::Error::success();
}

llvm::Error convertOwn(const CsvTable &table, const CsvRow &source,
                       MeasuredRow &row) {
  row.hardware = source.get("hardware").str();
  row.software = source.get("software").str();
  row.op = source.get("op").str();
  row.dtype = source.get("dtype").str();
  if (row.op.empty())
    return makeFileError(source.locate("op"),
                         "'op' is empty; name what was measured: 'gemm'");
  if (llvm::Error error = parseShape(table, *source.find("shape"), row))
    return error;
  llvm::Expected<double> seconds =
      source.getPositive("us", secondsPerMicrosecond);
  if (!seconds)
    return seconds.takeError();
  row.seconds = *seconds;
  return llvm::Error::success();
}

std::vector<llvm::StringRef> unusedColumns(const CsvTable &table) {
  std::vector<llvm::StringRef> names;
  for (const CsvField &field : table.getHeader())
    if (!llvm::is_contained(requiredColumns, field.text) &&
        !llvm::is_contained(optionalColumns, field.text))
      names.push_back(field.text);
  return names;
}

/// A chip's name in a data base and the target that describes it.
struct HardwareAlias {
  llvm::StringLiteral name;
  llvm::StringLiteral target;
};

// The 24-core 910B of published measurements reaches 327 TFLOP/s in bf16: no
// other part of its family comes near.
constexpr HardwareAlias aliases[] = {{"ascend-910b-24core", "ascend-910b2"}};

} // namespace

std::string MeasuredRow::shapeText() const {
  std::string text;
  for (const auto &[key, value] : shape) {
    if (!text.empty())
      text += ';';
    text += key + "=" + value;
  }
  return text;
}

llvm::Expected<MeasurementFile> readMeasurements(llvm::StringRef text,
                                                 llvm::StringRef file) {
  llvm::Expected<CsvTable> table = CsvTable::read(
      text, file,
      [](const CsvRecord &header) {
        return hasColumns(header, requiredColumns) || findFormat(header);
      },
      "no header of measurements; expected columns 'op', 'dtype', 'shape' and "
      "'us', or an export of Nsight Systems, msprof or AIConfigurator");
  if (!table)
    return table.takeError();
  MeasurementFile measurements;
  measurements.name = file.str();
  bool isOwn = hasColumns(table->getHeader(), requiredColumns);
  const ExportFormat *format = isOwn ? nullptr : findFormat(table->getHeader());
  measurements.format = isOwn ? ownFormat.str() : format->name.str();
  if (isOwn) {
    std::vector<llvm::StringRef> unused = unusedColumns(*table);
    if (!unused.empty())
      measurements.notes.push_back((file + ": not used: column" +
                                    (unused.size() > 1 ? "s " : " ") +
                                    quotedList(unused, "and"))
                                       .str());
  }
  for (const CsvRecord &record : table->getRecords()) {
    MeasuredRow row;
    row.where = table->locate(record.front());
    CsvRow source(*table, record);
    if (llvm::Error error = isOwn ? convertOwn(*table, source, row)
                                  : format->convert(source, row))
      return error;
    measurements.rows.push_back(std::move(row));
  }
  if (measurements.rows.empty())
    return makeFileError({file.str(), 0, 0},
                         "no rows below the header; nothing was measured");
  return measurements;
}

llvm::Expected<MeasurementFile> readMeasurementFile(const std::string &path) {
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> text =
      readYamlText(path, "file of measurements");
  if (!text)
    return text.takeError();
  return readMeasurements((*text)->getBuffer(), path);
}

std::string normalizedHardware(llvm::StringRef name) {
  std::string lower = name.lower();
  for (char &c : lower)
    if (c == '_' || c == ' ' || c == '/')
      c = '-';
  llvm::SmallVector<llvm::StringRef> parts;
  llvm::StringRef(lower).split(parts, '-', /*MaxSplit=*/-1,
                               /*KeepEmpty=*/false);
  std::vector<std::string> kept;
  for (llvm::StringRef part : parts) {
    bool isVendor = llvm::is_contained({"nvidia", "huawei", "tesla"}, part);
    // `sxm`, `sxm4`: the form that a target of this name describes.
    bool isForm = part.starts_with("sxm") || part == "oam";
    llvm::StringRef digits = part;
    bool isCapacity = digits.consume_back("gb") && !digits.empty() &&
                      llvm::all_of(digits, llvm::isDigit);
    bool isMemory = part.starts_with("hbm");
    if (isVendor || isForm || isCapacity || isMemory)
      continue;
    // `Ascend910B2`, as the vendor's tools print it.
    if (part.size() > 6 && part.consume_front("ascend"))
      kept.push_back("ascend");
    kept.push_back(part.str());
  }
  std::string joined = llvm::join(kept, "-");
  for (const HardwareAlias &alias : aliases)
    if (joined == alias.name)
      return alias.target.str();
  return joined;
}

llvm::Expected<std::vector<MeasuredRow>>
selectHardware(std::vector<MeasurementFile> files, llvm::StringRef target,
               std::vector<std::string> &notes) {
  std::vector<MeasuredRow> selected;
  const std::string wanted = normalizedHardware(target);
  for (MeasurementFile &file : files) {
    llvm::append_range(notes, file.notes);
    // As written, and those that are the target under another spelling.
    std::set<std::string> names, matching;
    std::set<std::string> chips;
    for (const MeasuredRow &row : file.rows) {
      if (row.hardware.empty() || !names.insert(row.hardware).second)
        continue;
      std::string chip = normalizedHardware(row.hardware);
      if (chip == wanted)
        matching.insert(row.hardware);
      chips.insert(std::move(chip));
    }
    std::vector<llvm::StringRef> listed(names.begin(), names.end());
    if (matching.empty() && chips.size() > 1)
      return makeFileError({file.name, 0, 0},
                           "rows of several chips, none of which is '" +
                               target + "': " + quotedList(listed, "and") +
                               "; name one of them as the target");
    if (names.empty())
      notes.push_back(file.name + ": does not say what it was measured on");
    else if (matching.empty())
      notes.push_back(file.name + ": measured on " + quotedList(listed, "and") +
                      ", taken as '" + target.str() + "'");
    size_t left = 0;
    for (MeasuredRow &row : file.rows) {
      bool isWanted = matching.empty() || row.hardware.empty() ||
                      matching.count(row.hardware) > 0;
      if (isWanted)
        selected.push_back(std::move(row));
      else
        ++left;
    }
    if (left > 0)
      notes.push_back(file.name + ": " + std::to_string(left) +
                      (left == 1 ? " row of another chip is left out"
                                 : " rows of other chips are left out"));
  }
  return selected;
}

} // namespace roofline
