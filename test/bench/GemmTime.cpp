//===- GemmTime.cpp - How many times of products a second -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   gemm-time-bench [ESTIMATES]
//
// Measures estimates on one core, for every set of kernels, and says where a
// limit is missed.
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/GemmTime.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <ctime>
#include <random>

using namespace roofline;

namespace {

/// Estimates per second and core.
constexpr double minEstimates = 50000;

/// About an H200.
Machine makeMachine() {
  Machine machine;
  machine.rates[{Unit::Matrix, ElementType::BF16}] = 989e12;
  machine.hbm.bytesPerSecond = 4.8e12;
  machine.caches.push_back({"l2", 50e6, std::nullopt});
  machine.matrixCores = machine.vectorCores = 132;
  machine.tdpWatts = 700;
  return machine;
}

/// Where searches for values begin: every term takes part.
Calibration makeCalibration(llvm::StringRef kernels) {
  Calibration calibration;
  calibration.model = &gemmModel();
  calibration.kernels = kernels.str();
  for (const ModelParameter &parameter : gemmModel().parameters)
    calibration.values.push_back(parameter.start);
  return calibration;
}

/// Extents spread evenly over their orders of magnitude, rows up to 32768 and
/// others from 32 to 65536.
std::vector<GemmShape> makeShapes(size_t count) {
  std::mt19937 random(1);
  auto extent = [&](double low, double high) {
    // Not a standard distribution, so that all libraries draw the same.
    double part = random() / std::pow(2.0, 32);
    return std::round(low * std::pow(high / low, part));
  };
  std::vector<GemmShape> shapes(count);
  for (GemmShape &shape : shapes) {
    shape.m = extent(1, 32768);
    shape.n = extent(32, 65536);
    shape.k = extent(32, 65536);
  }
  return shapes;
}

double secondsSince(std::clock_t begin) {
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

} // namespace

int main(int argc, char **argv) {
  size_t count = 100000;
  if (argc > 2 ||
      (argc == 2 &&
       (llvm::StringRef(argv[1]).getAsInteger(10, count) || count == 0))) {
    llvm::errs() << "usage: gemm-time-bench [ESTIMATES]\n";
    return 2;
  }
  Machine machine = makeMachine();
  std::vector<GemmShape> shapes = makeShapes(count);
  bool isMissed = false;
  for (llvm::StringRef kernels : gemmModel().kernels) {
    Calibration calibration = makeCalibration(kernels);
    // The sum is printed, so that nothing is left out.
    double sum = 0;
    std::clock_t begin = std::clock();
    for (const GemmShape &shape : shapes)
      sum += *gemmSeconds(shape, machine, calibration);
    double rate = count / secondsSince(begin);
    llvm::outs() << llvm::formatv(
        "{0,-12}{1,9:F1} s of products: {2,9:F0}/s{3}\n", kernels, sum, rate,
        rate < minEstimates ? " MISSED" : "");
    llvm::outs().flush();
    isMissed |= rate < minEstimates;
  }
  return isMissed ? 1 : 0;
}
