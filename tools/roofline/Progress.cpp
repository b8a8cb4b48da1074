//===- Progress.cpp - What long work has come to --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Progress.h"

#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

namespace roofline {

namespace {

/// Work that is shorter needs no line, and nobody reads faster.
constexpr std::chrono::milliseconds patience(1000);
constexpr std::chrono::milliseconds refresh(250);

} // namespace

Progress::Progress(size_t total, bool isQuiet) : total(total) {
  if (!isQuiet && llvm::sys::Process::StandardErrIsDisplayed())
    thread = std::thread([this] { run(); });
}

Progress::~Progress() {
  {
    std::lock_guard<std::mutex> lock(mutex);
    isOver = true;
    clear();
  }
  wake.notify_all();
  if (thread.joinable())
    thread.join();
}

void Progress::advance() {
  std::lock_guard<std::mutex> lock(mutex);
  ++done;
}

void Progress::interrupt(llvm::function_ref<void()> print) {
  std::lock_guard<std::mutex> lock(mutex);
  clear();
  print();
}

void Progress::run() {
  std::unique_lock<std::mutex> lock(mutex);
  for (auto pause = patience;
       !wake.wait_for(lock, pause, [this] { return isOver; }); pause = refresh)
    show();
}

void Progress::show() {
  auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begin);
  llvm::errs() << "\r\033[Kroofline: ";
  if (total > 1)
    llvm::errs() << done << " of " << total << " models, ";
  llvm::errs() << seconds.count() << " s";
  isShown = true;
}

void Progress::clear() {
  if (isShown)
    llvm::errs() << "\r\033[K";
  isShown = false;
}

} // namespace roofline
