//===- TargetFuzzer.cpp - Target files that nobody wrote ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Takes bytes through the loader of target files and every view of a target.
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/TargetsView.h"
#include "roofline/Target/TargetRegistry.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace roofline;

namespace {

/// The file that every input is written to in turn.
const std::string &filePath() {
  static const std::string path = [] {
    llvm::SmallString<128> file;
    if (llvm::sys::fs::createTemporaryFile("roofline-target", "yaml", file))
      std::abort();
    std::atexit([] { llvm::sys::fs::remove(filePath()); });
    return file.str().str();
  }();
  return path;
}

/// Every error has a message.
void check(llvm::Error error) {
  if (llvm::toString(std::move(error)).empty())
    std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  {
    std::error_code code;
    llvm::raw_fd_ostream os(filePath(), code);
    if (code)
      std::abort();
    os.write(reinterpret_cast<const char *>(data), size);
  }
  llvm::Expected<TargetRegistry> registry =
      TargetRegistry::create({filePath()});
  if (!registry) {
    check(registry.takeError());
    return 0;
  }
  std::vector<std::shared_ptr<const Target>> targets;
  for (const std::string &name : registry->names()) {
    llvm::Expected<std::shared_ptr<const Target>> target = registry->find(name);
    if (!target) {
      check(target.takeError());
      continue;
    }
    printTarget(llvm::nulls(), **target);
    llvm::nulls() << targetToJson(**target);
    targets.push_back(std::move(*target));
  }
  printTargetsTable(llvm::nulls(), targets);
  return 0;
}
