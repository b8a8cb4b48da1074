//===- NloptMinimizer.cpp - Subplex by NLopt ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/Minimizer.h"

#include <nlopt.h>

#include <cmath>
#include <memory>
#include <type_traits>

namespace roofline {

namespace {

/// A point is good enough where neither it nor its value still move by this,
/// relative to themselves.
constexpr double tolerance = 1e-6;

struct DestroyOptimizer {
  void operator()(nlopt_opt optimizer) const { nlopt_destroy(optimizer); }
};

double callObjective(unsigned count, const double *point, double *,
                     void *objective) {
  double value = (*static_cast<Objective *>(objective))(
      llvm::ArrayRef<double>(point, count));
  // A simplex compares values; none compares with no number.
  return std::isfinite(value) ? value : HUGE_VAL;
}

} // namespace

llvm::StringRef minimizerName() { return "NLopt SBPLX"; }

llvm::Expected<std::vector<double>> minimize(Objective objective,
                                             const Search &search) {
  std::vector<double> point = search.start;
  if (point.empty())
    return point;
  std::unique_ptr<std::remove_pointer_t<nlopt_opt>, DestroyOptimizer> optimizer(
      nlopt_create(NLOPT_LN_SBPLX, unsigned(point.size())));
  double value = 0;
  bool isSetUp =
      optimizer &&
      nlopt_set_min_objective(optimizer.get(), callObjective, &objective) > 0 &&
      nlopt_set_lower_bounds1(optimizer.get(), 0) > 0 &&
      nlopt_set_upper_bounds1(optimizer.get(), 1) > 0 &&
      nlopt_set_initial_step1(optimizer.get(), search.step) > 0 &&
      nlopt_set_xtol_rel(optimizer.get(), tolerance) > 0 &&
      nlopt_set_ftol_rel(optimizer.get(), tolerance) > 0 &&
      nlopt_set_maxeval(optimizer.get(), int(search.evaluations)) > 0;
  nlopt_result result =
      isSetUp ? nlopt_optimize(optimizer.get(), point.data(), &value)
              : NLOPT_FAILURE;
  // Rounding that stops the search is no failure: the point is the best seen.
  if (result < 0 && result != NLOPT_ROUNDOFF_LIMITED)
    return llvm::createStringError("the optimiser failed with code %d",
                                   int(result));
  return point;
}

} // namespace roofline
