//===- TargetFiles.h - Target files for tests -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_TARGET_TARGETFILES_H
#define ROOFLINE_TEST_UNIT_TARGET_TARGETFILES_H

#include "roofline/Target/TargetRegistry.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

namespace roofline {

/// A test with a folder of its own, which goes away with it.
class TargetFiles : public testing::Test {
protected:
  TargetFiles() {
    EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("roofline", folder));
  }
  ~TargetFiles() override { llvm::sys::fs::remove_directories(folder); }

  /// Writes a file into the folder and gives back its path.
  std::string write(llvm::StringRef name, llvm::StringRef text) {
    std::string path = pathOf(name);
    EXPECT_FALSE(
        llvm::sys::fs::create_directories(llvm::sys::path::parent_path(path)));
    std::error_code code;
    llvm::raw_fd_ostream os(path, code);
    EXPECT_FALSE(code);
    os << text;
    return path;
  }

  std::string pathOf(llvm::StringRef name) const {
    llvm::SmallString<128> path(folder);
    llvm::sys::path::append(path, name);
    return path.str().str();
  }

  /// The message of `error` without the folder's name.
  std::string message(llvm::Error error) const {
    std::string text = llvm::toString(std::move(error));
    const std::string prefix = pathOf("");
    for (size_t at; (at = text.find(prefix)) != std::string::npos;)
      text.erase(at, prefix.size());
    return text;
  }

  /// Loads the target that `text` describes, as a file given by the user.
  llvm::Expected<std::shared_ptr<const Target>> load(llvm::StringRef text) {
    std::string path = write("t.yaml", text);
    llvm::Expected<TargetRegistry> registry = TargetRegistry::create({path});
    if (!registry)
      return registry.takeError();
    return registry->find("t");
  }

  /// What is wrong with `text`; empty where nothing is.
  std::string complaint(llvm::StringRef text) {
    llvm::Expected<std::shared_ptr<const Target>> target = load(text);
    return target ? std::string() : message(target.takeError());
  }

private:
  llvm::SmallString<128> folder;
};

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_TARGET_TARGETFILES_H
