//===- Progress.h - What long work has come to ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TOOLS_ROOFLINE_PROGRESS_H
#define ROOFLINE_TOOLS_ROOFLINE_PROGRESS_H

#include "llvm/ADT/STLFunctionalExtras.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace roofline {

/// A line on standard error, where that is a terminal, that says how far work
/// is that takes more than a second, and is gone when the work is done.
class Progress {
public:
  /// Begins work on `total` models. Never shows anything where `isQuiet`.
  Progress(size_t total, bool isQuiet);
  /// Ends it.
  ~Progress();

  /// One more model is done.
  void advance();

  /// Runs `print`, which writes to the terminal, while the line is not there.
  void interrupt(llvm::function_ref<void()> print);

private:
  using Clock = std::chrono::steady_clock;

  void run();
  /// Both with `mutex` locked.
  void show();
  void clear();

  const size_t total;
  const Clock::time_point begin = Clock::now();
  std::mutex mutex;
  std::condition_variable wake;
  size_t done = 0;
  bool isShown = false;
  bool isOver = false;
  /// Not there where there is no terminal.
  std::thread thread;
};

} // namespace roofline

#endif // ROOFLINE_TOOLS_ROOFLINE_PROGRESS_H
