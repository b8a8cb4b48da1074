//===- Output.h - Writing results -------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DRIVER_OUTPUT_H
#define ROOFLINE_DRIVER_OUTPUT_H

#include "roofline/Report/ReportViews.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

namespace roofline {

/// Writes a file, whole or not at all: a file that cannot be written to the end
/// is not left behind. `-` is standard output.
llvm::Error writeOutput(llvm::StringRef path,
                        llvm::function_ref<void(llvm::raw_ostream &)> write);
llvm::Error writeOutput(llvm::StringRef path, llvm::StringRef text);

/// Renders a report and writes it. Fails where this build lacks the format,
/// too.
llvm::Error writeReport(const Report &report, ReportFormat format,
                        const ViewOptions &options, llvm::StringRef path);

} // namespace roofline

#endif // ROOFLINE_DRIVER_OUTPUT_H
