//===- TargetsFuzzer.cpp - Any bytes as a target file ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever the bytes are, loading them as a target file ends in a target or in
// errors.
//
//===----------------------------------------------------------------------===//

#include "roofline/Target/TargetRegistry.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

namespace {

/// One file for the whole run: the registry reads files, not memory.
const std::string &scratchFile() {
  static const std::string path = [] {
    llvm::SmallString<128> name;
    if (llvm::sys::fs::createTemporaryFile("fuzz-targets", "yaml", name))
      std::abort();
    return std::string(name);
  }();
  return path;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  {
    std::error_code code;
    llvm::raw_fd_ostream os(scratchFile(), code);
    if (code)
      std::abort();
    os.write(reinterpret_cast<const char *>(data), size);
  }
  llvm::Expected<roofline::TargetRegistry> registry =
      roofline::TargetRegistry::create({scratchFile()});
  if (!registry) {
    llvm::consumeError(registry.takeError());
    return 0;
  }
  // Built-in names would only be read again.
  static const std::vector<std::string> builtins = [] {
    return llvm::cantFail(roofline::TargetRegistry::create()).names();
  }();
  for (const std::string &name : registry->names()) {
    if (llvm::is_contained(builtins, name) && name != "h20")
      continue;
    llvm::Expected<std::shared_ptr<const roofline::Target>> target =
        registry->find(name);
    if (!target)
      llvm::consumeError(target.takeError());
  }
  return 0;
}
