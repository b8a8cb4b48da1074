//===- StablehloRules.h - What StableHLO rules are made of ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rules are tables from op name to rule, one file per family. Nothing has
// verified the ops that they read, so every operand, type and attribute is
// asked for through `OpReader`.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_EXTERNALMODELS_STABLEHLORULES_H
#define ROOFLINE_EXTERNALMODELS_STABLEHLORULES_H

#include "StablehloAttributes.h"

#include "roofline/Interfaces/OpRuleRegistry.h"

#include "mlir/IR/BuiltinTypes.h"

#include "llvm/ADT/Twine.h"

namespace roofline::stablehlo {

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

/// The dialects that have an op of a row's name. MHLO is StableHLO's ancestor
/// and shares its names and encodings; CHLO is its layer of composite ops.
enum Namespace : unsigned {
  Stablehlo = 1,
  Chlo = 2,
  Mhlo = 4,
  Hlo = Stablehlo | Mhlo,
  AllNamespaces = Stablehlo | Chlo | Mhlo,
};

/// The rule of the ops of one name.
struct Row {
  llvm::StringLiteral name;
  unsigned namespaces;
  OpRule rule;
};

void addRows(OpRuleRegistry &rules, llvm::ArrayRef<Row> rows);

// One table per family.
void addElementwiseRules(OpRuleRegistry &rules);
void addElementRules(OpRuleRegistry &rules);
void addContractionRules(OpRuleRegistry &rules);
void addDataMovementRules(OpRuleRegistry &rules);
void addReductionRules(OpRuleRegistry &rules);
void addNumericRules(OpRuleRegistry &rules);
void addCollectiveRules(OpRuleRegistry &rules);
void addControlFlowRules(OpRuleRegistry &rules);
void addCustomCallRules(OpRuleRegistry &rules);

//===----------------------------------------------------------------------===//
// Reading ops
//===----------------------------------------------------------------------===//

/// Reads an op that nobody has verified. A question that cannot be answered is
/// answered by something harmless and remembered as the reason of the unknown;
/// a rule asks `failed` once, before it answers.
class OpReader {
public:
  explicit OpReader(mlir::Operation *op) : op(op) {}

  bool failed() const { return failure.has_value(); }
  /// The first failure.
  Unknown reason() const { return *failure; }
  void fail(UnknownKind kind, const llvm::Twine &reason);
  void malformed(const llvm::Twine &reason) {
    fail(UnknownKind::Malformed, reason);
  }

  /// The ranked type of an operand or a result; null on failure.
  mlir::ShapedType operand(unsigned index);
  mlir::ShapedType result(unsigned index);

  /// Extent of a dimension; 1 on failure.
  Count extent(mlir::ShapedType type, int64_t dim);
  /// Product of the extents of distinct dimensions.
  Count extents(mlir::ShapedType type, llvm::ArrayRef<int64_t> dims);
  /// Number of elements.
  Count elements(mlir::Type type);

  /// The element type of a value that arithmetic is done on.
  ElementType arithmetic(mlir::Type type);

  /// Integers of an attribute; those of `otherwise` where it is missing.
  IntVector integers(llvm::StringRef name,
                     std::optional<IntVector> otherwise = std::nullopt);
  /// One integer, not negative.
  int64_t integer(llvm::StringRef name,
                  std::optional<int64_t> otherwise = std::nullopt);
  /// `#stablehlo.dot<...>` or the older dictionary.
  mlir::Attribute structure(llvm::StringRef name);
  IntVector field(mlir::Attribute structure, llvm::StringRef name);

  /// The region of a combiner, comparator or the like; null on failure.
  mlir::Region *region(unsigned index);

private:
  mlir::ShapedType ranked(mlir::Type type, const llvm::Twine &what);

  mlir::Operation *op;
  std::optional<Unknown> failure;
};

/// ceil(log2(value)); 0 for 0 and 1.
uint64_t log2Ceil(Count value);

/// Operations per element; the work on a complex number is counted in real
/// operations (A7).
struct OpsPerElement {
  unsigned vector = 0;
  unsigned special = 0;
  unsigned complexVector = 2 * vector;
  unsigned complexSpecial = 2 * special;
};

/// Adds `ops` for `elements` elements. Integers have no special functions: such
/// an op is done by vector arithmetic.
void addWork(WorkList &work, Count elements, ElementType type,
             const OpsPerElement &ops);

//===----------------------------------------------------------------------===//
// Whole rules
//===----------------------------------------------------------------------===//

template <Structure structure>
KnownOr<Compute> noWork(mlir::Operation *, const DemandOptions &) {
  return noCompute(structure);
}

inline KnownOr<Traffic> noBytes(mlir::Operation *op, const DemandOptions &) {
  return noTraffic(op);
}

inline KnownOr<Traffic> allBytes(mlir::Operation *op, const DemandOptions &) {
  return wholeTraffic(op);
}

/// Neither work nor traffic.
inline constexpr OpRule viewRule{noWork<Structure::View>, noBytes};
/// No work; operands read and results written once, whole.
inline constexpr OpRule moveRule{noWork<Structure::DataMovement>, allBytes};

/// Bytes touched by a gather: as many of operand 0 as there are in the results
/// but not more than it has, the other operands whole.
KnownOr<Traffic> gatherTraffic(mlir::Operation *op, const DemandOptions &);

/// Bytes touched by an update of a part of the first `numBuffers` operands by
/// `updates`, of which there are as many. The update is in place where nothing
/// reads the buffer afterwards; else the whole buffer is copied first.
/// `readsBuffer`: the part is combined with what it held.
KnownOr<Traffic> updateTraffic(mlir::Operation *op, unsigned numBuffers,
                               mlir::OperandRange updates, bool readsBuffer);

/// `vector` and `special` operations per element of the result, in its type.
KnownOr<Compute> perResultElement(mlir::Operation *op,
                                  const OpsPerElement &ops);
template <unsigned vector, unsigned special = 0>
KnownOr<Compute> perResult(mlir::Operation *op, const DemandOptions &) {
  return perResultElement(op, {vector, special});
}

/// `times` executions of region `index` on scalars, which combines or compares
/// them, of the op that `reader` reads.
KnownOr<Compute> runRegion(OpReader &reader, unsigned index, Count times,
                           Structure structure, const DemandOptions &options);

/// Integer operations per random 32-bit word (A30). Philox4x32-10: ten rounds
/// of four multiplications, four xors and two additions for four words.
/// Threefry2x32-20: twenty rounds of an addition, a rotation (three) and a xor,
/// and five key injections of three additions, for two words.
constexpr uint64_t philoxOpsPerWord = 25;
constexpr uint64_t threefryOpsPerWord = 58;

/// Selection of the `kept` largest of `total` elements in each of `lines`
/// lines.
Compute selectionCompute(Count lines, Count total, Count kept,
                         ElementType type);

} // namespace roofline::stablehlo

#endif // ROOFLINE_EXTERNALMODELS_STABLEHLORULES_H
