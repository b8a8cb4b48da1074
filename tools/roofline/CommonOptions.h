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

#include "roofline/Driver/Porting.h"

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
  /// Whether `FOLDER/` is understood, too: a file per model.
  enum class Folders { No, Yes };

  explicit OutputOption(llvm::cl::SubCommand &command,
                        Folders folders = Folders::No);
};

/// `--min-coverage`: a result that models less is incomplete.
class MinCoverageOption : public llvm::cl::opt<std::string> {
public:
  explicit MinCoverageOption(llvm::cl::SubCommand &command);

  /// The share between 0 and 1; absent where the option is not given. Fails
  /// with a message ready to print.
  llvm::Expected<std::optional<double>> share() const;
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

/// The model files, and folders of them, of a command that takes several.
class ModelArguments : public llvm::cl::list<std::string> {
public:
  explicit ModelArguments(llvm::cl::SubCommand &command);
};

/// `-j`.
class JobsOption : public llvm::cl::opt<unsigned> {
public:
  explicit JobsOption(llvm::cl::SubCommand &command);
};

/// What is printed beside the output, and how: `--color`, `--quiet`.
class ConsoleOptions {
public:
  explicit ConsoleOptions(llvm::cl::SubCommand &command);

  /// Sets standard error up. To be called before anything is printed.
  void apply() const;

  /// Whether output that goes to `path` is coloured; `-` is standard output.
  bool isColored(llvm::StringRef path) const;
  /// Whether a stream of diagnostics is: as standard error is.
  bool areDiagnosticsColored() const;
  /// Whether errors are all that is said.
  bool isQuiet() const { return quiet; }

private:
  enum class Color { Auto, Always, Never };

  llvm::cl::opt<Color> color;
  llvm::cl::opt<bool> quiet;
};

/// What is known of software and of work when a model is moved.
class PortingOptions {
public:
  explicit PortingOptions(llvm::cl::SubCommand &command);

  /// What they name, and that the model runs on `from` now.
  PortingNames names(std::string from, const TargetFilesOption &targetFiles,
                     bool allowLowConfidence) const;
  /// What is asked of moving a model from `from`, which becomes the first of
  /// `targets` if it is none of them. Fails with a message ready to print.
  llvm::Expected<PortingRequest>
  requestFrom(const std::string &from, const TargetFilesOption &targetFiles,
              bool allowLowConfidence, TargetPtrs &targets) const;
  /// What remedies take. Fails with a message ready to print.
  llvm::Expected<EffortTable> efforts() const;
  /// The name of the first of them that is given; empty where none is.
  llvm::StringRef firstGiven() const;

private:
  llvm::cl::list<std::string> catalogueFiles;
  llvm::cl::list<std::string> releases;
  llvm::cl::opt<bool> noCommunity;
  llvm::cl::opt<std::string> effortFile;
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
