//===- SarifLog.cpp - Results as SARIF 2.1.0 ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SarifLog.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MD5.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace roofline {

namespace {

/// Places that a result names; it counts the others.
constexpr size_t maxPlaces = 10;

/// A path as a relative URI reference, or as a file URI where it is absolute;
/// what has no place in one is percent-encoded.
std::string toUri(llvm::StringRef path) {
  std::string uri = llvm::sys::path::is_absolute(path) ? "file://" : "";
  std::string clean = llvm::json::fixUTF8(path);
  path = clean;
  while (path.consume_front("./"))
    ;
  for (unsigned char c : path.bytes()) {
    // The unreserved characters of RFC 3986, and the separator.
    if (llvm::isAlnum(c) || llvm::StringRef("-._~/").contains(c)) {
      uri += static_cast<char>(c);
      continue;
    }
    uri += '%';
    uri += llvm::hexdigit(c >> 4);
    uri += llvm::hexdigit(c & 15);
  }
  return uri;
}

/// False of what stands for standard input or for no file.
bool isFile(llvm::StringRef path) {
  return !path.empty() && path != "-" && !path.starts_with("<");
}

/// Neither folders nor lines are a part of it: both move.
std::string fingerprintOf(const SarifResult &result) {
  llvm::MD5 hash;
  for (llvm::StringRef part :
       {llvm::StringRef(result.rule), llvm::sys::path::filename(result.file),
        llvm::StringRef(result.identity)}) {
    hash.update(part);
    hash.update(llvm::StringRef("\0", 1));
  }
  llvm::MD5::MD5Result digest;
  hash.final(digest);
  return digest.digest().str().str();
}

class SarifWriter {
public:
  explicit SarifWriter(llvm::raw_ostream &os) : json(os, /*IndentSize=*/2) {}

  void driver(llvm::ArrayRef<SarifRule> rules, llvm::StringRef toolVersion);
  void result(const SarifResult &result, const SarifRule &rule, size_t index);

  llvm::json::OStream json;

private:
  void text(llvm::StringRef key, llvm::StringRef value) {
    json.attributeObject(
        key, [&] { json.attribute("text", llvm::json::fixUTF8(value)); });
  }
  void physicalLocation(llvm::StringRef file, unsigned line, unsigned column);
  /// The members of a location, into an object that is open.
  void place(const std::string &model, const KernelPlace &place);
  void related(const SarifResult &result);
};

void SarifWriter::driver(llvm::ArrayRef<SarifRule> rules,
                         llvm::StringRef toolVersion) {
  json.attributeObject("driver", [&] {
    json.attribute("name", "roofline");
    json.attribute("version", toolVersion);
    json.attribute("semanticVersion", toolVersion);
    json.attributeArray("rules", [&] {
      for (const SarifRule &rule : rules)
        json.object([&] {
          json.attribute("id", rule.id);
          json.attribute("name", rule.name);
          text("shortDescription", rule.summary);
          text("fullDescription", rule.description);
          text("help", rule.help);
          json.attributeObject("defaultConfiguration",
                               [&] { json.attribute("level", rule.level); });
        });
    });
  });
}

void SarifWriter::physicalLocation(llvm::StringRef file, unsigned line,
                                   unsigned column) {
  json.attributeObject("physicalLocation", [&] {
    json.attributeObject("artifactLocation",
                         [&] { json.attribute("uri", toUri(file)); });
    if (line > 0)
      json.attributeObject("region", [&] {
        json.attribute("startLine", line);
        if (column > 0)
          json.attribute("startColumn", column);
      });
  });
}

void SarifWriter::place(const std::string &model, const KernelPlace &place) {
  if (isFile(place.file))
    physicalLocation(place.file, place.line, place.column);
  else if (isFile(model))
    physicalLocation(model, 0, 0);
  if (!place.location.empty())
    json.attributeArray("logicalLocations", [&] {
      json.object([&] {
        json.attribute("fullyQualifiedName",
                       llvm::json::fixUTF8(place.location));
      });
    });
}

void SarifWriter::related(const SarifResult &result) {
  llvm::ArrayRef<KernelPlace> others =
      llvm::ArrayRef(result.places)
          .take_front(maxPlaces)
          .drop_front(result.places.empty() ? 0 : 1);
  if (others.empty() && !result.related.isKnown())
    return;
  json.attributeArray("relatedLocations", [&] {
    if (result.related.isKnown())
      json.object([&] {
        physicalLocation(result.related.file, result.related.line,
                         result.related.column);
        text("message", result.relatedMessage);
      });
    for (const KernelPlace &other : others)
      json.object([&] {
        place(result.file, other);
        text("message", "here, too");
      });
  });
}

void SarifWriter::result(const SarifResult &result, const SarifRule &rule,
                         size_t index) {
  json.object([&] {
    json.attribute("ruleId", rule.id);
    json.attribute("ruleIndex", static_cast<int64_t>(index));
    json.attribute("level", rule.level);
    text("message", result.message);
    json.attributeArray("locations", [&] {
      json.object([&] {
        place(result.file,
              result.places.empty() ? KernelPlace() : result.places.front());
      });
    });
    related(result);
    if (result.occurrences > 0)
      json.attribute("occurrenceCount",
                     static_cast<int64_t>(result.occurrences));
    json.attributeObject("partialFingerprints", [&] {
      json.attribute("rooflineFinding/v1", fingerprintOf(result));
    });
  });
}

} // namespace

void SarifLog::add(SarifRule rule) {
  if (indexOf.try_emplace(rule.id, rules.size()).second)
    rules.push_back(std::move(rule));
}

void SarifLog::write(llvm::raw_ostream &os, llvm::StringRef command,
                     llvm::StringRef toolVersion) const {
  SarifWriter writer(os);
  llvm::json::OStream &json = writer.json;
  json.object([&] {
    json.attribute("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json.attribute("version", "2.1.0");
    json.attributeArray("runs", [&] {
      json.object([&] {
        json.attributeObject("tool",
                             [&] { writer.driver(rules, toolVersion); });
        json.attributeObject("automationDetails", [&] {
          json.attribute("id", ("roofline/" + command + "/").str());
        });
        json.attributeArray("results", [&] {
          for (const SarifResult &result : results) {
            size_t index = indexOf.at(result.rule);
            writer.result(result, rules[index], index);
          }
        });
      });
    });
  });
  os << "\n";
}

} // namespace roofline
