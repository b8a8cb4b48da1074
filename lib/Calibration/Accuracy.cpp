//===- Accuracy.cpp - Estimates against measurements ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/Accuracy.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

#include <cmath>
#include <map>
#include <numeric>

namespace roofline {

namespace {

/// The works of one op and type.
struct WorkClass {
  const MeasuredWork *first = nullptr;
  /// In the order of the data: a prompt of one token is decode.
  std::vector<const TimeModel *> models;
  std::vector<Prediction> all;
  std::map<std::string, std::vector<Prediction>> byRegime;
};

/// Adds the rows of `workClass`: all, then the regimes as its models list them.
void addRegimes(const WorkClass &workClass, std::vector<RegimeRow> &rows) {
  const MeasuredWork &first = *workClass.first;
  auto add = [&](llvm::StringRef regime, llvm::ArrayRef<Prediction> entries) {
    rows.push_back(
        {first.op, first.dtype, regime.str(), summarizeErrors(entries)});
  };
  add(allRegimes, workClass.all);
  llvm::SmallVector<llvm::StringRef> regimes;
  for (const TimeModel *model : workClass.models)
    for (llvm::StringRef regime : model->regimes)
      if (!llvm::is_contained(regimes, regime))
        regimes.push_back(regime);
  for (llvm::StringRef regime : regimes) {
    auto it = workClass.byRegime.find(regime.str());
    if (it != workClass.byRegime.end())
      add(regime, it->second);
  }
}

} // namespace

std::vector<size_t> AccuracyReport::worst(size_t count) const {
  auto badness = [&](size_t index) {
    const Prediction &prediction = works[index].prediction;
    return std::fabs(std::log(prediction.estimated / prediction.measured));
  };
  std::vector<size_t> order(works.size());
  std::iota(order.begin(), order.end(), size_t(0));
  llvm::stable_sort(order, [&](size_t lhs, size_t rhs) {
    return badness(lhs) > badness(rhs);
  });
  order.resize(std::min(count, order.size()));
  return order;
}

KnownOr<KernelTime> estimateWork(llvm::ArrayRef<KernelShape> kernels,
                                 const Machine &machine,
                                 llvm::StringRef &regime) {
  std::optional<KernelTime> best;
  std::optional<Unknown> reason;
  for (const KernelShape &kernel : kernels) {
    KnownOr<KernelTime> time = calibratedTime(kernel, machine);
    if (!time) {
      if (!reason)
        reason = time.unknown();
      continue;
    }
    if (best && best->seconds <= time->seconds)
      continue;
    best = *time;
    regime = regimeOf(kernel, *time->calibration->model);
  }
  if (best)
    return *best;
  return *reason;
}

AccuracyReport compareWorks(llvm::ArrayRef<MeasuredWork> works,
                            const Machine &machine) {
  AccuracyReport report;
  std::vector<WorkClass> classes;
  llvm::StringMap<size_t> classOf;
  llvm::StringMap<size_t> unmodelledOf;
  auto leaveOut = [&](const MeasuredWork &work, llvm::StringRef reason) {
    std::string key = work.op + '\0' + work.dtype + '\0' + reason.str();
    size_t index =
        unmodelledOf.try_emplace(key, report.unmodelled.size()).first->second;
    if (index == report.unmodelled.size())
      report.unmodelled.push_back({work.op, work.dtype, 0, reason.str()});
    ++report.unmodelled[index].rows;
  };

  for (const MeasuredWork &work : works) {
    if (!work.kernels) {
      leaveOut(work, work.kernels.unknown().reason);
      continue;
    }
    llvm::StringRef regime;
    KnownOr<KernelTime> time = estimateWork(*work.kernels, machine, regime);
    if (!time) {
      leaveOut(work, time.unknown().reason);
      continue;
    }
    const Calibration &calibration = *time->calibration;
    if (!calibration.borrowedFrom.empty()) {
      std::string name = calibration.key + " from " + calibration.borrowedFrom;
      if (!llvm::is_contained(report.borrowed, name))
        report.borrowed.push_back(std::move(name));
    }
    Prediction prediction{work.seconds, time->seconds, time->low, time->high};
    std::string key = work.op + '\0' + work.dtype;
    size_t index = classOf.try_emplace(key, classes.size()).first->second;
    if (index == classes.size()) {
      classes.emplace_back();
      classes.back().first = &work;
    }
    if (!llvm::is_contained(classes[index].models, calibration.model))
      classes[index].models.push_back(calibration.model);
    classes[index].all.push_back(prediction);
    classes[index].byRegime[regime.str()].push_back(prediction);
    report.works.push_back({work.op, work.dtype, work.shape, work.software,
                            regime.str(), work.where, prediction});
  }
  for (const WorkClass &workClass : classes)
    addRegimes(workClass, report.regimes);
  return report;
}

} // namespace roofline
