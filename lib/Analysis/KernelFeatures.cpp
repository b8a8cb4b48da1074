//===- KernelFeatures.cpp - What the ops of a kernel do together
//------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelFeatures.h"

#include "roofline/Interfaces/DemandRules.h"

#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

namespace roofline {

llvm::StringRef opStem(mlir::Operation *op) {
  llvm::StringRef name = op->getName().getStringRef();
  return name.substr(name.rfind('.') + 1);
}

namespace {

/// Ops that are looked at on the way back from one: a norm or a rotation is
/// shorter, and a kernel may be very long.
constexpr size_t maxSteps = 96;

/// Zero where it is not known.
uint64_t elementsIn(mlir::Value value) {
  KnownOr<Count> count = elementCount(value.getType());
  return count ? count->asUint64().value_or(0) : 0;
}

class FeatureFinder {
public:
  FeatureFinder(llvm::ArrayRef<Kernel> kernels, unsigned index,
                const KernelFlow &flow, const DemandLookup &lookup)
      : kernels(kernels), index(index), kernel(kernels[index]), flow(flow),
        lookup(lookup) {}

  KernelFeatures find() {
    for (mlir::Operation *op : kernel.ops)
      addOp(op);
    KernelFeatures features;
    for (mlir::Operation *op : kernel.ops)
      if (structureOf(op) == Structure::Contraction)
        features.contractions.push_back(op);
    findNorm(features);
    findRotation(features);
    features.isGate =
        kernel.family == KernelFamily::GatedActivation || gatesProducts();
    features.writesCache = updatesCache() || replacesArgument();
    return features;
  }

private:
  /// A call that is part of the kernel stands for the ops of its function.
  void addOp(mlir::Operation *op) {
    if (!inside.insert(op).second)
      return;
    ops.push_back(op);
    auto call = mlir::dyn_cast<mlir::CallOpInterface>(op);
    if (!call)
      return;
    auto function = mlir::dyn_cast_if_present<mlir::FunctionOpInterface>(
        call.resolveCallable());
    if (!function || function.isExternal())
      return;
    callsOf[function].push_back(op);
    calleeOf[op] = function;
    for (mlir::Block &block : function.getFunctionBody())
      for (mlir::Operation &inner : block)
        addOp(&inner);
  }

  /// Ops that read a result of `op`, calls for what their functions return.
  llvm::SmallVector<mlir::Operation *, 4> readersOf(mlir::Operation *op) const {
    llvm::SmallVector<mlir::Operation *, 4> readers;
    auto addAll = [&](mlir::ValueRange values) {
      for (mlir::Value value : values)
        for (mlir::Operation *user : value.getUsers()) {
          auto calls = callsOf.find(user->getParentOp());
          if (calls != callsOf.end() && user == &user->getBlock()->back())
            readers.append(calls->second);
          else
            readers.push_back(user);
        }
    };
    addAll(op->getResults());
    // What a call reads its function reads.
    for (size_t next = 0; next < readers.size(); ++next)
      if (auto callee = calleeOf.find(readers[next]);
          callee != calleeOf.end() && callee->second != op->getParentOp())
        addAll(callee->second->getRegion(0).getArguments());
    return readers;
  }

  Structure structureOf(mlir::Operation *op) const {
    auto [it, isNew] = structures.try_emplace(op, Structure::Opaque);
    if (isNew)
      if (KnownOr<Demand> demand = lookup.demand(op))
        it->second = demand->structure;
    return it->second;
  }

  /// The result of an op of the kernel, or of one that only views it.
  bool isInside(mlir::Operation *op) const {
    return inside.contains(op) || !flow.kernelOf(op);
  }

