//===- KernelNames.cpp - What a kernel is and is called -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelNames.h"

#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/CallInterfaces.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"

namespace roofline {

namespace {

/// Names of kernels list at most this many of their ops.
constexpr size_t maxNamedOps = 4;

/// At least half of `whole`, at most all of it: of the size of the kernel, not
/// of its rows or tables.
bool isFull(Count part, Count whole) {
  return !part.isZero() && !(part * Count(2) < whole);
}

/// The storage of scaled integers and small floats; not of pixels and flags.
bool isQuantizedType(mlir::Type type) {
  mlir::Type element = mlir::getElementTypeOrSelf(type);
  if (element.isUnsignedInteger())
    return false;
  std::optional<ElementType> known = elementTypeOf(element);
  return known && *known != ElementType::I1 && bitWidth(*known) <= 8;
}

bool isFloatType(mlir::Type type) {
  return mlir::isa<mlir::FloatType>(mlir::getElementTypeOrSelf(type)) &&
         !isQuantizedType(type);
}

/// What is told from the nodes of a kernel.
class KernelTraits {
public:
  KernelTraits(const KernelGraph &graph, const Partition &partition,
               unsigned kernel, const ExternalReads &reads)
      : graph(graph), partition(partition), kernel(kernel), reads(reads) {
    for (unsigned member : partition.members[kernel]) {
      const Node &node = graph.nodes[member];
      members.push_back(&node);
      if (node.is(NodeClass::Anchor))
        anchor = &node;
      largest = std::max(largest, node.walkedElements());
      reductions += node.reductions;
    }
    for (const Node *node : members) {
      specialOnFull |= isFull(node->specialElements, largest);
      specialOnRows |= !node->specialElements.isZero() &&
                       !isFull(node->specialElements, largest);
    }
  }

  KernelIdentity identify() const {
    if (anchor)
      return identifyAnchor();
    const Node &only = *members.front();
    if (members.size() == 1 && only.is(NodeClass::Barrier))
      return {familyOf(only.demand.get()), nameOfOp(only.ops.front()).str()};
    if (llvm::all_of(members, [](const Node *node) { return node->isTiny; }))
      return {KernelFamily::Scalar, fusedName("")};
    if (reductions != 0)
      return identifyRows();
    return identifyLoop();
  }

private:
  KernelIdentity identifyAnchor() const {
    if (anchor->family)
      return {*anchor->family, fusedName(stringify(*anchor->family).str())};
    switch (anchor->structure()) {
    case Structure::Attention:
      return {KernelFamily::Attention, fusedName("attention")};
    case Structure::Convolution:
      return {KernelFamily::Convolution, fusedName("convolution")};
    default:
      break;
    }
    if (readsGroupSizes(*anchor))
      return {KernelFamily::GroupedGemm, fusedName("grouped_gemm")};
    const auto &shape = anchor->demand->contraction;
    bool isBatched = shape && Count(1) < shape->batch;
    return {KernelFamily::Gemm, fusedName(isBatched ? "batched_gemm" : "gemm")};
  }

  KernelIdentity identifyRows() const {
    bool keepsFull = llvm::any_of(members, [&](const Node *node) {
      // An update writes a part of its buffer.
      return !node->is(NodeClass::Update) && isWritten(*node) &&
             isFull(node->elements, largest);
    });
    if (writesQuantized())
      return {KernelFamily::Quantization, "dynamic_quantize"};
    // A square written as a power is a special function of all elements that
    // are added up, too.
    bool sumsSpecial = reducesSpecial();
    bool isNormalization =
        specialOnRows && (!sumsSpecial || reductions == 1 || readsRow());
    if (isNormalization && (keepsFull || readsRow())) {
      std::string name = reductions == 1 ? "rms_norm" : "layer_norm";
      return {KernelFamily::Normalization,
              (fullReads() > 1 ? "fused_add_" : "") + name};
    }
    if (sumsSpecial && (specialOnRows || gathers()) && !keepsFull)
      return {KernelFamily::CrossEntropy, "cross_entropy"};
    if (sumsSpecial && keepsFull)
      return {KernelFamily::Softmax, specialOnRows ? "log_softmax" : "softmax"};
    return {KernelFamily::Reduction, fusedName("")};
  }

  KernelIdentity identifyLoop() const {
    if (isRotation())
      return {KernelFamily::Rope, "rope"};
    if (isOptimizer())
      return {KernelFamily::Optimizer, specialOnFull ? "adam" : "momentum"};
    if (isGate())
      return {KernelFamily::GatedActivation, "gated_activation"};
    if (writesQuantized())
      return {KernelFamily::Quantization, "quantize"};
    if (readsQuantized())
      return {KernelFamily::Quantization, "dequantize"};
    if (llvm::any_of(members, [](const Node *node) {
          return node->is(NodeClass::Update);
        }))
      return {updatesCache() ? KernelFamily::CacheUpdate
                             : KernelFamily::GatherScatter,
              fusedName("")};
    if (gathers())
      return {KernelFamily::GatherScatter, fusedName("")};
    if (llvm::all_of(members, [](const Node *node) {
          return node->demand && node->demand->work.empty();
        }))
      return {KernelFamily::DataMovement, fusedName("")};
    return {KernelFamily::Elementwise, fusedName("")};
  }

