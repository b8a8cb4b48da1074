//===- StablehloRules.cpp - Demand of StableHLO, CHLO and MHLO ops --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StablehloRules.h"

#include "roofline/ExternalModels/ExternalModels.h"
#include "roofline/Interfaces/DemandLookup.h"

#include "mlir/IR/SymbolTable.h"

#include "llvm/ADT/SmallSet.h"

namespace roofline {

void registerStablehloRules(mlir::DialectRegistry &registry) {
  addOpRules(registry, [](OpRuleRegistry &rules) {
    stablehlo::addCollectiveRules(rules);
    stablehlo::addContractionRules(rules);
    stablehlo::addControlFlowRules(rules);
    stablehlo::addCustomCallRules(rules);
    stablehlo::addDataMovementRules(rules);
    stablehlo::addElementRules(rules);
    stablehlo::addElementwiseRules(rules);
    stablehlo::addNumericRules(rules);
    stablehlo::addReductionRules(rules);
  });
}

} // namespace roofline

namespace roofline::stablehlo {

namespace {

/// A combiner is a handful of scalar ops. The bounds keep one that calls itself
/// from being followed for ever.
constexpr unsigned maxCombinerOps = 10000;
constexpr unsigned maxCombinerDepth = 32;

std::string printed(mlir::Type type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  type.print(os);
  return text;
}

/// Adds the work of a region that is executed once.
class CombinerWalk {
public:
  CombinerWalk(mlir::MLIRContext *context, const DemandOptions &options)
      : lookup(context, options) {}

  KnownOr<WorkList> run(mlir::Region &region, unsigned depth = 0) {
    if (depth > maxCombinerDepth)
      return tooBig();
    WorkList total;
    for (mlir::Operation &op : region.getOps()) {
      if (++numOps > maxCombinerOps)
        return tooBig();
      KnownOr<Demand> demand = lookup.demand(&op);
      if (!demand)
        return demand.unknown();
      total.add(demand->work);
      WorkList dearestBranch;
      for (const Body &body : lookup.bodies(&op)) {
        KnownOr<WorkList> work = bodyWork(op, body, depth);
        if (!work)
          return work;
        if (!body.isAlternative)
          total.add(*work);
        else if (dearestBranch.totalOps() < work->totalOps())
          dearestBranch = *work;
      }
      total.add(dearestBranch);
    }
    return total;
  }

private:
  KnownOr<WorkList> bodyWork(mlir::Operation &op, const Body &body,
                             unsigned depth) {
    if (!body.times)
      return body.times.unknown();
    mlir::Region *region = body.region;
    if (!region && body.callee) {
      mlir::Operation *callee = findCallee(op, body.callee);
      if (callee && callee->getNumRegions() > 0)
        region = &callee->getRegion(0);
    }
    if (!region)
      return Unknown{
          UnknownKind::Opaque,
          ("'" + op.getName().getStringRef() +
           "' in a combiner runs something that is not in the module")
              .str()};
    KnownOr<WorkList> once = run(*region, depth + 1);
    if (!once)
      return once;
    WorkList work;
    work.add(*once, *body.times);
    return work;
  }

  /// The usual lookup gives up at an unregistered op of one region, which a
  /// reduction may well be.
  static mlir::Operation *findCallee(mlir::Operation &op,
                                     mlir::SymbolRefAttr callee) {
    mlir::Operation *table = &op;
    while (table && !table->hasTrait<mlir::OpTrait::SymbolTable>())
      table = table->getParentOp();
    return table ? mlir::SymbolTable::lookupSymbolIn(table, callee) : nullptr;
  }

  static Unknown tooBig() {
    return {UnknownKind::Malformed,
            "the combiner calls itself or is unreasonably big"};
  }

