//===- KernelFlow.cpp - Which kernel reads whose results ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelFlow.h"

#include "KernelGraph.h"

#include "roofline/Interfaces/DemandRules.h"

#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/ADT/SetVector.h"

namespace roofline {

bool isScalarValue(mlir::Value value) {
  KnownOr<Count> bytes = byteCount(value.getType());
  return bytes && !(Count(maxScalarBytes) < *bytes);
}

namespace {

/// An op whose one body takes its operands one to one and yields its results:
/// a manual computation, an execution region.
mlir::Block *passThroughBody(mlir::Operation *op) {
  if (op->getNumRegions() != 1 || !op->getRegion(0).hasOneBlock())
    return nullptr;
  mlir::Block &body = op->getRegion(0).front();
  bool isOneToOne =
      body.getNumArguments() == op->getNumOperands() && !body.empty() &&
      body.back().getNumOperands() == op->getNumResults() &&
      llvm::equal(body.getArgumentTypes(), op->getOperandTypes(),
                  [](mlir::Type inside, mlir::Type outside) {
                    // Of a shard the extents differ.
                    return mlir::getElementTypeOrSelf(inside) ==
                               mlir::getElementTypeOrSelf(outside) &&
                           mlir::isa<mlir::ShapedType>(inside) ==
                               mlir::isa<mlir::ShapedType>(outside);
                  });
  return isOneToOne ? &body : nullptr;
}

} // namespace

KernelFlow::KernelFlow(llvm::ArrayRef<Kernel> kernels,
                       const DemandLookup &lookup)
    : kernels(kernels), lookup(lookup), producersOf(kernels.size()),
      consumersOf(kernels.size()), escaping(kernels.size()) {
  if (kernels.empty())
    return;
  for (auto [index, kernel] : llvm::enumerate(kernels))
    for (mlir::Operation *op : kernel.ops)
      kernelOfOp[op] = index;
  mlir::Operation *top = kernels.front().root;
  while (mlir::Operation *parent = top->getParentOp())
    top = parent;
  findCalls(top);

  for (unsigned reader = 0; reader < kernels.size(); ++reader) {
    llvm::SmallSetVector<unsigned, 8> found;
    for (mlir::Operation *op : kernels[reader].ops)
      for (mlir::Value operand : op->getOperands()) {
        mlir::Operation *def = operand.getDefiningOp();
        if (def && kernelOf(def) == reader)
          continue;
        llvm::SmallVector<mlir::Value, 2> from = sources(operand, reader);
        if (!isData(operand, from))
          continue;
        for (mlir::Value source : from)
          if (mlir::Operation *producer = source.getDefiningOp())
            if (std::optional<unsigned> kernel = kernelOf(producer);
                kernel && *kernel != reader)
              found.insert(*kernel);
      }
    producersOf[reader].assign(found.begin(), found.end());
    llvm::sort(producersOf[reader]);
    for (unsigned producer : producersOf[reader])
      consumersOf[producer].push_back(reader);
  }

  // What an entry returns is traced back from there.
  top->walk([&](mlir::Operation *op) {
    auto function =
        mlir::dyn_cast_if_present<mlir::FunctionOpInterface>(op->getParentOp());
    if (!function || op != &op->getBlock()->back() ||
        callsOf.contains(function))
      return;
    for (mlir::Value operand : op->getOperands())
      for (mlir::Value source : sources(operand, kernels.size()))
        if (mlir::Operation *producer = source.getDefiningOp())
          if (std::optional<unsigned> kernel = kernelOf(producer))
            escaping[*kernel] = true;
  });
}

bool KernelFlow::isData(mlir::Value value,
                        llvm::ArrayRef<mlir::Value> from) const {
  if (isScalarValue(value))
    return false;
  mlir::Type element = mlir::getElementTypeOrSelf(value.getType());
  if (!element.isIntOrIndex())
    return true;
  // Flags and numbers of rows; but what products of integers yield is data.
  std::optional<ElementType> type = elementTypeOf(element);
  if (!type || *type == ElementType::I1)
    return false;
  return bitWidth(*type) <= 8 || llvm::any_of(from, [&](mlir::Value source) {
           mlir::Operation *op = source.getDefiningOp();
           KnownOr<Demand> demand =
               op ? lookup.demand(op) : KnownOr<Demand>(Demand());
           return demand && demand->structure == Structure::Contraction;
         });
}

void KernelFlow::findCalls(mlir::Operation *top) {
  mlir::SymbolTableCollection symbols;
  top->walk([&](mlir::Operation *op) {
    auto call = mlir::dyn_cast<mlir::CallOpInterface>(op);
    if (!call || kernelOfOp.contains(op))
      return;
    mlir::Operation *callee = call.resolveCallableInTable(&symbols);
    auto function =
        mlir::dyn_cast_if_present<mlir::FunctionOpInterface>(callee);
    if (!function || function.isExternal() ||
        !function.getFunctionBody().hasOneBlock() ||
        function.getNumArguments() != op->getNumOperands())
      return;
    callsOf[callee].push_back(op);
    calleeOf[op] = callee;
  });
}

std::optional<unsigned> KernelFlow::kernelOf(mlir::Operation *op) const {
  auto it = kernelOfOp.find(op);
  return it == kernelOfOp.end() ? std::nullopt
                                : std::optional<unsigned>(it->second);
}

bool KernelFlow::isRemapping(mlir::Operation *op) const {
  if (op->getNumResults() != 1 || op->getNumRegions() != 0)
    return false;
  size_t data = llvm::count_if(op->getOperands(), [](mlir::Value operand) {
    return !isScalarValue(operand);
  });
  if (data != 1 || isScalarValue(op->getOperand(0)))
    return false;
  KnownOr<Demand> demand = lookup.demand(op);
  if (!demand)
    return false;
  if (demand->structure == Structure::View ||
      demand->structure == Structure::DataMovement)
    return true;
  // A conversion changes the type and nothing else.
  return demand->structure == Structure::Elementwise &&
         op->getNumOperands() == 1 &&
         mlir::getElementTypeOrSelf(op->getOperand(0)) !=
             mlir::getElementTypeOrSelf(op->getResult(0));
}

llvm::SmallVector<mlir::Value, 2> KernelFlow::stepBack(mlir::Value value,
                                                       unsigned reader) const {
  if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(value)) {
    mlir::Operation *parent = argument.getOwner()->getParentOp();
    unsigned number = argument.getArgNumber();
    llvm::SmallVector<mlir::Value, 2> operands;
    if (auto it = callsOf.find(parent); it != callsOf.end())
      for (mlir::Operation *call : it->second)
        operands.push_back(call->getOperand(number));
    else if (parent && !kernelOf(parent) &&
             passThroughBody(parent) == argument.getOwner())
      operands.push_back(parent->getOperand(number));
    return operands;
  }
  mlir::Operation *op = value.getDefiningOp();
  unsigned number = mlir::cast<mlir::OpResult>(value).getResultNumber();
  if (std::optional<unsigned> kernel = kernelOf(op)) {
    // A launch that only moves data is one that its readers wait for.
    bool isOwnLaunch = kernels[*kernel].family == KernelFamily::DataMovement;
    if (*kernel == reader || isOwnLaunch || !isRemapping(op))
      return {};
    return {op->getOperand(0)};
  }
  if (auto it = calleeOf.find(op); it != calleeOf.end()) {
    mlir::Operation &last = mlir::cast<mlir::FunctionOpInterface>(it->second)
                                .getFunctionBody()
                                .front()
                                .back();
    if (number < last.getNumOperands())
      return {last.getOperand(number)};
    return {};
  }
  if (mlir::Block *body = passThroughBody(op))
    return {body->back().getOperand(number)};
  if (op->getNumRegions() != 0)
    return {};
  llvm::SmallVector<mlir::Value, 2> operands;
  for (mlir::Value operand : op->getOperands())
    if (!isScalarValue(operand) || op->getNumOperands() == 1)
      operands.push_back(operand);
  return operands;
}

