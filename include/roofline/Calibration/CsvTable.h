//===- CsvTable.h - Strict reading of comma-separated text ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_CSVTABLE_H
#define ROOFLINE_CALIBRATION_CSVTABLE_H

#include "roofline/Model/FileError.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// One field of a line, without its quotes.
struct CsvField {
  std::string text;
  /// The line and the column, in bytes from 1, where it begins.
  unsigned line = 0;
  unsigned column = 0;
};

/// One record: a line.
using CsvRecord = std::vector<CsvField>;

/// Comma-separated text with a header: every record has as many fields as the
/// header. Lines end with LF or CRLF; empty lines and a byte order mark are
/// passed over; quoted fields double the quotes that they contain, and end on
/// their line. A tab behind a field, by which exports keep spreadsheets from
/// rounding long numbers, is no part of it.
class CsvTable {
public:
  /// Reads `text`, called `file` in diagnostics. Lines before the first one
  /// that `isHeader` are passed over, at most `maxLinesBeforeHeader` of them:
  /// profilers print messages before what they export. Fails, with a place, on
  /// text that is not UTF-8 or holds control characters, on a quote that is not
  /// closed or stands within a field, on a record of another length than the
  /// header, on a column that is given twice, and, with `noHeader` as the
  /// message, where there is no header.
  static llvm::Expected<CsvTable>
  read(llvm::StringRef text, llvm::StringRef file,
       llvm::function_ref<bool(const CsvRecord &)> isHeader,
       llvm::StringRef noHeader);

  static constexpr unsigned maxLinesBeforeHeader = 64;

  llvm::StringRef getFile() const { return file; }
  const CsvRecord &getHeader() const { return header; }
  llvm::ArrayRef<CsvRecord> getRecords() const { return records; }

  /// The index of the column called `name`, if there is one.
  std::optional<size_t> findColumn(llvm::StringRef name) const;

  /// Where `field` is.
  FileLocation locate(const CsvField &field) const {
    return {file, field.line, field.column};
  }

private:
  std::string file;
  CsvRecord header;
  std::vector<CsvRecord> records;
};

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_CSVTABLE_H
