//===- PrintAgain.cpp - Reports that are read and printed again -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// usage: roofline-print-again REPORT.json...
//
// Fails where a saved report does not read, or prints as other bytes.
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/JsonReader.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace roofline;

int main(int argc, char **argv) {
  int differing = 0;
  for (int i = 1; i < argc; ++i) {
    auto file = llvm::MemoryBuffer::getFile(argv[i]);
    if (!file) {
      llvm::errs() << argv[i] << ": " << file.getError().message() << "\n";
      return 2;
    }
    llvm::Expected<SavedReport> saved =
        readJsonReport((*file)->getBuffer(), argv[i]);
    if (!saved) {
      llvm::errs() << llvm::toString(saved.takeError()) << "\n";
      return 2;
    }
    ViewOptions options;
    options.views = saved->views;
    std::string again;
    llvm::raw_string_ostream os(again);
    printJson(os, saved->report, options);
    if (again != (*file)->getBuffer()) {
      llvm::errs() << argv[i] << ": prints differently\n";
      ++differing;
    }
  }
  llvm::outs() << argc - 1 << " reports, " << differing << " differ\n";
  return differing == 0 ? 0 : 1;
}