  /// Ops of the kernel that `value` comes from, nearest first, not behind ops
  /// for which `isEnd`; those are among them.
  llvm::SmallSetVector<mlir::Operation *, 16>
  before(mlir::Value value,
         llvm::function_ref<bool(mlir::Operation *)> isEnd) const {
    llvm::SmallSetVector<mlir::Operation *, 16> found;
    auto visit = [&](mlir::Value next) {
      if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(next)) {
        auto calls = callsOf.find(argument.getOwner()->getParentOp());
        if (calls != callsOf.end())
          for (mlir::Operation *call : calls->second)
            if (argument.getArgNumber() < call->getNumOperands())
              next = call->getOperand(argument.getArgNumber());
      }
      mlir::Operation *op = next.getDefiningOp();
      if (op && isInside(op) && found.size() < maxSteps)
        found.insert(op);
    };
    visit(value);
    for (size_t next = 0; next < found.size(); ++next) {
      if (isEnd(found[next]))
        continue;
      auto callee = calleeOf.find(found[next]);
      mlir::Operation *last = callee == calleeOf.end()
                                  ? found[next]
                                  : &callee->second->getRegion(0).back().back();
      llvm::for_each(last->getOperands(), visit);
    }
    return found;
  }

  //===--------------------------------------------------------------------===//
  // Norms
  //===--------------------------------------------------------------------===//

  /// A sum of rows, whichever dialect it is of.
  bool isSum(mlir::Operation *op) const {
    if (structureOf(op) != Structure::Reduction)
      return false;
    if (op->getNumRegions() == 0)
      return opStem(op).contains("sum");
    bool adds = false;
    op->walk([&](mlir::Operation *inner) {
      adds |= inner != op && opStem(inner).starts_with("add");
    });
    return adds;
  }

  void findNorm(KernelFeatures &features) const {
    for (mlir::Operation *op : ops) {
      if (opStem(op) != "rsqrt" && opStem(op) != "sqrt")
        continue;
      auto isEnd = [&](mlir::Operation *other) {
        return other != op && (isSum(other) || opStem(other) == "rsqrt");
      };
      size_t sums = 0;
      mlir::Operation *sum = nullptr;
      for (mlir::Operation *other : before(op->getResult(0), isEnd))
        if (isSum(other)) {
          ++sums;
          sum = other;
        }
      if (sums != 1 || takesMeanOff(sum))
        continue;
      features.isRmsNorm = true;
      features.addsOffset |= isFollowedByOffset(
          op, elementsIn(sum->getOperand(0)), elementsIn(op->getResult(0)));
    }
  }

  /// Whether what is squared and added up has been centred before.
  bool takesMeanOff(mlir::Operation *sum) const {
    mlir::Operation *square = unchanged(sum->getOperand(0)).getDefiningOp();
    if (!square || !isInside(square) || square->getNumOperands() == 0)
      return false;
    mlir::Operation *squared = unchanged(square->getOperand(0)).getDefiningOp();
    return squared && isInside(squared) && opStem(squared).starts_with("sub");
  }

  /// Whether to what `root` has scaled, of `elements` in `rows`, a row of
  /// parameters is added.
  bool isFollowedByOffset(mlir::Operation *root, uint64_t elements,
                          uint64_t rows) const {
    if (rows == 0 || elements % rows != 0)
      return false;
    llvm::SmallSetVector<mlir::Operation *, 16> after;
    after.insert(root);
    for (size_t next = 0; next < after.size() && next < maxSteps; ++next)
      for (mlir::Operation *user : readersOf(after[next]))
        if (isInside(user) && user->getNumResults() == 1 &&
            structureOf(user) != Structure::Reduction)
          after.insert(user);
    return llvm::any_of(after, [&](mlir::Operation *op) {
      if (!opStem(op).starts_with("add") ||
          elementsIn(op->getResult(0)) != elements)
        return false;
      return llvm::any_of(op->getOperands(), [&](mlir::Value operand) {
        return isParameterRow(operand, elements / rows);
      });
    });
  }

  bool isParameterRow(mlir::Value value, uint64_t extent) const {
    if (!flow.isParameter(value, index))
      return false;
    auto isEnd = [](mlir::Operation *) { return false; };
    llvm::SmallSetVector<mlir::Operation *, 16> ops = before(value, isEnd);
    // Its values are of one row, however it is repeated.
    uint64_t smallest = elementsIn(value);
    for (mlir::Operation *op : ops)
      for (mlir::Value operand : op->getOperands())
        if (!isScalarValue(operand))
          smallest = std::min(smallest, elementsIn(operand));
    return smallest == extent && !ops.empty();
  }

