//===- TargetReader.cpp - One target file as it is written ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetReader.h"

#include "roofline/Model/NearestNames.h"
#include "roofline/Model/YamlFile.h"
#include "roofline/Target/Schema.h"
#include "roofline/Target/SourceFields.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/Twine.h"

namespace roofline {

namespace {

/// The value that stands for a fact which is not known, so that an heir does
/// not take it over.
constexpr llvm::StringLiteral unknownValue = "unknown";

/// An error of `parseQuantity` with a place and the field it is about.
llvm::Error placed(llvm::Error error, const FileLocation &where,
                   llvm::StringRef path) {
  std::string message;
  llvm::handleAllErrors(std::move(error), [&](const FileError &inner) {
    message = inner.getMessage().str();
  });
  return makeFileError(where, "'" + path + "': " + message);
}

/// Walks one file along the schema.
class TargetReader {
public:
  TargetReader(llvm::StringRef text, llvm::StringRef file)
      : yaml(text, file, "target file", "name") {}

  llvm::Expected<TargetDocument> read();

private:
  llvm::Error readHeaderKey(llvm::StringRef key, const FileLocation &where,
                            llvm::yaml::Node &value);
  llvm::Error readSources(llvm::yaml::Node &value);
  llvm::Error readSource(llvm::StringRef id, const FileLocation &where,
                         llvm::yaml::Node &value);
  /// Reads `key` of the section `path`, which is empty at the top.
  llvm::Error readSectionKey(const std::string &path, llvm::StringRef key,
                             const FileLocation &where,
                             llvm::yaml::Node &value);
  llvm::Error readFact(const std::string &path, const SchemaField &field,
                       llvm::yaml::Node &value);
  llvm::Error readFactKey(StatedFact &stated, llvm::StringRef key,
                          const FileLocation &where, llvm::yaml::Node &value,
                          std::optional<Reference> &valueText);
  /// Gives `stated` the value that its text means.
  llvm::Error setValue(StatedFact &stated, const SchemaField &field,
                       const FileLocation &where);
  llvm::Expected<Reference> readReference(llvm::yaml::Node &value,
                                          llvm::StringRef path,
                                          llvm::StringRef what);
  llvm::Error unknownKey(llvm::StringRef key, const FileLocation &where,
                         const std::string &path,
                         llvm::ArrayRef<llvm::StringRef> known);
  llvm::Error checkHeader();
  /// Gives facts without a source that of the innermost section with one.
  void applySectionSources();

