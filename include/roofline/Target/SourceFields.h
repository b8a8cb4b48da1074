//===- SourceFields.h - Fields of facts and their sources -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Files of facts - targets, catalogues - name, date and rate what they state in
// the same words.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TARGET_SOURCEFIELDS_H
#define ROOFLINE_TARGET_SOURCEFIELDS_H

#include "roofline/Model/YamlFile.h"
#include "roofline/Target/Schema.h"
#include "roofline/Target/Target.h"

namespace roofline {

/// Whether `text` may be a name that a file gives to something of its own:
/// lower-case letters, digits, '-', '.' and '_', the first a letter or digit.
bool isFactName(llvm::StringRef text);

/// The names of `keys`, for suggestions.
std::vector<llvm::StringRef> namesOf(llvm::ArrayRef<HeaderKey> keys);

/// Reads a confidence; `path` names it in diagnostics. Fails on another word.
llvm::Expected<Confidence>
readConfidence(YamlFile &yaml, llvm::yaml::Node &value, llvm::StringRef path);

/// Reads a date as precise as known: YYYY, YYYY-MM or YYYY-MM-DD. Fails on
/// anything else.
llvm::Expected<std::string> readDate(YamlFile &yaml, llvm::yaml::Node &value,
                                     llvm::StringRef path);

} // namespace roofline

#endif // ROOFLINE_TARGET_SOURCEFIELDS_H
