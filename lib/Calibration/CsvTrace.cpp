//===- CsvTrace.cpp - Traces as tables ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExportColumns.h"
#include "TraceBuilder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

namespace roofline {

namespace {

constexpr int64_t nanosecondsPerMicrosecond = 1000;

/// The columns of one format; those that may be absent are empty where they
/// are. `device` has two spellings.
struct TraceColumns {
  llvm::StringLiteral format;
  llvm::StringLiteral name, type, start, duration, stream, device, step;
  /// Of `start` and `duration`.
  int64_t nanoseconds;
};

// `op_summary` and `kernel_details` as CANN's documentation of msprof and of
// the Ascend PyTorch profiler list their columns, `cuda_gpu_trace` as the
// documentation of nsys stats does.
constexpr TraceColumns formats[] = {
    {"msprof op_summary", "Op Name", "OP Type", "Task Start Time(us)",
     "Task Duration(us)", "Stream ID", "Device_id", "",
     nanosecondsPerMicrosecond},
    {"Ascend PyTorch kernel_details", "Name", "Type", "Start Time(us)",
     "Duration(us)", "Stream ID", "Device_id", "Step Id",
     nanosecondsPerMicrosecond},
    {"Nsight Systems cuda_gpu_trace", "Name", "", "Start (ns)", "Duration (ns)",
     "Strm", "Device", "", 1}};

const TraceColumns *findFormat(const CsvRecord &header) {
  auto has = [&](llvm::StringRef name) {
    return name.empty() || llvm::any_of(header, [&](const CsvField &field) {
             return field.text == name;
           });
  };
  for (const TraceColumns &format : formats)
    if (has(format.name) && has(format.type) && has(format.start) &&
        has(format.duration))
      return &format;
  return nullptr;
}

llvm::Expected<int64_t> readTime(const CsvRow &row, llvm::StringRef column,
                                 int64_t nanoseconds) {
  std::optional<int64_t> time = parseNanoseconds(row.get(column), nanoseconds);
  if (time)
    return *time;
  return makeFileError(row.locate(column), "'" + column +
                                               "' expects a time, got '" +
                                               row.get(column) + "'");
}

llvm::Error readRow(const CsvRow &row, const TraceColumns &columns,
                    TraceBuilder &builder) {
  llvm::Expected<int64_t> begin =
      readTime(row, columns.start, columns.nanoseconds);
  if (!begin)
    return begin.takeError();
  llvm::Expected<int64_t> duration =
      readTime(row, columns.duration, columns.nanoseconds);
  if (!duration)
    return duration.takeError();
  if (*duration < 0)
    return makeFileError(row.locate(columns.duration),
                         "'" + llvm::Twine(columns.duration) +
                             "' is less than zero");
  llvm::StringRef type =
      columns.type.empty() ? llvm::StringRef() : row.get(columns.type);
  int64_t stream = 0;
  if (row.get(columns.stream).getAsInteger(10, stream))
    stream = 0;
  llvm::StringRef device = row.get(columns.device);
  TraceSpan span = {*begin, *duration};
  builder.addKernel(builder.addName(row.get(columns.name), type), device,
                    stream, span);
  if (!columns.step.empty())
    if (llvm::StringRef step = row.get(columns.step); !step.empty())
      builder.addStep(("ProfilerStep#" + step).str(), device, span);
  return llvm::Error::success();
}

} // namespace

llvm::Expected<KernelTrace> readCsvTrace(llvm::StringRef text,
                                         llvm::StringRef file) {
  llvm::Expected<CsvTable> table = CsvTable::read(
      text, file, [](const CsvRecord &header) { return findFormat(header); },
      "no trace of kernels; expected the JSON of a profiler, an export of "
      "Nsight "
      "Systems as SQLite or cuda_gpu_trace, or op_summary or kernel_details of "
      "Ascend");
  if (!table)
    return table.takeError();
  const TraceColumns &columns = *findFormat(table->getHeader());
  TraceBuilder builder(file, columns.format);
  for (const CsvRecord &record : table->getRecords())
    if (llvm::Error error = readRow(CsvRow(*table, record), columns, builder))
      return error;
  if (!builder.hasKernels())
    return makeFileError({file.str(), 0, 0},
                         "no rows below the header; nothing ran");
  return builder.finish();
}

} // namespace roofline
