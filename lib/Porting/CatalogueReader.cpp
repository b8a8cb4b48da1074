//===- CatalogueReader.cpp - One catalogue file as it is written ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CatalogueReader.h"

#include "CatalogueSchema.h"
#include "roofline/Model/NearestNames.h"
#include "roofline/Target/SourceFields.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

namespace roofline {

namespace {

/// `dialect.op`, or `dialect.*` for all others of it.
bool isOpName(llvm::StringRef text) {
  auto [dialect, op] = text.split('.');
  return !dialect.empty() && !op.empty() && !text.contains(' ');
}

/// Walks one file along the schema.
class CatalogueReader {
public:
  CatalogueReader(llvm::StringRef text, llvm::StringRef file)
      : yaml(text, file, "catalogue file", "rows") {}

  llvm::Expected<CatalogueDocument> read();

private:
  using EntryReader = llvm::function_ref<llvm::Error(
      llvm::StringRef name, const FileLocation &where, llvm::yaml::Node &)>;

  /// Reads the entries of a section of the file.
  llvm::Error readSection(llvm::StringRef section, llvm::yaml::Node &value,
                          EntryReader readEntry);
  /// Reads the keys of one entry, and fails where one of `keys` that is
  /// required is not given.
  llvm::Error readEntry(llvm::StringRef path, const FileLocation &where,
                        llvm::yaml::Node &value, llvm::ArrayRef<HeaderKey> keys,
                        YamlFile::KeyReader readKey);

  llvm::Error readKind(llvm::StringRef name, const FileLocation &where,
                       llvm::yaml::Node &value);
  llvm::Error readFused(llvm::StringRef name, const FileLocation &where,
                        llvm::yaml::Node &value);
  llvm::Error readGeneration(llvm::StringRef name, const FileLocation &where,
                             llvm::yaml::Node &value);
  llvm::Error readStack(llvm::StringRef name, const FileLocation &where,
                        llvm::yaml::Node &value);
  llvm::Error readSource(llvm::StringRef name, const FileLocation &where,
                         llvm::yaml::Node &value);
  llvm::Error readRow(llvm::StringRef name, const FileLocation &where,
                      llvm::yaml::Node &value);
  llvm::Error readRowKey(StatedRow &stated, llvm::StringRef key,
                         llvm::yaml::Node &value);
  llvm::Error checkRow(const StatedRow &stated);
  llvm::Error readCall(std::vector<StatedCall> &calls, llvm::StringRef name,
                       const FileLocation &where, llvm::yaml::Node &value);

  llvm::Error readOps(OpPattern &pattern, llvm::yaml::Node &value);
  llvm::Error readTypes(CatalogueRow &row, llvm::yaml::Node &value);
  llvm::Error readSupport(CatalogueRow &row, llvm::yaml::Node &value);
  llvm::Error readConstraints(std::vector<Constraint> &constraints,
                              llvm::StringRef path, llvm::yaml::Node &value);
  llvm::Error readPlaced(std::optional<PlacedText> &placed,
                         llvm::StringRef path, llvm::yaml::Node &value,
                         llvm::StringRef expectation);
  llvm::Error readText(std::string &text, llvm::StringRef path,
                       llvm::yaml::Node &value);

