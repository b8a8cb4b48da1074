//===- CommonOptions.h - Options that commands share ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An option means the same in every command that has it, so it is written once.
// A command makes an object of the class for its own subcommand.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TOOLS_ROOFLINE_COMMONOPTIONS_H
#define ROOFLINE_TOOLS_ROOFLINE_COMMONOPTIONS_H

#include "roofline/Driver/Driver.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Error.h"

namespace roofline {

/// `--target`, of a command that takes several.
class TargetNamesOption : public llvm::cl::list<std::string> {
public:
  explicit TargetNamesOption(llvm::cl::SubCommand &command);
};

/// `--target-file`: files that come before the built-in targets.
class TargetFilesOption : public llvm::cl::list<std::string> {
public:
  explicit TargetFilesOption(llvm::cl::SubCommand &command);
};

/// `--allow-low-confidence`.
class LowConfidenceOption : public llvm::cl::opt<bool> {
public:
  explicit LowConfidenceOption(llvm::cl::SubCommand &command);
};

/// `-o`.
class OutputOption : public llvm::cl::opt<std::string> {
public:
  explicit OutputOption(llvm::cl::SubCommand &command);
};

/// `--format`, of a command whose output is text or JSON.
class TextOrJsonOption : public llvm::cl::opt<ReportFormat> {
public:
  explicit TextOrJsonOption(llvm::cl::SubCommand &command);
};

/// The model file of a command that takes one.
class ModelArgument : public llvm::cl::opt<std::string> {
public:
  explicit ModelArgument(llvm::cl::SubCommand &command);
};

/// What decides the numbers of a model, apart from targets.
class ModelOptions {
public:
  explicit ModelOptions(llvm::cl::SubCommand &command);

  /// What they ask for; `file` and `top` are not among them. Fails with a
  /// message ready to print.
  llvm::Expected<ReportRequest> request() const;

private:
  llvm::Expected<TripCounts> parseTripCounts() const;

  llvm::cl::opt<std::string> entry;
  llvm::cl::list<std::string> tripCounts;
  llvm::cl::opt<std::string> weights;
  llvm::cl::opt<F32Precision> f32;
  llvm::cl::opt<Fusion> fusion;
  llvm::cl::opt<Launching> launching;
  llvm::cl::list<std::string> customCallFiles;
};

} // namespace roofline

#endif // ROOFLINE_TOOLS_ROOFLINE_COMMONOPTIONS_H