  //===--------------------------------------------------------------------===//
  // Traits
  //===--------------------------------------------------------------------===//

  bool isWritten(const Node &node) const {
    return node.escapes() || llvm::any_of(node.consumers, [&](unsigned reader) {
             return partition.kernelOf[reader] != kernel;
           });
  }

  bool gathers() const {
    return llvm::any_of(members, [](const Node *node) {
      return node->structure() == Structure::GatherScatter;
    });
  }

  /// Values of the kernel's size that it reads.
  size_t fullReads() const {
    return llvm::count_if(reads, [&](const auto &read) {
      return read.first && isFull(touchedElements(read), largest);
    });
  }

  /// A special function of all elements whose results are added up by rows.
  bool reducesSpecial() const {
    llvm::SmallSetVector<unsigned, 16> after;
    auto isSum = [](const Node &node) {
      return node.reductions != 0 && !node.reducesColumns;
    };
    for (unsigned member : partition.members[kernel]) {
      const Node &node = graph.nodes[member];
      if (!isFull(node.specialElements, largest))
        continue;
      if (isSum(node))
        return true;
      after.insert(member);
    }
    for (size_t next = 0; next < after.size(); ++next)
      for (unsigned consumer : graph.nodes[after[next]].consumers) {
        if (partition.kernelOf[consumer] != kernel)
          continue;
        if (isSum(graph.nodes[consumer]))
          return true;
        after.insert(consumer);
      }
    return false;
  }

  /// A scale or an offset along the rows.
  bool readsRow() const {
    return llvm::any_of(reads, [&](const auto &read) {
      return read.first && llvm::any_of(members, [&](const Node *node) {
               return node->reductions != 0 &&
                      touchedElements(read) == node->rowExtent;
             });
    });
  }

  /// Elements of a value that are read.
  static Count touchedElements(const std::pair<mlir::Value, Count> &read) {
    mlir::Type element = mlir::getElementTypeOrSelf(read.first.getType());
    KnownOr<Count> whole = byteCount(read.first.getType());
    Count elements = elementsOf(read.first);
    std::optional<uint64_t> bytes = whole ? whole->asUint64() : std::nullopt;
    if (!element.isIntOrFloat() || !bytes || *bytes == 0)
      return elements;
    return (read.second * elements).dividedRoundingUp(*bytes);
  }

  bool writesQuantized() const {
    bool reads8Bit = llvm::any_of(reads, [](const auto &read) {
      return read.first && isQuantizedType(read.first.getType());
    });
    return !reads8Bit && llvm::any_of(members, [&](const Node *node) {
      return isWritten(*node) &&
             llvm::any_of(node->outputs, [](const NodeOutput &output) {
               return isQuantizedType(output.value.getType());
             });
    });
  }

  bool readsQuantized() const {
    return llvm::any_of(reads,
                        [&](const auto &read) {
                          return read.first &&
                                 isFull(touchedElements(read), largest) &&
                                 isQuantizedType(read.first.getType());
                        }) &&
           llvm::all_of(members, [&](const Node *node) {
             return !isWritten(*node) ||
                    llvm::all_of(node->outputs, [](const NodeOutput &output) {
                      return isFloatType(output.value.getType());
                    });
           });
  }

  /// Halves taken apart, multiplied by a table and put together again; or
  /// complex multiplication by one.
  bool isRotation() const {
    size_t parts = 0, concatenations = 0, arithmetic = 0;
    bool isComplex = false;
    for (const Node *node : members) {
      size_t data = 0;
      for (const NodeInput &input : node->inputs) {
        data += !input.bytes.isZero();
        KnownOr<Count> whole = input.source ? byteCount(input.source.getType())
                                            : KnownOr<Count>(Count());
        parts += whole && input.bytes * Count(2) == *whole;
      }
      if (node->structure() == Structure::DataMovement && data > 1)
        ++concatenations;
      if (!node->demand || node->demand->work.empty())
        continue;
      ++arithmetic;
      isComplex |= llvm::any_of(node->demand->work, [](const Work &work) {
        return work.where.type == ElementType::C64;
      });
    }
    return concatenations > 0 &&
           (isComplex || (parts > 1 && arithmetic > 2 && reads.size() > 1));
  }

  /// An activation of one half of what contractions yield times the other.
  bool isGate() const {
    if (!specialOnFull)
      return false;
    Count written;
    for (const Node *node : members)
      if (isWritten(*node))
        written = std::max(written, node->elements);
    // Values, or parts of one, that are as large as what is written.
    llvm::SmallSetVector<mlir::Value, 4> values;
    unsigned parts = 0;
    for (const Node *node : members)
      for (const NodeInput &input : node->inputs) {
        if (!input.producer ||
            !graph.nodes[*input.producer].is(NodeClass::Anchor) ||
            touchedElements({input.source, input.bytes}) != written)
          continue;
        KnownOr<Count> whole = byteCount(input.source.getType());
        parts += whole && input.bytes < *whole;
        values.insert(input.source);
      }
    return values.size() > 1 || parts > 1;
  }

