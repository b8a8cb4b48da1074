//===- Catalogue.cpp - Which kernel serves which op where -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/Catalogue.h"

#include "CatalogueReader.h"
#include "roofline/Model/NearestNames.h"
#include "roofline/Porting/BuiltinCatalogue.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"

#include <tuple>
#include <utility>

namespace roofline {

namespace {

constexpr std::pair<Support, llvm::StringLiteral> supportNames[] = {
    {Support::Native, "native"},   {Support::Library, "library"},
    {Support::Partial, "partial"}, {Support::Decompose, "decompose"},
    {Support::Host, "host"},       {Support::None, "none"},
};

constexpr Support supports[] = {Support::Native,  Support::Library,
                                Support::Partial, Support::Decompose,
                                Support::Host,    Support::None};

/// The entry of `list` with the name, or null.
template <typename T>
const T *findNamed(const std::vector<T> &list, llvm::StringRef name) {
  auto it = llvm::find_if(list, [&](const T &one) { return one.name == name; });
  return it == list.end() ? nullptr : &*it;
}

template <typename T>
std::vector<llvm::StringRef> namesOf(const std::vector<T> &list) {
  std::vector<llvm::StringRef> names;
  for (const T &one : list)
    names.push_back(one.name);
  return names;
}

/// Whether what `row` says goes for an op of `types`.
bool matchesTypes(const CatalogueRow &row, llvm::ArrayRef<ElementType> types) {
  if (row.types.empty() || types.empty())
    return true;
  auto isNamed = [&](ElementType type) {
    return llvm::is_contained(row.types, type);
  };
  // One type that no kernel knows is enough for there to be none.
  return row.support == Support::Host || row.support == Support::None
             ? llvm::any_of(types, isNamed)
             : llvm::all_of(types, isNamed);
}

bool isReleased(const CatalogueRow &row,
                llvm::ArrayRef<CatalogueQuery::Release> releases) {
  return !row.since ||
         llvm::none_of(releases, [&](const CatalogueQuery::Release &release) {
           return release.stack == row.stack && release.version < *row.since;
         });
}

} // namespace

llvm::StringRef stringify(Support support) {
  return supportNames[static_cast<size_t>(support)].second;
}

std::optional<Support> parseSupport(llvm::StringRef text) {
  for (const auto &[support, name] : supportNames)
    if (name == text)
      return support;
  return std::nullopt;
}

llvm::ArrayRef<Support> allSupports() { return supports; }

/// Puts files together and looks up their names.
class CatalogueBuilder {
public:
  /// Adds what a file states, and keeps its rows and calls for `finish`, by
  /// when all names are known. Files of the user come first.
  llvm::Error addFile(llvm::StringRef text, llvm::StringRef file, bool isUsers);
  llvm::Expected<Catalogue> finish();

private:
  struct File {
    CatalogueDocument document;
    bool isUsers;
  };

  template <typename T>
  llvm::Error addNamed(std::vector<T> &list, std::vector<T> added,
                       llvm::StringRef what);
  llvm::Error lookUp(StatedRow &stated, const CatalogueDocument &document);
  llvm::Error lookUpSource(StatedRow &stated,
                           const CatalogueDocument &document);
  llvm::Error lookUpPatterns(std::vector<std::string> &names,
                             std::vector<PlacedText> stated,
                             llvm::StringRef where);
  llvm::Error lookUpStack(std::string &name,
                          const std::optional<PlacedText> &stated);
  llvm::Error addRow(CatalogueRow row);
  llvm::Error addCalls(std::vector<KnownCall> &calls,
                       std::vector<StatedCall> stated, bool isUsers,
                       llvm::StringMap<bool> &usersByName);
  /// Orders the rows of each pattern from best to worst.
  void index();

