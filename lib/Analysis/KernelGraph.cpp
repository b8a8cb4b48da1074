//===- KernelGraph.cpp - A block as a graph of fusible ops ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelGraph.h"

#include "llvm/ADT/SmallPtrSet.h"

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
  bool hasGradients = llvm::any_of(
      groups, [](const Group &group) { return group.gradientOf.has_value(); });
  // Values that a gradient computes again are as large as these at least; the
  // sums of rows are kept.
  std::vector<Count> largest(groups.size());
  for (auto [index, group] : llvm::enumerate(groups))
    for (unsigned member : group.nodes)
      largest[index] = std::max(largest[index], nodes[member].specialElements);

  llvm::DenseMap<mlir::Value, unsigned> dropped;
  for (auto [group, members] : llvm::enumerate(groups))
    for (unsigned index : members.nodes) {
      Node &node = nodes[index];
      llvm::SmallPtrSet<mlir::Value, 8> readOutside;
      for (unsigned consumer : node.consumers) {
        if (groupOf[consumer] == group)
          continue;
        bool isGradient = groupOf[consumer] != none &&
                          groups[groupOf[consumer]].gradientOf == group &&
                          !(node.elements < largest[group]) &&
                          !node.is(NodeClass::Anchor);
        for (const NodeInput &input : nodes[consumer].inputs)
          if (!isGradient && input.producer && *input.producer == index)
            readOutside.insert(input.source);
      }
      llvm::erase_if(node.outputs, [&](const NodeOutput &output) {
        bool isInner = !output.escapes && !readOutside.contains(output.value);
        if (isInner && hasGradients)
          dropped[output.value] = group;
        return isInner;
      });
    }
  for (auto [group, members] : llvm::enumerate(groups))
    if (members.gradientOf)
      for (unsigned index : members.nodes)
        llvm::erase_if(nodes[index].inputs, [&](const NodeInput &input) {
          auto it = dropped.find(input.source);
          return it != dropped.end() && it->second != group;
        });
}

std::vector<unsigned>
KernelGraph::orderOfUnits(llvm::ArrayRef<Group> groups,
                          llvm::ArrayRef<unsigned> groupOf) const {
  auto unitOf = [&](unsigned node) {
    return groupOf[node] == none
               ? node
               : static_cast<unsigned>(nodes.size()) + groupOf[node];
  };
  std::vector<unsigned> waitingFor(nodes.size() + groups.size());
  for (auto [index, node] : llvm::enumerate(nodes))
    for (unsigned consumer : node.consumers)
      if (unitOf(index) != unitOf(consumer))
        ++waitingFor[unitOf(consumer)];

  // The units that are there are the queue of those whose readers are to be
  // told.
  std::vector<unsigned> order;
  order.reserve(nodes.size());
  for (unsigned unit = 0; unit < waitingFor.size(); ++unit) {
    bool isUnit = unit >= nodes.size() || groupOf[unit] == none;
    if (isUnit && waitingFor[unit] == 0)
      order.push_back(unit);
  }
  for (size_t next = 0; next < order.size(); ++next) {
    unsigned unit = order[next];
    auto tellReaders = [&](unsigned member) {
      for (unsigned consumer : nodes[member].consumers) {
        unsigned reader = unitOf(consumer);
        if (reader != unit && --waitingFor[reader] == 0)
          order.push_back(reader);
      }
    };
    if (unit < nodes.size())
      tellReaders(unit);
    else
      llvm::for_each(groups[unit - nodes.size()].nodes, tellReaders);
  }
  return order;
}

void KernelGraph::contract(llvm::ArrayRef<Group> groups) {
  if (groups.empty())
    return;
  // Old nodes to groups; the others are alone.
  std::vector<unsigned> groupOf(nodes.size(), none);
  for (auto [index, group] : llvm::enumerate(groups))
    for (unsigned member : group.nodes)
      groupOf[member] = index;

  std::vector<unsigned> order = orderOfUnits(groups, groupOf);
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

  for (NodeIndex &node : nodeAt)
    if (node)
      node = newIndex[*node];
  for (Node &node : nodes)
    for (NodeInput &input : node.inputs)
      if (input.producer)
        input.producer = newIndex[*input.producer];
  findConsumers();
}

} // namespace roofline
