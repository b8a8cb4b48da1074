//===- FusedSequences.cpp - Kernels that one larger kernel does -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/FusedSequences.h"

#include "KernelFeatures.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

#include "llvm/ADT/SetVector.h"

namespace roofline {

namespace {

constexpr llvm::StringLiteral patternNames[] = {
    "latent_attention_prolog",
    "norm_rope_cache",
    "partial_rope",
    "batched_gemm_transpose",
    "fused_add_rms_norm_bias",
    "rms_norm_quantize",
    "gated_activation_quantize",
    "grouped_gemm_activation",
    "moe_dispatch_combine",
    "moe_dispatch_ffn_combine",
    "gemm_all_reduce",
    "gemm_reduce_scatter",
    "all_gather_gemm",
};

/// Kernels that only move data and that are looked through between two others.
constexpr size_t maxMoves = 8;

class SequenceFinder {
public:
  SequenceFinder(llvm::ArrayRef<Kernel> kernels, const DemandLookup &lookup)
      : kernels(kernels), lookup(lookup), flow(kernels, lookup) {
    features.reserve(kernels.size());
    for (unsigned kernel = 0; kernel < kernels.size(); ++kernel)
      features.push_back(findFeatures(kernels, kernel, flow, lookup));
  }

  std::vector<FusedSequence> find() {
    for (unsigned kernel = 0; kernel < kernels.size(); ++kernel) {
      findLatentProlog(kernel);
      findNormRopeCache(kernel);
      findPartialRope(kernel);
      findTransposedProduct(kernel);
      findNormWithOffset(kernel);
      findQuantized(kernel);
      findExperts(kernel);
      findCollectives(kernel);
    }
    llvm::stable_sort(
        found, [](const FusedSequence &lhs, const FusedSequence &rhs) {
          return std::make_pair(lhs.kernels.front(), rankOf(lhs.pattern)) <
                 std::make_pair(rhs.kernels.front(), rankOf(rhs.pattern));
        });
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return std::move(found);
  }

private:
  using Set = llvm::SmallSetVector<unsigned, 8>;

  static size_t rankOf(llvm::StringRef pattern) {
    return llvm::find(patternNames, pattern) - std::begin(patternNames);
  }

  void add(llvm::StringLiteral pattern, llvm::ArrayRef<unsigned> group) {
    FusedSequence sequence{pattern, {group.begin(), group.end()}};
    llvm::sort(sequence.kernels);
    sequence.kernels.erase(
        std::unique(sequence.kernels.begin(), sequence.kernels.end()),
        sequence.kernels.end());
    found.push_back(std::move(sequence));
  }

  //===--------------------------------------------------------------------===//
  // Kinds of kernels
  //===--------------------------------------------------------------------===//

  bool is(unsigned kernel, KernelFamily family) const {
    return kernels[kernel].family == family;
  }

  /// Products with parameters, of experts or not.
  bool isProduct(unsigned kernel) const {
    return (is(kernel, KernelFamily::Gemm) ||
            is(kernel, KernelFamily::GroupedGemm)) &&
           !features[kernel].contractions.empty() &&
           llvm::any_of(features[kernel].contractions,
                        [&](mlir::Operation *op) {
                          return weightOf(op, kernel).has_value();
                        });
  }

  /// The operand of a contraction that holds parameters; none where both or
  /// neither do.
  std::optional<unsigned> weightOf(mlir::Operation *op, unsigned kernel) const {
    if (op->getNumOperands() < 2)
      return std::nullopt;
    bool isFirst = flow.isParameter(op->getOperand(0), kernel);
    bool isSecond = flow.isParameter(op->getOperand(1), kernel);
    if (isFirst == isSecond)
      // Of a graph that begins with a product both are arguments.
      return isFirst ? std::optional<unsigned>(1) : std::nullopt;
    return isFirst ? 0 : 1;
  }

