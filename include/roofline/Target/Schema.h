//===- Schema.h - The keys of a target file ---------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one place that says which keys a target file has, what each measures and
// which values are plausible. The reader, the listing and the documentation
// follow this table.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TARGET_SCHEMA_H
#define ROOFLINE_TARGET_SCHEMA_H

#include "roofline/Target/Quantity.h"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// One fact that a target file can state.
struct SchemaField {
  /// The keys that lead to it, joined by dots. `<unit>`, `<type>`, `<core>` and
  /// `<link>` stand for one of a fixed list, and so does the name of a time
  /// model, `<gemm>`, for its calibrations; `<memory>` stands for a name of the
  /// file's own.
  llvm::StringRef path;
  Dimension dimension;
  /// Plausible values in base units, ends included; both zero for words.
  double lowest;
  double highest;
  /// What it is, for the documentation.
  llvm::StringRef meaning;
  /// The only words that a text may be; empty where any is fine.
  llvm::ArrayRef<llvm::StringLiteral> words = {};
};

/// Every field, in the order that facts are listed in.
llvm::ArrayRef<SchemaField> schemaFields();

/// A key of a target file that is not a fact but says what the file is.
struct HeaderKey {
  llvm::StringLiteral name;
  bool isRequired;
  llvm::StringLiteral meaning;
};

/// The keys at the top of a file beside the sections of facts.
llvm::ArrayRef<HeaderKey> headerKeys();
/// The keys of a fact written as a mapping.
llvm::ArrayRef<HeaderKey> factKeys();
/// The keys of one source.
llvm::ArrayRef<HeaderKey> sourceKeys();

/// The field that `path` is an instance of, or null.
const SchemaField *findSchemaField(llvm::StringRef path);

/// True where `path` leads to fields without being one: `units.matrix`.
bool isSchemaSection(llvm::StringRef path);

/// The keys allowed below `path` (empty for the top), in the order of the
/// schema; nothing for a name of the file's own.
std::vector<llvm::StringRef> schemaKeysBelow(llvm::StringRef path);

/// Whether `lhs` is listed before `rhs`; both are instances of fields.
bool schemaOrderLess(llvm::StringRef lhs, llvm::StringRef rhs);

/// Prints the schema as Markdown tables, as docs/Targets.md has them.
std::string schemaToMarkdown();

} // namespace roofline

#endif // ROOFLINE_TARGET_SCHEMA_H
