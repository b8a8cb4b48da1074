//===- ExportColumns.h - Measurements in columns of other tools -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Profilers and data bases of kernels have columns of their own. Each format
// is told by columns that no other one has, and turns a record into a row with
// the ops, types and extents of our own files.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_CALIBRATION_EXPORTCOLUMNS_H
#define ROOFLINE_LIB_CALIBRATION_EXPORTCOLUMNS_H

#include "roofline/Calibration/CsvTable.h"
#include "roofline/Calibration/Measurements.h"

namespace roofline {

/// Fields of one record by the names of their columns.
class CsvRow {
public:
  CsvRow(const CsvTable &table, const CsvRecord &record)
      : table(table), record(record) {}

  /// The text of column `name`; empty where there is no such column.
  llvm::StringRef get(llvm::StringRef name) const;
  /// The field of column `name`, or null.
  const CsvField *find(llvm::StringRef name) const;
  /// Where column `name` is in this row; the row's begin where it is not.
  FileLocation locate(llvm::StringRef name) const;
  /// A positive number times `scale`. Fails on anything else.
  llvm::Expected<double> getPositive(llvm::StringRef name, double scale) const;

private:
  const CsvTable &table;
  const CsvRecord &record;
};

/// What another tool exports.
struct ExportFormat {
  /// `Nsight Systems cuda_gpu_kern_sum`.
  llvm::StringLiteral name;
  /// The columns that a header must have to be of this format.
  llvm::ArrayRef<llvm::StringLiteral> columns;
  /// Fills `row` but for its place. Fails on a time that is none.
  llvm::Error (*convert)(const CsvRow &source, MeasuredRow &row);
};

/// Every format, those first that others' columns are part of.
llvm::ArrayRef<ExportFormat> exportFormats();

} // namespace roofline

#endif // ROOFLINE_LIB_CALIBRATION_EXPORTCOLUMNS_H