  //===--------------------------------------------------------------------===//
  // Rotations
  //===--------------------------------------------------------------------===//

  /// Takes a part of its one operand.
  bool isPart(mlir::Operation *op) const {
    if (op->getNumResults() != 1 || op->getNumOperands() == 0 ||
        isScalarValue(op->getOperand(0)))
      return false;
    Structure structure = structureOf(op);
    uint64_t whole = elementsIn(op->getOperand(0));
    uint64_t part = elementsIn(op->getResult(0));
    return (structure == Structure::DataMovement ||
            structure == Structure::View) &&
           part != 0 && part < whole;
  }

  /// Puts values next to each other.
  bool isConcatenation(mlir::Operation *op) const {
    if (op->getNumResults() != 1 || op->getNumOperands() < 2 ||
        structureOf(op) != Structure::DataMovement)
      return false;
    uint64_t sum = 0;
    for (mlir::Value operand : op->getOperands()) {
      if (elementsIn(operand) == 0)
        return false;
      sum += elementsIn(operand);
    }
    return sum == elementsIn(op->getResult(0));
  }

  /// The value that has the elements of `value` in their place or another, type
  /// or shape, as far back as the kernel goes.
  mlir::Value unchanged(mlir::Value value) const {
    for (size_t step = 0; step < maxSteps; ++step) {
      mlir::Operation *op = value.getDefiningOp();
      if (!op || !isInside(op) || op->getNumOperands() != 1 ||
          op->getNumResults() != 1 || op->getNumRegions() != 0 ||
          elementsIn(op->getOperand(0)) != elementsIn(value))
        break;
      Structure structure = structureOf(op);
      bool isConversion = structure == Structure::Elementwise &&
                          mlir::getElementTypeOrSelf(op->getOperand(0)) !=
                              mlir::getElementTypeOrSelf(value);
      if (structure != Structure::View &&
          structure != Structure::DataMovement && !isConversion)
        break;
      value = op->getOperand(0);
    }
    return value;
  }

  using PartsOfValue =
      llvm::SmallMapVector<mlir::Value,
                           llvm::SmallSetVector<mlir::Operation *, 2>, 2>;

  /// The parts that `value` is computed of, by what they are parts of.
  PartsOfValue partsIn(mlir::Value value) const {
    PartsOfValue parts;
    auto isEnd = [&](mlir::Operation *op) {
      return isPart(op) || isConcatenation(op);
    };
    for (mlir::Operation *op : before(value, isEnd))
      if (isPart(op))
        parts[unchanged(op->getOperand(0))].insert(op);
    return parts;
  }

  /// Whether what follows from `op` meets what follows from `source` without
  /// it in an op on all elements: `x cos + rotate(x) sin`.
  bool meets(mlir::Operation *op, mlir::Value source) const {
    llvm::SmallSetVector<mlir::Operation *, 16> after;
    after.insert(op);
    for (size_t next = 0; next < after.size() && next < maxSteps; ++next)
      for (mlir::Operation *user : readersOf(after[next]))
        if (isInside(user) && !isConcatenation(user))
          after.insert(user);
    bool isScaled = false;
    for (mlir::Operation *user : after) {
      if (user == op || user->getNumOperands() != 2 ||
          structureOf(user) != Structure::Elementwise)
        continue;
      for (unsigned side : {0u, 1u}) {
        mlir::Operation *def = user->getOperand(side).getDefiningOp();
        if (!def || !after.contains(def))
          continue;
        mlir::Value other = user->getOperand(1 - side);
        if (mlir::Operation *otherOp = other.getDefiningOp();
            otherOp && after.contains(otherOp))
          continue;
        auto isEnd = [&](mlir::Operation *before) {
          return llvm::is_contained(before->getResults(), source);
        };
        bool fromSource =
            unchanged(other) == source ||
            llvm::any_of(before(other, isEnd), [&](mlir::Operation *found) {
              return isEnd(found) ||
                     llvm::any_of(found->getOperands(), [&](mlir::Value value) {
                       return unchanged(value) == source;
                     });
            });
        if (fromSource && isScaled)
          return true;
        isScaled |= !fromSource;
      }
    }
    return false;
  }

