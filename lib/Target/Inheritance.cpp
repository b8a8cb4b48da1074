//===- Inheritance.cpp - What a target takes over from another one --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Inheritance.h"

#include "roofline/Model/NearestNames.h"
#include "roofline/Target/Schema.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"

namespace roofline {

namespace {

/// `calibration.gemm_bf16.` of a fact of that calibration; empty of others.
llvm::StringRef calibrationPrefix(llvm::StringRef path) {
  if (!path.starts_with("calibration."))
    return "";
  return path.take_front(path.find('.', path.find('.') + 1) + 1);
}

using SourceList = std::vector<std::shared_ptr<const Source>>;

/// Fills what `stated` leaves to its source.
llvm::Expected<TargetFact> resolveFact(StatedFact stated,
                                       const SourceList &sources,
                                       llvm::StringRef target) {
  TargetFact fact = std::move(stated.fact);
  if (!stated.source)
    return makeFileError(fact.where,
                         "'" + fact.path +
                             "' has no source; name one with 'source' at "
                             "the number, in its section or at the top of "
                             "the file");
  auto source = llvm::find_if(sources, [&](const auto &candidate) {
    return candidate->id == stated.source->name;
  });
  if (source == sources.end()) {
    std::vector<llvm::StringRef> ids;
    for (const auto &candidate : sources)
      ids.push_back(candidate->id);
    return makeFileError(
        stated.source->where,
        "source '" + stated.source->name + "' is not listed under 'sources'; " +
            (ids.empty() ? "add it there"
                         : suggestName(stated.source->name, ids, "sources")));
  }
  fact.source = *source;
  if (fact.date.empty())
    fact.date = fact.source->date;
  fact.confidence = stated.confidence.value_or(fact.source->confidence);
  fact.statedBy = target.str();
  return fact;
}

} // namespace

llvm::Expected<ResolvedTarget> resolveTarget(TargetDocument document,
                                             const ResolvedTarget *base) {
  ResolvedTarget result;
  Target::Contents &contents = result.contents;
  if (base)
    contents = base->contents;
  contents.name = document.name.name;
  contents.where = document.name.where;
  if (document.title)
    contents.title = std::move(*document.title);
  if (document.vendor)
    contents.vendor = std::move(*document.vendor);
  if (document.architecture)
    contents.architecture = std::move(*document.architecture);
  if (document.lowConfidenceReason)
    contents.lowConfidenceReason = std::move(document.lowConfidenceReason);
  for (auto [key, isMissing] : {std::pair{"title", contents.title.empty()},
                                std::pair{"vendor", contents.vendor.empty()}})
    if (isMissing)
      return makeFileError(contents.where, "target '" + contents.name +
                                               "' has no '" + key +
                                               "'; add it");

  // The file's own sources hide those of the same name that it inherits.
  result.sources = std::move(document.sources);
  llvm::StringSet<> ownSources;
  for (const auto &source : result.sources)
    ownSources.insert(source->id);
  if (base)
    for (const auto &source : base->sources)
      if (!ownSources.contains(source->id))
        result.sources.push_back(source);

  llvm::StringSet<> replaced;
  for (const std::string &path : document.unknownPaths)
    replaced.insert(path);
  // The parameters of a time model belong together: a file that states one
  // states them all.
  llvm::StringSet<> replacedCalibrations;
  for (const StatedFact &stated : document.facts) {
    replaced.insert(stated.fact.path);
    replacedCalibrations.insert(calibrationPrefix(stated.fact.path));
  }
  replacedCalibrations.erase("");
  llvm::erase_if(contents.facts, [&](const TargetFact &fact) {
    return replaced.contains(fact.path) ||
           replacedCalibrations.contains(calibrationPrefix(fact.path));
  });
  for (StatedFact &stated : document.facts) {
    llvm::Expected<TargetFact> fact =
        resolveFact(std::move(stated), result.sources, contents.name);
    if (!fact)
      return fact.takeError();
    contents.facts.push_back(std::move(*fact));
  }
  llvm::sort(contents.facts, [](const TargetFact &lhs, const TargetFact &rhs) {
    return schemaOrderLess(lhs.path, rhs.path);
  });
  return result;
}

} // namespace roofline
