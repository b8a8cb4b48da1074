//===- DemandLookup.h - The one lookup of an op's demand --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_INTERFACES_DEMANDLOOKUP_H
#define ROOFLINE_INTERFACES_DEMANDLOOKUP_H

#include "roofline/Interfaces/OpRuleRegistry.h"
#include "roofline/Interfaces/RooflineOpInterface.h"

namespace roofline {

/// Asks an op's interface if it has one, else the rule of its name, for one
/// context. Finding a rule is a hash look-up per op.
class DemandLookup {
public:
  DemandLookup(mlir::MLIRContext *context, DemandOptions options)
      : registry(OpRuleRegistry::get(context)), options(std::move(options)) {}

  /// False where the context has no rules by name: the models that come with
  /// this library are not registered in it.
  bool hasRules() const { return registry && !registry->empty(); }

  /// True where the op has an interface or a rule.
  bool isModelled(mlir::Operation *op) const;

  /// Work and traffic of one execution, without the bodies that it runs. Where
  /// it is known and `traffic` is given, that becomes what it is made of per
  /// operand and result.
  KnownOr<Demand> demand(mlir::Operation *op, Traffic *traffic = nullptr) const;

  /// What one execution reads and writes, per operand and result.
  KnownOr<Traffic> traffic(mlir::Operation *op) const;

  /// The regions and functions that one execution runs.
  BodyList bodies(mlir::Operation *op) const;

  /// What an op makes single elements of; empty where nothing is known.
  ElementRule elementRule(mlir::Operation *op) const;

private:
  const OpRule *rule(mlir::Operation *op) const;

  const OpRuleRegistry *registry;
  DemandOptions options;
};

} // namespace roofline

#endif // ROOFLINE_INTERFACES_DEMANDLOOKUP_H
