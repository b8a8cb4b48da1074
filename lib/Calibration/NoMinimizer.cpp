//===- NoMinimizer.cpp - A build without an optimiser ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/Minimizer.h"

namespace roofline {

llvm::StringRef minimizerName() { return ""; }

llvm::Expected<std::vector<double>> minimize(Objective, const Search &) {
  return llvm::createStringError(
      "this build has no optimiser; install NLopt (libnlopt-dev) and build "
      "again");
}

} // namespace roofline
