//===- JsonSchema.h - The version of a report's JSON ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_JSONSCHEMA_H
#define ROOFLINE_LIB_REPORT_JSONSCHEMA_H

#include "llvm/ADT/StringRef.h"

namespace roofline {

/// The version rises when a key changes its meaning or goes away.
constexpr llvm::StringLiteral reportSchema = "roofline.report";
constexpr int reportSchemaVersion = 1;

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_JSONSCHEMA_H
