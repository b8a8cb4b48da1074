//===- PortReader.h - Ports of a saved report -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_PORTREADER_H
#define ROOFLINE_LIB_REPORT_PORTREADER_H

#include "JsonInput.h"

namespace roofline {

/// Reads a port that the JSON view wrote into `report`, which has its source
/// files.
void readPort(JsonInput &fields, Report &report, JsonProblem &problem);

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_PORTREADER_H
