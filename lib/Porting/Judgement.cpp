//===- Judgement.cpp - What becomes of an op elsewhere --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every row of the catalogue that answers gives an outcome, and the best of
// them is taken: so a row that is added never makes anything worse.
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/Judgement.h"

#include "KernelConditions.h"
#include "PatternClasses.h"
#include "roofline/Model/NearestNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace roofline {

namespace {

/// What may stand for a type, in the order of preference: what is as fast, then
/// what is as precise. Nothing stands for complex numbers, whose products are
/// other ops, nor for the 53 bits of f64 unless they may be lost.
llvm::ArrayRef<ElementType> substitutesOf(ElementType type,
                                          bool mayLosePrecision) {
  static constexpr ElementType forF8[] = {ElementType::I8, ElementType::BF16,
                                          ElementType::F16};
  static constexpr ElementType forF4[] = {ElementType::I4, ElementType::I8,
                                          ElementType::BF16, ElementType::F16};
  static constexpr ElementType forI8[] = {ElementType::BF16, ElementType::F16};
  static constexpr ElementType forI4[] = {ElementType::I8, ElementType::BF16,
                                          ElementType::F16};
  static constexpr ElementType forBF16[] = {ElementType::F16, ElementType::F32};
  static constexpr ElementType forF16[] = {ElementType::BF16, ElementType::F32};
  static constexpr ElementType forTF32[] = {ElementType::HF32,
                                            ElementType::F32};
  static constexpr ElementType forHF32[] = {ElementType::TF32,
                                            ElementType::F32};
  static constexpr ElementType forF64[] = {ElementType::F32};
  switch (type) {
  case ElementType::F64:
    if (mayLosePrecision)
      return forF64;
    return {};
  case ElementType::F8:
  case ElementType::F6:
    return forF8;
  case ElementType::F4:
    return forF4;
  case ElementType::I8:
    return forI8;
  case ElementType::I4:
  case ElementType::I2:
    return forI4;
  case ElementType::BF16:
    return forBF16;
  case ElementType::F16:
    return forF16;
  case ElementType::TF32:
    return forTF32;
  case ElementType::HF32:
    return forHF32;
  default:
    return {};
  }
}

/// The integers that hold the bits of `types`.
llvm::SmallVector<ElementType, 4> bitsOf(llvm::ArrayRef<ElementType> types) {
  llvm::SmallVector<ElementType, 4> bits;
  for (ElementType type : types) {
    ElementType integer = type;
    switch (type) {
    case ElementType::F64:
      integer = ElementType::I64;
      break;
    case ElementType::F32:
    case ElementType::TF32:
    case ElementType::HF32:
      integer = ElementType::I32;
      break;
    case ElementType::BF16:
    case ElementType::F16:
      integer = ElementType::I16;
      break;
    case ElementType::F8:
      integer = ElementType::I8;
      break;
    default:
      break;
    }
    if (!llvm::is_contained(bits, integer))
      bits.push_back(integer);
  }
  llvm::sort(bits);
  return bits;
}

bool isInteger(ElementType type) {
  return type == ElementType::I8 || type == ElementType::I4;
}

std::string typeList(llvm::ArrayRef<ElementType> types) {
  return llvm::join(
      llvm::map_range(types,
                      [](ElementType type) { return stringify(type).str(); }),
      ", ");
}

class Judge {
public:
  explicit Judge(const PortingRoute &route)
      : route(route), generation(route.to.getArchitecture()) {}

  Judgement judge(const OpSignature &signature);

private:
  Judgement judgeCall(const OpSignature &signature);
  Judgement judgeForeignOp(const OpSignature &signature, const KnownCall &op);
  Judgement judgePattern(const OpSignature &signature);
  /// The best of what the rows of the pattern say; `Unknown` where none
  /// answers.
  Judgement judgeRows(const OpSignature &signature, bool maySubstitute);
  Judgement judgeKernel(const OpSignature &signature, const CatalogueRow &row);
  Judgement judgeAbsence(const OpSignature &signature, const CatalogueRow &row,
                         bool maySubstitute);
  /// What the parts come to of what has no kernel of its own.
  Judgement judgeParts(const OpSignature &signature, const CatalogueRow &row);
  std::optional<Judgement> substitute(const OpSignature &signature,
                                      const CatalogueRow &row,
                                      bool mayLosePrecision);

