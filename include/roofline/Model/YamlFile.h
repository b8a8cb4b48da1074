//===- YamlFile.h - Strict reading of a small YAML file ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A thin layer over LLVM's YAML parser that a schema walks. It reads lazily and
// stops at the first error, so nothing that the schema does not expect is ever
// descended into: nesting is bounded by the schema, not by the file. It keeps
// the place of every key and value, which the self-checks report later.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_YAMLFILE_H
#define ROOFLINE_MODEL_YAMLFILE_H

#include "roofline/Model/FileError.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// The bytes of the file at `path`, which is a `kind` (`target file`). Fails
/// where it cannot be read.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
readYamlText(const std::string &path, llvm::StringRef kind);

/// One word or sentence of a file, and where it is.
struct PlacedText {
  std::string text;
  FileLocation where;
};

/// One YAML document with one mapping at its top.
class YamlFile {
public:
  /// Called for each key of a mapping with its name, place and value.
  using KeyReader = llvm::function_ref<llvm::Error(
      llvm::StringRef key, const FileLocation &where, llvm::yaml::Node &value)>;

  /// `text` outlives the file; `name` is what diagnostics call it. `kind` is
  /// what the file should be (`target file`) and `exampleKey` a key that it
  /// could start with, for the diagnostics of one that is something else.
  YamlFile(llvm::StringRef text, llvm::StringRef name, llvm::StringRef kind,
           llvm::StringRef exampleKey);

  /// Reads the only document. Fails on an empty file, another document, a top
  /// that is no mapping, and on whatever `readKey` fails on.
  llvm::Error read(KeyReader readKey);

  /// Reads the keys of `mapping`; `path` names it in diagnostics. Fails on a
  /// key that is no scalar, cannot be printed or is given twice.
  llvm::Error readMapping(llvm::yaml::MappingNode &mapping,
                          llvm::StringRef path, KeyReader readKey);

  /// The same of `value`; fails on anything but a mapping, too.
  llvm::Error readMapping(llvm::yaml::Node &value, llvm::StringRef path,
                          KeyReader readKey);

  /// `value` as a mapping; fails on anything else.
  llvm::Expected<llvm::yaml::MappingNode *> getMapping(llvm::yaml::Node &value,
                                                       llvm::StringRef path);

  /// `value` as one line of text; fails on anything but a scalar that is not
  /// empty and can be printed.
  /// `expectation` ends the diagnostic: `write a name`.
  llvm::Expected<std::string> getText(llvm::yaml::Node &value,
                                      llvm::StringRef path,
                                      const llvm::Twine &expectation);

  /// `value` as a list of texts, `[a, b]` or one a line behind a dash; one
  /// text alone is a list of one. Fails on anything else, and on an item that
  /// is no text as `getText` has it.
  llvm::Expected<std::vector<PlacedText>>
  getList(llvm::yaml::Node &value, llvm::StringRef path,
          const llvm::Twine &expectation);

  /// Where `value` begins.
  FileLocation locate(const llvm::yaml::Node &value) const;

  /// The file as a whole.
  FileLocation wholeFile() const { return {name, 0, 0}; }

private:
  /// What the scanner or parser complained about, or success.
  llvm::Error takeSyntaxError();
  /// Fails on anchors, aliases and tags, which these files have no use for.
  llvm::Error checkPlain(const llvm::yaml::Node &node) const;

  static void recordDiagnostic(const llvm::SMDiagnostic &diagnostic,
                               void *context);

  std::string name;
  llvm::StringRef text;
  std::string kind;
  std::string exampleKey;
  llvm::SourceMgr sourceManager;
  std::unique_ptr<llvm::yaml::Stream> stream;
  /// The first complaint; later ones follow from it.
  std::optional<llvm::SMDiagnostic> complaint;
};

} // namespace roofline

#endif // ROOFLINE_MODEL_YAMLFILE_H