  bool isMove(unsigned kernel) const {
    return is(kernel, KernelFamily::DataMovement);
  }
  bool isRouted(unsigned kernel) const {
    return is(kernel, KernelFamily::MoeRouting);
  }
  bool isCollective(unsigned kernel, llvm::StringRef stem) const {
    return is(kernel, KernelFamily::Collective) &&
           opStem(kernels[kernel].root) == stem;
  }

  /// `kernel`, or what it reads through kernels for which `isBetween`; those
  /// are noted in `passed`.
  Set producersThrough(unsigned kernel,
                       llvm::function_ref<bool(unsigned)> isBetween,
                       Set *passed = nullptr) const {
    return through(kernel, isBetween, passed,
                   [&](unsigned index) { return flow.producers(index); });
  }
  Set consumersThrough(unsigned kernel,
                       llvm::function_ref<bool(unsigned)> isBetween,
                       Set *passed = nullptr) const {
    return through(kernel, isBetween, passed,
                   [&](unsigned index) { return flow.consumers(index); });
  }

  static Set
  through(unsigned kernel, llvm::function_ref<bool(unsigned)> isBetween,
          Set *passed,
          llvm::function_ref<llvm::ArrayRef<unsigned>(unsigned)> neighbours) {
    Set found, between;
    between.insert(kernel);
    for (size_t next = 0; next < between.size() && next < maxMoves; ++next)
      for (unsigned neighbour : neighbours(between[next]))
        if (neighbour != kernel && isBetween(neighbour))
          between.insert(neighbour);
        else
          found.insert(neighbour);
    if (passed)
      passed->insert(between.begin() + 1, between.end());
    return found;
  }

  /// The kernel that yields `value`, behind what kernels look through.
  std::optional<unsigned> kernelOf(mlir::Value value, unsigned reader) const {
    for (mlir::Value source : flow.sources(value, reader))
      if (mlir::Operation *op = source.getDefiningOp())
        if (std::optional<unsigned> kernel = flow.kernelOf(op))
          return kernel;
    return std::nullopt;
  }

  /// Whether `kernel` reads `producer`, at most through data movement.
  bool reads(unsigned kernel, unsigned producer) const {
    return producersThrough(kernel,
                            [&](unsigned index) { return isMove(index); })
        .contains(producer);
  }

  //===--------------------------------------------------------------------===//
  // Attention's surroundings
  //===--------------------------------------------------------------------===//

  /// `down` yields the low-rank rows of queries, and those of keys with a part
  /// to rotate: rows are normalised apart from that part.
  void findLatentProlog(unsigned query) {
    // From the norm of the queries' rows.
    if (!features[query].isRmsNorm || features[query].rotation)
      return;
    for (unsigned down : flow.producers(query)) {
      if (!isProduct(down))
        continue;
      for (unsigned up : flow.consumers(query)) {
        if (!isProduct(up) || up == down)
          continue;
        Set turned;
        for (unsigned next : consumersThrough(
                 up, [&](unsigned index) { return isMove(index); }))
          if (features[next].rotation && features[next].rotation->isPart)
            turned.insert(next);
        if (turned.empty())
          continue;
        addLatentProlog(query, down, up, turned);
      }
    }
  }

  void addLatentProlog(unsigned query, unsigned down, unsigned up,
                       const Set &turned) {
    // Keys: by the same product as the queries' rows, or by one beside it.
    Set downs;
    downs.insert(down);
    for (unsigned source : flow.producers(down))
      for (unsigned other : flow.consumers(source))
        if (isProduct(other) && other != up)
          downs.insert(other);
    for (unsigned keys : downs)
      for (unsigned norm : flow.consumers(keys)) {
        if (norm == query || !features[norm].isRmsNorm)
          continue;
        for (unsigned rotated : flow.consumers(keys)) {
          // What is rotated is another part of what the product yields.
          const std::optional<Rotation> &rotation = features[rotated].rotation;
          if (!rotation || !rotation->isPart ||
              kernelOf(rotation->source, rotated) != keys)
            continue;
          Set group = turned;
          for (unsigned kernel : {query, down, up, keys, norm, rotated})
            group.insert(kernel);
          addAbsorbed(up, group);
          addCaches({norm, rotated}, group);
          add("latent_attention_prolog", group.getArrayRef());
          return;
        }
      }
  }

