//===- FusionClass.cpp - How an op takes part in fusion -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FusionClass.h"

namespace roofline {

Count specialOps(const WorkList &work) {
  Count special;
  for (const Work &part : work)
    if (part.where.unit == Unit::Special)
      special += part.ops;
  return special;
}

Count largestElements(mlir::ValueRange values) {
  Count largest;
  for (mlir::Value value : values)
    if (Count elements = elementsOf(value); largest < elements)
      largest = elements;
  return largest;
}

namespace {

/// Operands of at most this many bytes are indices of a slice, or the value of
/// a padding.
constexpr uint64_t maxIndexBytes = 8;

/// By default rows are along the last dimension.
Count lastExtent(mlir::Value value) {
  auto type = mlir::dyn_cast<mlir::ShapedType>(value.getType());
  if (!type || !type.hasStaticShape() || type.getRank() == 0)
    return 0;
  return Count(type.getShape().back());
}

/// A softmax or normalisation that is one op: as many special functions as
/// elements, or as rows.
bool isRowwise(const OpFacts &fact) {
  Count special = specialOps(fact.demand().work);
  Count elements = elementsOf(fact.op->getResult(0));
  return !special.isZero() &&
         (!(special < elements) ||
          special * lastExtent(fact.op->getResult(0)) == elements);
}

/// Rows of one element: one dimension less, at most one operation for each. A
/// cumulative sum keeps its shape.
bool isTrivialReduction(const OpFacts &fact) {
  if (fact.op->getNumOperands() == 0)
    return false;
  auto from =
      mlir::dyn_cast<mlir::ShapedType>(fact.op->getOperand(0).getType());
  auto to = mlir::dyn_cast<mlir::ShapedType>(fact.op->getResult(0).getType());
  if (!from || !to || !from.hasRank() || !to.hasRank() ||
      from.getRank() == to.getRank())
    return false;
  return !(elementsOf(fact.op->getResult(0)) < fact.demand().work.totalOps());
}

void makeElementwise(OpFacts &fact, Demand &demand) {
  fact.nodeClass = NodeClass::Loop;
  demand.structure = Structure::Elementwise;
}

/// The operand that the result is with a part of it overwritten; absent for
/// other ops.
std::optional<unsigned> updatedOperand(const OpFacts &fact) {
  mlir::Operation *op = fact.op;
  if (op->getNumOperands() < 2 || op->getNumResults() == 0)
    return std::nullopt;
  mlir::Type type = op->getResult(0).getType();
  auto types = op->getOperandTypes();
  auto it = llvm::find(types, type);
  if (it == types.end())
    return std::nullopt;
  unsigned index = std::distance(types.begin(), it);
  // A scatter also has indices; what it writes may be as much as the buffer.
  constexpr unsigned scatterOperands = 3;
  if (fact.demand().structure == Structure::GatherScatter && index == 0 &&
      op->getNumOperands() >= scatterOperands)
    return index;
  KnownOr<Count> whole = byteCount(type);
  if (whole && fact.traffic().totalWritten() < *whole)
    return index;
  return std::nullopt;
}

/// True for broadcasts, transpositions, slices and fills: another address
/// for every element, all of at most one operand beside indices.
bool isRemapping(const OpFacts &fact) {
  mlir::Operation *op = fact.op;
  if (fact.demand().structure != Structure::DataMovement ||
      fact.nodeClass != NodeClass::Loop || op->getNumResults() != 1)
    return false;
  unsigned data = 0;
  for (Count bytes : fact.traffic().readBytes)
    data += Count(maxIndexBytes) < bytes;
  return data <= 1;
}

/// True where the result has the last dimensions of the operand and not the
/// first ones.
bool reducesColumns(mlir::Operation *op) {
  auto extents = [](mlir::Value value) {
    llvm::SmallVector<int64_t> result;
    if (auto type = mlir::dyn_cast<mlir::ShapedType>(value.getType());
        type && type.hasRank())
      for (int64_t extent : type.getShape())
        if (extent != 1)
          result.push_back(extent);
    return result;
  };
  llvm::SmallVector<int64_t> from = extents(op->getOperand(0));
  llvm::SmallVector<int64_t> to = extents(op->getResult(0));
  if (to.empty() || from.size() < to.size())
    return false;
  llvm::ArrayRef<int64_t> whole = from;
  return whole.take_back(to.size()) == llvm::ArrayRef(to) &&
         whole.take_front(to.size()) != llvm::ArrayRef(to);
}

/// Two reductions of every row: maximum and sum, or mean and deviation.
void describeRowwise(Node &node) {
  node.rowExtent = lastExtent(node.ops.front()->getResult(0));
  if (std::optional<uint64_t> length = node.rowExtent.asUint64();
      length && *length > 0)
    node.rows = node.elements.dividedRoundingUp(*length);
  node.reductions = 2;
}

Count rowExtent(mlir::Operation *op, Count rows) {
  std::optional<uint64_t> divisor = rows.asUint64();
  Count elements = largestElements(op->getOperands());
  return divisor && *divisor > 0 ? elements.dividedRoundingUp(*divisor)
                                 : elements;
}

} // namespace

void classify(OpFacts &fact, Demand &demand) {
  mlir::Operation *op = fact.op;
  switch (demand.structure) {
  case Structure::Contraction:
  case Structure::Convolution:
  case Structure::Attention:
    fact.nodeClass = NodeClass::Anchor;
    return;
  case Structure::Elementwise:
    fact.nodeClass = NodeClass::Loop;
    break;
  case Structure::Reduction:
    // What keeps its size (a cumulative sum) or is several at once is no row
    // reduction.
    if (op->getNumResults() == 0)
      return;
    if (elementsOf(op->getResult(0)) < largestElements(op->getOperands()))
      fact.nodeClass = NodeClass::Reduction;
    else if (isRowwise(fact))
      fact.nodeClass = NodeClass::Loop;
    else if (isTrivialReduction(fact))
      makeElementwise(fact, demand);
    else
      return;
    break;
  case Structure::DataMovement:
  case Structure::GatherScatter:
    fact.buffer = updatedOperand(fact);
    fact.nodeClass = fact.buffer ? NodeClass::Update : NodeClass::Loop;
    fact.isRemapping = isRemapping(fact);
    break;
  case Structure::Sort:
  case Structure::Collective:
  case Structure::View:
  case Structure::Opaque:
    return;
  }
  fact.dataClass = fact.nodeClass;
  if (isScalarSized(fact.demand())) {
    fact.nodeClass = NodeClass::Scalar;
    fact.isRemapping = false;
  }
}

void describeRows(Node &node, const OpFacts &fact) {
  mlir::Operation *op = fact.op;
  if (const InlinedFunction *function = fact.inlined) {
    node.isTiny = function->isTiny;
    node.rows = function->rows;
    node.rowExtent = function->rowExtent;
    node.reductions = function->reductions;
    node.specialElements = function->specialElements;
    return;
  }
  if (!fact.isKnown())
    return;
  node.isTiny = isScalarSized(fact.demand());
  if (fact.nodeClass == NodeClass::Reduction ||
      fact.dataClass == NodeClass::Reduction) {
    node.rows = elementsOf(op->getResult(0));
    node.rowExtent = rowExtent(op, node.rows);
    node.reductions = 1;
    node.reducesColumns = reducesColumns(op);
  } else if (fact.nodeClass == NodeClass::Loop &&
             fact.demand().structure == Structure::Reduction) {
    describeRowwise(node);
  }
  node.specialElements =
      std::min(node.elements, specialOps(fact.demand().work));
}

} // namespace roofline
