//===- GraphElements.cpp - Elements of the values of a graph --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GraphElements.h"

#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TypeUtilities.h"

#include <cmath>

namespace roofline {

namespace {

/// Elements that are looked at: a mask takes some fifty.
constexpr unsigned maxSteps = 4096;

/// Ops and calls that lead from one element to the next: masks are made by
/// some thirty, and each takes a few places of the stack.
constexpr unsigned maxDepth = 256;

/// Callers that must all pass the same.
constexpr size_t maxCallers = 64;

DimSet dimsOf(llvm::ArrayRef<Element> index) {
  DimSet dims = 0;
  for (const Element &one : index)
    dims |= one.dims();
  return dims;
}

mlir::Block *bodyOf(mlir::Operation *function) {
  if (function->getNumRegions() != 1 || !function->getRegion(0).hasOneBlock() ||
      function->getRegion(0).front().empty())
    return nullptr;
  return &function->getRegion(0).front();
}

} // namespace

Symbol GraphElements::newIndex(unsigned dim, int64_t extent) {
  constexpr unsigned lastDim = 63;
  return {symbols++, DimSet(1) << std::min(dim, lastDim), 0, extent - 1};
}

Element GraphElements::read(mlir::Value value, llvm::ArrayRef<Element> index) {
  std::optional<llvm::ArrayRef<int64_t>> shape = staticShapeOf(value);
  if (!shape || shape->size() != index.size())
    return opaque(value, index);
  // Ranks that differ by dimensions of one element are told alike.
  ElementIndex own(index);
  for (auto [extent, one] : llvm::zip(*shape, own))
    if (extent == 1)
      one = Element::number(0.0);
  llvm::SmallVector<Known, 1> &before = known[{value, current}];
  for (const Known &one : before)
    if (llvm::equal(one.index, own))
      return one.element;
  if (++steps > maxSteps || depth >= maxDepth)
    return opaque(value, own);
  ++depth;
  Element element = follow(value, own);
  --depth;
  // More may have been read meanwhile.
  known[{value, current}].push_back({own, element});
  return element;
}

Element GraphElements::readIn(FrameId frame, mlir::Value value,
                              llvm::ArrayRef<Element> index) {
  FrameId before = current;
  current = frame;
  Element element = read(value, index);
  current = before;
  return element;
}

Element GraphElements::follow(mlir::Value value,
                              llvm::ArrayRef<Element> index) {
  auto result = mlir::dyn_cast<mlir::OpResult>(value);
  if (!result)
    return followArgument(mlir::cast<mlir::BlockArgument>(value), index);
  mlir::Operation *op = result.getOwner();
  if (ElementRule::ElementFn rule = lookup.elementRule(op).element)
    if (std::optional<Element> element =
            rule(op, result.getResultNumber(), index, *this))
      return *element;
  if (mlir::Operation *callee = calleeOf(op))
    return followCall(result, callee, index);
  return opaque(value, index);
}

mlir::Operation *GraphElements::calleeOf(mlir::Operation *op) const {
  BodyList bodies = lookup.bodies(op);
  if (bodies.size() != 1 || !bodies.front().callee ||
      bodies.front().isAlternative || !bodies.front().times ||
      *bodies.front().times != Count(1))
    return nullptr;
  return mlir::SymbolTable::lookupNearestSymbolFrom(op, bodies.front().callee);
}

Element GraphElements::followCall(mlir::OpResult value, mlir::Operation *callee,
                                  llvm::ArrayRef<Element> index) {
  mlir::Block *body = bodyOf(callee);
  mlir::Operation *call = value.getOwner();
  if (!body || body->getNumArguments() != call->getNumOperands() ||
      body->back().getNumOperands() != call->getNumResults())
    return opaque(value, index);
  // A call of a frame is the same frame each time.
  FrameId frame = 0;
  for (auto [id, one] : llvm::enumerate(frames))
    if (one.call == call && one.caller == current)
      frame = id;
  if (frame == 0) {
    frame = frames.size();
    frames.push_back({call, callee, current});
  }
  return readIn(frame, body->back().getOperand(value.getResultNumber()), index);
}

Element GraphElements::followArgument(mlir::BlockArgument argument,
                                      llvm::ArrayRef<Element> index) {
  mlir::Block *block = argument.getOwner();
  mlir::Operation *parent = block->getParentOp();
  if (!parent || !block->isEntryBlock())
    return opaque(argument, index);
  const Frame frame = frames[current];
  unsigned number = argument.getArgNumber();
  if (frame.callee == parent)
    return readIn(frame.caller, frame.call->getOperand(number), index);
  if (mlir::isa<mlir::SymbolOpInterface>(parent))
    return followCallers(argument, index);
  // What a loop hands on as it got it is what it was given.
  bool isCarried = block->getNumArguments() == parent->getNumOperands() &&
                   !block->empty() && block->back().getNumOperands() > number &&
                   block->back().getNumOperands() == block->getNumArguments() &&
                   block->back().getOperand(number) == argument &&
                   parent->getOperand(number).getType() == argument.getType();
  if (isCarried)
    return read(parent->getOperand(number), index);
  return opaque(argument, index);
}

llvm::ArrayRef<mlir::Operation *>
GraphElements::callersOf(mlir::Operation *function) {
  if (!hasCallers) {
    mlir::Operation *root = function;
    while (root->getParentOp())
      root = root->getParentOp();
    root->walk([&](mlir::Operation *op) {
      if (op->getNumRegions() == 0)
        if (mlir::Operation *callee = calleeOf(op))
          callers[callee].push_back(op);
    });
    hasCallers = true;
  }
  return callers[function];
}

Element GraphElements::followCallers(mlir::BlockArgument argument,
                                     llvm::ArrayRef<Element> index) {
  mlir::Operation *function = argument.getOwner()->getParentOp();
  llvm::ArrayRef<mlir::Operation *> calls = callersOf(function);
  if (calls.empty() || calls.size() > maxCallers)
    return opaque(argument, index);
  std::optional<Element> passed;
  for (mlir::Operation *call : calls) {
    if (call->getNumOperands() != argument.getOwner()->getNumArguments())
      return opaque(argument, index);
    // Above the value that is asked for there is one frame for all.
    Element element =
        readIn(0, call->getOperand(argument.getArgNumber()), index);
    if (passed && !(*passed == element))
      return opaque(argument, index);
    passed = element;
  }
  return *passed;
}

Element GraphElements::opaque(mlir::Value value,
                              llvm::ArrayRef<Element> index) {
  DimSet dims = dimsOf(index);
  mlir::Type type = mlir::getElementTypeOrSelf(value);
  if (type.isInteger(1))
    return Element::truth(Condition::unknown(dims));
  if (!type.isIntOrIndex())
    return Element::data(dims);
  return Element::number(LinearForm(Symbol{symbols++, dims}));
}

std::pair<Element, Element> GraphElements::divide(const Element &index,
                                                  int64_t divisor) {
  std::pair<Element, Element> data = {Element::data(index.dims()),
                                      Element::data(index.dims())};
  if (index.kind() != Element::Kind::Number || divisor <= 0)
    return data;
  // What is a multiple of the divisor, and the rest.
  LinearForm multiple, rest;
  const LinearForm &form = index.form();
  double whole = std::floor(form.getConstant() / static_cast<double>(divisor));
  std::optional<LinearForm> sum = LinearForm(whole),
                            remains = LinearForm(
                                form.getConstant() -
                                whole * static_cast<double>(divisor));
  for (const LinearForm::Term &term : form.getTerms()) {
    bool isMultiple = term.factor % divisor == 0;
    std::optional<LinearForm> &part = isMultiple ? sum : remains;
    part = part->plus(LinearForm(term.symbol),
                      isMultiple ? term.factor / divisor : term.factor);
    if (!part)
      return data;
  }
  std::optional<LinearForm> below =
      LinearForm(static_cast<double>(divisor - 1)).plus(*remains, -1);
  if (remains->isNonNegative().value_or(false) && below &&
      below->isNonNegative().value_or(false))
    return {Element::number(*sum), Element::number(*remains)};
  if (remains->getTerms().size() != 1 || remains->getConstant() != 0 ||
      remains->getTerms().front().factor != 1)
    return data;
  const Symbol &symbol = remains->getTerms().front().symbol;
  if (symbol.low != 0)
    return data;
  auto [it, isNew] = quotients.try_emplace({symbol.id, divisor});
  if (isNew) {
    it->second.first = {symbols++, symbol.dims, 0, symbol.high / divisor};
    it->second.second = {symbols++, symbol.dims, 0, divisor - 1};
  }
  std::optional<LinearForm> quotient = sum->plus(LinearForm(it->second.first));
  if (!quotient)
    return data;
  return {Element::number(*quotient),
          Element::number(LinearForm(it->second.second))};
}

} // namespace roofline
