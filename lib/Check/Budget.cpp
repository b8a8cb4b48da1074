//===- Budget.cpp - Which limits a model has ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Check/Budget.h"

#include "roofline/Model/NearestNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace roofline {

namespace {

/// True where the last components of `path` are those of `name`.
bool endsIn(llvm::StringRef path, llvm::StringRef name) {
  llvm::SmallString<128> whole(path), end(name);
  llvm::sys::path::remove_dots(whole, /*remove_dot_dot=*/false);
  llvm::sys::path::remove_dots(end, /*remove_dot_dot=*/false);
  if (!whole.str().ends_with(end))
    return false;
  llvm::StringRef before = whole.str().drop_back(end.size());
  return before.empty() || before.ends_with("/") || end.str().starts_with("/");
}

/// Adds the limits that `limits` does not have yet.
void addMissing(std::vector<Limit> &limits, llvm::ArrayRef<Limit> more) {
  for (const Limit &limit : more)
    if (llvm::none_of(limits, [&](const Limit &other) {
          return other.kind == limit.kind && other.measure == limit.measure;
        }))
      limits.push_back(limit);
}

/// Fails on a limit that needs what the budget does not name.
llvm::Error checkNeeds(const Limit &limit, const LimitSet &set,
                       llvm::StringRef target, llvm::StringRef path) {
  if (limit.needsBaseline() && !set.baseline)
    return makeFileError(
        limit.where,
        "'" + limit.text + "' is relative to a baseline, and model '" + path +
            "' has none; add 'baseline: FILE.json', what 'roofline report "
            "--format=json' wrote for it before");
  if (limit.needsPort() && !set.from)
    return makeFileError(limit.where,
                         "'" + limit.name() +
                             "' is about moving the model; add 'from: NAME', "
                             "the target that it runs on now");
  if (limit.needsPort() && set.from->text == target)
    return makeFileError(limit.where, "'" + limit.name() +
                                          "' is about moving the model, which "
                                          "runs on '" +
                                          target + "' already");
  return llvm::Error::success();
}

/// The same of all limits.
llvm::Error checkNeeds(const LimitSet &set, llvm::StringRef path) {
  for (const Limit &limit : set.limits)
    if (llvm::Error error = checkNeeds(limit, set, "", path))
      return error;
  for (const TargetLimits &target : set.targets)
    for (const Limit &limit : target.limits)
      if (llvm::Error error = checkNeeds(limit, set, target.name, path))
        return error;
  return llvm::Error::success();
}

} // namespace

bool Limit::needsBaseline() const {
  switch (kind) {
  case LimitKind::Value:
    return isRelative;
  case LimitKind::Bound:
    return !bound;
  case LimitKind::BoundChanges:
    return true;
  case LimitKind::Grade:
    return !grade;
  }
  return false;
}

bool Limit::needsPort() const {
  return kind == LimitKind::Grade || (measure && measure->scope == Scope::Port);
}

std::string Limit::name() const {
  switch (kind) {
  case LimitKind::Value:
    return measure->name();
  case LimitKind::Bound:
    return "bound";
  case LimitKind::BoundChanges:
    return "bound_changes";
  case LimitKind::Grade:
    return "grade";
  }
  return "";
}

llvm::Expected<LimitSet> limitsFor(const Budget &budget, llvm::StringRef path) {
  const ModelLimits *model = nullptr;
  std::vector<llvm::StringRef> names;
  for (const ModelLimits &candidate : budget.models) {
    names.push_back(candidate.name);
    if (endsIn(path, candidate.name) &&
        (!model || candidate.name.size() > model->name.size()))
      model = &candidate;
  }
  const LimitSet &common = budget.common;
  LimitSet set;
  if (model)
    set = model->limits;
  if (!set.baseline)
    set.baseline = common.baseline;
  if (!set.from)
    set.from = common.from;
  addMissing(set.limits, common.limits);
  for (const TargetLimits &target : common.targets) {
    auto own = llvm::find_if(set.targets, [&](const TargetLimits &other) {
      return other.name == target.name;
    });
    if (own == set.targets.end())
      set.targets.push_back(target);
    else
      addMissing(own->limits, target.limits);
  }

  if (!model) {
    // A name that is almost that of the model was meant to be it.
    llvm::StringRef file = llvm::sys::path::filename(path);
    for (const ModelLimits &candidate : budget.models)
      if (!nearestNames(llvm::sys::path::filename(candidate.name), {file})
               .empty() &&
          llvm::sys::path::extension(candidate.name) ==
              llvm::sys::path::extension(path) &&
          (set.limits.empty() && set.targets.empty()))
        return makeFileError(candidate.where, "no model '" + candidate.name +
                                                  "' is given; did you mean '" +
                                                  file + "'?");
  }
  bool hasLimits = !set.limits.empty() ||
                   llvm::any_of(set.targets, [](const TargetLimits &target) {
                     return !target.limits.empty();
                   });
  if (!hasLimits)
    return makeFileError({budget.file, 0, 0},
                         "has no limits for model '" + path + "'; " +
                             (names.empty()
                                  ? std::string("add 'limits' or 'targets'")
                                  : suggestName(path, names, "models")));
  if (llvm::Error error = checkNeeds(set, path))
    return error;
  return set;
}

std::vector<std::string> unusedModels(const Budget &budget,
                                      llvm::ArrayRef<std::string> paths) {
  std::vector<std::string> unused;
  for (const ModelLimits &model : budget.models)
    if (llvm::none_of(paths, [&](const std::string &path) {
          return endsIn(path, model.name);
        }))
      unused.push_back(model.name);
  return unused;
}

llvm::Error atPlace(llvm::Error error, const FileLocation &where) {
  return llvm::handleErrors(
      std::move(error), [&](std::unique_ptr<FileError> file) -> llvm::Error {
        if (file->getLocation().isKnown())
          return llvm::Error(std::move(file));
        return makeFileError(where, file->getMessage());
      });
}

std::string baselinePath(const Budget &budget, llvm::StringRef baseline,
                         llvm::StringRef path) {
  std::string name;
  for (char c : baseline) {
    if (c == '*')
      name += llvm::sys::path::stem(path);
    else
      name += c;
  }
  if (llvm::sys::path::is_absolute(name))
    return name;
  llvm::SmallString<128> whole(llvm::sys::path::parent_path(budget.file));
  llvm::sys::path::append(whole, name);
  return whole.str().str();
}

} // namespace roofline