  Catalogue catalogue;
  std::vector<File> files;
  llvm::StringMap<bool> callIsUsers;
  llvm::StringMap<bool> opIsUsers;
};

template <typename T>
llvm::Error CatalogueBuilder::addNamed(std::vector<T> &list,
                                       std::vector<T> added,
                                       llvm::StringRef what) {
  for (T &one : added) {
    if (const T *earlier = findNamed(list, one.name))
      return makeFileError(
          one.where, what + " '" + one.name + "' is there already, from " +
                         earlier->where.str() + "; give this one another name");
    list.push_back(std::move(one));
  }
  return llvm::Error::success();
}

llvm::Error CatalogueBuilder::addFile(llvm::StringRef text,
                                      llvm::StringRef file, bool isUsers) {
  llvm::Expected<CatalogueDocument> document =
      readCatalogueDocument(text, file);
  if (!document)
    return document.takeError();
  files.push_back({std::move(*document), isUsers});
  return llvm::Error::success();
}

llvm::Error CatalogueBuilder::lookUpPatterns(std::vector<std::string> &names,
                                             std::vector<PlacedText> stated,
                                             llvm::StringRef where) {
  for (PlacedText &pattern : stated) {
    if (!catalogue.kinds.find(pattern.text))
      return makeFileError(
          pattern.where,
          "unknown pattern '" + pattern.text + "' in '" + where + "'; " +
              suggestName(pattern.text, catalogue.kinds.names(), "patterns"));
    if (llvm::is_contained(names, pattern.text))
      return makeFileError(pattern.where, "pattern '" + pattern.text +
                                              "' is given twice in '" + where +
                                              "'; leave one out");
    names.push_back(std::move(pattern.text));
  }
  return llvm::Error::success();
}

llvm::Error
CatalogueBuilder::lookUpStack(std::string &name,
                              const std::optional<PlacedText> &stated) {
  if (!stated)
    return llvm::Error::success();
  if (!catalogue.findStack(stated->text))
    return makeFileError(
        stated->where,
        "unknown stack '" + stated->text + "'; " +
            suggestName(stated->text, namesOf(catalogue.stacks), "stacks"));
  name = stated->text;
  return llvm::Error::success();
}

llvm::Error CatalogueBuilder::lookUpSource(StatedRow &stated,
                                           const CatalogueDocument &document) {
  CatalogueRow &row = stated.row;
  if (!stated.source)
    return makeFileError(row.where, "'" + row.id +
                                        "' has no 'source'; add one, or one "
                                        "for the whole file");
  std::vector<llvm::StringRef> names;
  for (const std::shared_ptr<const Source> &source : document.sources) {
    names.push_back(source->id);
    if (source->id == stated.source->text)
      row.source = source;
  }
  if (!row.source)
    return makeFileError(
        stated.source->where,
        "unknown source '" + stated.source->text + "'; " +
            (names.empty()
                 ? std::string("list it under 'sources'")
                 : suggestName(stated.source->text, names, "sources")));
  row.confidence = stated.confidence.value_or(row.source->confidence);
  if (row.date.empty())
    row.date = row.source->date;
  return llvm::Error::success();
}

llvm::Error CatalogueBuilder::lookUp(StatedRow &stated,
                                     const CatalogueDocument &document) {
  CatalogueRow &row = stated.row;
  if (llvm::Error error =
          lookUpPatterns(row.patterns, std::move(stated.patterns), row.id))
    return error;
  if (llvm::Error error =
          lookUpPatterns(row.into, std::move(stated.into), row.id))
    return error;
  for (const std::string &pattern : row.into)
    if (llvm::is_contained(row.patterns, pattern))
      return makeFileError(row.where, "'" + row.id + "' replaces '" + pattern +
                                          "' by itself; name another pattern "
                                          "under 'into'");
  for (PlacedText &generation : stated.generations) {
    if (!catalogue.findGeneration(generation.text))
      return makeFileError(
          generation.where,
          "unknown generation '" + generation.text + "' in '" + row.id + "'; " +
              suggestName(generation.text, namesOf(catalogue.generations),
                          "generations"));
    if (llvm::is_contained(row.generations, generation.text))
      return makeFileError(generation.where, "generation '" + generation.text +
                                                 "' is given twice in '" +
                                                 row.id + "'; leave one out");
    row.generations.push_back(std::move(generation.text));
  }
  if (llvm::Error error = lookUpStack(row.stack, stated.stack))
    return error;
  return lookUpSource(stated, document);
}

llvm::Error CatalogueBuilder::addRow(CatalogueRow row) {
  auto [earlier, isNew] =
      catalogue.rowOfId.try_emplace(row.id, catalogue.rows.size());
  if (isNew) {
    catalogue.rows.push_back(std::move(row));
    return llvm::Error::success();
  }
  const CatalogueRow &kept = catalogue.rows[earlier->second];
  // A user's row takes the place of a built-in one.
  if (kept.isUsers && !row.isUsers)
    return llvm::Error::success();
  return makeFileError(row.where,
                       "row '" + row.id + "' is there already, from " +
                           kept.where.str() + "; give this one another name");
}

llvm::Error CatalogueBuilder::addCalls(std::vector<KnownCall> &calls,
                                       std::vector<StatedCall> stated,
                                       bool isUsers,
                                       llvm::StringMap<bool> &usersByName) {
  for (StatedCall &one : stated) {
    KnownCall &call = one.call;
    if (one.pattern) {
      std::vector<std::string> names;
      if (llvm::Error error =
              lookUpPatterns(names, {std::move(*one.pattern)}, call.name))
        return error;
      call.pattern = std::move(names.front());
    }
    if (llvm::Error error = lookUpStack(call.stack, one.stack))
      return error;
    auto [earlier, isNew] = usersByName.try_emplace(call.name, isUsers);
    if (isNew) {
      calls.push_back(std::move(call));
      continue;
    }
    if (earlier->second && !isUsers)
      continue;
    return makeFileError(call.where,
                         "'" + call.name + "' is there already, from " +
                             findNamed(calls, call.name)->where.str() +
                             "; leave one of them out");
  }
  return llvm::Error::success();
}

void CatalogueBuilder::index() {
  auto isVendors = [&](const CatalogueRow &row) {
    const SoftwareStack *stack = catalogue.findStack(row.stack);
    return !stack || stack->isVendors;
  };
  for (const auto &[number, row] : llvm::enumerate(catalogue.rows))
    for (const std::string &pattern : row.patterns)
      catalogue.rowsOf[pattern].push_back(number);
  auto orderOf = [&](size_t number) {
    const CatalogueRow &row = catalogue.rows[number];
    return std::make_tuple(row.support, !row.isUsers, !isVendors(row),
                           row.confidence, number);
  };
  for (auto &entry : catalogue.rowsOf)
    llvm::sort(entry.second, [&](size_t lhs, size_t rhs) {
      return orderOf(lhs) < orderOf(rhs);
    });
}

llvm::Expected<Catalogue> CatalogueBuilder::finish() {
  // A name that two files define is the user's to change.
  for (bool isUsers : {false, true})
    for (File &file : files) {
      if (file.isUsers != isUsers)
        continue;
      for (OpPattern &pattern : file.document.patterns)
        if (llvm::Error error = catalogue.kinds.add(std::move(pattern)))
          return error;
      if (llvm::Error error =
              addNamed(catalogue.generations,
                       std::move(file.document.generations), "generation"))
        return error;
      if (llvm::Error error = addNamed(
              catalogue.stacks, std::move(file.document.stacks), "stack"))
        return error;
    }
  for (File &file : files) {
    for (StatedRow &stated : file.document.rows) {
      if (llvm::Error error = lookUp(stated, file.document))
        return error;
      stated.row.isUsers = file.isUsers;
      if (llvm::Error error = addRow(std::move(stated.row)))
        return error;
    }
    if (llvm::Error error =
            addCalls(catalogue.calls, std::move(file.document.calls),
                     file.isUsers, callIsUsers))
      return error;
    if (llvm::Error error =
            addCalls(catalogue.foreignOps, std::move(file.document.foreignOps),
                     file.isUsers, opIsUsers))
      return error;
  }
  index();
  return std::move(catalogue);
}

llvm::Expected<Catalogue> Catalogue::create(llvm::ArrayRef<std::string> files) {
  CatalogueBuilder builder;
  for (const std::string &path : files) {
    auto buffer = readYamlText(path, "catalogue file");
    if (!buffer)
      return buffer.takeError();
    if (llvm::Error error = builder.addFile((*buffer)->getBuffer(), path,
                                            /*isUsers=*/true))
      return error;
  }
  for (const BuiltinFile &file : builtinCatalogueFiles())
    if (llvm::Error error = builder.addFile(
            file.text, ("<built-in>/catalogue/" + file.path).str(),
            /*isUsers=*/false))
      return error;
  return builder.finish();
}

llvm::SmallVector<const CatalogueRow *>
Catalogue::findAll(const CatalogueQuery &query) const {
  llvm::SmallVector<const CatalogueRow *> found;
  auto it = rowsOf.find(query.pattern);
  if (it == rowsOf.end())
    return found;
  for (size_t number : it->second) {
    const CatalogueRow &row = rows[number];
    const SoftwareStack *stack = findStack(row.stack);
    if (llvm::is_contained(row.generations, query.generation) &&
        matchesTypes(row, query.types) && isReleased(row, query.releases) &&
        (query.includesCommunity || !stack || stack->isVendors))
      found.push_back(&row);
  }
  return found;
}

const CatalogueRow *Catalogue::find(const CatalogueQuery &query) const {
  llvm::SmallVector<const CatalogueRow *> found = findAll(query);
  return found.empty() ? nullptr : found.front();
}

const KnownCall *Catalogue::findCall(llvm::StringRef target) const {
  const KnownCall *best = nullptr;
  for (const KnownCall &call : calls) {
    if (call.name == target)
      return &call;
    llvm::StringRef beginning = call.name;
    if (beginning.consume_back("*") && target.starts_with(beginning) &&
        (!best || call.name.size() > best->name.size()))
      best = &call;
  }
  return best;
}

const KnownCall *Catalogue::findForeignOp(llvm::StringRef opName) const {
  if (const KnownCall *op = findNamed(foreignOps, opName))
    return op;
  return findNamed(foreignOps, opName.split('.').first);
}

const ChipGeneration *Catalogue::findGeneration(llvm::StringRef name) const {
  return findNamed(generations, name);
}

const SoftwareStack *Catalogue::findStack(llvm::StringRef name) const {
  return findNamed(stacks, name);
}

const CatalogueRow *Catalogue::findRow(llvm::StringRef id) const {
  auto it = rowOfId.find(id);
  return it == rowOfId.end() ? nullptr : &rows[it->second];
}

} // namespace roofline
