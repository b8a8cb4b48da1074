//===- ParsedGraph.h - Graphs given as text ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_DRIVER_PARSEDGRAPH_H
#define ROOFLINE_TEST_UNIT_DRIVER_PARSEDGRAPH_H

#include "roofline/Driver/KernelSignatures.h"
#include "roofline/Porting/Catalogue.h"
#include "roofline/Report/PortingReport.h"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// The built-in catalogue.
std::shared_ptr<const Catalogue> builtinCatalogue();

/// Signatures of all kernels of `main`, in program order; a failed expectation,
/// and none, where the text does not parse.
std::vector<OpSignature> signaturesOf(const std::string &text,
                                      Fusion fusion = Fusion::Library);

/// The same as `str` says them.
std::vector<std::string> namesOf(const std::string &text,
                                 Fusion fusion = Fusion::Library);

/// The first signature of `pattern`; a failed expectation where there is none.
OpSignature signatureOf(const std::string &text, llvm::StringRef pattern);

/// The value of a number or the word of a subject; empty where it is not known.
std::string subjectOf(const OpSignature &signature, llvm::StringRef subject);

/// What it takes to move `main` from one target to another; a failed
/// expectation where that fails.
PortingReport portingOf(const std::string &text, const std::string &from,
                        const std::string &to);

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_DRIVER_PARSEDGRAPH_H