  bool isFused(llvm::StringRef pattern) const {
    const OpPattern *known = route.catalogue.getKinds().find(pattern);
    return known && known->isFused;
  }
  /// Whether the source's software has `pattern` as one kernel, or may have.
  bool isFusedOnSource(const OpSignature &signature) const;
  CatalogueQuery query(const OpSignature &signature) const {
    return {signature.pattern, generation, signature.types, route.releases,
            route.includesCommunity};
  }
  std::string describe(const CatalogueRow &row) const;
  /// What computes it, for people.
  std::string kernelText(const OpSignature &signature,
                         const CatalogueRow &row) const;
  Judgement make(llvm::StringRef rule, std::string reason,
                 const CatalogueRow *row = nullptr) const;

  const PortingRoute &route;
  llvm::StringRef generation;
  /// Patterns that are being taken apart: one that leads back to itself is no
  /// way.
  llvm::SmallVector<llvm::StringRef> open;
};

Judgement Judge::make(llvm::StringRef rule, std::string reason,
                      const CatalogueRow *row) const {
  Judgement judgement;
  judgement.rule = findPortingRule(rule);
  assert(judgement.rule && "rules are never taken away");
  judgement.reason = std::move(reason);
  if (row) {
    judgement.evidence.push_back(row);
    judgement.steps.push_back(describe(*row));
  }
  judgement.steps.push_back(judgement.reason);
  return judgement;
}

std::string Judge::describe(const CatalogueRow &row) const {
  std::string text = "row '" + row.id + "': " + stringify(row.support).str();
  if (!row.kernels.empty())
    text += " " + llvm::join(row.kernels, ", ");
  if (!row.into.empty())
    text += " into " + llvm::join(row.into, ", ");
  if (const SoftwareStack *stack = route.catalogue.findStack(row.stack))
    text += " of " + stack->title;
  if (row.since)
    text += " since " + row.since->str();
  if (!row.types.empty())
    text += ", for " + typeList(row.types);
  text += " (" + row.source->title;
  if (!row.date.empty())
    text += ", " + row.date;
  text += ", " + stringify(row.confidence).str() + ")";
  if (!row.note.empty())
    text += "; " + row.note;
  return text;
}

Judgement Judge::judge(const OpSignature &signature) {
  if (!signature.callTarget.empty())
    return judgeCall(signature);
  if (const KnownCall *op = route.catalogue.findForeignOp(signature.name))
    return judgeForeignOp(signature, *op);
  if (signature.pattern.empty())
    return make("RF1091", "no pattern of the catalogue stands for '" +
                              signature.name + "'");
  return judgePattern(signature);
}

Judgement Judge::judgeCall(const OpSignature &signature) {
  const KnownCall *call = route.catalogue.findCall(signature.callTarget);
  if (!call)
    return make("RF1090",
                "no custom call '" + signature.callTarget + "' is known");
  switch (call->meaning) {
  case CallMeaning::Marker:
    return make("RF1001",
                "'" + signature.callTarget + "' does nothing: " + call->note);
  case CallMeaning::Rewrite:
    return judgeForeignOp(signature, *call);
  case CallMeaning::Pattern:
    break;
  }
  OpSignature meant = signature;
  meant.callTarget.clear();
  meant.pattern = call->pattern;
  Judgement judgement = judgePattern(meant);
  std::string step =
      "custom call '" + signature.callTarget + "' is " + call->pattern;
  const SoftwareStack *stack = route.catalogue.findStack(call->stack);
  if (stack)
    step += " of " + stack->title;
  judgement.steps.insert(judgement.steps.begin(), step);
  // Calls that only carry an op of StableHLO belong to no software.
  if (stack && judgement.status() <= PortingStatus::Library) {
    judgement.rule = findPortingRule("RF1013");
    judgement.reason = step + "; " + judgement.reason;
  }
  return judgement;
}

Judgement Judge::judgeForeignOp(const OpSignature &signature,
                                const KnownCall &op) {
  std::string what =
      signature.callTarget.empty() ? signature.name : signature.callTarget;
  switch (op.meaning) {
  case CallMeaning::Marker:
    return make("RF1001", "'" + what + "' does nothing: " + op.note);
  case CallMeaning::Rewrite:
    return make("RF1061",
                "'" + what + "' is " +
                    (op.note.empty() ? "code for one kind of chip" : op.note));
  case CallMeaning::Pattern:
    break;
  }
  OpSignature meant = signature;
  meant.callTarget.clear();
  meant.pattern = op.pattern;
  return judgePattern(meant);
}

Judgement Judge::judgePattern(const OpSignature &signature) {
  Judgement judgement = judgeRows(signature, /*maySubstitute=*/true);
  if (!isProduct(signature.pattern))
    return judgement;
  // What is fused to the ends of a product is no part of its pattern.
  for (const OpSignature &part : signature.parts) {
    if (isProduct(part.pattern))
      continue;
    Judgement ofPart = judge(part);
    if (judgement.status() < ofPart.status() &&
        PortingStatus::Library < ofPart.status()) {
      ofPart.steps.insert(ofPart.steps.begin(),
                          "at the end of the product: " + part.str());
      ofPart.runsInParts = true;
      judgement = std::move(ofPart);
    }
  }
  return judgement;
}

Judgement Judge::judgeRows(const OpSignature &signature, bool maySubstitute) {
  std::string what = signature.str() + " on " + generation.str();
  Judgement untold =
      make("RF1092", "the catalogue does not say whether there is " + what);
  if (llvm::is_contained(open, signature.pattern))
    return untold;
  std::optional<Judgement> best;
  open.push_back(signature.pattern);
  for (const CatalogueRow *row : route.catalogue.findAll(query(signature))) {
    Judgement outcome;
    switch (row->support) {
    case Support::Native:
    case Support::Library:
    case Support::Partial:
      outcome = judgeKernel(signature, *row);
      break;
    case Support::Decompose:
      outcome = judgeParts(signature, *row);
      break;
    case Support::Host:
      outcome = make("RF1050", what + " runs on the host", row);
      // What is not a product is f64 by accident, mostly: constants and masks
      // of frameworks.
      if (maySubstitute)
        if (std::optional<Judgement> narrower =
                substitute(signature, *row, /*mayLosePrecision=*/true))
          outcome = *std::move(narrower);
      break;
    case Support::None:
      outcome = judgeAbsence(signature, *row, maySubstitute);
      break;
    }
    if (!best || outcome.status() < best->status())
      best = std::move(outcome);
    // Rows come best support first: nothing is better than this.
    if (best->status() <= PortingStatus::Library)
      break;
  }
  open.pop_back();
  return best ? *std::move(best) : untold;
}

Judgement Judge::judgeKernel(const OpSignature &signature,
                             const CatalogueRow &row) {
  std::string kernel = kernelText(signature, row);
  ConditionCheck check = checkConditions(row.needs, signature);
  std::string unmet = llvm::join(check.unmet, ", ");
  Judgement judgement;
  switch (check.worst) {
  case ConditionClass::Met:
    if (row.support == Support::Native)
      judgement = make("RF1001", "compilers generate it", &row);
    else if (row.support == Support::Library)
      judgement = make("RF1002", "there is " + kernel, &row);
    else
      judgement = make("RF1012", kernel + " lacks: " + row.lacks, &row);
    break;
  case ConditionClass::Weights:
    judgement = make("RF1030", kernel + " needs " + unmet, &row);
    break;
  case ConditionClass::Layout:
    judgement = make("RF1032", kernel + " needs " + unmet, &row);
    break;
  case ConditionClass::Padding:
    judgement = make("RF1031", kernel + " needs " + unmet, &row);
    break;
  case ConditionClass::Static:
    judgement = make("RF1041", kernel + " needs " + unmet, &row);
    break;
  case ConditionClass::Extent:
    judgement = make("RF1040", kernel + " needs " + unmet, &row);
    break;
  }
  judgement.unchecked = std::move(check.unchecked);
  for (const std::string &condition : judgement.unchecked)
    judgement.steps.push_back("not checked, the graph does not tell: " +
                              condition);
  return judgement;
}

std::string Judge::kernelText(const OpSignature &signature,
                              const CatalogueRow &row) const {
  // A row may be about dozens of ops, each with a kernel of its own.
  constexpr size_t mostNames = 3;
  if (row.patterns.size() == 1 && row.kernels.size() <= mostNames)
    return llvm::join(row.kernels, ", ");
  const SoftwareStack *stack = route.catalogue.findStack(row.stack);
  return signature.pattern + (stack ? " of " + stack->title : std::string());
}

bool Judge::isFusedOnSource(const OpSignature &signature) const {
  const CatalogueRow *row = route.catalogue.find(
      {signature.pattern, route.from.getArchitecture(), signature.types});
  // The graph's kernel is what the source is taken to run: only a fact says
  // otherwise.
  return !row || row->support <= Support::Partial;
}

Judgement Judge::judgeParts(const OpSignature &signature,
                            const CatalogueRow &row) {
  std::vector<OpSignature> parts;
  for (const std::string &pattern : row.into) {
    OpSignature part;
    part.pattern = part.name = pattern;
    part.types = isBitwise(pattern) ? bitsOf(signature.types) : signature.types;
    part.subjects = signature.subjects;
    parts.push_back(std::move(part));
  }
  if (parts.empty())
    parts = signature.parts;
  if (parts.empty())
    return make("RF1060",
                "there is no kernel for " + signature.str() + " on " +
                    generation.str(),
                &row);

  bool isFusion = isFused(signature.pattern);
  Judgement judgement;
  if (!isFusion)
    judgement = make("RF1011", signature.str() + " is taken apart", &row);
  else if (isFusedOnSource(signature))
    judgement = make(
        "RF1010", "no kernel does " + signature.str() + " in one launch", &row);
  else
    judgement = make(
        "RF1002", signature.str() + " runs in parts on the source, too", &row);
  judgement.runsInParts = true;
  for (const OpSignature &part : parts) {
    Judgement ofPart = judge(part);
    judgement.steps.push_back("part " + part.str() + ": " +
                              stringify(ofPart.status()).str());
    bool isWorst = judgement.status() < ofPart.status();
    if (isWorst) {
      judgement.rule = ofPart.rule;
      judgement.reason = part.str() + ": " + ofPart.reason;
      judgement.remedy = ofPart.remedy;
      judgement.substitutions = ofPart.substitutions;
    }
    llvm::append_range(judgement.evidence, ofPart.evidence);
    llvm::append_range(judgement.unchecked, ofPart.unchecked);
  }
  return judgement;
}

std::optional<Judgement> Judge::substitute(const OpSignature &signature,
                                           const CatalogueRow &row,
                                           bool mayLosePrecision) {
  auto isAbsent = [&](ElementType type) {
    return llvm::is_contained(row.types, type);
  };
  std::vector<TypeSubstitution> substitutions;
  for (ElementType absent : signature.types) {
    if (!isAbsent(absent))
      continue;
    TypeSubstitution substitution{absent, {}};
    for (ElementType candidate : substitutesOf(absent, mayLosePrecision)) {
      OpSignature other = signature;
      if (isInteger(candidate)) {
        // Its scales are applied on the way out, whatever the result's type.
        other.types = {candidate};
      } else {
        llvm::erase_if(other.types, isAbsent);
        other.types.push_back(candidate);
        llvm::sort(other.types);
        other.types.erase(std::unique(other.types.begin(), other.types.end()),
                          other.types.end());
      }
      for (llvm::StringRef pattern :
           patternsOfType(signature.pattern, candidate)) {
        other.pattern = pattern.str();
        // The same pattern is asked of another type.
        llvm::SmallVector<llvm::StringRef> outer = std::move(open);
        open.clear();
        Judgement judgement = judgeRows(other, /*maySubstitute=*/false);
        open = std::move(outer);
        if (judgement.status() <= PortingStatus::ParameterChange) {
          substitution.substitutes.push_back(candidate);
          break;
        }
      }
    }
    if (substitution.substitutes.empty())
      return std::nullopt;
    substitutions.push_back(std::move(substitution));
  }
  if (substitutions.empty())
    return std::nullopt;

  std::string remedy;
  for (const TypeSubstitution &one : substitutions)
    remedy += (remedy.empty() ? "" : "; ") + stringify(one.asked).str() +
              " as " + typeList(one.substitutes);
  std::vector<ElementType> absent;
  absent.reserve(substitutions.size());
  for (const TypeSubstitution &one : substitutions)
    absent.push_back(one.asked);
  Judgement judgement =
      make("RF1020",
           "no kernel on " + generation.str() + " takes " + typeList(absent) +
               ", but one takes " + typeList(substitutions.front().substitutes),
           &row);
  judgement.remedy = remedy;
  judgement.substitutions = std::move(substitutions);
  return judgement;
}

Judgement Judge::judgeAbsence(const OpSignature &signature,
                              const CatalogueRow &row, bool maySubstitute) {
  std::vector<ElementType> absent;
  llvm::copy_if(
      signature.types, std::back_inserter(absent),
      [&](ElementType type) { return llvm::is_contained(row.types, type); });
  if (!absent.empty()) {
    if (maySubstitute)
      if (std::optional<Judgement> judgement =
              substitute(signature, row, /*mayLosePrecision=*/false))
        return *std::move(judgement);
    std::string reason = "nothing on " + generation.str() + " takes " +
                         typeList(absent) + ", and nothing replaces it";
    return make(isCollective(signature.pattern) ? "RF1070" : "RF1023",
                std::move(reason), &row);
  }
  if (isCollective(signature.pattern))
    return make("RF1070",
                "there is no " + signature.str() + " on " + generation.str(),
                &row);
  return judgeParts(signature, row);
}

} // namespace

Judgement judge(const OpSignature &signature, const PortingRoute &route) {
  if (route.from.getArchitecture() == route.to.getArchitecture()) {
    Judgement same;
    same.rule = findPortingRule("RF1003");
    same.reason = "both are " + route.to.getArchitecture().str();
    same.steps.push_back(same.reason);
    return same;
  }
  return Judge(route).judge(signature);
}

} // namespace roofline
