//===- ExecutionCounts.h - How often the ops of a graph run -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_ANALYSIS_EXECUTIONCOUNTS_H
#define ROOFLINE_ANALYSIS_EXECUTIONCOUNTS_H

#include "roofline/Interfaces/DemandLookup.h"

#include "mlir/IR/BuiltinOps.h"

#include "mlir/IR/SymbolTable.h"

#include "llvm/ADT/StringMap.h"

#include <map>

namespace roofline {

/// Picks the function to count: `name` if given, else `main`, else the only
/// function that nothing calls, else the one of those with the most ops. A
/// module without functions is its own entry. Emits an error and fails where
/// `name` is no function or there is nothing to count.
mlir::FailureOr<mlir::Operation *> findEntry(mlir::ModuleOp module,
                                             llvm::StringRef name);

/// `@main` for a function; empty for an op without a symbol name.
std::string functionName(mlir::Operation *function);

/// A loop of the graph. Its name, `@main/while#0`, is what a user binds a trip
/// count by: the function, the op, and its index among the loops of that op in
/// the function.
struct Loop {
  std::string name;
  mlir::Operation *op;
  /// Executions of the body per execution of the op.
  KnownOr<Count> tripCount;
  /// True where the user gave the trip count.
  bool isBound;
};

/// Bindings of trip counts by loop name.
using TripCounts = std::map<std::string, Count>;

/// An op that runs one of several regions (A9).
struct Branch {
  mlir::Operation *op;
  /// Operations plus bytes of the alternative that is counted, and of the
  /// cheapest one, for one execution.
  Count dearest;
  Count cheapest;
};

/// A call whose callee is missing, has no body or calls itself.
struct UnresolvedCall {
  mlir::Operation *op;
  std::string reason;
};

/// How often every op runs when the entry function runs once. Calls multiply,
/// loops multiply by their trip count, and of alternatives the dearest runs.
/// An op under a loop of unknown trip count has an unknown count.
class ExecutionCounts {
public:
  /// `entry` is a function-like op or a module; `lookup` outlives this.
  ExecutionCounts(mlir::Operation *entry, const DemandLookup &lookup,
                  TripCounts tripCounts = {});

  using Visitor =
      llvm::function_ref<void(mlir::Operation *op, const KnownOr<Count> &)>;

  /// Visits every op that may run, callers before callees, in program order
  /// within a function. Ops of alternatives that do not run are left out, and
  /// so are the functions that are called (their bodies are visited).
  void walk(Visitor visit) const;

  /// Every loop that is reached, in the order of `walk`.
  llvm::ArrayRef<Loop> loops() const { return loopList; }
  /// Every choice between alternatives that is reached.
  llvm::ArrayRef<Branch> branches() const { return branchList; }
  /// Calls that are not followed.
  llvm::ArrayRef<UnresolvedCall> unresolvedCalls() const { return unresolved; }

  /// The bodies that `op` runs, with bindings applied and without the
  /// alternatives that do not run.
  llvm::ArrayRef<Body> bodies(mlir::Operation *op) const;

  /// The function that a body calls; null where it is a region, or unresolved.
  mlir::Operation *callee(const Body &body) const;

private:
  using Function = mlir::Operation *;

  llvm::SmallVector<Function, 0> scan(Function function);
  void scan(mlir::Operation *op, llvm::StringRef inFunction,
            llvm::StringMap<unsigned> &loopIndices,
            llvm::SmallVectorImpl<Function> &callees);
  void nameLoop(mlir::Operation *op, llvm::StringRef inFunction,
                llvm::StringMap<unsigned> &loopIndices, BodyList &bodies);
  void chooseAlternatives(Function function);
  Count weigh(mlir::Region &region) const;
  Count weigh(const Body &body) const;
  void countFunctions();
  void walkRegion(mlir::Region &region, const KnownOr<Count> &times,
                  Visitor visit) const;

  const DemandLookup &lookup;
  TripCounts tripCounts;
  mlir::SymbolTableCollection symbols;
  mlir::Operation *root;

  /// Functions that are reached, callees before callers; the entry is last.
  llvm::SmallVector<Function, 0> postOrder;
  llvm::DenseMap<Function, KnownOr<Count>> timesOf;
  llvm::DenseMap<Function, Count> weightOf;
  llvm::DenseMap<mlir::Attribute, Function> functionOf;
  llvm::DenseMap<mlir::Operation *, BodyList> bodiesOf;
  /// Ops with alternatives of the function that is scanned, and of all.
  llvm::SmallVector<mlir::Operation *, 0> choices;
  llvm::DenseMap<Function, llvm::SmallVector<mlir::Operation *, 0>> choicesOf;
  llvm::SmallVector<Loop, 0> loopList;
  llvm::SmallVector<Branch, 0> branchList;
  llvm::SmallVector<UnresolvedCall, 0> unresolved;
};

} // namespace roofline

#endif // ROOFLINE_ANALYSIS_EXECUTIONCOUNTS_H
