//===- Catalogue.h - Which kernel serves which op where ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Facts about software: which kernels exist for a pattern on a generation of
// chips, for which element types and shapes, since which release. A pattern
// without a row is unknown; that a kernel is absent is a fact with a row of its
// own.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_PORTING_CATALOGUE_H
#define ROOFLINE_PORTING_CATALOGUE_H

#include "roofline/Model/ElementType.h"
#include "roofline/Porting/Constraint.h"
#include "roofline/Porting/OpKinds.h"
#include "roofline/Porting/SoftwareVersion.h"
#include "roofline/Target/Target.h"

#include "llvm/ADT/SmallVector.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// What there is for a pattern, best first.
enum class Support {
  Native,    ///< A view, or what every compiler generates.
  Library,   ///< A kernel of a library.
  Partial,   ///< A kernel that lacks a parameter or a class of shapes.
  Decompose, ///< No kernel, but other patterns that compute the same.
  Host,      ///< Computed on the host, or by a slow general-purpose core.
  None,      ///< Known to be absent.
};

/// `native`, `library`, `partial`, `decompose`, `host`, `none`.
llvm::StringRef stringify(Support support);
std::optional<Support> parseSupport(llvm::StringRef text);
/// All of them, best first.
llvm::ArrayRef<Support> allSupports();

/// A generation of chips that kernels are written for: what target files state
/// as `architecture`.
struct ChipGeneration {
  std::string name;
  /// `nvidia`.
  std::string vendor;
  std::string title;
  FileLocation where;
};

/// A body of software that is installed and has releases.
struct SoftwareStack {
  std::string name;
  std::string title;
  /// Comes from the maker of the chip and is supported by it, unlike what
  /// projects of others had to write themselves.
  bool isVendors = false;
  FileLocation where;
};

/// One fact: a set of patterns, on a set of generations, for a set of element
/// types.
struct CatalogueRow {
  /// The name it is cited by.
  std::string id;
  std::vector<std::string> patterns;
  std::vector<std::string> generations;
  Support support = Support::None;
  /// What the software calls them; empty where there is none.
  std::vector<std::string> kernels;
  /// The element types of data (not of indices, masks or counts); empty where
  /// any will do.
  std::vector<ElementType> types;
  /// Empty where no software in particular is needed.
  std::string stack;
  /// The oldest release of the stack that is known to have the kernels.
  std::optional<SoftwareVersion> since;
  /// Patterns that compute the same.
  std::vector<std::string> into;
  /// What a partial kernel does not do; a sentence without a full stop.
  std::string lacks;
  /// The kernel fails or is another one where these do not hold.
  std::vector<Constraint> needs;
  /// The kernel is slower, or converts its operands, where these do not hold.
  std::vector<Constraint> prefers;
  std::shared_ptr<const Source> source;
  /// When the fact held; that of the source if the row states none.
  std::string date;
  Confidence confidence = Confidence::ThirdParty;
  /// Empty where there is none.
  std::string note;
  FileLocation where;
  /// Whether a file of the user states it.
  bool isUsers = false;
};

/// How a custom call, or an op of a dialect that belongs to one kind of chip,
/// is judged.
enum class CallMeaning {
  Pattern, ///< As the pattern that it names.
  Marker,  ///< It does nothing and needs nothing.
  Rewrite, ///< It is code for one kind of chip.
};

/// A target of custom calls, or an op or dialect that belongs to one kind of
/// chip.
struct KnownCall {
  /// As written: `__cudnn$fmhaSoftmax`, or `te_*` for all that begin so.
  std::string name;
  CallMeaning meaning = CallMeaning::Marker;
  /// The pattern; empty where it is none.
  std::string pattern;
  /// The stack it belongs to; empty where that is none.
  std::string stack;
  std::string note;
  FileLocation where;
};

/// What to look for.
struct CatalogueQuery {
  llvm::StringRef pattern;
  /// `ascend-a2`: the architecture of a target.
  llvm::StringRef generation;
  /// The element types of its data; none where they do not matter. A row that
  /// has a kernel matches where it knows all of them, one that says that there
  /// is none where it names any of them.
  llvm::ArrayRef<ElementType> types = {};

  /// The release of a stack that is installed.
  struct Release {
    llvm::StringRef stack;
    SoftwareVersion version;
  };
  /// Rows of a later release of these stacks do not count; of other stacks, the
  /// latest release is taken.
  llvm::ArrayRef<Release> releases = {};
  /// Whether rows of stacks that are not the vendor's count.
  bool includesCommunity = true;
};

/// All files together. Immutable and safe to share.
class Catalogue {
public:
  /// Reads `files`, which come first, and the built-in ones. A row of `files`
  /// takes the place of a built-in one of the same name. Fails on a file that
  /// cannot be read and on anything that the schema does not know.
  static llvm::Expected<Catalogue>
  create(llvm::ArrayRef<std::string> files = {});

  /// The rows that answer `query`, best support first; of equal support a
  /// user's come first, then the vendor's, then the better founded, then in the
  /// order of the files.
  llvm::SmallVector<const CatalogueRow *>
  findAll(const CatalogueQuery &query) const;
  /// The first of those, or null where nothing is known.
  const CatalogueRow *find(const CatalogueQuery &query) const;

  /// What is known of a target of custom calls, or null: the row of the name,
  /// else that of its longest beginning.
  const KnownCall *findCall(llvm::StringRef target) const;
  /// What is known of an op that belongs to one kind of chip, or null: the row
  /// of the op, else that of its dialect.
  const KnownCall *findForeignOp(llvm::StringRef opName) const;

  const OpKinds &getKinds() const { return kinds; }
  llvm::ArrayRef<ChipGeneration> getGenerations() const { return generations; }
  llvm::ArrayRef<SoftwareStack> getStacks() const { return stacks; }
  /// The user's first, in the order of the files.
  llvm::ArrayRef<CatalogueRow> getRows() const { return rows; }
  llvm::ArrayRef<KnownCall> getCalls() const { return calls; }
  llvm::ArrayRef<KnownCall> getForeignOps() const { return foreignOps; }

  const ChipGeneration *findGeneration(llvm::StringRef name) const;
  const SoftwareStack *findStack(llvm::StringRef name) const;
  /// The row that is cited as `id`, or null.
  const CatalogueRow *findRow(llvm::StringRef id) const;

private:
  friend class CatalogueBuilder;
  Catalogue() = default;

  OpKinds kinds;
  std::vector<ChipGeneration> generations;
  std::vector<SoftwareStack> stacks;
  std::vector<CatalogueRow> rows;
  std::vector<KnownCall> calls;
  std::vector<KnownCall> foreignOps;
  /// Rows by pattern, in the order of `findAll` as far as a row tells.
  llvm::StringMap<std::vector<size_t>> rowsOf;
  llvm::StringMap<size_t> rowOfId;
};

/// Prints what a catalogue file may state as Markdown tables, as
/// docs/Porting.md has them.
std::string catalogueSchemaToMarkdown();

} // namespace roofline

#endif // ROOFLINE_PORTING_CATALOGUE_H
