//===- Minimizer.h - The optimiser that fits use ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The only door to the optimisation library, which is an optional part of the
// build.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CALIBRATION_MINIMIZER_H
#define ROOFLINE_CALIBRATION_MINIMIZER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <vector>

namespace roofline {

/// What is minimised: a function of a point of the unit box. It may be steep
/// and have edges.
using Objective = llvm::function_ref<double(llvm::ArrayRef<double>)>;

/// Where and how long to look.
struct Search {
  /// The first point, within the unit box.
  std::vector<double> start;
  /// Length of the first steps along each axis.
  double step = 0.1;
  /// The function is called at most so often.
  unsigned evaluations = 1000;
};

/// The best point of a search in the unit box. The same search gives the same
/// point.
using Minimizer = llvm::function_ref<llvm::Expected<std::vector<double>>(
    Objective, const Search &)>;

/// `NLopt SBPLX`; empty where this build has no optimiser.
llvm::StringRef minimizerName();

/// A `Minimizer`: subplex, a simplex search in subspaces, which needs no
/// gradient. Fails where this build has no optimiser.
llvm::Expected<std::vector<double>> minimize(Objective objective,
                                             const Search &search);

} // namespace roofline

#endif // ROOFLINE_CALIBRATION_MINIMIZER_H
