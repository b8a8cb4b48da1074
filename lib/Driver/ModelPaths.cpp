//===- ModelPaths.cpp - Which model files there are -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/ModelFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <map>
#include <set>

namespace roofline {

namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

bool isModelName(llvm::StringRef name) {
  return name.ends_with(".mlir") || name.ends_with(".mlirbc") ||
         name.ends_with(".mlir.bc");
}

llvm::Error findIn(const std::string &folder, std::vector<std::string> &found) {
  std::error_code code;
  std::vector<std::string> files;
  // Links to folders are not followed: they may lead in circles.
  fs::recursive_directory_iterator it(folder, code, /*follow_symlinks=*/false),
      end;
  for (; it != end && !code; it.increment(code))
    if (isModelName(it->path()) && !fs::is_directory(it->path()))
      files.push_back(it->path());
  if (code)
    return llvm::createStringError(code, "cannot read the folder '%s': %s",
                                   folder.c_str(), code.message().c_str());
  if (files.empty())
    return llvm::createStringError(
        "'%s' has no model files in it, which end with .mlir, .mlirbc or "
        ".mlir.bc; name the file itself if it is called otherwise",
        folder.c_str());
  llvm::sort(files);
  found.insert(found.end(), files.begin(), files.end());
  return llvm::Error::success();
}

/// A path that equal files have, links apart.
std::string wholePath(const std::string &file) {
  if (file == "-")
    return "stdin";
  llvm::SmallString<128> whole(file);
  if (fs::make_absolute(whole))
    whole = file;
  path::remove_dots(whole, /*remove_dot_dot=*/true);
  return whole.str().str();
}

/// The last `folders` + 1 components of a path, joined to a name; shorter where
/// there are not so many.
std::string nameOf(llvm::StringRef whole, size_t folders) {
  std::string name = path::filename(whole).str();
  llvm::StringRef parent = path::parent_path(whole);
  for (; folders > 0 && path::has_filename(parent) &&
         parent != path::root_path(parent);
       --folders, parent = path::parent_path(parent))
    name = (path::filename(parent) + "-" + name).str();
  return name;
}

} // namespace

llvm::Expected<std::vector<std::string>>
findModelFiles(llvm::ArrayRef<std::string> arguments) {
  std::vector<std::string> found;
  if (llvm::count(arguments, "-") > 1)
    return llvm::createStringError("standard input, -, is given twice");
  for (const std::string &argument : arguments) {
    if (argument == "-" || !fs::is_directory(argument))
      found.push_back(argument);
    else if (llvm::Error error = findIn(argument, found))
      return error;
  }
  return found;
}

std::vector<std::string> distinctNames(llvm::ArrayRef<std::string> paths) {
  std::vector<std::string> names(paths.size()), wholes;
  for (const std::string &path : paths)
    wholes.push_back(wholePath(path));
  std::vector<size_t> folders(paths.size(), 0);
  for (bool hasChanged = true; hasChanged;) {
    std::map<std::string, std::vector<size_t>> alike;
    for (auto [index, name] : llvm::enumerate(names)) {
      name = nameOf(wholes[index], folders[index]);
      alike[name].push_back(index);
    }
    hasChanged = false;
    for (const auto &[name, indices] : alike) {
      if (llvm::all_of(indices, [&](size_t index) {
            return wholes[index] == wholes[indices.front()];
          }))
        continue;
      for (size_t index : indices) {
        ++folders[index];
        hasChanged |= nameOf(wholes[index], folders[index]) != name;
      }
    }
  }
  // The same file more than once is told apart by a number.
  std::set<std::string> taken;
  for (std::string &name : names) {
    const std::string whole = name;
    for (size_t number = 2; !taken.insert(name).second; ++number)
      name = whole + "-" + std::to_string(number);
  }
  return names;
}

} // namespace roofline
