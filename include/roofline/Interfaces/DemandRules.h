//===- DemandRules.h - What rules of ops are made of ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The vocabulary that the rule of an op is written in, whether as an interface
// method or as an entry of the registry of rules by op name.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_INTERFACES_DEMANDRULES_H
#define ROOFLINE_INTERFACES_DEMANDRULES_H

#include "roofline/Model/Demand.h"
#include "roofline/Model/Unknown.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <memory>

namespace roofline {

/// How f32 contractions and convolutions run (A6).
enum class F32Precision {
  FromGraph, ///< By the op's precision; absent or DEFAULT means tf32.
  TF32,      ///< On the matrix units with rounded operands.
  Strict,    ///< In full f32.
};

class CustomCallTable;

/// What a user decides about demand; the same for every op of a run.
struct DemandOptions {
  F32Precision f32 = F32Precision::FromGraph;
  /// What custom calls cost; comes before what is built in. May be null.
  std::shared_ptr<const CustomCallTable> customCalls = nullptr;
};

/// A region or a function that an op runs as a part of its execution.
struct Body {
  /// The region; null where `callee` is given.
  mlir::Region *region = nullptr;
  /// The called function; null where `region` is given.
  mlir::SymbolRefAttr callee;
  /// Executions per execution of the op.
  KnownOr<Count> times = Count(1);
  /// One of several of which exactly one runs (`if`, `case`).
  bool isAlternative = false;
};
using BodyList = llvm::SmallVector<Body, 2>;

/// A body for each region of `op`, with the same `times` and `isAlternative`.
BodyList regionBodies(mlir::Operation *op, KnownOr<Count> times = Count(1),
                      bool isAlternative = false);

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// The arithmetic of an element type; the storage type of a quantised one.
/// Absent for types that no arithmetic is done in (tokens, strings).
std::optional<ElementType> elementTypeOf(mlir::Type elementType);

/// Number of elements of a shaped type; 1 for a scalar. Unknown where an extent
/// is dynamic or the product of the extents exceeds 2^63 - 1.
KnownOr<Count> elementCount(mlir::Type type);

/// Bytes that a value of `type` occupies: packed for 4-bit types, one byte for
/// an i1 (A5), 8 for an index, none for a token. Unknown as for `elementCount`
/// and for types without a known size.
KnownOr<Count> byteCount(mlir::Type type);

/// Bytes that `elements` elements of `elementType` occupy side by side.
KnownOr<Count> byteCount(Count elements, mlir::Type elementType);

/// The type that a contraction of these operand element types runs in: the
/// wider of the two; f32 as tf32 or f32 according to `options` and to whether
/// the graph asks for full precision (`strictInGraph`) (A6).
std::optional<ElementType> contractionType(mlir::Type lhs, mlir::Type rhs,
                                           bool strictInGraph,
                                           const DemandOptions &options);

//===----------------------------------------------------------------------===//
// Compute
//===----------------------------------------------------------------------===//

/// Operations per element on one unit.
struct UnitOps {
  Unit unit;
  uint64_t opsPerElement;
};

/// Elementwise work on the elements of `type`, in its element type.
KnownOr<Compute> elementwiseCompute(mlir::Type type,
                                    llvm::ArrayRef<UnitOps> unitOps);

/// A structure without arithmetic: views, data movement.
Compute noCompute(Structure structure);

/// 2 * batch * m * n * k operations of `type` on the matrix unit (A1).
Compute contractionCompute(const ContractionShape &shape, ElementType type,
                           Structure structure = Structure::Contraction);

//===----------------------------------------------------------------------===//
// Traffic
//===----------------------------------------------------------------------===//

/// Every distinct operand read once, whole; every result written once, whole.
KnownOr<Traffic> wholeTraffic(mlir::Operation *op);

/// The same where `bytesOf` tells how many bytes a value of a type has.
KnownOr<Traffic>
wholeTraffic(mlir::Operation *op,
             llvm::function_ref<KnownOr<Count>(mlir::Type)> bytesOf);

/// No traffic at all: views.
KnownOr<Traffic> noTraffic(mlir::Operation *op);

/// Every result written whole, and as many bytes read from operand 0; the other
/// operands read whole. Slices and other ops that touch a part of operand 0.
KnownOr<Traffic> sliceTraffic(mlir::Operation *op);

} // namespace roofline

#endif // ROOFLINE_INTERFACES_DEMANDRULES_H
