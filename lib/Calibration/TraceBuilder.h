//===- TraceBuilder.h - Traces from any format ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the readers of the formats share: they add what they find in any order
// and of any device, in nanoseconds since whenever; the builder makes a trace
// of it.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_CALIBRATION_TRACEBUILDER_H
#define ROOFLINE_LIB_CALIBRATION_TRACEBUILDER_H

#include "roofline/Calibration/KernelTrace.h"

#include "llvm/ADT/StringMap.h"

#include <map>
#include <optional>
#include <set>

namespace roofline {

/// A span of time on a device.
struct TraceSpan {
  /// Nanoseconds.
  int64_t begin = 0;
  int64_t duration = 0;
};

/// Nanoseconds of a decimal number in units of `nanoseconds` (1000 for
/// microseconds), rounded to a whole one. Digits that a double would lose are
/// kept: profilers write microseconds since 1970 with three decimals. Nothing
/// where `text` is no such number, or one of more than 73 years.
std::optional<int64_t> parseNanoseconds(llvm::StringRef text,
                                        int64_t nanoseconds);

/// The same for a number.
std::optional<int64_t> toNanoseconds(double value, int64_t nanoseconds);

/// `text` as one line of UTF-8: what cannot be printed becomes spaces.
std::string printableLine(llvm::StringRef text);

class TraceBuilder {
public:
  TraceBuilder(llvm::StringRef file, llvm::StringRef format) {
    trace.file = file.str();
    trace.format = format.str();
  }

  /// Index of a name; what cannot be printed in it becomes spaces.
  uint32_t addName(llvm::StringRef text, llvm::StringRef type);
  /// Adds a launch.
  void addKernel(uint32_t name, llvm::StringRef device, int64_t stream,
                 TraceSpan span);
  /// Adds a range of a device's time. Ranges of one name that overlap are one:
  /// each stream has its own part of it.
  void addRange(llvm::StringRef name, llvm::StringRef device, TraceSpan span);
  /// Adds a launch to the range of a step, which contains all of its launches.
  void addStep(llvm::StringRef name, llvm::StringRef device, TraceSpan span);
  void addHostRange(llvm::StringRef name) { hostRanges.insert(name.str()); }
  void addNote(std::string note) { trace.notes.push_back(std::move(note)); }
  void setFormat(llvm::StringRef format) { trace.format = format.str(); }

  bool hasKernels() const { return !kernels.empty(); }

  /// The trace of the device that is busy for longest. There are kernels.
  KernelTrace finish();

private:
  struct Launch {
    uint32_t device;
    uint32_t name;
    int64_t stream;
    TraceSpan span;
  };
  struct Range {
    uint32_t device;
    std::string name;
    TraceSpan span;
  };

  uint32_t addDevice(llvm::StringRef device);
  uint32_t chooseDevice();
  void finishRanges(uint32_t device, int64_t origin);

  KernelTrace trace;
  llvm::StringMap<uint32_t> nameIndices;
  /// Names of devices in the order of their first use.
  llvm::StringMap<uint32_t> deviceIndices;
  std::vector<std::string> devices;
  std::vector<Launch> kernels;
  std::vector<Range> ranges;
  /// Indices of `ranges` by device and name.
  std::map<std::pair<uint32_t, std::string>, size_t> steps;
  std::set<std::string> hostRanges;
};

/// The readers; `text` is of the format that the name says.
llvm::Expected<KernelTrace> readChromeTrace(llvm::StringRef text,
                                            llvm::StringRef file);
llvm::Expected<KernelTrace> readCsvTrace(llvm::StringRef text,
                                         llvm::StringRef file);
/// Fails where the build has no SQLite.
llvm::Expected<KernelTrace> readNsysTrace(llvm::StringRef text,
                                          llvm::StringRef file);

} // namespace roofline

#endif // ROOFLINE_LIB_CALIBRATION_TRACEBUILDER_H