  /// The product of queries with what takes keys up, head by head.
  void addAbsorbed(unsigned up, Set &group) const {
    for (unsigned next :
         consumersThrough(up, [&](unsigned index) { return isMove(index); }))
      if (isProduct(next) && isBatched(next))
        group.insert(next);
  }

  bool isBatched(unsigned kernel) const {
    return llvm::all_of(features[kernel].contractions,
                        [&](mlir::Operation *op) {
                          KnownOr<Demand> demand = lookup.demand(op);
                          return demand && demand->contraction &&
                                 Count(1) < demand->contraction->batch;
                        });
  }

  /// Writes into caches of what `sources` yield, and what is on the way there.
  void addCaches(llvm::ArrayRef<unsigned> sources, Set &group) const {
    for (unsigned source : sources) {
      if (features[source].writesCache)
        continue;
      Set passed;
      for (unsigned next : consumersThrough(
               source, [&](unsigned index) { return isCacheMove(index); },
               &passed))
        // One that rotates reads tables for it.
        if (features[next].writesCache && !features[next].rotation)
          group.insert(next);
      for (unsigned index : passed)
        if (isOnlyReadBy(index, group))
          group.insert(index);
    }
  }

  bool isOnlyReadBy(unsigned kernel, const Set &group) const {
    return llvm::all_of(flow.consumers(kernel), [&](unsigned reader) {
      return group.contains(reader);
    });
  }

  /// Moves and gathers on the way into a cache.
  bool isCacheMove(unsigned kernel) const {
    return isMove(kernel) ||
           (is(kernel, KernelFamily::GatherScatter) &&
            !features[kernel].writesCache && !features[kernel].rotation);
  }

  /// Whether what a kernel yields is written into a cache, perhaps by itself.
  bool isCached(unsigned kernel) const {
    auto isBetween = [&](unsigned index) { return isCacheMove(index); };
    // One that rotates reads tables for it.
    return features[kernel].writesCache ||
           llvm::any_of(
               consumersThrough(kernel, isBetween), [&](unsigned next) {
                 return features[next].writesCache && !features[next].rotation;
               });
  }

  /// Rows of a product are normalised and then rotated, or a part of them the
  /// one and another part the other, and written into caches.
  void findNormRopeCache(unsigned turned) {
    const std::optional<Rotation> &rotation = features[turned].rotation;
    if (!rotation || !isCached(turned))
      return;
    std::optional<unsigned> before = kernelOf(rotation->source, turned);
    std::optional<unsigned> norm;
    if (features[turned].isRmsNorm && before == turned && readsProduct(turned))
      norm = turned;
    else if (before && features[*before].isRmsNorm && readsProduct(*before))
      norm = before;
    else if (before && isProduct(*before) && rotation->isPart)
      for (unsigned other : flow.consumers(*before))
        if (other != turned && features[other].isRmsNorm && isCached(other))
          norm = other;
    if (!norm)
      return;
    Set group;
    group.insert(turned);
    group.insert(*norm);
    addCaches({turned, *norm}, group);
    add("norm_rope_cache", group.getArrayRef());
  }

  bool readsProduct(unsigned kernel) const {
    return llvm::any_of(
        producersThrough(kernel, [&](unsigned index) { return isMove(index); }),
        [&](unsigned producer) { return isProduct(producer); });
  }

  /// A part of each head is rotated and put back beside the rest.
  void findPartialRope(unsigned kernel) {
    if (features[kernel].rotation && features[kernel].rotation->keepsRest &&
        !is(kernel, KernelFamily::Attention))
      add("partial_rope", {kernel});
  }

  //===--------------------------------------------------------------------===//
  // Products
  //===--------------------------------------------------------------------===//

