//===- ShardyRules.cpp - Demand of Shardy ops -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Annotations are free: the exchange that a partitioner makes of a reshard is
// not in the graph yet. Inside of a manual computation shapes are per device,
// and so is the demand. A collective is among the devices of the axes that it
// names; its sizes are those of its types, as everywhere (A12).
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/Interfaces/OpRuleRegistry.h"

#include "mlir/IR/BuiltinOps.h"

#include "llvm/ADT/StringExtras.h"

namespace roofline {

namespace {

KnownOr<Compute> viewCompute(mlir::Operation *, const DemandOptions &) {
  return noCompute(Structure::View);
}

//===----------------------------------------------------------------------===//
// Axes
//===----------------------------------------------------------------------===//

/// The text of an attribute; empty where there is none.
std::string textOf(mlir::Attribute attr) {
  std::string text;
  if (attr) {
    llvm::raw_string_ostream os(text);
    attr.print(os);
  }
  return text;
}

/// Takes `"name"` off the start of the text from its next quote on.
std::optional<llvm::StringRef> takeAxis(llvm::StringRef &text) {
  size_t start = text.find('"');
  size_t end = text.find('"', start + 1);
  if (start == llvm::StringRef::npos || end == llvm::StringRef::npos)
    return std::nullopt;
  llvm::StringRef name = text.slice(start + 1, end);
  text = text.drop_front(end + 1);
  return name;
}

/// The text of the mesh of a sharding, `@name` or `mesh<["x"=2]>`; empty where
/// it is not found.
std::string meshTextOf(mlir::Operation *op, llvm::StringRef sharding) {
  size_t inlined = sharding.find("mesh<[");
  if (inlined != llvm::StringRef::npos)
    return sharding.drop_front(inlined).split(']').first.str();
  llvm::StringRef name = sharding.split('@').second.take_while([](char c) {
    return llvm::isAlnum(c) || c == '_' || c == '.' || c == '$' || c == '-';
  });
  auto module = op->getParentOfType<mlir::ModuleOp>();
  if (name.empty() || !module)
    return {};
  for (mlir::Operation &symbol : *module.getBody())
    if (symbol.getName().getStringRef() == "sdy.mesh")
      if (auto found = symbol.getAttrOfType<mlir::StringAttr>("sym_name");
          found && found.getValue() == name)
        return textOf(symbol.getAttr("mesh"));
  return {};
}

/// The size of an axis in `["x"=2, "y"=4]`.
std::optional<uint64_t> axisSize(llvm::StringRef mesh, llvm::StringRef axis) {
  while (std::optional<llvm::StringRef> name = takeAxis(mesh)) {
    uint64_t size = 0;
    if (*name == axis && mesh.consume_front("=") &&
        !mesh.consumeInteger(10, size) && size > 0)
      return size;
  }
  return std::nullopt;
}

/// The product of the sizes of all axes that `axes` names, parts of axes
/// (`"x":(2)4` has 4) too; absent where one is not found.
std::optional<Count> ranksOf(mlir::Operation *op, llvm::StringRef attribute) {
  std::string axesText = textOf(op->getAttr(attribute));
  std::string mesh = meshTextOf(op, textOf(op->getAttr("out_sharding")));
  if (axesText.empty() || mesh.empty())
    return std::nullopt;
  llvm::StringRef axes = axesText;
  Count ranks = 1;
  while (std::optional<llvm::StringRef> axis = takeAxis(axes)) {
    uint64_t size = 0, before = 0;
    if (axes.consume_front(":(")) {
      if (axes.consumeInteger(10, before) || !axes.consume_front(")") ||
          axes.consumeInteger(10, size) || size == 0)
        return std::nullopt;
    } else if (std::optional<uint64_t> whole = axisSize(mesh, *axis)) {
      size = *whole;
    } else {
      return std::nullopt;
    }
    ranks = ranks * Count(size);
  }
  return ranks;
}

KnownOr<Compute> withExchange(KnownOr<Compute> compute, mlir::Operation *op,
                              CollectiveKind kind, llvm::StringRef axes) {
  if (compute)
    if (std::optional<Count> ranks = ranksOf(op, axes))
      compute->exchange = Exchange{kind, *ranks};
  return compute;
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

KnownOr<Compute> permuteCompute(mlir::Operation *, const DemandOptions &) {
  return noCompute(Structure::Collective);
}

KnownOr<Compute> allGatherCompute(mlir::Operation *op, const DemandOptions &) {
  return withExchange(noCompute(Structure::Collective), op,
                      CollectiveKind::AllGather, "gathering_axes");
}

KnownOr<Compute> allToAllCompute(mlir::Operation *op, const DemandOptions &) {
  return withExchange(noCompute(Structure::Collective), op,
                      CollectiveKind::AllToAll, "params");
}

KnownOr<Compute> sliceCompute(mlir::Operation *, const DemandOptions &) {
  return noCompute(Structure::DataMovement);
}

/// A reducing collective of Shardy always adds.
KnownOr<Compute> sumCompute(mlir::Operation *op) {
  if (op->getNumOperands() == 0)
    return Unknown{UnknownKind::Malformed, "operand 0 is missing"};
  KnownOr<Compute> compute =
      elementwiseCompute(op->getOperand(0).getType(), {{Unit::Vector, 1}});
  if (compute)
    compute->structure = Structure::Collective;
  return compute;
}

KnownOr<Compute> allReduceCompute(mlir::Operation *op, const DemandOptions &) {
  return withExchange(sumCompute(op), op, CollectiveKind::AllReduce,
                      "reduction_axes");
}

KnownOr<Compute> reduceScatterCompute(mlir::Operation *op,
                                      const DemandOptions &) {
  return withExchange(sumCompute(op), op, CollectiveKind::ReduceScatter,
                      "reduce_scatter_axes");
}

KnownOr<Traffic> viewTraffic(mlir::Operation *op, const DemandOptions &) {
  return noTraffic(op);
}

KnownOr<Traffic> slicedTraffic(mlir::Operation *op, const DemandOptions &) {
  return sliceTraffic(op);
}

/// The body runs once, on each device.
BodyList bodyOnce(mlir::Operation *op, const DemandOptions &) {
  return regionBodies(op);
}

struct Row {
  llvm::StringLiteral name;
  OpRule rule;
};

constexpr OpRule viewRule{viewCompute, viewTraffic};
constexpr OpRule bodyRule{viewCompute, viewTraffic, bodyOnce};

constexpr Row rows[] = {
    {"sdy.all_gather", {allGatherCompute}},
    {"sdy.all_reduce", {allReduceCompute}},
    {"sdy.all_slice", {sliceCompute, slicedTraffic}},
    {"sdy.all_to_all", {allToAllCompute}},
    {"sdy.collective_permute", {permuteCompute}},
    {"sdy.constant", viewRule},
    {"sdy.data_flow_edge", viewRule},
    {"sdy.func_data_flow_edge", viewRule},
    {"sdy.manual_computation", bodyRule},
    {"sdy.mesh", viewRule},
    {"sdy.named_computation", bodyRule},
    {"sdy.propagation_barrier", viewRule},
    {"sdy.reduce_scatter", {reduceScatterCompute}},
    {"sdy.replicated_to_unreduced", viewRule},
    {"sdy.reshard", viewRule},
    {"sdy.return", viewRule},
    {"sdy.sharded_to_unreduced", viewRule},
    {"sdy.sharding_constraint", viewRule},
    {"sdy.sharding_group", viewRule},
};

/// Ops that hand on their operand, whoever holds which part of it.
constexpr llvm::StringLiteral sameValues[] = {
    "sdy.propagation_barrier",
    "sdy.reshard",
    "sdy.sharding_constraint",
};

std::optional<Element> constantElement(mlir::Operation *op, unsigned,
                                       llvm::ArrayRef<Element> index,
                                       ElementReader &) {
  return elementOf(op->getAttr("value"), index);
}

} // namespace

void registerShardyRules(mlir::DialectRegistry &registry) {
  addOpRules(registry, [](OpRuleRegistry &rules) {
    for (const Row &row : rows)
      rules.add(row.name, row.rule);
    rules.addElements("sdy.constant", {constantElement});
    for (llvm::StringRef name : sameValues)
      rules.addElements(name, {sameElement});
  });
}

} // namespace roofline
