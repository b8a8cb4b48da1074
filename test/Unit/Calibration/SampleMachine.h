//===- SampleMachine.h - A machine with a calibration for tests -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_CALIBRATION_SAMPLEMACHINE_H
#define ROOFLINE_TEST_UNIT_CALIBRATION_SAMPLEMACHINE_H

#include "roofline/Calibration/Fit.h"

#include "llvm/ADT/STLExtras.h"

namespace roofline {

/// A chip of 100 cores and 2 TB/s.
inline Machine sampleMachine() {
  Machine machine;
  machine.matrixCores = 100;
  machine.vectorCores = 100;
  machine.hbm.bytesPerSecond = 2e12;
  machine.caches = {{"l2", 40e6, std::nullopt}};
  return machine;
}

inline const CalibrationKey &keyOf(llvm::StringRef name) {
  return *llvm::find_if(calibrationKeys(), [&](const CalibrationKey &key) {
    return key.name == name;
  });
}

/// The calibration `name` with every parameter where fits begin.
inline Calibration startOf(llvm::StringRef name) {
  const CalibrationKey &key = keyOf(name);
  Calibration calibration;
  calibration.key = name.str();
  calibration.model = key.model;
  for (const ModelParameter &parameter : key.model->parameters)
    calibration.values.push_back(parameter.start);
  return calibration;
}

/// The value of parameter `name`, to read and to write.
inline double &valueOf(Calibration &calibration, llvm::StringRef name) {
  size_t index = 0;
  for (const ModelParameter &parameter : calibration.model->parameters) {
    if (parameter.name == name)
      break;
    ++index;
  }
  return calibration.values.at(index);
}

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_CALIBRATION_SAMPLEMACHINE_H