  /// True for an op that gives its operand's dimensions another order, so that
  /// the first one is no longer the first.
  static bool movesFirstDimension(mlir::Operation *op) {
    if (op->getNumResults() != 1)
      return false;
    auto before = mlir::dyn_cast<mlir::ShapedType>(op->getOperand(0).getType());
    auto after = mlir::dyn_cast<mlir::ShapedType>(op->getResult(0).getType());
    if (!before || !after || !before.hasRank() || !after.hasRank() ||
        before.getRank() != after.getRank())
      return false;
    for (llvm::StringRef name : {"permutation", "perms"}) {
      mlir::Attribute attribute = op->getAttr(name);
      if (auto list =
              mlir::dyn_cast_if_present<mlir::DenseI64ArrayAttr>(attribute))
        return !list.empty() && list[0] != 0;
      if (auto list =
              mlir::dyn_cast_if_present<mlir::DenseI32ArrayAttr>(attribute))
        return !list.empty() && list[0] != 0;
      if (auto list =
              mlir::dyn_cast_if_present<mlir::DenseIntElementsAttr>(attribute))
        return list.getNumElements() > 0 &&
               *list.getValues<llvm::APInt>().begin() != 0;
    }
    return false;
  }

  /// Independent products with parameters of which all that reads the result
  /// reads it transposed.
  void findTransposedProduct(unsigned kernel) {
    if (!isProduct(kernel) || !isBatched(kernel) ||
        features[kernel].contractions.size() != 1)
      return;
    mlir::Operation *op = features[kernel].contractions.front();
    std::optional<unsigned> weight = weightOf(op, kernel);
    // Experts that all multiply the same rows have nothing to transpose.
    if (!weight || isBroadcast(op->getOperand(1 - *weight)))
      return;
    Set group;
    group.insert(kernel);
    llvm::SmallSetVector<mlir::Value, 4> values;
    values.insert(op->getResult(0));
    for (size_t next = 0; next < values.size(); ++next) {
      if (values[next].use_empty() || maxMoves < next)
        return;
      for (mlir::Operation *user : values[next].getUsers()) {
        if (movesFirstDimension(user)) {
          std::optional<unsigned> mover = flow.kernelOf(user);
          if (mover && isMove(*mover))
            group.insert(*mover);
          continue;
        }
        // Another type, or dimensions of one.
        KnownOr<Demand> demand = lookup.demand(user);
        bool isSame = demand && user->getNumResults() == 1 &&
                      user->getNumOperands() == 1 &&
                      (demand->structure == Structure::View ||
                       demand->structure == Structure::Elementwise);
        if (!isSame)
          return;
        values.insert(user->getResult(0));
      }
    }
    add("batched_gemm_transpose", group.getArrayRef());
  }

  bool isBroadcast(mlir::Value value) const {
    mlir::Operation *op = value.getDefiningOp();
    for (size_t step = 0; op && step < maxMoves; ++step) {
      if (opStem(op).contains("broadcast"))
        return true;
      if (op->getNumOperands() != 1)
        return false;
      op = op->getOperand(0).getDefiningOp();
    }
    return false;
  }

  //===--------------------------------------------------------------------===//
  // Norms and activations
  //===--------------------------------------------------------------------===//

  void findNormWithOffset(unsigned kernel) {
    if (features[kernel].isRmsNorm && features[kernel].addsOffset)
      add("fused_add_rms_norm_bias", {kernel});
  }

  /// What nothing but a quantisation reads, and the quantisation.
  void findQuantized(unsigned kernel) {
    if (!is(kernel, KernelFamily::Quantization))
      return;
    auto addBoth = [&](llvm::ArrayRef<unsigned> group) {
      for (unsigned part : group) {
        if (features[part].isRmsNorm && !is(part, KernelFamily::Gemm))
          return add("rms_norm_quantize", group);
        if (features[part].isGate && !isProduct(part))
          return add("gated_activation_quantize", group);
      }
    };
    if (features[kernel].isRmsNorm || features[kernel].isGate)
      return addBoth({kernel});
    for (unsigned before : flow.producers(kernel))
      if (narrows(kernel))
        addBoth({before, kernel});
  }