  /// Parameters with their moments, and nothing else.
  bool isOptimizer() const {
    size_t written = 0;
    for (const Node *node : members) {
      // A cache is updated in place.
      if (node->is(NodeClass::Update))
        return false;
      if (isWritten(*node))
        written += node->outputs.size();
    }
    // It reads gradients, too.
    size_t data = llvm::count_if(reads, [](const auto &read) {
      return Count(maxScalarBytes) < read.second;
    });
    return written > 1 && written < data &&
           countUpdatedArguments(graph, partition.members[kernel]) == written;
  }

  /// Nothing is added up: what was there is replaced.
  bool updatesCache() const {
    return llvm::all_of(members, [](const Node *node) {
      return !node->is(NodeClass::Update) || node->demand->work.empty();
    });
  }

  /// `prefix`, and the ops that work in alphabetical order, which does not
  /// depend on the order of independent ops.
  std::string fusedName(std::string prefix) const {
    llvm::SmallVector<llvm::StringRef, 16> names;
    for (const Node *node : members) {
      bool isWork = node->demand && !node->demand->work.empty();
      if (node == anchor || (anchor && !isWork))
        continue;
      for (mlir::Operation *op : node->ops)
        names.push_back(nameOfOp(op));
    }
    if (prefix.empty() && names.size() == 1)
      return names.front().str();
    llvm::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string name = prefix.empty() ? "fused" : std::move(prefix);
    for (llvm::StringRef op : llvm::ArrayRef(names).take_front(maxNamedOps))
      name += ("_" + op).str();
    return name;
  }

  const KernelGraph &graph;
  const Partition &partition;
  unsigned kernel;
  const ExternalReads &reads;
  llvm::SmallVector<const Node *> members;
  const Node *anchor = nullptr;
  Count largest;
  unsigned reductions = 0;
  bool specialOnFull = false;
  bool specialOnRows = false;
};

} // namespace

KernelIdentity identify(const KernelGraph &graph, const Partition &partition,
                        unsigned kernel, const ExternalReads &reads) {
  if (auto it = partition.named.find(kernel); it != partition.named.end())
    return it->second;
  return KernelTraits(graph, partition, kernel, reads).identify();
}

KernelFamily familyOf(const KnownOr<Demand> &demand) {
  if (!demand)
    return KernelFamily::Opaque;
  switch (demand->structure) {
  case Structure::Contraction:
    return KernelFamily::Gemm;
  case Structure::Convolution:
    return KernelFamily::Convolution;
  case Structure::Attention:
    return KernelFamily::Attention;
  case Structure::Sort:
    return KernelFamily::Sort;
  case Structure::Collective:
    return KernelFamily::Collective;
  case Structure::Opaque:
    return KernelFamily::Opaque;
  case Structure::Elementwise:
  case Structure::Reduction:
  case Structure::DataMovement:
  case Structure::GatherScatter:
  case Structure::View:
    break;
  }
  if (isScalarSized(*demand))
    return KernelFamily::Scalar;
  switch (demand->structure) {
  case Structure::Elementwise:
    return KernelFamily::Elementwise;
  case Structure::Reduction:
    return KernelFamily::Reduction;
  case Structure::GatherScatter:
    return KernelFamily::GatherScatter;
  default:
    return KernelFamily::DataMovement;
  }
}

bool readsGroupSizes(const Node &node) {
  if (node.ops.size() != 1 || node.structure() != Structure::Contraction)
    return false;
  auto isFloat = [](mlir::Type type) {
    return mlir::isa<mlir::FloatType>(mlir::getElementTypeOrSelf(type));
  };
  mlir::Operation *op = node.ops.front();
  constexpr unsigned groupSizes = 2;
  return op->getNumOperands() > groupSizes &&
         isFloat(op->getResult(0).getType()) &&
         !isFloat(op->getOperand(groupSizes).getType());
}

llvm::StringRef nameOfOp(mlir::Operation *op) {
  if (auto call = mlir::dyn_cast<mlir::CallOpInterface>(op))
    if (auto callee = mlir::dyn_cast_if_present<mlir::SymbolRefAttr>(
            call.getCallableForCallee())) {
      // JAX numbers functions of one name.
      llvm::StringRef name = callee.getLeafReference().strref();
      auto [stem, number] = name.rsplit('_');
      bool isNumbered = !stem.empty() && !number.empty() &&
                        llvm::all_of(number, llvm::isDigit);
      return isNumbered ? stem : name;
    }
  // What a call to a library calls.
  if (auto target = op->getAttrOfType<mlir::StringAttr>("call_target_name"))
    return target.strref();
  llvm::StringRef name = op->getName().getStringRef();
  return name.substr(name.rfind('.') + 1);
}

} // namespace roofline
