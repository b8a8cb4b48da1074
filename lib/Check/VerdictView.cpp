//===- VerdictView.cpp - Verdicts as text, JSON and Markdown --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlainText.h"

#include "roofline/Check/CheckViews.h"
#include "roofline/Check/VerdictText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <set>

namespace roofline {

namespace {

constexpr llvm::StringLiteral verdictSchema = "roofline.check";
constexpr int verdictSchemaVersion = 1;

/// Rows of what is left out before the rest is counted.
constexpr size_t maxLeftOut = 5;

std::string modelTitle(const ModelVerdict &model) {
  std::string text = model.file;
  if (!model.entry.empty())
    text += " " + model.entry;
  if (!model.baselineFile.empty())
    text += ", baseline " + model.baselineFile;
  return text;
}

/// In text, one word that a log can be searched for.
llvm::StringRef mark(Outcome outcome) {
  switch (outcome) {
  case Outcome::Kept:
    return "ok";
  case Outcome::Undecided:
    return "UNDECIDED";
  case Outcome::Exceeded:
    return "EXCEEDED";
  }
  return "";
}

} // namespace

void printVerdict(llvm::raw_ostream &os, const Verdict &verdict) {
  constexpr unsigned markWidth = 10;
  for (const ModelVerdict &model : verdict.models) {
    std::set<std::pair<std::string, size_t>> said;
    std::set<std::pair<std::string, std::string>> saidFindings;
    os << printable(modelTitle(model)) << "\n";
    for (const LimitVerdict &limit : model.limits) {
      std::string text = limitSentence(limit);
      if (limit.outcome != Outcome::Kept)
        text += " (" + limit.limit.where.str() + ")";
      std::string lines;
      llvm::raw_string_ostream stream(lines);
      printWrapped(stream, text, markWidth, markWidth + 2);
      os << llvm::left_justify(mark(limit.outcome), markWidth)
         << llvm::StringRef(lines).drop_front(markWidth);
      // Several limits may be exceeded for the same reason.
      for (size_t culprit : limit.culprits)
        if (said.insert({limit.target, culprit}).second)
          printWrapped(os, culpritSentence(model, limit, culprit),
                       markWidth + 2, markWidth + 4);
      for (const PortFinding &finding : limit.findings)
        if (saidFindings.insert({limit.target, finding.key}).second)
          printWrapped(os, findingSentence(finding), markWidth + 2,
                       markWidth + 4);
    }
    if (!model.coverageProblem.empty())
      printWrapped(os, "INCOMPLETE " + model.coverageProblem, 0, markWidth);
    if (model.outcome() == Outcome::Undecided)
      for (const LeftOutFinding &finding :
           llvm::ArrayRef(model.leftOut).take_front(maxLeftOut))
        printWrapped(os,
                     leftOutSentence(finding) + ", first at " +
                         finding.place.location,
                     markWidth + 2, markWidth + 4);
  }
  for (const std::string &note : verdict.notes)
    printWrapped(os, "note: " + note, 0, 4);
  os << summarySentence(verdict) << "\n";
}

void printVerdictJson(llvm::raw_ostream &os, const Verdict &verdict) {
  auto text = [](llvm::StringRef raw) { return llvm::json::fixUTF8(raw); };
  llvm::json::OStream json(os, /*IndentSize=*/2);
  auto share = [&](llvm::StringRef key, std::optional<double> value) {
    json.attribute(key, value ? llvm::json::Value(*value)
                              : llvm::json::Value(nullptr));
  };
  auto limitMembers = [&](const LimitVerdict &limit) {
    json.attribute("limit", limit.limit.name());
    json.attribute("target", limit.target.empty()
                                 ? llvm::json::Value(nullptr)
                                 : llvm::json::Value(text(limit.target)));
    json.attribute("budget", text(limit.limit.text));
    json.attribute("budget_line", limit.limit.where.line);
    json.attribute("outcome", stringify(limit.outcome));
    bool isWord = limit.limit.kind == LimitKind::Bound ||
                  limit.limit.kind == LimitKind::Grade;
    if (!isWord) {
      const Measure *measure = limit.limit.measure;
      Dimension dimension = measure ? measure->dimension : Dimension::Count;
      json.attribute("unit", baseUnit(dimension));
      writeNumber(json, "value", limit.value, dimension);
      writeNumber(json, "allowed",
                  limit.allowed
                      ? KnownOr<double>(*limit.allowed)
                      : KnownOr<double>(Unknown{UnknownKind::Unmodelled, ""}),
                  dimension);
      if (limit.baseline)
        writeNumber(json, "baseline", *limit.baseline, dimension);
    } else {
      json.attribute("value", limit.word);
      json.attribute("allowed", limit.allowedWord);
    }
    if (!limit.findings.empty())
      json.attributeArray("findings", [&] {
        for (const PortFinding &finding : limit.findings)
          json.value(text(findingSentence(finding)));
      });
    json.attribute("message", text(limitSentence(limit)));
  };
  json.object([&] {
    json.attributeObject("schema", [&] {
      json.attribute("name", verdictSchema);
      json.attribute("version", verdictSchemaVersion);
    });
    json.attribute("tool_version", verdict.toolVersion);
    json.attribute("budget", text(verdict.budgetFile));
    json.attribute("outcome", stringify(verdict.outcome()));
    json.attributeArray("models", [&] {
      for (const ModelVerdict &model : verdict.models)
        json.object([&] {
          json.attribute("file", text(model.file));
          json.attribute("entry", text(model.entry));
          json.attribute("outcome", stringify(model.outcome()));
          json.attributeObject("coverage", [&] {
            share("ops", model.coveredOps);
            share("bytes", model.coveredBytes);
            if (!model.coverageProblem.empty())
              json.attribute("problem", text(model.coverageProblem));
          });
          json.attributeArray("limits", [&] {
            for (const LimitVerdict &limit : model.limits)
              json.object([&] { limitMembers(limit); });
          });
          json.attributeArray("left_out", [&] {
            for (const LeftOutFinding &finding : model.leftOut)
              json.object([&] {
                json.attribute("op", text(finding.row.op));
                json.attribute("count",
                               static_cast<int64_t>(finding.row.count));
                json.attribute("reason", text(finding.row.reason));
                json.attribute("location", text(finding.place.location));
              });
          });
          if (model.diff)
            json.attributeObject("diff", [&] {
              json.attribute("baseline", text(model.baselineFile));
              writeDiff(json, *model.diff);
            });
        });
    });
    json.attributeArray("notes", [&] {
      for (const std::string &note : verdict.notes)
        json.value(text(note));
    });
  });
  os << "\n";
}

void printVerdictMarkdown(llvm::raw_ostream &os, const Verdict &verdict) {
  os << "### roofline: " << summarySentence(verdict) << "\n\n";
  for (const ModelVerdict &model : verdict.models) {
    os << "**" << markdownText(modelTitle(model)) << "**\n\n"
       << "| | limit | is | may be |\n|---|---|---:|---|\n";
    for (const LimitVerdict &limit : model.limits)
      os << "| " << stringify(limit.outcome) << " | "
         << markdownText(limitTitle(limit)) << " | "
         << markdownText(limitValue(limit)) << " | "
         << markdownText(limitAllowed(limit)) << " |\n";
    os << "\n";
    std::set<std::pair<std::string, size_t>> said;
    std::set<std::pair<std::string, std::string>> saidFindings;
    for (const LimitVerdict &limit : model.limits) {
      if (!limit.reason.empty())
        os << "- " << markdownText(limitTitle(limit) + ": " + limit.reason)
           << "\n";
      for (size_t culprit : limit.culprits)
        if (said.insert({limit.target, culprit}).second)
          os << "- " << markdownText(culpritSentence(model, limit, culprit))
             << "\n";
      for (const PortFinding &finding : limit.findings)
        if (saidFindings.insert({limit.target, finding.key}).second)
          os << "- " << markdownText(findingSentence(finding)) << "\n";
    }
    if (!model.coverageProblem.empty())
      os << "- incomplete: " << markdownText(model.coverageProblem) << "\n";
    os << "\n";
    if (model.diff && !model.diff->isEmpty()) {
      os << "<details><summary>What changed</summary>\n\n";
      writeDiffMarkdown(os, *model.diff);
      os << "</details>\n\n";
    }
  }
  for (const std::string &note : verdict.notes)
    os << "- " << markdownText(note) << "\n";
}

} // namespace roofline
