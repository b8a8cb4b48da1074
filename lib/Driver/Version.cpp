//===- Version.cpp - Version of the tools ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/Version.h"

namespace roofline {

llvm::StringRef toolVersion() { return ROOFLINE_VERSION; }

unsigned modelDataVersion() {
  // To be raised by one in every change that gives any graph another estimate
  // on a built-in target, whatever the reason, with an entry under **Model** in
  // docs/Changelog.md that says `model data N`. test/models/estimates.py holds
  // the estimates of a few graphs to it.
  return 2;
}

} // namespace roofline
