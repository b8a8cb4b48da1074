//===- OpRuleRegistry.h - Rules by op name ----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ops of a dialect that MLIR does not ship have no class to attach an interface
// to: they come as unregistered ops of a tolerant reader or of
// `--allow-unregistered-dialect`, or as registered ops of a tool that links the
// real dialect. One rule by op name serves all three. The registry is an
// interface of the roofline dialect, so that it lives and dies with the
// context.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_INTERFACES_OPRULEREGISTRY_H
#define ROOFLINE_INTERFACES_OPRULEREGISTRY_H

#include "roofline/Interfaces/DemandRules.h"
#include "roofline/Interfaces/ElementRules.h"

#include "mlir/IR/DialectInterface.h"

#include "llvm/ADT/StringMap.h"

namespace roofline {

/// The rule of an op, read from its operands, types and attributes. Attributes
/// are read by `op->getAttr(name)`, which finds inherent ones in either form.
struct OpRule {
  using ComputeFn = KnownOr<Compute> (*)(mlir::Operation *,
                                         const DemandOptions &);
  using TrafficFn = KnownOr<Traffic> (*)(mlir::Operation *,
                                         const DemandOptions &);
  using BodiesFn = BodyList (*)(mlir::Operation *, const DemandOptions &);

  ComputeFn compute;
  TrafficFn traffic = [](mlir::Operation *op, const DemandOptions &) {
    return wholeTraffic(op);
  };
  BodiesFn bodies = [](mlir::Operation *, const DemandOptions &) {
    return BodyList();
  };
};

/// Rules by full op name (`stablehlo.dot_general`).
class OpRuleRegistry : public mlir::DialectInterface::Base<OpRuleRegistry> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(OpRuleRegistry)

  explicit OpRuleRegistry(mlir::Dialect *dialect) : Base(dialect) {}

  /// Adds a rule; a name has one rule only.
  void add(llvm::StringRef opName, const OpRule &rule);

  /// The rule of an op name, or null.
  const OpRule *lookup(llvm::StringRef opName) const;

  /// Adds what ops of a name, of any dialect, make single elements of; once per
  /// name.
  void addElements(llvm::StringRef opName, const ElementRule &rule);

  /// The same of an op name; empty where nothing is known.
  ElementRule lookupElements(llvm::StringRef opName) const;

  /// True where no rule is registered.
  bool empty() const { return rules.empty(); }

  /// Every op name that has a rule, sorted.
  llvm::SmallVector<llvm::StringRef> opNames() const;

  /// The registry of a context; null where the roofline dialect is not loaded.
  static const OpRuleRegistry *get(mlir::MLIRContext *context);

private:
  llvm::StringMap<OpRule> rules;
  llvm::StringMap<ElementRule> elementRules;
};

/// Has `fill` add its rules when the roofline dialect is loaded.
void addOpRules(mlir::DialectRegistry &registry,
                void (*fill)(OpRuleRegistry &rules));

} // namespace roofline

#endif // ROOFLINE_INTERFACES_OPRULEREGISTRY_H
