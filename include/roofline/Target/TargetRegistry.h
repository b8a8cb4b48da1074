//===- TargetRegistry.h - Finding targets by name ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TARGET_TARGETREGISTRY_H
#define ROOFLINE_TARGET_TARGETREGISTRY_H

#include "roofline/Target/Target.h"

#include <memory>
#include <string>
#include <vector>

namespace roofline {

/// The targets that can be named. Searched in this order: files named by the
/// user, directories of the search path, built-ins; the first that has the name
/// wins, and a file that extends its own name means the next one. A file is
/// read when it is first asked for. Safe to use from several threads.
class TargetRegistry {
public:
  /// The environment variable that holds the search path.
  static constexpr llvm::StringLiteral pathVariable = "ROOFLINE_TARGET_PATH";

  /// Reads the names of `files` and lists the directories of `searchPath`, each
  /// of which holds `<name>.yaml` or `<vendor>/<name>.yaml`. Fails on a file or
  /// directory that cannot be read and on a file that states no name.
  static llvm::Expected<TargetRegistry>
  create(llvm::ArrayRef<std::string> files = {},
         llvm::ArrayRef<std::string> searchPath = {});

  /// The directories of ROOFLINE_TARGET_PATH, in order; none if it is not set.
  static std::vector<std::string> searchPathFromEnvironment();

  TargetRegistry(TargetRegistry &&);
  TargetRegistry &operator=(TargetRegistry &&);
  ~TargetRegistry();

  /// The target of `name`. Fails on an unknown name (the nearest are offered),
  /// on the name of a family whose members differ (they are listed), and on a
  /// file that does not pass its checks.
  llvm::Expected<std::shared_ptr<const Target>>
  find(llvm::StringRef name) const;

  /// Every name that can be found, sorted, none twice.
  std::vector<std::string> names() const;

private:
  struct Impl;
  explicit TargetRegistry(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl;
};

} // namespace roofline

#endif // ROOFLINE_TARGET_TARGETREGISTRY_H
