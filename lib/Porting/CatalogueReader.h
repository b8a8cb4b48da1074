//===- CatalogueReader.h - One catalogue file as it is written --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_PORTING_CATALOGUEREADER_H
#define ROOFLINE_LIB_PORTING_CATALOGUEREADER_H

#include "roofline/Model/YamlFile.h"
#include "roofline/Porting/Catalogue.h"

namespace roofline {

/// A row whose names are not looked up yet; those of `row` are empty until
/// then.
struct StatedRow {
  CatalogueRow row;
  std::vector<PlacedText> patterns;
  std::vector<PlacedText> generations;
  std::vector<PlacedText> into;
  std::optional<PlacedText> stack;
  /// Of the row, or else of the file.
  std::optional<PlacedText> source;
  std::optional<Confidence> confidence;
};

/// A call or op whose names are not looked up yet.
struct StatedCall {
  KnownCall call;
  std::optional<PlacedText> pattern;
  std::optional<PlacedText> stack;
};

/// What one file states.
struct CatalogueDocument {
  std::vector<OpPattern> patterns;
  std::vector<ChipGeneration> generations;
  std::vector<SoftwareStack> stacks;
  std::vector<std::shared_ptr<const Source>> sources;
  std::vector<StatedRow> rows;
  std::vector<StatedCall> calls;
  std::vector<StatedCall> foreignOps;
};

/// Reads `text`, called `file` in diagnostics, and checks all of it but the
/// names that other files may define.
llvm::Expected<CatalogueDocument> readCatalogueDocument(llvm::StringRef text,
                                                        llvm::StringRef file);

} // namespace roofline

#endif // ROOFLINE_LIB_PORTING_CATALOGUEREADER_H