  void findRotation(KernelFeatures &features) const {
    for (mlir::Operation *op : ops) {
      if (!isConcatenation(op) || op->getNumOperands() != 2)
        continue;
      PartsOfValue first = partsIn(op->getOperand(0));
      PartsOfValue second = partsIn(op->getOperand(1));
      for (auto &[source, parts] : first) {
        auto it = second.find(source);
        if (it == second.end() || flow.isParameter(source, index) ||
            elementsIn(source) != elementsIn(op->getResult(0)))
          continue;
        // Both halves of both, each times a table; or the halves change places
        // and are added to what they were.
        bool isMixed = parts.size() == 2 && it->second.size() == 2;
        bool isSwapped = parts.size() == 1 && it->second.size() == 1 &&
                         parts.front() != it->second.front() &&
                         meets(op, source);
        if (!isMixed && !isSwapped)
          continue;
        Rotation rotation;
        rotation.source = source;
        mlir::Operation *taken = source.getDefiningOp();
        if (taken && isInside(taken) && isPart(taken)) {
          rotation.isPart = true;
          rotation.source = unchanged(taken->getOperand(0));
          rotation.keepsRest = joinsRest(op, taken, rotation.source);
        }
        // One that is a part of its source says more.
        if (!features.rotation || rotation.keepsRest ||
            (rotation.isPart && !features.rotation->keepsRest))
          features.rotation = rotation;
      }
    }
  }

  /// Whether what follows from `rotated` is put next to the part of `whole`
  /// that `taken` is not.
  bool joinsRest(mlir::Operation *rotated, mlir::Operation *taken,
                 mlir::Value whole) const {
    llvm::SmallSetVector<mlir::Operation *, 16> after;
    after.insert(rotated);
    for (size_t next = 0; next < after.size() && next < maxSteps; ++next)
      for (mlir::Operation *user : readersOf(after[next]))
        if (isInside(user))
          after.insert(user);
    return llvm::any_of(after, [&](mlir::Operation *op) {
      return op != rotated && isConcatenation(op) &&
             elementsIn(op->getResult(0)) == elementsIn(whole) &&
             llvm::any_of(op->getOperands(), [&](mlir::Value operand) {
               mlir::Operation *rest = unchanged(operand).getDefiningOp();
               return rest && rest != taken && isPart(rest) &&
                      unchanged(rest->getOperand(0)) == whole;
             });
    });
  }

  //===--------------------------------------------------------------------===//
  // Gates and caches
  //===--------------------------------------------------------------------===//

  bool hasSpecialWork(mlir::Operation *op) const {
    KnownOr<Demand> demand = lookup.demand(op);
    return demand && demand->structure == Structure::Elementwise &&
           llvm::any_of(demand->work, [](const Work &work) {
             return work.where.unit == Unit::Special;
           });
  }

  /// A product of a function of one value, or part, that products yield and
  /// another one.
  bool gatesProducts() const {
    auto isContraction = [&](unsigned other) {
      return kernels[other].family == KernelFamily::Gemm ||
             kernels[other].family == KernelFamily::GroupedGemm;
    };
    if (!isContraction(index) &&
        llvm::none_of(flow.producers(index), isContraction))
      return false;
    for (mlir::Operation *op : ops) {
      if (!hasSpecialWork(op))
        continue;
      uint64_t elements = elementsIn(op->getResult(0));
      mlir::Value activated = productPart(op->getOperand(0));
      if (!activated || elements == 0)
        continue;
      llvm::SmallSetVector<mlir::Operation *, 16> after;
      after.insert(op);
      for (size_t next = 0; next < after.size() && next < maxSteps; ++next)
        for (mlir::Operation *user : readersOf(after[next]))
          if (inside.contains(user) &&
              (structureOf(user) == Structure::Elementwise ||
               calleeOf.contains(user)))
            after.insert(user);
      for (mlir::Operation *user : after)
        if (user != op && opStem(user).starts_with("mul") &&
            user->getNumOperands() == 2)
          for (mlir::Value operand : user->getOperands()) {
            mlir::Operation *def = operand.getDefiningOp();
            if (def && after.contains(def))
              continue;
            mlir::Value other = productPart(operand);
            if (other && other != activated && elementsIn(other) == elements)
              return true;
          }
    }
    return false;
  }