  DemandLookup lookup;
  unsigned numOps = 0;
};

bool isConstant(mlir::Value value) {
  mlir::Operation *op = value.getDefiningOp();
  return op && op->getName().stripDialect() == "constant";
}

/// True where nothing in the block of `op` reads the value after it.
bool hasNoUseAfter(mlir::Value value, mlir::Operation *op,
                   mlir::Operation *viewUser) {
  // Values with many users are shared constants and the like; the bound keeps
  // the check linear in the size of the graph.
  constexpr unsigned maxUses = 64;
  unsigned numUses = 0;
  unsigned numUsesByUser = 0;
  for (mlir::Operation *user : value.getUsers()) {
    if (++numUses > maxUses)
      return false;
    if (user == viewUser) {
      if (++numUsesByUser > 1)
        return false;
      continue;
    }
    mlir::Operation *ancestor = op->getBlock()->findAncestorOpInBlock(*user);
    if (!ancestor || !ancestor->isBeforeInBlock(op))
      return false;
  }
  return true;
}

/// What a view of one value shows, or null.
mlir::Value viewedValue(mlir::Value value) {
  mlir::Operation *op = value.getDefiningOp();
  if (!op || op->getNumOperands() != 1 || op->getNumResults() != 1)
    return {};
  const OpRuleRegistry *registry = OpRuleRegistry::get(op->getContext());
  const OpRule *rule =
      registry ? registry->lookup(op->getName().getStringRef()) : nullptr;
  // An op that runs something gives what that computes.
  if (!rule || !rule->bodies(op, DemandOptions()).empty())
    return {};
  KnownOr<Compute> compute = rule->compute(op, DemandOptions());
  bool isView = compute && compute->structure == Structure::View;
  return isView ? op->getOperand(0) : mlir::Value();
}

/// True where nothing can read the value, or what it is a view of, once `op`
/// has updated it: the buffer is then updated in place.
bool diesAt(mlir::Value value, mlir::Operation *op) {
  constexpr unsigned maxViews = 16;
  mlir::Operation *user = op;
  for (unsigned i = 0; i < maxViews; ++i) {
    if (isConstant(value) || value.getParentBlock() != op->getBlock() ||
        !hasNoUseAfter(value, op, user))
      return false;
    mlir::Value viewed = viewedValue(value);
    if (!viewed)
      return true;
    user = value.getDefiningOp();
    value = viewed;
  }
  return false;
}

} // namespace

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

void addRows(OpRuleRegistry &rules, llvm::ArrayRef<Row> rows) {
  for (const Row &row : rows) {
    if (row.namespaces & Stablehlo)
      rules.add(("stablehlo." + row.name).str(), row.rule);
    if (row.namespaces & Chlo)
      rules.add(("chlo." + row.name).str(), row.rule);
    if (row.namespaces & Mhlo)
      rules.add(("mhlo." + row.name).str(), row.rule);
  }
}

//===----------------------------------------------------------------------===//
// OpReader
//===----------------------------------------------------------------------===//

void OpReader::fail(UnknownKind kind, const llvm::Twine &reason) {
  if (!failure)
    failure = Unknown{kind, reason.str()};
}

mlir::ShapedType OpReader::ranked(mlir::Type type, const llvm::Twine &what) {
  auto shaped = mlir::dyn_cast<mlir::ShapedType>(type);
  if (!shaped) {
    malformed(what + " is not a tensor");
    return {};
  }
  if (!shaped.hasRank()) {
    fail(UnknownKind::Dynamic,
         "the rank of '" + printed(type) + "' is not static");
    return {};
  }
  return shaped;
}

mlir::ShapedType OpReader::operand(unsigned index) {
  if (index >= op->getNumOperands()) {
    malformed("operand " + llvm::Twine(index) + " is missing");
    return {};
  }
  return ranked(op->getOperand(index).getType(),
                "operand " + llvm::Twine(index));
}

mlir::ShapedType OpReader::result(unsigned index) {
  if (index >= op->getNumResults()) {
    malformed("result " + llvm::Twine(index) + " is missing");
    return {};
  }
  return ranked(op->getResult(index).getType(), "result " + llvm::Twine(index));
}

Count OpReader::extent(mlir::ShapedType type, int64_t dim) {
  if (!type)
    return 1;
  if (dim < 0 || dim >= type.getRank()) {
    malformed("dimension " + llvm::Twine(dim) + " is out of range for '" +
              printed(type) + "'");
    return 1;
  }
  if (type.isDynamicDim(dim)) {
    fail(UnknownKind::Dynamic, "extent " + llvm::Twine(dim) + " of '" +
                                   printed(type) + "' is not static");
    return 1;
  }
  return static_cast<uint64_t>(type.getDimSize(dim));
}

Count OpReader::extents(mlir::ShapedType type, llvm::ArrayRef<int64_t> dims) {
  llvm::SmallSet<int64_t, 8> seen;
  Count product = 1;
  for (int64_t dim : dims) {
    product *= extent(type, dim);
    if (!seen.insert(dim).second)
      malformed("dimension " + llvm::Twine(dim) + " is named twice");
  }
  return product;
}

Count OpReader::elements(mlir::Type type) {
  if (!type)
    return 1;
  KnownOr<Count> count = elementCount(type);
  if (count)
    return *count;
  fail(count.unknown().kind, count.unknown().reason);
  return 1;
}

ElementType OpReader::arithmetic(mlir::Type type) {
  if (!type)
    return ElementType::F32;
  if (std::optional<ElementType> element = elementTypeOf(type))
    return *element;
  fail(UnknownKind::Opaque, "'" + printed(type) + "' has no arithmetic");
  return ElementType::F32;
}

IntVector OpReader::integers(llvm::StringRef name,
                             std::optional<IntVector> otherwise) {
  mlir::Attribute attr = op->getAttr(name);
  if (!attr) {
    if (!otherwise)
      malformed("attribute '" + name + "' is missing");
    return otherwise.value_or(IntVector());
  }
  std::optional<IntVector> values = integersOf(attr);
  if (!values)
    malformed("attribute '" + name + "' is not a short list of integers");
  return values.value_or(IntVector());
}

int64_t OpReader::integer(llvm::StringRef name,
                          std::optional<int64_t> otherwise) {
  std::optional<IntVector> fallback;
  if (otherwise)
    fallback = IntVector{*otherwise};
  IntVector values = integers(name, fallback);
  if (failed())
    return 0;
  if (values.size() == 1 && values.front() >= 0)
    return values.front();
  malformed("attribute '" + name + "' is not one integer from 0 on");
  return 0;
}

mlir::Attribute OpReader::structure(llvm::StringRef name) {
  mlir::Attribute attr = op->getAttr(name);
  if (!attr) {
    malformed("attribute '" + name + "' is missing");
    return {};
  }
  // Everything builtin but a dictionary is something else; opaque attributes
  // are builtin by class, too.
  if (!mlir::isa<mlir::OpaqueAttr, mlir::DictionaryAttr>(attr) &&
      attr.getDialect().getNamespace() == "builtin") {
    malformed("attribute '" + name + "' is not a structure");
    return {};
  }
  return attr;
}

IntVector OpReader::field(mlir::Attribute structure, llvm::StringRef name) {
  if (!structure)
    return {};
  std::optional<IntVector> values = integersOfField(structure, name);
  if (!values)
    malformed("field '" + name + "' is not a list of integers");
  return values.value_or(IntVector());
}

mlir::Region *OpReader::region(unsigned index) {
  if (index < op->getNumRegions() && !op->getRegion(index).empty())
    return &op->getRegion(index);
  malformed("region " + llvm::Twine(index) + " is missing");
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Work
//===----------------------------------------------------------------------===//

uint64_t log2Ceil(Count value) {
  uint64_t exponent = 0;
  for (Count power = 1; power < value; power *= 2)
    ++exponent;
  return exponent;
}

void addWork(WorkList &work, Count elements, ElementType type,
             const OpsPerElement &ops) {
  bool isComplex = type == ElementType::C64 || type == ElementType::C128;
  bool isInteger = type >= ElementType::I64 && type <= ElementType::I1;
  Unit special = isInteger ? Unit::Vector : Unit::Special;
  work.add(Unit::Vector, type,
           elements * Count(isComplex ? ops.complexVector : ops.vector));
  work.add(special, type,
           elements * Count(isComplex ? ops.complexSpecial : ops.special));
}

KnownOr<Compute> perResultElement(mlir::Operation *op,
                                  const OpsPerElement &ops) {
  OpReader reader(op);
  mlir::ShapedType type = reader.result(0);
  Count elements = reader.elements(type);
  ElementType element = reader.arithmetic(type);
  if (reader.failed())
    return reader.reason();
  Compute compute = noCompute(Structure::Elementwise);
  addWork(compute.work, elements, element, ops);
  return compute;
}

KnownOr<Compute> runRegion(OpReader &reader, unsigned index, Count times,
                           Structure structure, const DemandOptions &options) {
  mlir::Region *region = reader.region(index);
  if (reader.failed())
    return reader.reason();
  KnownOr<WorkList> once =
      CombinerWalk(region->getContext(), options).run(*region);
  if (!once)
    return once.unknown();
  Compute compute = noCompute(structure);
  compute.work.add(*once, times);
  return compute;
}

Compute selectionCompute(Count lines, Count total, Count kept,
                         ElementType type) {
  Compute compute = noCompute(Structure::Sort);
  uint64_t comparisons = std::max<uint64_t>(1, log2Ceil(kept));
  compute.work.add(Unit::Vector, type, lines * total * Count(comparisons));
  return compute;
}

//===----------------------------------------------------------------------===//
// Traffic
//===----------------------------------------------------------------------===//

KnownOr<Traffic> gatherTraffic(mlir::Operation *op, const DemandOptions &) {
  KnownOr<Traffic> traffic = sliceTraffic(op);
  if (!traffic || op->getNumOperands() == 0)
    return traffic;
  KnownOr<Count> whole = byteCount(op->getOperand(0).getType());
  if (!whole)
    return whole.unknown();
  Count &touched = traffic->readBytes.front();
  touched = std::min(touched, *whole);
  return traffic;
}

KnownOr<Traffic> updateTraffic(mlir::Operation *op, unsigned numBuffers,
                               mlir::OperandRange updates, bool readsBuffer) {
  KnownOr<Traffic> traffic = wholeTraffic(op);
  if (!traffic)
    return traffic;
  for (unsigned i = 0; i < numBuffers; ++i) {
    if (i >= op->getNumResults() || i >= updates.size())
      return Unknown{UnknownKind::Malformed,
                     "buffers, updates and results do not agree in number"};
    if (!diesAt(op->getOperand(i), op))
      continue;
    KnownOr<Count> touched = byteCount(updates[i].getType());
    if (!touched)
      return touched.unknown();
    // Many updates may hit one element, but no more is touched than there is.
    Count bytes = std::min(*touched, traffic->writtenBytes[i]);
    traffic->readBytes[i] = readsBuffer ? bytes : Count(0);
    traffic->writtenBytes[i] = bytes;
  }
  return traffic;
}

} // namespace roofline::stablehlo
