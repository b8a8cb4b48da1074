//===- Calibrations.h - Parameters of time models in files ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The section `calibration` of a target file: which keys it has follows from
// the tables of the time models.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_TARGET_CALIBRATIONS_H
#define ROOFLINE_LIB_TARGET_CALIBRATIONS_H

#include "roofline/Target/Schema.h"
#include "roofline/Target/Target.h"

namespace roofline {

/// The fields of calibrations, once for each time model.
std::vector<SchemaField> calibrationFields();

/// The same as Markdown tables, one for each time model.
std::string calibrationsToMarkdown();

/// The calibrations that `target` states, in the order of `calibrationKeys`.
/// Fails on one that lacks a parameter or the name of its kernels, and on an
/// interval whose ends are the wrong way round.
llvm::Expected<std::vector<Calibration>> readCalibrations(const Target &target);

} // namespace roofline

#endif // ROOFLINE_LIB_TARGET_CALIBRATIONS_H