  /// The part of a product, or the product, that `value` is an elementwise
  /// function of; null where it is none.
  mlir::Value productPart(mlir::Value value) const {
    uint64_t elements = elementsIn(value);
    auto isEnd = [&](mlir::Operation *op) {
      return structureOf(op) == Structure::Contraction;
    };
    mlir::Value part;
    llvm::SmallVector<mlir::Value, 16> read = {value};
    for (mlir::Operation *op : before(value, isEnd)) {
      if (isEnd(op))
        return part ? part : op->getResult(0);
      if (!part && isPart(op) && elementsIn(op->getResult(0)) == elements)
        part = op->getResult(0);
      read.append(op->operand_begin(), op->operand_end());
    }
    for (mlir::Value operand : read)
      for (mlir::Value source : flow.sources(operand, index))
        if (mlir::Operation *op = source.getDefiningOp())
          if (isEnd(op) && elements <= elementsIn(source))
            return part ? part : source;
    return {};
  }

  /// Rows of an argument are overwritten, whatever else the kernel does.
  bool updatesCache() const {
    if (kernel.family == KernelFamily::CacheUpdate)
      return true;
    return llvm::any_of(kernel.ops, [&](mlir::Operation *op) {
      if ((opStem(op) != "scatter" && opStem(op) != "dynamic_update_slice") ||
          op->getNumResults() != 1)
        return false;
      KnownOr<Demand> demand = lookup.demand(op);
      return demand && demand->work.empty() &&
             llvm::all_of(flow.sources(op->getOperand(0), index),
                          [](mlir::Value from) {
                            return mlir::isa<mlir::BlockArgument>(from);
                          });
    });
  }

  /// A gather or scatter that yields a new version of an argument, which leaves
  /// the graph.
  bool replacesArgument() const {
    if (kernel.family != KernelFamily::GatherScatter || !flow.escapes(index))
      return false;
    llvm::SmallVector<mlir::Type, 2> arguments;
    for (mlir::Operation *op : kernel.ops)
      for (mlir::Value operand : op->getOperands())
        for (mlir::Value source : flow.sources(operand, index))
          if (mlir::isa<mlir::BlockArgument>(source) && !isScalarValue(source))
            arguments.push_back(source.getType());
    return llvm::any_of(kernel.ops, [&](mlir::Operation *op) {
      return op->getNumResults() == 1 &&
             llvm::is_contained(arguments, op->getResult(0).getType()) &&
             llvm::any_of(op->getUsers(), [&](mlir::Operation *user) {
               return !inside.contains(user);
             });
    });
  }

  llvm::ArrayRef<Kernel> kernels;
  unsigned index;
  const Kernel &kernel;
  const KernelFlow &flow;
  const DemandLookup &lookup;
  std::vector<mlir::Operation *> ops;
  llvm::DenseSet<mlir::Operation *> inside;
  /// Ops are looked at again and again.
  mutable llvm::DenseMap<mlir::Operation *, Structure> structures;
  /// Calls in the kernel by function, and the reverse.
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<mlir::Operation *, 1>>
      callsOf;
  llvm::DenseMap<mlir::Operation *, mlir::Operation *> calleeOf;
};

} // namespace

KernelFeatures findFeatures(llvm::ArrayRef<Kernel> kernels, unsigned kernel,
                            const KernelFlow &flow,
                            const DemandLookup &lookup) {
  return FeatureFinder(kernels, kernel, flow, lookup).find();
}

} // namespace roofline
