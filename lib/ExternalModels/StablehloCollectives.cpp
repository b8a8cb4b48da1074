//===- StablehloCollectives.cpp - Exchange between devices ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Demand is that of one device: the bytes that it reads from and writes to its
// own memory, and the combiner once per element of its operand (A31). How many
// devices a group has is told by its list of groups.
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"

#include "mlir/IR/BuiltinOps.h"

namespace roofline::stablehlo {

namespace {

/// An integer attribute of the module that `op` is in; absent where there is
/// none.
std::optional<int64_t> moduleInteger(mlir::Operation *op,
                                     llvm::StringRef name) {
  auto module = op->getParentOfType<mlir::ModuleOp>();
  auto integer = module ? module->getAttrOfType<mlir::IntegerAttr>(name)
                        : mlir::IntegerAttr();
  if (!integer || !integer.getValue().isSignedIntN(64))
    return std::nullopt;
  return integer.getInt();
}

/// The extents and the largest entry of a list of groups, one a row.
struct GroupList {
  int64_t groups;
  int64_t size;
  int64_t largest = -1;
};

/// Absent where groups differ in size, which is padded with -1, or are told in
/// another way.
std::optional<GroupList> readGroups(mlir::Operation *op) {
  auto groups = op->getAttrOfType<mlir::DenseIntElementsAttr>("replica_groups");
  if (!groups || groups.getType().getRank() != 2)
    return std::nullopt;
  GroupList list{groups.getType().getDimSize(0),
                 groups.getType().getDimSize(1)};
  for (const llvm::APInt &id : groups.getValues<llvm::APInt>()) {
    if (id.isNegative() || !id.isSignedIntN(32))
      return std::nullopt;
    list.largest = std::max(list.largest, id.getSExtValue());
  }
  return list;
}

/// True for an exchange between partitions, whose channel has a number.
bool hasChannel(mlir::Operation *op) {
  mlir::Attribute channel = op->getAttr("channel_handle");
  std::optional<IntVector> number;
  if (channel)
    number = integersOfField(channel, "handle");
  else if (auto id = op->getAttr("channel_id"))
    number = integersOf(id);
  return number && number->size() == 1 && number->front() > 0;
}

/// How many devices exchange; absent where the graph does not tell.
std::optional<Count> ranksOf(mlir::Operation *op, CollectiveKind kind) {
  std::optional<GroupList> list = readGroups(op);
  if (!list)
    return std::nullopt;
  std::optional<int64_t> replicas = moduleInteger(op, "mhlo.num_replicas"),
                         partitions = moduleInteger(op, "mhlo.num_partitions");
  if (replicas.value_or(1) < 1 || partitions.value_or(1) < 1)
    return std::nullopt;
  Count allPartitions = static_cast<uint64_t>(partitions.value_or(1));
  // All devices are one group.
  if (list->groups == 0 || list->size == 0) {
    if (!replicas && !partitions)
      return std::nullopt;
    return Count(static_cast<uint64_t>(replicas.value_or(1))) * allPartitions;
  }
  Count size = static_cast<uint64_t>(list->size);
  // Groups of replicas take part with all of their partitions. Numbers beyond
  // those of replicas are devices'.
  if (kind != CollectiveKind::AllToAll && hasChannel(op) &&
      !op->getAttr("use_global_device_ids") &&
      list->largest < replicas.value_or(1))
    return size * allPartitions;
  return size;
}

KnownOr<Compute> withExchange(KnownOr<Compute> compute, mlir::Operation *op,
                              CollectiveKind kind) {
  if (compute)
    if (std::optional<Count> ranks = ranksOf(op, kind))
      compute->exchange = Exchange{kind, *ranks};
  return compute;
}

/// No work, known devices.
template <CollectiveKind kind>
KnownOr<Compute> exchange(mlir::Operation *op, const DemandOptions &) {
  return withExchange(noCompute(Structure::Collective), op, kind);
}

KnownOr<Compute> reducingCollective(mlir::Operation *op,
                                    const DemandOptions &options) {
  OpReader reader(op);
  if (op->getNumOperands() == 0)
    reader.malformed("operand 0 is missing");
  Count elements;
  for (mlir::Type type : op->getOperandTypes())
    elements += reader.elements(type);
  return runRegion(reader, 0, elements, Structure::Collective, options);
}

template <CollectiveKind kind>
KnownOr<Compute> reducingExchange(mlir::Operation *op,
                                  const DemandOptions &options) {
  return withExchange(reducingCollective(op, options), op, kind);
}

/// The older all_reduce, which always adds.
KnownOr<Compute> crossReplicaSum(mlir::Operation *op, const DemandOptions &) {
  KnownOr<Compute> compute = perResultElement(op, {1, 0});
  if (compute)
    compute->structure = Structure::Collective;
  return withExchange(std::move(compute), op, CollectiveKind::AllReduce);
}

constexpr OpRule exchangeRule{noWork<Structure::Collective>, allBytes};

constexpr Row rows[] = {
    {"all_gather", Hlo, {exchange<CollectiveKind::AllGather>, allBytes}},
    {"all_reduce", Hlo, {reducingExchange<CollectiveKind::AllReduce>}},
    {"all_to_all", Hlo, {exchange<CollectiveKind::AllToAll>, allBytes}},
    {"collective_broadcast", Hlo, exchangeRule},
    {"collective_permute", Hlo, exchangeRule},
    {"collective_reduce", Hlo, {reducingCollective}},
    {"cross-replica-sum", Hlo, {crossReplicaSum}},
    {"recv", Hlo, exchangeRule},
    {"reduce_scatter", Hlo, {reducingExchange<CollectiveKind::ReduceScatter>}},
    {"send", Hlo, exchangeRule},
};

} // namespace

void addCollectiveRules(OpRuleRegistry &rules) { addRows(rules, rows); }

} // namespace roofline::stablehlo
