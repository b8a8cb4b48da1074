//===- ModelJobs.cpp - Work on several models at once ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelJobs.h"

#include "CommandLine.h"
#include "Progress.h"

#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

namespace roofline {

namespace {

struct Outcome {
  int exitCode = exitFine;
  std::string messages;
};

} // namespace

int runOnModels(
    size_t count, const JobsOption &jobs, const ConsoleOptions &console,
    llvm::function_ref<int(size_t index, llvm::raw_ostream &errors)> work) {
  if (jobs.getNumOccurrences() > 0 && jobs == 0)
    return fail(llvm::createStringError("-j expects 1 or more, got 0"));
  Progress progress(count, console.isQuiet());
  auto runOne = [&](size_t index) {
    Outcome outcome;
    llvm::raw_string_ostream errors(outcome.messages);
    errors.enable_colors(console.areDiagnosticsColored());
    outcome.exitCode = work(index, errors);
    progress.advance();
    return outcome;
  };
  // A failure is worse than a result that leaves something out.
  auto badness = [](int code) {
    return code == exitFailure ? exitIncomplete + 1 : code;
  };
  int worst = exitFine;
  auto finish = [&](const Outcome &outcome) {
    if (badness(worst) < badness(outcome.exitCode))
      worst = outcome.exitCode;
    progress.interrupt([&] { llvm::errs() << outcome.messages; });
  };
  if (count == 1) {
    finish(runOne(0));
    return worst;
  }

  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(jobs));
  std::vector<std::shared_future<Outcome>> outcomes;
  outcomes.reserve(count);
  for (size_t index = 0; index < count; ++index)
    outcomes.push_back(pool.async([&runOne, index] { return runOne(index); }));
  for (std::shared_future<Outcome> &outcome : outcomes)
    finish(outcome.get());
  return worst;
}

} // namespace roofline
