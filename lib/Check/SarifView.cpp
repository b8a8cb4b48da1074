//===- SarifView.cpp - Verdicts as SARIF 2.1.0 ----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The format is that of the OASIS standard "Static Analysis Results Interchange
// Format (SARIF) Version 2.1.0". docs/CI.md lists the rules.
//
//===----------------------------------------------------------------------===//

#include "roofline/Check/CheckViews.h"
#include "roofline/Check/VerdictText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MD5.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace roofline {

namespace {

struct Rule {
  llvm::StringLiteral id;
  llvm::StringLiteral name;
  llvm::StringLiteral level;
  llvm::StringLiteral summary;
  llvm::StringLiteral help;
};

enum RuleIndex : unsigned {
  LimitExceeded,
  BoundChanged,
  LimitUndecided,
  CoverageTooLow,
  OpNotModelled,
  OpNotCounted,
};

// In the order of the enumeration. An identifier is never given to another
// rule.
constexpr Rule rules[] = {
    {"RF2001", "LimitExceeded", "error", "A limit of the budget is exceeded.",
     "Look at the kernels that the message names: they take more than in the "
     "baseline. Where the change is meant, save a new baseline or raise the "
     "limit."},
    {"RF2002", "BoundChanged", "error",
     "Another resource than the budget says bounds the graph.",
     "What to optimise depends on what bounds the graph. Where the change is "
     "meant, save a new baseline or change the bound in the budget."},
    {"RF2003", "LimitUndecided", "error",
     "The result leaves out too much to tell whether a limit is kept.",
     "Make the ops known that are left out, by --custom-calls or --trip-count, "
     "or say by --min-coverage how much has to be modelled."},
    {"RF2004", "CoverageTooLow", "error",
     "Less of the graph is modelled than --min-coverage asks for.",
     "Make the ops known that are left out, by --custom-calls or "
     "--trip-count."},
    {"RF2101", "OpNotModelled", "warning",
     "What an op costs is not known; it is left out of all totals.",
     "Say what a custom call costs by --custom-calls; for an op of your own "
     "dialect implement RooflineOpInterface."},
    {"RF2102", "OpNotCounted", "warning",
     "How often an op runs is not known; it is left out of all totals.",
     "Say how many trips the loop makes by --trip-count."},
};

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

class SarifWriter {
public:
  SarifWriter(llvm::raw_ostream &os, const Verdict &verdict)
      : json(os, /*IndentSize=*/2), verdict(verdict) {}

  void write();

private:
  void driver();
  void results(const ModelVerdict &model);
  /// One result; `identity` tells it apart from others of its rule and model.
  void result(RuleIndex rule, const ModelVerdict &model,
              const std::string &message, const std::string &identity,
              const std::optional<KernelPlace> &place,
              llvm::function_ref<void()> more);
  void physicalLocation(llvm::StringRef file, unsigned line, unsigned column);
  void location(const ModelVerdict &model,
                const std::optional<KernelPlace> &place);

  llvm::json::OStream json;
  const Verdict &verdict;
};

void SarifWriter::driver() {
  auto message = [&](llvm::StringRef key, llvm::StringRef text) {
    json.attributeObject(key, [&] { json.attribute("text", text); });
  };
  json.attributeObject("driver", [&] {
    json.attribute("name", "roofline");
    json.attribute("version", verdict.toolVersion);
    json.attribute("semanticVersion", verdict.toolVersion);
    json.attributeArray("rules", [&] {
      for (const Rule &rule : rules)
        json.object([&] {
          json.attribute("id", rule.id);
          json.attribute("name", rule.name);
          message("shortDescription", rule.summary);
          message("fullDescription", rule.summary);
          message("help", rule.help);
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

void SarifWriter::location(const ModelVerdict &model,
                           const std::optional<KernelPlace> &place) {
  json.object([&] {
    if (place && isFile(place->file))
      physicalLocation(place->file, place->line, place->column);
    else if (isFile(model.file))
      physicalLocation(model.file, 0, 0);
    if (place && !place->location.empty())
      json.attributeArray("logicalLocations", [&] {
        json.object([&] {
          json.attribute("fullyQualifiedName",
                         llvm::json::fixUTF8(place->location));
        });
      });
  });
}

void SarifWriter::result(RuleIndex rule, const ModelVerdict &model,
                         const std::string &message,
                         const std::string &identity,
                         const std::optional<KernelPlace> &place,
                         llvm::function_ref<void()> more) {
  // Neither folders nor lines are a part of it: both move.
  llvm::MD5 hash;
  for (llvm::StringRef part :
       {llvm::StringRef(rules[rule].id), llvm::sys::path::filename(model.file),
        llvm::StringRef(identity)}) {
    hash.update(part);
    hash.update(llvm::StringRef("\0", 1));
  }
  llvm::MD5::MD5Result digest;
  hash.final(digest);
  json.object([&] {
    json.attribute("ruleId", rules[rule].id);
    json.attribute("ruleIndex", static_cast<int64_t>(rule));
    json.attribute("level", rules[rule].level);
    json.attributeObject("message", [&] {
      json.attribute("text", llvm::json::fixUTF8(message));
    });
    json.attributeArray("locations", [&] { location(model, place); });
    more();
    json.attributeObject("partialFingerprints", [&] {
      json.attribute("rooflineFinding/v1", digest.digest());
    });
  });
}

void SarifWriter::results(const ModelVerdict &model) {
  for (const LimitVerdict &limit : model.limits) {
    if (limit.outcome == Outcome::Kept)
      continue;
    RuleIndex rule = limit.outcome == Outcome::Undecided ? LimitUndecided
                     : limit.limit.measure               ? LimitExceeded
                                                         : BoundChanged;
    std::string message = model.file + ": " + limitSentence(limit);
    for (size_t culprit : limit.culprits)
      message += ". " + culpritSentence(model, limit, culprit);
    result(rule, model, message, limit.target + "|" + limit.limit.name(),
           limit.place, [&] {
             json.attributeArray("relatedLocations", [&] {
               json.object([&] {
                 physicalLocation(limit.limit.where.file,
                                  limit.limit.where.line,
                                  limit.limit.where.column);
                 json.attributeObject("message", [&] {
                   json.attribute("text", "the limit in the budget");
                 });
               });
             });
           });
  }
  if (!model.coverageProblem.empty())
    result(CoverageTooLow, model, model.file + ": " + model.coverageProblem, "",
           std::nullopt, [] {});
  for (const LeftOutFinding &finding : model.leftOut)
    result(finding.isUncounted ? OpNotCounted : OpNotModelled, model,
           leftOutSentence(finding), finding.row.op + "|" + finding.row.reason,
           finding.place, [&] {
             json.attribute("occurrenceCount",
                            static_cast<int64_t>(finding.row.count));
           });
}

void SarifWriter::write() {
  json.object([&] {
    json.attribute("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json.attribute("version", "2.1.0");
    json.attributeArray("runs", [&] {
      json.object([&] {
        json.attributeObject("tool", [&] { driver(); });
        json.attributeObject("automationDetails",
                             [&] { json.attribute("id", "roofline/check/"); });
        json.attributeArray("results", [&] {
          for (const ModelVerdict &model : verdict.models)
            results(model);
        });
      });
    });
  });
}

} // namespace

void printVerdictSarif(llvm::raw_ostream &os, const Verdict &verdict) {
  SarifWriter(os, verdict).write();
  os << "\n";
}

} // namespace roofline
