//===- AttentionCalibrations.h - Machines and values for tests --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the tests of attention models share: a machine with round figures, and
// calibrations that state a few values and leave out the other terms.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_MODEL_ATTENTIONCALIBRATIONS_H
#define ROOFLINE_TEST_UNIT_MODEL_ATTENTIONCALIBRATIONS_H

#include "roofline/Model/KernelShape.h"
#include "roofline/Model/Machine.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace roofline {

/// `cores` cores of 1e12 bf16 operations, twice as many in f8, and 16.384e9
/// exponentials per second each, 1e12 bytes per second, an L2 of 1e7 bytes,
/// 1000 W.
inline Machine makeAttentionMachine(unsigned cores = 10) {
  Machine machine;
  machine.rates[{Unit::Matrix, ElementType::BF16}] = cores * 1e12;
  machine.rates[{Unit::Matrix, ElementType::F8}] = cores * 2e12;
  machine.rates[{Unit::Special, ElementType::F32}] = cores * 16.384e9;
  machine.hbm.bytesPerSecond = 1e12;
  machine.caches.push_back({"l2", 1e7, std::nullopt});
  machine.matrixCores = cores;
  machine.tdpWatts = 1000;
  return machine;
}

/// The values that `stated` names, and neutral ones for the others.
inline Calibration
makeCalibration(const TimeModel &model, llvm::StringRef kernels,
                const std::map<std::string, double> &stated) {
  Calibration calibration;
  calibration.key = model.name.str();
  calibration.model = &model;
  calibration.kernels = kernels.str();
  size_t used = 0;
  for (const ModelParameter &parameter : model.parameters) {
    auto it = stated.find(parameter.name.str());
    used += it != stated.end();
    EXPECT_TRUE(it != stated.end() || parameter.neutral)
        << parameter.name.str();
    calibration.values.push_back(
        it != stated.end() ? it->second : parameter.neutral.value_or(1));
  }
  EXPECT_EQ(used, stated.size()) << "a name is not one of a parameter";
  return calibration;
}

/// Where calibration begins: values of all terms at once.
inline Calibration makeFullCalibration(const TimeModel &model,
                                       llvm::StringRef kernels) {
  Calibration calibration;
  calibration.key = model.name.str();
  calibration.model = &model;
  calibration.kernels = kernels.str();
  for (const ModelParameter &parameter : model.parameters)
    calibration.values.push_back(parameter.start);
  return calibration;
}

/// Bounds and starts are in order, and names differ.
inline void expectSoundTable(const TimeModel &model) {
  EXPECT_LE(model.parameters.size(), 20u);
  std::map<std::string, int> names;
  for (const ModelParameter &parameter : model.parameters) {
    EXPECT_EQ(++names[parameter.name.str()], 1) << parameter.name.str();
    EXPECT_LT(parameter.lowest, parameter.highest) << parameter.name.str();
    EXPECT_LE(parameter.lowest, parameter.start) << parameter.name.str();
    EXPECT_GE(parameter.highest, parameter.start) << parameter.name.str();
    EXPECT_FALSE(parameter.meaning.empty());
  }
  for (llvm::StringRef regime : model.regimes)
    EXPECT_EQ(regime.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"),
              llvm::StringRef::npos);
}

inline std::string reasonOf(const KnownOr<double> &seconds) {
  return seconds ? std::string("known") : seconds.unknown().reason;
}

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_MODEL_ATTENTIONCALIBRATIONS_H