  /// Whether a quantisation makes values smaller rather than larger.
  bool narrows(unsigned kernel) const {
    mlir::Type type = kernels[kernel].root->getResult(0).getType();
    auto shaped = mlir::dyn_cast<mlir::ShapedType>(type);
    return kernels[kernel].name != "dequantize" && shaped;
  }

  //===--------------------------------------------------------------------===//
  // Experts
  //===--------------------------------------------------------------------===//

  /// From the first products of experts.
  void findExperts(unsigned first) {
    if (!is(first, KernelFamily::GroupedGemm))
      return;
    Set group;
    group.insert(first);
    Set second;
    auto isBetween = [&](unsigned index) {
      return isMove(index) || is(index, KernelFamily::Quantization);
    };
    auto isExperts = [&](unsigned index) {
      return is(index, KernelFamily::GroupedGemm);
    };
    if (features[first].isGate) {
      for (unsigned next : consumersThrough(first, isBetween, &group))
        if (isExperts(next))
          second.insert(next);
    } else {
      for (unsigned gate : consumersThrough(
               first, [&](unsigned index) { return isMove(index); })) {
        if (!features[gate].isGate || isProduct(gate))
          continue;
        Set passed;
        bool isFollowed = false;
        for (unsigned next : consumersThrough(gate, isBetween, &passed))
          if (isExperts(next) && next != first) {
            second.insert(next);
            isFollowed = true;
          }
        if (!isFollowed)
          continue;
        group.insert(gate);
        group.insert(passed.begin(), passed.end());
        for (unsigned other : flow.producers(gate))
          if (isExperts(other))
            group.insert(other);
      }
    }
    if (second.empty())
      return;
    if (group.front() == *llvm::min_element(firstsOf(group)))
      add("grouped_gemm_activation", group.getArrayRef());
    findDispatch(first, second, group);
  }

  /// The products among `group`.
  Set firstsOf(const Set &group) const {
    Set firsts;
    for (unsigned kernel : group)
      if (is(kernel, KernelFamily::GroupedGemm))
        firsts.insert(kernel);
    return firsts;
  }

  /// Tokens come to experts from other devices, and results go back there.
  void findDispatch(unsigned first, const Set &second, const Set &experts) {
    auto isBetween = [&](unsigned index) {
      return isMove(index) || isRouted(index) ||
             is(index, KernelFamily::Quantization) ||
             is(index, KernelFamily::GatherScatter) ||
             is(index, KernelFamily::Elementwise);
    };
    Set before, after, exchange;
    for (unsigned producer : producersThrough(first, isBetween, &before))
      if (isCollective(producer, "all_to_all"))
        exchange.insert(producer);
    size_t dispatches = exchange.size();
    for (unsigned last : second)
      for (unsigned consumer : consumersThrough(last, isBetween, &after))
        if (isCollective(consumer, "all_to_all"))
          exchange.insert(consumer);
    if (dispatches == 0 || exchange.size() == dispatches)
      return;
    // Tokens in the order of experts before, and back in theirs behind.
    Set group = exchange;
    for (unsigned kernel : exchange) {
      for (unsigned near : flow.producers(kernel))
        if (isPermutation(near))
          group.insert(near);
      for (unsigned near : flow.consumers(kernel))
        if (isPermutation(near))
          group.insert(near);
    }
    add("moe_dispatch_combine", group.getArrayRef());
    group.insert(experts.begin(), experts.end());
    group.insert(second.begin(), second.end());
    add("moe_dispatch_ffn_combine", group.getArrayRef());
  }

  bool isPermutation(unsigned kernel) const {
    return isRouted(kernel) && kernels[kernel].name != "topk_softmax";
  }

