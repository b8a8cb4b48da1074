//===- TargetReader.h - One target file as it is written --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_TARGET_TARGETREADER_H
#define ROOFLINE_LIB_TARGET_TARGETREADER_H

#include "roofline/Target/Target.h"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// A name in a file that refers to something elsewhere.
struct Reference {
  std::string name;
  FileLocation where;
};

/// A fact whose source is not looked up yet.
struct StatedFact {
  TargetFact fact;
  /// The source it names itself or inherits from its section.
  std::optional<Reference> source;
  std::optional<Confidence> confidence;
};

/// What one file states, before anything it extends is added.
struct TargetDocument {
  Reference name;
  std::optional<std::string> title;
  std::optional<std::string> vendor;
  std::optional<std::string> architecture;
  std::optional<Reference> extends;
  std::optional<std::string> lowConfidenceReason;
  std::vector<std::shared_ptr<const Source>> sources;
  std::vector<StatedFact> facts;
  /// The paths stated as `unknown`, which are not inherited.
  std::vector<std::string> unknownPaths;
};

/// Reads `text`, called `file` in diagnostics, and checks it against the
/// schema. What depends on other files is left to `resolveTarget`.
llvm::Expected<TargetDocument> readTargetDocument(llvm::StringRef text,
                                                  llvm::StringRef file);

} // namespace roofline

#endif // ROOFLINE_LIB_TARGET_TARGETREADER_H