llvm::SmallVector<mlir::Value, 2> KernelFlow::sources(mlir::Value value,
                                                      unsigned reader) const {
  llvm::SmallSetVector<mlir::Value, 8> visited;
  llvm::SmallVector<mlir::Value, 2> found;
  visited.insert(value);
  for (size_t next = 0; next < visited.size(); ++next) {
    llvm::SmallVector<mlir::Value, 2> before = stepBack(visited[next], reader);
    if (before.empty())
      found.push_back(visited[next]);
    visited.insert(before.begin(), before.end());
  }
  return found;
}

bool KernelFlow::isParameter(mlir::Value value, unsigned reader) const {
  llvm::SmallSetVector<mlir::Value, 8> todo;
  todo.insert(value);
  for (size_t next = 0; next < todo.size(); ++next)
    for (mlir::Value source : sources(todo[next], reader)) {
      mlir::Operation *op = source.getDefiningOp();
      if (!op)
        continue;
      std::optional<unsigned> kernel = kernelOf(op);
      if (!kernel) {
        if (op->getNumRegions() != 0)
          return false;
        continue;
      }
      // Weights that are unpacked or laid out anew.
      KernelFamily family = kernels[*kernel].family;
      if (*kernel != reader && family != KernelFamily::DataMovement &&
          family != KernelFamily::Quantization)
        return false;
      todo.insert(op->operand_begin(), op->operand_end());
    }
  return true;
}

} // namespace roofline