  //===--------------------------------------------------------------------===//
  // Collectives beside products
  //===--------------------------------------------------------------------===//

  void findCollectives(unsigned kernel) {
    if (!is(kernel, KernelFamily::Collective))
      return;
    mlir::Operation *op = kernels[kernel].root;
    if (isCollective(kernel, "all_reduce") && addsUp(op))
      addBehindProduct("gemm_all_reduce", kernel);
    if (isCollective(kernel, "reduce_scatter") && addsUp(op) &&
        dividesRows(op, "scatter_dimension"))
      addBehindProduct("gemm_reduce_scatter", kernel);
    if (isCollective(kernel, "all_gather") && dividesRows(op, "all_gather_dim"))
      addBeforeProduct(kernel);
  }

  /// Whether devices have rows each, rather than parts of every row: the
  /// dimension comes first but for those of one element, and is not the last.
  static bool dividesRows(mlir::Operation *op, llvm::StringRef name) {
    auto dimension = op->getAttrOfType<mlir::IntegerAttr>(name);
    if (!dimension || op->getNumOperands() == 0)
      return false;
    auto type = mlir::dyn_cast<mlir::ShapedType>(op->getOperand(0).getType());
    int64_t number = dimension.getInt();
    return type && type.hasRank() && number >= 0 &&
           number + 1 < type.getRank() &&
           llvm::all_of(type.getShape().take_front(number),
                        [](int64_t extent) { return extent == 1; });
  }

  static bool addsUp(mlir::Operation *op) {
    bool adds = false, others = false;
    op->walk([&](mlir::Operation *inner) {
      if (inner == op || inner == &inner->getBlock()->back())
        return;
      bool isAdd = opStem(inner).starts_with("add");
      adds |= isAdd;
      others |= !isAdd;
    });
    return adds && !others;
  }

  /// A collective that alone reads a product.
  void addBehindProduct(llvm::StringLiteral pattern, unsigned kernel) {
    llvm::ArrayRef<unsigned> producers = flow.producers(kernel);
    if (producers.size() != 1 || !isProduct(producers.front()) ||
        flow.escapes(producers.front()) ||
        flow.consumers(producers.front()).size() != 1)
      return;
    add(pattern, {producers.front(), kernel});
  }

  /// A gather of what is not a parameter, which alone products read as data.
  void addBeforeProduct(unsigned kernel) {
    mlir::Operation *op = kernels[kernel].root;
    llvm::ArrayRef<unsigned> readers = flow.consumers(kernel);
    if (op->getNumResults() != 1 || op->getNumOperands() == 0 ||
        readers.empty() || flow.escapes(kernel) ||
        flow.isParameter(op->getOperand(0), kernel))
      return;
    for (unsigned reader : readers) {
      if (!isProduct(reader))
        return;
      for (mlir::Operation *contraction : features[reader].contractions) {
        std::optional<unsigned> weight = weightOf(contraction, reader);
        if (!weight ||
            kernelOf(contraction->getOperand(1 - *weight), reader) != kernel)
          return;
      }
    }
    Set group;
    group.insert(kernel);
    group.insert(readers.begin(), readers.end());
    add("all_gather_gemm", group.getArrayRef());
  }

  llvm::ArrayRef<Kernel> kernels;
  const DemandLookup &lookup;
  KernelFlow flow;
  std::vector<KernelFeatures> features;
  std::vector<FusedSequence> found;
};

} // namespace

llvm::ArrayRef<llvm::StringLiteral> fusedSequencePatterns() {
  return patternNames;
}

std::vector<FusedSequence> findFusedSequences(llvm::ArrayRef<Kernel> kernels,
                                              const DemandLookup &lookup) {
  return SequenceFinder(kernels, lookup).find();
}

bool excludeEachOther(const FusedSequence &lhs, const FusedSequence &rhs) {
  return llvm::any_of(lhs.kernels, [&](unsigned kernel) {
    return llvm::is_contained(rhs.kernels, kernel);
  });
}

} // namespace roofline