  YamlFile yaml;
  CatalogueDocument document;
  std::optional<PlacedText> fileSource;
};

llvm::Error CatalogueReader::readSection(llvm::StringRef section,
                                         llvm::yaml::Node &value,
                                         EntryReader readEntry) {
  // Names of calls and ops are others' to choose.
  bool isOurs = section != "custom_calls" && section != "foreign_ops";
  return yaml.readMapping(
      value, section,
      [&](llvm::StringRef name, const FileLocation &where,
          llvm::yaml::Node &node) -> llvm::Error {
        if (isOurs && !isFactName(name))
          return makeFileError(where, "'" + name + "' is not a name in '" +
                                          section +
                                          "'; names have lower-case letters, "
                                          "digits, '-', '.' and '_'");
        return readEntry(name, where, node);
      });
}

llvm::Error CatalogueReader::readEntry(llvm::StringRef path,
                                       const FileLocation &where,
                                       llvm::yaml::Node &value,
                                       llvm::ArrayRef<HeaderKey> keys,
                                       YamlFile::KeyReader readKey) {
  llvm::Expected<llvm::yaml::MappingNode *> mapping =
      yaml.getMapping(value, path);
  if (!mapping)
    return mapping.takeError();
  std::vector<llvm::StringRef> known = namesOf(keys);
  llvm::SmallVector<std::string> given;
  auto read = [&](llvm::StringRef key, const FileLocation &keyWhere,
                  llvm::yaml::Node &node) -> llvm::Error {
    if (llvm::is_contained(known, key)) {
      given.push_back(key.str());
      return readKey(key, keyWhere, node);
    }
    // The rest of a note behind a comma passes for a key.
    if (key.contains(' '))
      return makeFileError(keyWhere, "unknown key '" + key + "' in '" + path +
                                         "'; put text with a comma in quotes");
    return makeFileError(keyWhere, "unknown key '" + key + "' in '" + path +
                                       "'; " + suggestName(key, known, "keys"));
  };
  if (llvm::Error error = yaml.readMapping(**mapping, path, read))
    return error;
  for (const HeaderKey &key : keys)
    if (key.isRequired && !llvm::is_contained(given, key.name))
      return makeFileError(where, "'" + path + "' has no '" + key.name +
                                      "'; add it: " + key.meaning);
  return llvm::Error::success();
}

llvm::Error CatalogueReader::readText(std::string &text, llvm::StringRef path,
                                      llvm::yaml::Node &value) {
  return yaml.getText(value, path, "write words").moveInto(text);
}

llvm::Error CatalogueReader::readPlaced(std::optional<PlacedText> &placed,
                                        llvm::StringRef path,
                                        llvm::yaml::Node &value,
                                        llvm::StringRef expectation) {
  llvm::Expected<std::string> text = yaml.getText(value, path, expectation);
  if (!text)
    return text.takeError();
  placed = PlacedText{std::move(*text), yaml.locate(value)};
  return llvm::Error::success();
}

llvm::Error CatalogueReader::readOps(OpPattern &pattern,
                                     llvm::yaml::Node &value) {
  constexpr llvm::StringLiteral expectation = "write ops such as 'arith.addf'";
  llvm::Expected<std::vector<PlacedText>> ops =
      yaml.getList(value, pattern.name, expectation);
  if (!ops)
    return ops.takeError();
  for (PlacedText &op : *ops) {
    if (!isOpName(op.text))
      return makeFileError(op.where,
                           "'" + op.text + "' is not an op; " + expectation);
    pattern.ops.push_back(std::move(op.text));
  }
  return llvm::Error::success();
}

llvm::Error CatalogueReader::readKind(llvm::StringRef name,
                                      const FileLocation &where,
                                      llvm::yaml::Node &value) {
  OpPattern pattern;
  pattern.name = name.str();
  pattern.where = where;
  if (llvm::Error error = readOps(pattern, value))
    return error;
  document.patterns.push_back(std::move(pattern));
  return llvm::Error::success();
}

llvm::Error CatalogueReader::readFused(llvm::StringRef name,
                                       const FileLocation &where,
                                       llvm::yaml::Node &value) {
  OpPattern pattern;
  pattern.name = name.str();
  pattern.isFused = true;
  pattern.where = where;
  if (llvm::Error error =
          readEntry(name, where, value, fusedPatternKeys(),
                    [&](llvm::StringRef key, const FileLocation &,
                        llvm::yaml::Node &node) {
                      return key == "ops"
                                 ? readOps(pattern, node)
                                 : readText(pattern.meaning, key, node);
                    }))
    return error;
  document.patterns.push_back(std::move(pattern));
  return llvm::Error::success();
}

llvm::Error CatalogueReader::readGeneration(llvm::StringRef name,
                                            const FileLocation &where,
                                            llvm::yaml::Node &value) {
  ChipGeneration generation;
  generation.name = name.str();
  generation.where = where;
  if (llvm::Error error =
          readEntry(name, where, value, generationKeys(),
                    [&](llvm::StringRef key, const FileLocation &,
                        llvm::yaml::Node &node) {
                      return readText(key == "vendor" ? generation.vendor
                                                      : generation.title,
                                      key, node);
                    }))
    return error;
  document.generations.push_back(std::move(generation));
  return llvm::Error::success();
}

llvm::Error CatalogueReader::readStack(llvm::StringRef name,
                                       const FileLocation &where,
                                       llvm::yaml::Node &value) {
  SoftwareStack stack;
  stack.name = name.str();
  stack.where = where;
  if (llvm::Error error =
          readEntry(name, where, value, stackKeys(),
                    [&](llvm::StringRef key, const FileLocation &,
                        llvm::yaml::Node &node) -> llvm::Error {
                      if (key == "title")
                        return readText(stack.title, key, node);
                      std::string by;
                      if (llvm::Error error = readText(by, key, node))
                        return error;
                      stack.isVendors = by == "vendor";
                      if (stack.isVendors || by == "community")
                        return llvm::Error::success();
                      return makeFileError(
                          yaml.locate(node),
                          "'by' is 'vendor' or 'community', got '" + by + "'");
                    }))
    return error;
  document.stacks.push_back(std::move(stack));
  return llvm::Error::success();
}

llvm::Error CatalogueReader::readSource(llvm::StringRef name,
                                        const FileLocation &where,
                                        llvm::yaml::Node &value) {
  auto source = std::make_shared<Source>();
  source->id = name.str();
  std::optional<Confidence> confidence;
  const std::string path = ("sources." + name).str();
  if (llvm::Error error = readEntry(
          path, where, value, sourceKeys(),
          [&](llvm::StringRef key, const FileLocation &,
              llvm::yaml::Node &node) -> llvm::Error {
            if (key == "confidence")
              return readConfidence(yaml, node, key).moveInto(confidence);
            if (key == "date")
              return readDate(yaml, node, key).moveInto(source->date);
            return readText(key == "url" ? source->url : source->title, key,
                            node);
          }))
    return error;
  source->confidence = *confidence;
  document.sources.push_back(std::move(source));
  return llvm::Error::success();
}

llvm::Error CatalogueReader::readTypes(CatalogueRow &row,
                                       llvm::yaml::Node &value) {
  llvm::Expected<std::vector<PlacedText>> types =
      yaml.getList(value, "types", "write element types such as 'bf16'");
  if (!types)
    return types.takeError();
  for (const PlacedText &type : *types) {
    std::optional<ElementType> known = parseElementType(type.text);
    if (!known) {
      std::vector<llvm::StringRef> names;
      for (ElementType one : allElementTypes())
        names.push_back(stringify(one));
      return makeFileError(type.where,
                           "unknown element type '" + type.text + "'; " +
                               suggestName(type.text, names, "types"));
    }
    if (llvm::is_contained(row.types, *known))
      return makeFileError(type.where, "element type '" + type.text +
                                           "' is given twice; leave one out");
    row.types.push_back(*known);
  }
  if (row.types.empty())
    return makeFileError(yaml.locate(value),
                         "'types' is empty; leave it out where any will do");
  return llvm::Error::success();
}

llvm::Error CatalogueReader::readSupport(CatalogueRow &row,
                                         llvm::yaml::Node &value) {
  std::vector<llvm::StringRef> names;
  for (Support support : allSupports())
    names.push_back(stringify(support));
  llvm::Expected<std::string> text =
      yaml.getText(value, "support", "write " + quotedList(names));
  if (!text)
    return text.takeError();
  if (std::optional<Support> support = parseSupport(*text)) {
    row.support = *support;
    return llvm::Error::success();
  }
  return makeFileError(yaml.locate(value),
                       "unknown support '" + *text + "' in '" + row.id + "'; " +
                           suggestName(*text, names, "words"));
}

llvm::Error
CatalogueReader::readConstraints(std::vector<Constraint> &constraints,
                                 llvm::StringRef path,
                                 llvm::yaml::Node &value) {
  return yaml.readMapping(
      value, path,
      [&](llvm::StringRef key, const FileLocation &where,
          llvm::yaml::Node &node) -> llvm::Error {
        const ConstraintSubject *subject = findConstraintSubject(key);
        if (!subject) {
          std::vector<llvm::StringRef> names;
          for (const ConstraintSubject &one : constraintSubjects())
            names.push_back(one.name);
          return makeFileError(where, "unknown subject '" + key + "' in '" +
                                          path + "'; " +
                                          suggestName(key, names, "subjects"));
        }
        llvm::Expected<std::string> text =
            yaml.getText(node, key, "write a condition such as '<= 512'");
        if (!text)
          return text.takeError();
        llvm::Expected<std::vector<Constraint>> parsed =
            Constraint::parse(*subject, *text);
        if (!parsed) {
          std::string message;
          llvm::handleAllErrors(parsed.takeError(),
                                [&](const FileError &inner) {
                                  message = inner.getMessage().str();
                                });
          return makeFileError(yaml.locate(node), message);
        }
        llvm::append_range(constraints, *parsed);
        return llvm::Error::success();
      });
}

llvm::Error CatalogueReader::readRowKey(StatedRow &stated, llvm::StringRef key,
                                        llvm::yaml::Node &value) {
  CatalogueRow &row = stated.row;
  if (key == "patterns")
    return yaml.getList(value, key, "write op kinds such as 'add'")
        .moveInto(stated.patterns);
  if (key == "generations")
    return yaml.getList(value, key, "write generations such as 'ascend-a2'")
        .moveInto(stated.generations);
  if (key == "into")
    return yaml.getList(value, key, "write patterns such as 'gemm'")
        .moveInto(stated.into);
  if (key == "kernel") {
    llvm::Expected<std::vector<PlacedText>> kernels =
        yaml.getList(value, key, "write what the software calls it");
    if (!kernels)
      return kernels.takeError();
    for (PlacedText &kernel : *kernels)
      row.kernels.push_back(std::move(kernel.text));
    return llvm::Error::success();
  }
  if (key == "support")
    return readSupport(row, value);
  if (key == "types")
    return readTypes(row, value);
  if (key == "stack")
    return readPlaced(stated.stack, key, value, "write a stack such as 'cann'");
  if (key == "since") {
    llvm::Expected<std::string> text =
        yaml.getText(value, key, SoftwareVersion::expectation);
    if (!text)
      return text.takeError();
    row.since = SoftwareVersion::parse(*text);
    if (row.since)
      return llvm::Error::success();
    return makeFileError(yaml.locate(value), "'" + *text +
                                                 "' is not a version; " +
                                                 SoftwareVersion::expectation);
  }
  if (key == "needs")
    return readConstraints(row.needs, key, value);
  if (key == "prefers")
    return readConstraints(row.prefers, key, value);
  if (key == "source")
    return readPlaced(stated.source, key, value,
                      "write a source listed under 'sources'");
  if (key == "confidence")
    return readConfidence(yaml, value, key).moveInto(stated.confidence);
  if (key == "date")
    return readDate(yaml, value, key).moveInto(row.date);
  return readText(key == "lacks" ? row.lacks : row.note, key, value);
}

llvm::Error CatalogueReader::checkRow(const StatedRow &stated) {
  const CatalogueRow &row = stated.row;
  auto fail = [&](const llvm::Twine &what) {
    return makeFileError(row.where, "'" + row.id + "', which is '" +
                                        stringify(row.support) + "', " + what);
  };
  bool hasKernel =
      row.support == Support::Library || row.support == Support::Partial;
  if (stated.patterns.empty())
    return fail("has no 'patterns'; add at least one");
  if (stated.generations.empty())
    return fail("has no 'generations'; add at least one");
  if (hasKernel && row.kernels.empty())
    return fail("has no 'kernel'; add what the software calls it");
  if (hasKernel && !stated.stack)
    return fail("has no 'stack'; add the software that has the kernel");
  if (row.support == Support::Decompose && stated.into.empty())
    return fail("has no 'into'; add the patterns that compute the same");
  if (!stated.into.empty() &&
      (row.support == Support::Native || row.support == Support::Library))
    return fail("has 'into'; leave it out, as there is nothing to replace");
  if ((row.support == Support::Partial) == row.lacks.empty())
    return fail(row.lacks.empty()
                    ? "has no 'lacks'; add what is missing"
                    : "has 'lacks'; only a 'partial' row lacks something");
  if (row.since && !stated.stack)
    return fail("has 'since' without 'stack'; add the software it is of");
  return llvm::Error::success();
}

llvm::Error CatalogueReader::readRow(llvm::StringRef name,
                                     const FileLocation &where,
                                     llvm::yaml::Node &value) {
  StatedRow stated;
  stated.row.id = name.str();
  stated.row.where = where;
  if (llvm::Error error =
          readEntry(name, where, value, rowKeys(),
                    [&](llvm::StringRef key, const FileLocation &,
                        llvm::yaml::Node &node) {
                      return readRowKey(stated, key, node);
                    }))
    return error;
  if (llvm::Error error = checkRow(stated))
    return error;
  document.rows.push_back(std::move(stated));
  return llvm::Error::success();
}

llvm::Error CatalogueReader::readCall(std::vector<StatedCall> &calls,
                                      llvm::StringRef name,
                                      const FileLocation &where,
                                      llvm::yaml::Node &value) {
  StatedCall stated;
  stated.call.name = name.str();
  stated.call.where = where;
  std::string is;
  if (llvm::Error error =
          readEntry(name, where, value, callKeys(),
                    [&](llvm::StringRef key, const FileLocation &,
                        llvm::yaml::Node &node) -> llvm::Error {
                      if (key == "pattern")
                        return readPlaced(stated.pattern, key, node,
                                          "write a pattern such as 'gemm'");
                      if (key == "stack")
                        return readPlaced(stated.stack, key, node,
                                          "write a stack such as 'cublas'");
                      if (key == "note")
                        return readText(stated.call.note, key, node);
                      if (llvm::Error error = readText(is, key, node))
                        return error;
                      if (is == "marker" || is == "rewrite")
                        return llvm::Error::success();
                      return makeFileError(
                          yaml.locate(node),
                          "'is' is 'marker' or 'rewrite', got '" + is + "'");
                    }))
    return error;
  if (is.empty() != stated.pattern.has_value())
    return makeFileError(where, "'" + name +
                                    "' needs either 'pattern', what it is "
                                    "judged as, or 'is'");
  stated.call.meaning = stated.pattern   ? CallMeaning::Pattern
                        : is == "marker" ? CallMeaning::Marker
                                         : CallMeaning::Rewrite;
  calls.push_back(std::move(stated));
  return llvm::Error::success();
}

llvm::Expected<CatalogueDocument> CatalogueReader::read() {
  auto readKey = [&](llvm::StringRef key, const FileLocation &where,
                     llvm::yaml::Node &value) -> llvm::Error {
    using Reader = llvm::Error (CatalogueReader::*)(
        llvm::StringRef, const FileLocation &, llvm::yaml::Node &);
    constexpr std::pair<llvm::StringLiteral, Reader> sections[] = {
        {"kinds", &CatalogueReader::readKind},
        {"fused", &CatalogueReader::readFused},
        {"generations", &CatalogueReader::readGeneration},
        {"stacks", &CatalogueReader::readStack},
        {"sources", &CatalogueReader::readSource},
        {"rows", &CatalogueReader::readRow}};
    for (const auto &[section, reader] : sections)
      if (key == section)
        return readSection(key, value,
                           [&, reader = reader](llvm::StringRef name,
                                                const FileLocation &at,
                                                llvm::yaml::Node &node) {
                             return (this->*reader)(name, at, node);
                           });
    if (key == "source")
      return readPlaced(fileSource, key, value,
                        "write a source listed under 'sources'");
    if (key == "custom_calls" || key == "foreign_ops")
      return readSection(key, value,
                         [&](llvm::StringRef name, const FileLocation &at,
                             llvm::yaml::Node &node) {
                           return readCall(key == "foreign_ops"
                                               ? document.foreignOps
                                               : document.calls,
                                           name, at, node);
                         });
    return makeFileError(
        where, "unknown key '" + key + "'; " +
                   suggestName(key, namesOf(catalogueKeys()), "keys"));
  };
  if (llvm::Error error = yaml.read(readKey))
    return error;
  for (StatedRow &stated : document.rows)
    if (!stated.source)
      stated.source = fileSource;
  return std::move(document);
}

} // namespace

llvm::Expected<CatalogueDocument> readCatalogueDocument(llvm::StringRef text,
                                                        llvm::StringRef file) {
  return CatalogueReader(text, file).read();
}

} // namespace roofline
