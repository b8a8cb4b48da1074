//===- SarifLog.h - Results as SARIF 2.1.0 ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The format is that of the OASIS standard "Static Analysis Results Interchange
// Format (SARIF) Version 2.1.0".
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_CHECK_SARIFLOG_H
#define ROOFLINE_LIB_CHECK_SARIFLOG_H

#include "roofline/Check/ReportDiff.h"
#include "roofline/Model/FileError.h"

#include <map>

namespace roofline {

struct SarifRule {
  std::string id;
  /// `LimitExceeded`.
  std::string name;
  /// `error`, `warning` or `note`.
  std::string level;
  std::string summary;
  /// What it means, and what to do.
  std::string description;
  std::string help;
};

struct SarifResult {
  /// The identifier of a rule that the log has.
  std::string rule;
  std::string message;
  /// The model that it is about.
  std::string file;
  /// What tells it apart from others of its rule and model.
  std::string identity;
  /// Where it is; the model as a whole where there is none.
  std::vector<KernelPlace> places;
  /// What else to look at, and what that is.
  FileLocation related;
  std::string relatedMessage;
  /// How often it is there; 0 where that has no meaning.
  size_t occurrences = 0;
};

/// Results of one run of a command.
class SarifLog {
public:
  void add(SarifRule rule);
  void add(SarifResult result) { results.push_back(std::move(result)); }

  /// Writes the log of the command `command`. Fingerprints depend neither on
  /// lines nor on folders.
  void write(llvm::raw_ostream &os, llvm::StringRef command,
             llvm::StringRef toolVersion) const;

private:
  std::vector<SarifRule> rules;
  std::map<std::string, size_t> indexOf;
  std::vector<SarifResult> results;
};

} // namespace roofline

#endif // ROOFLINE_LIB_CHECK_SARIFLOG_H