  YamlFile yaml;
  TargetDocument document;
  std::optional<FileLocation> confidenceWhere;
  std::optional<FileLocation> reasonWhere;
  /// The sources that sections name for all of their facts; the empty path is
  /// the file.
  llvm::StringMap<Reference> sectionSources;
};

llvm::Error TargetReader::unknownKey(llvm::StringRef key,
                                     const FileLocation &where,
                                     const std::string &path,
                                     llvm::ArrayRef<llvm::StringRef> known) {
  std::string inPath = path.empty() ? "" : " in '" + path + "'";
  if (known.empty())
    return makeFileError(where, "unknown key '" + key + "'" + inPath +
                                    "; names have lower-case letters, digits "
                                    "and '_'");
  // The rest of a note behind a comma passes for a key.
  if (key.contains(' '))
    return makeFileError(where, "unknown key '" + key + "'" + inPath +
                                    "; put text with a comma in quotes");
  return makeFileError(where, "unknown key '" + key + "'" + inPath + "; " +
                                  suggestName(key, known, "keys"));
}

llvm::Expected<Reference> TargetReader::readReference(llvm::yaml::Node &value,
                                                      llvm::StringRef path,
                                                      llvm::StringRef what) {
  llvm::Expected<std::string> name =
      yaml.getText(value, path, "write the name of " + what);
  if (!name)
    return name.takeError();
  if (!isFactName(*name))
    return makeFileError(yaml.locate(value),
                         "'" + *name + "' is not the name of " + what +
                             "; names have lower-case letters, digits, '-', "
                             "'.' and '_'");
  return Reference{std::move(*name), yaml.locate(value)};
}

llvm::Error TargetReader::readSources(llvm::yaml::Node &value) {
  llvm::Expected<llvm::yaml::MappingNode *> mapping =
      yaml.getMapping(value, "sources");
  if (!mapping)
    return mapping.takeError();
  return yaml.readMapping(
      **mapping, "sources",
      [&](llvm::StringRef id, const FileLocation &where,
          llvm::yaml::Node &source) { return readSource(id, where, source); });
}

llvm::Error TargetReader::readSource(llvm::StringRef id,
                                     const FileLocation &where,
                                     llvm::yaml::Node &value) {
  if (!isFactName(id))
    return makeFileError(where, "'" + id +
                                    "' is not a name of a source; "
                                    "names have lower-case letters, "
                                    "digits, '-', '.' and '_'");
  const std::string path = ("sources." + id).str();
  llvm::Expected<llvm::yaml::MappingNode *> mapping =
      yaml.getMapping(value, path);
  if (!mapping)
    return mapping.takeError();
  auto source = std::make_shared<Source>();
  source->id = id.str();
  std::optional<Confidence> confidence;
  auto readKey = [&](llvm::StringRef key, const FileLocation &keyWhere,
                     llvm::yaml::Node &node) -> llvm::Error {
    const std::string keyPath = path + "." + key.str();
    if (key == "confidence")
      return readConfidence(yaml, node, keyPath).moveInto(confidence);
    if (key == "date")
      return readDate(yaml, node, keyPath).moveInto(source->date);
    if (key == "title")
      return yaml.getText(node, keyPath, "write a title")
          .moveInto(source->title);
    if (key == "url")
      return yaml.getText(node, keyPath, "write an address")
          .moveInto(source->url);
    return unknownKey(key, keyWhere, path, namesOf(sourceKeys()));
  };
  if (llvm::Error error = yaml.readMapping(**mapping, path, readKey))
    return error;
  if (source->title.empty() || !confidence)
    return makeFileError(where, "source '" + id + "' has no '" +
                                    (confidence ? "title" : "confidence") +
                                    "'; add it");
  source->confidence = *confidence;
  document.sources.push_back(std::move(source));
  return llvm::Error::success();
}

llvm::Error TargetReader::setValue(StatedFact &stated, const SchemaField &field,
                                   const FileLocation &where) {
  TargetFact &fact = stated.fact;
  if (field.dimension == Dimension::Text) {
    if (field.words.empty() || llvm::is_contained(field.words, fact.text))
      return llvm::Error::success();
    std::vector<llvm::StringRef> words(field.words.begin(), field.words.end());
    return makeFileError(where, "'" + fact.path + "': unknown word '" +
                                    fact.text + "'; " +
                                    suggestName(fact.text, words, "words"));
  }
  if (field.dimension == Dimension::Type) {
    if (parseElementType(fact.text))
      return llvm::Error::success();
    std::vector<llvm::StringRef> names;
    for (ElementType type : allElementTypes())
      names.push_back(stringify(type));
    return makeFileError(where, "'" + fact.path + "': unknown element type '" +
                                    fact.text + "'; " +
                                    suggestName(fact.text, names, "types"));
  }
  llvm::Expected<double> value = parseQuantity(fact.text, field.dimension);
  if (!value)
    return placed(value.takeError(), where, fact.path);
  if (*value < field.lowest || *value > field.highest)
    return makeFileError(
        where, "'" + fact.path + "': '" + fact.text +
                   "' is not plausible; expected " +
                   formatQuantity(field.lowest, field.dimension) + " to " +
                   formatQuantity(field.highest, field.dimension) +
                   ", check the number and its unit");
  fact.value = *value;
  return llvm::Error::success();
}

llvm::Error TargetReader::readFactKey(StatedFact &stated, llvm::StringRef key,
                                      const FileLocation &where,
                                      llvm::yaml::Node &value,
                                      std::optional<Reference> &valueText) {
  TargetFact &fact = stated.fact;
  const std::string path = fact.path + "." + key.str();
  if (key == "value") {
    llvm::Expected<std::string> text =
        yaml.getText(value, path, "write " + describe(fact.dimension));
    if (!text)
      return text.takeError();
    valueText = Reference{std::move(*text), yaml.locate(value)};
    return llvm::Error::success();
  }
  if (key == "source")
    return readReference(value, path, "a source listed under 'sources'")
        .moveInto(stated.source);
  if (key == "confidence")
    return readConfidence(yaml, value, path).moveInto(stated.confidence);
  if (key == "date")
    return readDate(yaml, value, path).moveInto(fact.date);
  if (key == "note")
    return yaml.getText(value, path, "write a sentence").moveInto(fact.note);
  if (key == "deviation")
    return yaml.getText(value, path, "write the reason")
        .moveInto(fact.deviation);
  return unknownKey(key, where, fact.path, namesOf(factKeys()));
}

llvm::Error TargetReader::readFact(const std::string &path,
                                   const SchemaField &field,
                                   llvm::yaml::Node &value) {
  StatedFact stated;
  TargetFact &fact = stated.fact;
  fact.path = path;
  fact.dimension = field.dimension;
  FileLocation where = yaml.locate(value);
  if (auto *mapping = llvm::dyn_cast<llvm::yaml::MappingNode>(&value)) {
    std::optional<Reference> text;
    auto readKey = [&](llvm::StringRef key, const FileLocation &keyWhere,
                       llvm::yaml::Node &node) {
      return readFactKey(stated, key, keyWhere, node, text);
    };
    if (llvm::Error error = yaml.readMapping(*mapping, path, readKey))
      return error;
    if (!text)
      return makeFileError(where, "'" + path +
                                      "' has no 'value'; add 'value: "
                                      "...' with " +
                                      describe(field.dimension));
    fact.text = std::move(text->name);
    where = std::move(text->where);
  } else {
    llvm::Expected<std::string> text =
        yaml.getText(value, path,
                     "write " + describe(field.dimension) +
                         " or a mapping with 'value' and 'source'");
    if (!text)
      return text.takeError();
    fact.text = std::move(*text);
  }
  if (fact.text == unknownValue) {
    document.unknownPaths.push_back(path);
    return llvm::Error::success();
  }
  if (llvm::Error error = setValue(stated, field, where))
    return error;
  fact.where = std::move(where);
  document.facts.push_back(std::move(stated));
  return llvm::Error::success();
}

llvm::Error TargetReader::readSectionKey(const std::string &path,
                                         llvm::StringRef key,
                                         const FileLocation &where,
                                         llvm::yaml::Node &value) {
  const std::string keyPath = path.empty() ? key.str() : path + "." + key.str();
  if (key == "source")
    return readReference(value, keyPath, "a source listed under 'sources'")
        .moveInto(sectionSources[path]);
  // A key with a dot in it must not pass for a path.
  if (!key.contains('.')) {
    if (const SchemaField *field = findSchemaField(keyPath))
      return readFact(keyPath, *field, value);
    if (isSchemaSection(keyPath)) {
      llvm::Expected<llvm::yaml::MappingNode *> mapping =
          yaml.getMapping(value, keyPath);
      if (!mapping)
        return mapping.takeError();
      return yaml.readMapping(
          **mapping, keyPath,
          [&](llvm::StringRef inner, const FileLocation &innerWhere,
              llvm::yaml::Node &node) {
            return readSectionKey(keyPath, inner, innerWhere, node);
          });
    }
  }
  std::vector<llvm::StringRef> known = schemaKeysBelow(path);
  if (path.empty())
    llvm::append_range(known, namesOf(headerKeys()));
  return unknownKey(key, where, path, known);
}

llvm::Error TargetReader::readHeaderKey(llvm::StringRef key,
                                        const FileLocation &where,
                                        llvm::yaml::Node &value) {
  auto readText = [&](std::optional<std::string> &into,
                      const llvm::Twine &expectation) {
    return yaml.getText(value, key, expectation).moveInto(into);
  };
  if (key == "name")
    return readReference(value, key, "a target").moveInto(document.name);
  if (key == "title")
    return readText(document.title, "write the product's name");
  if (key == "vendor")
    return readText(document.vendor, "write the vendor in lower case");
  if (key == "architecture")
    return readText(document.architecture, "write the generation");
  if (key == "extends")
    return readReference(value, key, "a target").moveInto(document.extends);
  if (key == "confidence") {
    llvm::Expected<std::string> text =
        yaml.getText(value, key, "write 'low' or leave the key out");
    if (!text)
      return text.takeError();
    if (*text != "low")
      return makeFileError(yaml.locate(value),
                           "confidence of a file is 'low' or not given, "
                           "found '" +
                               *text + "'; state others per number");
    confidenceWhere = where;
    return llvm::Error::success();
  }
  if (key == "reason") {
    reasonWhere = where;
    return readText(document.lowConfidenceReason, "write the reason");
  }
  if (key == "sources")
    return readSources(value);
  return readSectionKey("", key, where, value);
}

llvm::Error TargetReader::checkHeader() {
  if (document.name.name.empty())
    return makeFileError(yaml.wholeFile(),
                         "missing key 'name'; add the target's name");
  if (confidenceWhere && !reasonWhere)
    return makeFileError(*confidenceWhere,
                         "low confidence without 'reason'; say why");
  if (reasonWhere && !confidenceWhere)
    return makeFileError(*reasonWhere,
                         "'reason' belongs to 'confidence: low'; add it, or "
                         "use 'note' of a number");
  return llvm::Error::success();
}

void TargetReader::applySectionSources() {
  for (StatedFact &stated : document.facts) {
    llvm::StringRef path = stated.fact.path;
    while (!stated.source && !path.empty()) {
      path = path.contains('.') ? path.rsplit('.').first : llvm::StringRef();
      auto source = sectionSources.find(path);
      if (source != sectionSources.end())
        stated.source = source->second;
    }
  }
}

llvm::Expected<TargetDocument> TargetReader::read() {
  auto readKey = [&](llvm::StringRef key, const FileLocation &where,
                     llvm::yaml::Node &value) {
    return readHeaderKey(key, where, value);
  };
  if (llvm::Error error = yaml.read(readKey))
    return error;
  if (llvm::Error error = checkHeader())
    return error;
  applySectionSources();
  return std::move(document);
}

} // namespace

llvm::Expected<TargetDocument> readTargetDocument(llvm::StringRef text,
                                                  llvm::StringRef file) {
  return TargetReader(text, file).read();
}

} // namespace roofline
