//===- KernelGraph.cpp - A block as a graph of fusible ops ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelGraph.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallPtrSet.h"

#include <deque>

namespace roofline {

//===----------------------------------------------------------------------===//
// Consumers and groups
//===----------------------------------------------------------------------===//

Count elementsOf(mlir::Value value) {
  KnownOr<Count> count = elementCount(value.getType());
  return count ? *count : Count();
}

mlir::Value KernelGraph::handedOn(mlir::OpOperand &operand) const {
  mlir::Operation *op = operand.getOwner();
  if (mlir::Block *body = splicedCalls.lookup(op))
    return body->getArgument(operand.getOperandNumber());
  if (mlir::Operation *call = callOf.lookup(op))
    return call->getResult(operand.getOperandNumber());
  return nullptr;
}

void KernelGraph::findConsumers() {
  for (Node &node : nodes)
    node.consumers.clear();
  for (auto [index, node] : llvm::enumerate(nodes))
    for (const NodeInput &input : node.inputs)
      if (input.producer) {
        auto &consumers = nodes[*input.producer].consumers;
        if (consumers.empty() || consumers.back() != index)
          consumers.push_back(index);
      }
}

namespace {

/// The first contraction gives its shape; those side by side make it longer.
void addShape(Demand &demand, const Demand &member, KernelFamily family) {
  if (!member.contraction)
    return;
  if (!demand.contraction) {
    demand.contraction = member.contraction;
    demand.structure = member.structure;
  } else if (family != KernelFamily::Attention) {
    ContractionShape &whole = *demand.contraction;
    if (whole.m == member.contraction->m)
      whole.n += member.contraction->n;
    else
      whole.m += member.contraction->m;
  }
}

/// One node in place of several.
Node merge(llvm::ArrayRef<Node *> members, KernelFamily family,
           OpCosts &costs) {
  Node merged;
  merged.nodeClass = NodeClass::Anchor;
  merged.family = family;
  Demand demand;
  Node *last = nullptr;
  for (Node *member : members) {
    if (member->is(NodeClass::Anchor))
      last = member;
    merged.ops.append(member->ops);
    merged.storedBytes += member->storedBytes;
    if (!member->demand) {
      merged.demand = member->demand;
      continue;
    }
    demand.work.add(member->demand->work);
    addShape(demand, *member->demand, family);
    if (merged.elements < member->elements)
      merged.elements = member->elements;
  }
  // The last contraction stands for all.
  if (last) {
    auto *it = llvm::find(merged.ops, last->ops.back());
    std::rotate(it, it + 1, merged.ops.end());
  }
  llvm::SmallPtrSet<mlir::Operation *, 16> inside(merged.ops.begin(),
                                                  merged.ops.end());
  if (family == KernelFamily::Attention)
    demand.structure = Structure::Attention;
  for (Node *member : members) {
    for (const NodeInput &input : member->inputs)
      if (!input.source || !inside.contains(input.source.getDefiningOp()))
        merged.inputs.push_back(input);
    merged.outputs.append(member->outputs.begin(), member->outputs.end());
  }
  if (merged.demand)
    merged.demand = SharedDemand(costs.keep({std::move(demand), {}}));
  return merged;
}

} // namespace

namespace {

/// The group of a node that is in none.
constexpr unsigned none = ~0u;

} // namespace

void KernelGraph::dropInnerValues(llvm::ArrayRef<Group> groups,
                                  llvm::ArrayRef<unsigned> groupOf) {
  // Values that a gradient computes again are as large as these at least; the
  // sums of rows are kept.
  std::vector<Count> largest(groups.size());
  for (auto [index, node] : llvm::enumerate(nodes))
    if (groupOf[index] != none)
      largest[groupOf[index]] =
          std::max(largest[groupOf[index]], node.specialElements);

  llvm::DenseMap<mlir::Value, unsigned> dropped;
  for (auto [index, node] : llvm::enumerate(nodes)) {
    unsigned group = groupOf[index];
    if (group == none)
      continue;
    llvm::DenseSet<mlir::Value> readOutside;
    for (unsigned consumer : node.consumers) {
      if (groupOf[consumer] == group)
        continue;
      bool isGradient = groupOf[consumer] != none &&
                        groups[groupOf[consumer]].gradientOf == group &&
                        !(node.elements < largest[group]) &&
                        !node.is(NodeClass::Anchor);
      for (const NodeInput &input : nodes[consumer].inputs)
        if (!isGradient)
          readOutside.insert(input.source);
    }
    llvm::erase_if(node.outputs, [&](const NodeOutput &output) {
      bool isInner = !output.escapes && !readOutside.contains(output.value);
      if (isInner)
        dropped[output.value] = group;
      return isInner;
    });
  }
  for (auto [index, node] : llvm::enumerate(nodes))
    if (groupOf[index] != none && groups[groupOf[index]].gradientOf)
      llvm::erase_if(node.inputs, [&](const NodeInput &input) {
        auto it = dropped.find(input.source);
        return it != dropped.end() && it->second != groupOf[index];
      });
}

void KernelGraph::contract(llvm::ArrayRef<Group> groups) {
  if (groups.empty())
    return;
  // Old nodes to groups; the others are alone.
  std::vector<unsigned> groupOf(nodes.size(), none);
  for (auto [index, group] : llvm::enumerate(groups))
    for (unsigned member : group.nodes)
      groupOf[member] = index;

  // Units are emitted when all that they read is: program order where there is
  // a choice, because the queue is first in, first out over old indices.
  auto unitOf = [&](unsigned node) {
    return groupOf[node] == none
               ? node
               : static_cast<unsigned>(nodes.size()) + groupOf[node];
  };
  std::vector<llvm::SmallVector<unsigned, 2>> readers(nodes.size() +
                                                      groups.size());
  std::vector<unsigned> waitingFor(readers.size());
  for (auto [index, node] : llvm::enumerate(nodes))
    for (unsigned consumer : node.consumers)
      if (unitOf(index) != unitOf(consumer)) {
        readers[unitOf(index)].push_back(unitOf(consumer));
        ++waitingFor[unitOf(consumer)];
      }
  std::deque<unsigned> ready;
  for (unsigned index = 0; index < nodes.size(); ++index)
    if (groupOf[index] == none && waitingFor[index] == 0)
      ready.push_back(index);
  for (unsigned index = 0; index < groups.size(); ++index)
    if (waitingFor[nodes.size() + index] == 0)
      ready.push_back(nodes.size() + index);

  std::vector<unsigned> order;
  while (!ready.empty()) {
    order.push_back(ready.front());
    ready.pop_front();
    for (unsigned reader : readers[order.back()])
      if (--waitingFor[reader] == 0)
        ready.push_back(reader);
  }
  size_t grouped =
      llvm::count_if(groupOf, [](unsigned group) { return group != none; });
  assert(order.size() == nodes.size() - grouped + groups.size() &&
         "groups depend on each other in a circle");
  if (order.size() != nodes.size() - grouped + groups.size())
    return;

  dropInnerValues(groups, groupOf);
  std::vector<Node> contracted;
  contracted.reserve(order.size());
  std::vector<unsigned> newIndex(nodes.size());
  for (unsigned unit : order) {
    if (unit < nodes.size()) {
      newIndex[unit] = contracted.size();
      contracted.push_back(std::move(nodes[unit]));
      continue;
    }
    const Group &group = groups[unit - nodes.size()];
    llvm::SmallVector<Node *> members;
    for (unsigned member : group.nodes) {
      newIndex[member] = contracted.size();
      members.push_back(&nodes[member]);
    }
    contracted.push_back(merge(members, group.family, costs));
  }
  nodes = std::move(contracted);

  for (auto [index, node] : llvm::enumerate(nodes)) {
    for (mlir::Operation *op : node.ops)
      indices[op] = index;
    for (NodeInput &input : node.inputs)
      if (input.producer)
        input.producer = newIndex[*input.producer];
  }
  findConsumers();
}

} // namespace roofline
