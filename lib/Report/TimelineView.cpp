//===- TimelineView.cpp - Kernels on a time line --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Chrome's trace event format, which Perfetto reads. A target is a process with
// one track, on which the kernels follow one another as they are launched. What
// runs in a loop is one event of all its launches.
//
//===----------------------------------------------------------------------===//

#include "JsonText.h"

#include "roofline/Report/ReportViews.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <fmt/format.h>

#include <cmath>

namespace roofline {

namespace {

/// The track of kernels, the only one of a process.
constexpr int kernelTrack = 1;

std::string quoted(llvm::StringRef text) {
  std::string result;
  llvm::raw_string_ostream os(result);
  os << llvm::json::Value(jsonText(text));
  return result;
}

/// An exact count, or null.
std::string number(Count value) {
  return value.isOverflow() ? "null" : value.str();
}

/// Seconds in the unit of time of the format, microseconds, as a multiple of
/// 2^-10 of them: what readers add up in floating point is exact then, so that
/// no event seems to begin before the end of the one before.
double microseconds(double seconds) {
  constexpr double parts = 1024;
  return std::round(seconds * 1e6 * parts) / parts;
}

class TraceWriter {
public:
  TraceWriter(llvm::raw_ostream &os, const Report &report)
      : os(os), report(report) {}

  void write() {
    os << "{\"displayTimeUnit\": \"ms\",\n\"otherData\": {\"tool\": "
       << quoted("roofline " + report.toolVersion)
       << ", \"model_data_version\": " << report.modelDataVersion
       << ", \"model\": " << quoted(report.model.file)
       << ", \"entry\": " << quoted(report.model.entry)
       << ", \"left_out\": " << report.kernelSummary.leftOut << "},\n"
       << "\"traceEvents\": [";
    for (size_t index = 0; index < report.targets.size(); ++index)
      target(index);
    os << "\n]}\n";
  }

private:
  void event(llvm::StringRef text) {
    os << (isFirst ? "\n" : ",\n") << text;
    isFirst = false;
  }

  void metadata(const char *name, size_t process, llvm::StringRef key,
                llvm::StringRef value) {
    event(fmt::format(R"({{"ph": "M", "name": "{}", "pid": {}, "tid": {}, )"
                      R"("args": {{"{}": {}}}}})",
                      name, process, kernelTrack, key.str(), value.str()));
  }

  void target(size_t index);
  void kernel(const KernelStep &step, size_t target, double begin, double end,
              const std::string &atRoof);

  llvm::raw_ostream &os;
  const Report &report;
  bool isFirst = true;
};

void TraceWriter::target(size_t index) {
  const TargetSummary &target = report.targets[index];
  // As in the table of families, roofs stand for times that nobody knows.
  const bool isTimed = target.kernelSeconds.isKnown();
  // Process 0 is the idle one in some viewers.
  const size_t process = index + 1;
  metadata("process_name", process, "name",
           quoted(target.name + (isTimed ? "" : " (roofs)")));
  metadata("process_sort_index", process, "sort_index",
           std::to_string(process));
  metadata("thread_name", process, "name", quoted("kernels"));

  // Both ends of an event are rounded sums, so that events neither overlap nor
  // drift away from the total.
  double elapsed = 0;
  for (const KernelStep &step : report.sequence) {
    const KernelRow &row = report.kernels[step.row];
    const KernelTimes &times = row.times[index];
    std::string why;
    const KnownOr<double> *seconds = &times.roofSeconds;
    if (isTimed && times.seconds)
      seconds = &times.seconds;
    else if (isTimed)
      why = times.seconds.unknown().reason;
    double begin = microseconds(elapsed);
    // The row's time is that of all its launches, which are not zero: the
    // step's are among them.
    if (*seconds && !step.launches.isZero())
      elapsed +=
          **seconds * (step.launches.asDouble() / row.launches->asDouble());
    kernel(step, index, begin, microseconds(elapsed),
           *seconds ? why : seconds->unknown().reason);
  }
}

void TraceWriter::kernel(const KernelStep &step, size_t target, double begin,
                         double end, const std::string &reason) {
  const KernelRow &row = report.kernels[step.row];
  const KernelTimes &times = row.times[target];
  std::string text = fmt::format(
      R"({{"ph": "X", "name": {}, "cat": "{}", "ts": {}, "dur": {}, )"
      R"("pid": {}, "tid": {}, "args": {{"location": {}, "launches": {}, )"
      R"("ops": {}, "operations": {}, "bytes": {}, "bound": {})",
      quoted(row.name), stringify(row.family).str(), begin, end - begin,
      target + 1, kernelTrack, quoted(row.locations[step.location]),
      number(step.launches), row.ops, number(row.demand.work.totalOps()),
      number(row.demand.totalBytes()),
      times.bound ? quoted(times.bound->str()) : "null");
  if (!times.calibration.empty())
    text += R"(, "calibration": )" + quoted(times.calibration);
  // Why it is drawn at its roof, or without any time.
  if (!reason.empty())
    text += R"(, "reason": )" + quoted(reason);
  event(text + "}}");
}

} // namespace

void printTrace(llvm::raw_ostream &os, const Report &report) {
  TraceWriter(os, report).write();
}

} // namespace roofline
