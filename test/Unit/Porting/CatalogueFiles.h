//===- CatalogueFiles.h - Catalogue files for tests -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_PORTING_CATALOGUEFILES_H
#define ROOFLINE_TEST_UNIT_PORTING_CATALOGUEFILES_H

#include "roofline/Porting/Catalogue.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

namespace roofline {

/// A test with a folder of its own, which goes away with it.
class CatalogueFiles : public testing::Test {
protected:
  CatalogueFiles() {
    EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("roofline", folder));
  }
  ~CatalogueFiles() override { llvm::sys::fs::remove_directories(folder); }

  /// Writes a file into the folder and gives back its path.
  std::string write(llvm::StringRef name, llvm::StringRef text) {
    llvm::SmallString<128> path(folder);
    llvm::sys::path::append(path, name);
    std::error_code code;
    llvm::raw_fd_ostream os(path, code);
    EXPECT_FALSE(code);
    os << text;
    return path.str().str();
  }

  /// The catalogue with the files that `texts` are.
  llvm::Expected<Catalogue> load(llvm::ArrayRef<llvm::StringRef> texts) {
    std::vector<std::string> paths;
    for (auto [index, text] : llvm::enumerate(texts))
      paths.push_back(write(std::string(1, char('a' + index)) + ".yaml", text));
    return Catalogue::create(paths);
  }

  /// What is wrong with the file, without the folder's name; empty where
  /// nothing is.
  std::string complaint(llvm::ArrayRef<llvm::StringRef> texts) {
    llvm::Expected<Catalogue> catalogue = load(texts);
    if (catalogue)
      return "";
    std::string text = llvm::toString(catalogue.takeError());
    const std::string prefix = folder.str().str() + "/";
    for (size_t at; (at = text.find(prefix)) != std::string::npos;)
      text.erase(at, prefix.size());
    return text;
  }

private:
  llvm::SmallString<128> folder;
};

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_PORTING_CATALOGUEFILES_H
