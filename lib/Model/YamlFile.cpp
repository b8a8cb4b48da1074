//===- YamlFile.cpp - Strict reading of a small YAML file -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/YamlFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"

namespace roofline {

namespace {

/// Larger than any sensible file by a factor of a hundred.
constexpr size_t maxFileBytes = size_t(1) << 20;

llvm::StringRef describeNode(const llvm::yaml::Node &node) {
  switch (node.getType()) {
  case llvm::yaml::Node::NK_Null:
    return "nothing";
  case llvm::yaml::Node::NK_Scalar:
  case llvm::yaml::Node::NK_BlockScalar:
    return "text";
  case llvm::yaml::Node::NK_Mapping:
  case llvm::yaml::Node::NK_KeyValue:
    return "a mapping";
  case llvm::yaml::Node::NK_Sequence:
    return "a list";
  case llvm::yaml::Node::NK_Alias:
    return "an alias";
  default:
    return "something else";
  }
}

/// What in `text` would garble whatever prints it later; empty where nothing
/// does. Escapes in quotes can write it.
llvm::StringRef findUnprintable(llvm::StringRef text) {
  if (!llvm::json::isUTF8(text))
    return "half of a surrogate pair";
  for (auto [index, c] : llvm::enumerate(text.bytes()))
    // In UTF-8, U+0080 to U+009F begin with 0xC2.
    if (c < 0x20 || c == 0x7F ||
        (c == 0xC2 && static_cast<unsigned char>(text[index + 1]) < 0xA0))
      return "a control character";
  return "";
}

} // namespace

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
readYamlText(const std::string &path, llvm::StringRef kind) {
  if (llvm::sys::fs::is_directory(path))
    return makeFileError({path, 0, 0}, "is a directory; name a " + kind);
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return makeFileError({path, 0, 0}, "cannot read " + kind + ": " +
                                           buffer.getError().message());
  return std::move(*buffer);
}

YamlFile::YamlFile(llvm::StringRef text, llvm::StringRef name,
                   llvm::StringRef kind, llvm::StringRef exampleKey)
    : name(name), text(text), kind(kind), exampleKey(exampleKey) {
  sourceManager.setDiagHandler(recordDiagnostic, this);
}

void YamlFile::recordDiagnostic(const llvm::SMDiagnostic &diagnostic,
                                void *context) {
  auto &file = *static_cast<YamlFile *>(context);
  if (!file.complaint)
    file.complaint = diagnostic;
}

llvm::Error YamlFile::takeSyntaxError() {
  if (!complaint && !stream->failed())
    return llvm::Error::success();
  FileLocation where = wholeFile();
  std::string message = "unreadable";
  if (complaint) {
    if (complaint->getLineNo() > 0)
      where = {name, unsigned(complaint->getLineNo()),
               unsigned(complaint->getColumnNo() + 1)};
    message = llvm::StringRef(complaint->getMessage()).rtrim(".!\n").str();
    if (!message.empty())
      message.front() = llvm::toLower(message.front());
  }
  return makeFileError(where,
                       "not valid YAML: " + message +
                           "; check indentation, quotes and brackets here "
                           "and in the line before");
}

FileLocation YamlFile::locate(const llvm::yaml::Node &value) const {
  llvm::SMLoc start = value.getSourceRange().Start;
  // The location of an empty node can lie outside of the text.
  if (!start.isValid() || start.getPointer() < text.begin() ||
      start.getPointer() > text.end())
    return wholeFile();
  // A collection in brackets is located behind the opening one.
  if (llvm::isa<llvm::yaml::MappingNode, llvm::yaml::SequenceNode>(value)) {
    llvm::StringRef before =
        llvm::StringRef(text.begin(), start.getPointer() - text.begin())
            .rtrim();
    if (before.ends_with("{") || before.ends_with("["))
      start = llvm::SMLoc::getFromPointer(before.end() - 1);
  }
  auto [line, column] = sourceManager.getLineAndColumn(start);
  return {name, line, column};
}

llvm::Error YamlFile::checkPlain(const llvm::yaml::Node &node) const {
  if (llvm::isa<llvm::yaml::AliasNode>(node) || !node.getAnchor().empty())
    return makeFileError(locate(node), "anchors and aliases are not "
                                       "supported; write the value out");
  if (!node.getRawTag().empty())
    return makeFileError(locate(node), "tags are not supported; remove '" +
                                           node.getRawTag() + "'");
  return llvm::Error::success();
}

llvm::Error YamlFile::read(KeyReader readKey) {
  if (text.size() > maxFileBytes)
    return makeFileError(
        wholeFile(), "file has " + llvm::Twine(text.size()) +
                         " bytes, more than the " + llvm::Twine(maxFileBytes) +
                         " of any " + kind + "; is it the right one?");
  size_t badOffset = 0;
  if (!llvm::json::isUTF8(text, &badOffset)) {
    llvm::StringRef before = text.take_front(badOffset);
    unsigned line = static_cast<unsigned>(before.count('\n')) + 1;
    unsigned column =
        static_cast<unsigned>(badOffset - (before.rfind('\n') + 1)) + 1;
    return makeFileError({name, line, column},
                         "not UTF-8 text; save the file in UTF-8");
  }
  stream = std::make_unique<llvm::yaml::Stream>(
      llvm::MemoryBufferRef(text, name), sourceManager, /*ShowColors=*/false);
  llvm::yaml::document_iterator document = stream->begin();
  llvm::yaml::Node *root =
      document == stream->end() ? nullptr : document->getRoot();
  if (llvm::Error error = takeSyntaxError())
    return error;
  if (!root || llvm::isa<llvm::yaml::NullNode>(root))
    return makeFileError(wholeFile(), "file is empty; expected keys such as '" +
                                          exampleKey + "'");
  if (llvm::Error error = checkPlain(*root))
    return error;
  auto *mapping = llvm::dyn_cast<llvm::yaml::MappingNode>(root);
  if (!mapping)
    return makeFileError(locate(*root), "expected keys such as '" + exampleKey +
                                            "', found " + describeNode(*root) +
                                            "; is it a " + kind + "?");
  if (llvm::Error error = readMapping(*mapping, "", readKey))
    return error;
  ++document;
  if (llvm::Error error = takeSyntaxError())
    return error;
  if (document != stream->end()) {
    llvm::yaml::Node *second = document->getRoot();
    return makeFileError(second ? locate(*second) : wholeFile(),
                         "a second document starts here; keep one document "
                         "per file");
  }
  return llvm::Error::success();
}

llvm::Error YamlFile::readMapping(llvm::yaml::MappingNode &mapping,
                                  llvm::StringRef path, KeyReader readKey) {
  llvm::StringMap<unsigned> lineOfKey;
  const std::string inPath =
      path.empty() ? std::string() : (" in '" + path + "'").str();
  for (llvm::yaml::KeyValueNode &entry : mapping) {
    llvm::yaml::Node *keyNode = entry.getKey();
    if (llvm::Error error = takeSyntaxError())
      return error;
    auto *scalar = llvm::dyn_cast_or_null<llvm::yaml::ScalarNode>(keyNode);
    if (!scalar)
      return makeFileError(
          keyNode ? locate(*keyNode) : wholeFile(),
          "expected a key" + inPath + ", found " +
              (keyNode ? describeNode(*keyNode) : llvm::StringRef("nothing")) +
              "; write 'key: value'");
    if (llvm::Error error = checkPlain(*scalar))
      return error;
    llvm::SmallString<32> storage;
    llvm::StringRef key = scalar->getValue(storage);
    FileLocation where = locate(*scalar);
    if (llvm::StringRef part = findUnprintable(key); !part.empty())
      return makeFileError(where, "a key" + inPath + " contains " + part +
                                      "; write it without");
    auto [earlier, isNew] = lineOfKey.try_emplace(key, where.line);
    if (!isNew)
      return makeFileError(where, "duplicate key '" + key + "'" + inPath +
                                      "; it was given in line " +
                                      llvm::Twine(earlier->second) +
                                      " already, keep one of them");
    llvm::yaml::Node *value = entry.getValue();
    if (llvm::Error error = takeSyntaxError())
      return error;
    if (!value)
      return makeFileError(where, "key '" + key + "'" + inPath +
                                      " has no value; write 'key: value'");
    if (llvm::Error error = checkPlain(*value))
      return error;
    if (llvm::Error error = readKey(key, where, *value))
      return error;
    if (llvm::Error error = takeSyntaxError())
      return error;
  }
  return takeSyntaxError();
}

llvm::Error YamlFile::readMapping(llvm::yaml::Node &value, llvm::StringRef path,
                                  KeyReader readKey) {
  llvm::Expected<llvm::yaml::MappingNode *> mapping = getMapping(value, path);
  if (!mapping)
    return mapping.takeError();
  return readMapping(**mapping, path, readKey);
}

llvm::Expected<llvm::yaml::MappingNode *>
YamlFile::getMapping(llvm::yaml::Node &value, llvm::StringRef path) {
  if (auto *mapping = llvm::dyn_cast<llvm::yaml::MappingNode>(&value))
    return mapping;
  return makeFileError(locate(value), "'" + path + "' holds keys, found " +
                                          describeNode(value) +
                                          "; write 'key: value' lines below "
                                          "it");
}

llvm::Expected<std::string> YamlFile::getText(llvm::yaml::Node &value,
                                              llvm::StringRef path,
                                              const llvm::Twine &expectation) {
  llvm::SmallString<64> storage;
  llvm::StringRef result;
  if (auto *scalar = llvm::dyn_cast<llvm::yaml::ScalarNode>(&value))
    result = scalar->getValue(storage);
  else if (auto *block = llvm::dyn_cast<llvm::yaml::BlockScalarNode>(&value))
    result = block->getValue();
  else
    return makeFileError(locate(value), "'" + path +
                                            "' holds one value, "
                                            "found " +
                                            describeNode(value) + "; " +
                                            expectation);
  result = result.trim();
  if (result.empty())
    return makeFileError(locate(value),
                         "'" + path + "' is empty; " + expectation);
  std::string line = result.str();
  std::replace(line.begin(), line.end(), '\n', ' ');
  if (llvm::StringRef part = findUnprintable(line); !part.empty())
    return makeFileError(locate(value), "'" + path + "' contains " + part +
                                            "; " + expectation);
  return line;
}

llvm::Expected<std::vector<PlacedText>>
YamlFile::getList(llvm::yaml::Node &value, llvm::StringRef path,
                  const llvm::Twine &expectation) {
  std::vector<PlacedText> items;
  auto add = [&](llvm::yaml::Node &item) -> llvm::Error {
    llvm::Expected<std::string> text = getText(item, path, expectation);
    if (!text)
      return text.takeError();
    items.push_back({std::move(*text), locate(item)});
    return llvm::Error::success();
  };
  auto *sequence = llvm::dyn_cast<llvm::yaml::SequenceNode>(&value);
  if (!sequence) {
    if (llvm::Error error = add(value))
      return error;
    return items;
  }
  for (llvm::yaml::Node &item : *sequence) {
    if (llvm::Error error = takeSyntaxError())
      return error;
    if (llvm::Error error = checkPlain(item))
      return error;
    if (llvm::Error error = add(item))
      return error;
  }
  if (llvm::Error error = takeSyntaxError())
    return error;
  return items;
}

} // namespace roofline
