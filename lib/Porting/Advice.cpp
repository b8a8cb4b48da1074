//===- Advice.cpp - What comes in addition to a judgement -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelConditions.h"
#include "PatternClasses.h"

#include "roofline/Porting/Judgement.h"
#include "roofline/Target/Quantity.h"

#include "llvm/ADT/STLExtras.h"

namespace roofline {

namespace {

bool isFloat(ElementType type) {
  switch (type) {
  case ElementType::F64:
  case ElementType::F32:
  case ElementType::TF32:
  case ElementType::HF32:
  case ElementType::BF16:
  case ElementType::F16:
  case ElementType::F8:
  case ElementType::F6:
  case ElementType::F4:
  case ElementType::C64:
  case ElementType::C128:
    return true;
  default:
    return false;
  }
}

class Adviser {
public:
  Adviser(const OpSignature &signature, const Judgement &judgement,
          const PortingRoute &route)
      : signature(signature), judgement(judgement), route(route),
        row(judgement.evidence.empty() ? nullptr : judgement.evidence.front()) {
  }

  std::vector<Advice> advise() {
    adviseOnNumerics();
    // Whatever stands in the way comes first.
    if (!isCovered(judgement.status()))
      return std::move(advice);
    adviseOnSoftware();
    adviseOnConditions();
    adviseOnRows();
    adviseOnLinks();
    return std::move(advice);
  }

private:
  void add(llvm::StringRef rule, std::string reason) {
    advice.push_back({findPortingRule(rule), std::move(reason)});
  }

  bool has(ElementType type) const {
    return llvm::is_contained(signature.types, type);
  }
  std::string titleOf(const Target &target) const {
    const ChipGeneration *generation =
        route.catalogue.findGeneration(target.getArchitecture());
    return generation ? generation->title : target.getArchitecture().str();
  }

  void adviseOnSoftware() {
    const SoftwareStack *stack =
        row ? route.catalogue.findStack(row->stack) : nullptr;
    if (stack && !stack->isVendors &&
        judgement.status() <= PortingStatus::Library)
      add("RF1004", "needs " + stack->title);
  }

  void adviseOnNumerics() {
    const Machine &machine = route.to.getMachine();
    const SubjectValue *precision = signature.find("precision");
    bool mayRound = !precision || precision->word == "default";
    KnownOr<Rate> rounded = machine.rate({Unit::Matrix, ElementType::TF32});
    if (isProduct(signature.pattern) && mayRound &&
        (has(ElementType::F32) || has(ElementType::TF32)) && rounded &&
        rounded->runsAs == ElementType::HF32)
      add("RF1021", "products of f32");
    bool isVendorsOther = route.from.getVendor() != route.to.getVendor();
    bool mayDiffer = isProduct(signature.pattern) ||
                     isAttention(signature.pattern) ||
                     walksRows(signature.pattern);
    if (isVendorsOther && mayDiffer && llvm::any_of(signature.types, isFloat))
      add("RF1024", "kernels for " + titleOf(route.from) +
                        " are replaced by those for " + titleOf(route.to));
  }

  void adviseOnConditions() {
    const SubjectValue *shapes = signature.find("shapes");
    if (shapes && shapes->word != "static")
      add("RF1042", "extents of " + signature.pattern + " are dynamic");
    KnownOr<Rate> vector =
        route.to.getMachine().rate({Unit::Vector, ElementType::BF16});
    if (has(ElementType::BF16) && !isProduct(signature.pattern) &&
        judgement.status() == PortingStatus::Library && vector &&
        vector->runsAs == ElementType::F32)
      add("RF1022", "arithmetic on bf16 outside of products");
    if (!row || judgement.runsInParts)
      return;
    for (auto [condition, what] :
         checkConditions(row->prefers, signature).failed)
      add("RF1033",
          (what == ConditionClass::Weights ? "products" : signature.pattern) +
              " with " + condition->str());
  }

  void adviseOnRows() {
    const SubjectValue *columns = signature.find("columns");
    std::optional<double> capacity =
        route.to.getValue("core_memories.vector.ub.capacity");
    if (!capacity)
      capacity = route.to.getValue("core_memories.vector.shared.capacity");
    if (!columns || !capacity || !walksRows(signature.pattern))
      return;
    // Rows are kept in f32 whatever the operands' type.
    constexpr double bytesPerElement = 4;
    if (static_cast<double>(columns->number) * bytesPerElement > *capacity)
      add("RF1062", "a row of " + signature.pattern + " has " +
                        std::to_string(columns->number) + " elements");
  }

  void adviseOnLinks() {
    std::optional<double> from = scaleUpBandwidth(route.from);
    std::optional<double> to = scaleUpBandwidth(route.to);
    if (isCollective(signature.pattern) && from && to && *to < *from)
      add("RF1071", describeScaleUp(route.to, *to) + ", " +
                        describeScaleUp(route.from, *from));
  }

  /// Bytes per second and direction between devices.
  static std::optional<double> scaleUpBandwidth(const Target &target) {
    const Machine &machine = target.getMachine();
    return machine.links.empty() ? std::nullopt
                                 : machine.links.front().bytesPerSecond;
  }

  /// `h200 has NVLink 4 at 450 GB/s`.
  static std::string describeScaleUp(const Target &target, double bandwidth) {
    const TargetFact *technology = target.findFact("links.scale_up.technology");
    return target.getName().str() + " has " +
           (technology ? technology->text + " at " : std::string()) +
           formatQuantity(bandwidth, Dimension::ByteRate);
  }

  const OpSignature &signature;
  const Judgement &judgement;
  const PortingRoute &route;
  const CatalogueRow *row;
  std::vector<Advice> advice;
};

} // namespace

std::vector<Advice> advise(const OpSignature &signature,
                           const Judgement &judgement,
                           const PortingRoute &route) {
  if (route.from.getArchitecture() == route.to.getArchitecture())
    return {};
  return Adviser(signature, judgement, route).advise();
}

} // namespace roofline
