//===- SoftwareVersion.h - Releases of software stacks ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_PORTING_SOFTWAREVERSION_H
#define ROOFLINE_PORTING_SOFTWAREVERSION_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace roofline {

/// A release: `8.2.RC1`, `12.4`, `0.11.0rc1`, `8.5.0.alpha003`. Numbers that
/// are left out are 0, and what comes before a release is older than it:
/// 8.0.RC3 < 8.0.0 = 8.0 < 8.1.RC1.
class SoftwareVersion {
public:
  /// What a version that does not parse is told.
  static constexpr llvm::StringLiteral expectation =
      "write a version such as '8.2.RC1' or '12.4'";

  /// One to four numbers with dots between, then at most one of `alpha`,
  /// `beta`, `rc` and `post`, in any case, with a number; nothing else.
  static std::optional<SoftwareVersion> parse(llvm::StringRef text);

  /// As written.
  const std::string &str() const { return text; }

  friend bool operator<(const SoftwareVersion &lhs,
                        const SoftwareVersion &rhs) {
    return lhs.key < rhs.key;
  }
  friend bool operator==(const SoftwareVersion &lhs,
                         const SoftwareVersion &rhs) {
    return lhs.key == rhs.key;
  }

private:
  std::string text;
  /// The numbers, then the stage and its number; compared one by one.
  llvm::SmallVector<unsigned, 6> key;
};

} // namespace roofline

#endif // ROOFLINE_PORTING_SOFTWAREVERSION_H
