//===- GraphMemory.cpp - Values that are in memory between kernels --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/GraphMemory.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

#include <algorithm>
#include <functional>
#include <queue>

namespace roofline {

namespace {

/// What running a block takes beside what was there before.
struct BlockMemory {
  KnownOr<Count> peakBytes = Count(0);
  mlir::Operation *peakRoot = nullptr;
  std::string peakKernel;
  Count kernels;
  std::vector<LiveStretch> timeline;
  /// For each value that the block ends with the argument of the block that it
  /// is, as it was or updated in place; null for others.
  std::vector<mlir::BlockArgument> yieldedArguments;
};

/// Bytes of a value in memory: scalars and vectors are in registers (A40).
KnownOr<Count> storedBytes(mlir::Type type) {
  if (type.isIntOrIndexOrFloat() || mlir::isa<mlir::VectorType>(type))
    return Count(0);
  return byteCount(type);
}

/// Makes few stretches of many, each as long as another as far as they go.
void shorten(std::vector<LiveStretch> &timeline) {
  if (timeline.size() <= maxLiveStretches)
    return;
  Count total;
  for (const LiveStretch &stretch : timeline)
    total += stretch.kernels;
  // Two neighbours are longer than the limit: twice as many at most.
  Count limit = total.isOverflow()
                    ? total
                    : total.dividedRoundingUp(maxLiveStretches / 2);
  std::vector<LiveStretch> shorter;
  for (const LiveStretch &stretch : timeline) {
    bool isLonger =
        shorter.empty() || limit < shorter.back().kernels + stretch.kernels;
    if (isLonger && shorter.size() < maxLiveStretches) {
      shorter.push_back(stretch);
      continue;
    }
    shorter.back().kernels += stretch.kernels;
    shorter.back().bytes = std::max(shorter.back().bytes, stretch.bytes);
  }
  timeline = std::move(shorter);
}

using BlockMemories = llvm::DenseMap<mlir::Block *, BlockMemory>;

/// What an op that runs bodies takes while it runs.
struct BodiesMemory {
  KnownOr<Count> peakBytes = Count(0);
  /// The body with that peak, the first one, and the last one, which yields the
  /// results; null where it is not known.
  const BlockMemory *dearest = nullptr;
  const BlockMemory *first = nullptr;
  const BlockMemory *last = nullptr;
  bool isCall = false;
  /// True where it runs more than once: what a trip is given must be there
  /// beside what it yields.
  bool isRepeated = false;
  /// Launches of every body once.
  Count kernels;
};

/// Bytes that are alive at every step of one block.
class BlockSweep {
public:
  BlockSweep(const BlockProgram &program, const ExecutionCounts &counts,
             const BlockMemories &inner, bool isEntry)
      : program(program), counts(counts), inner(inner), isEntry(isEntry) {}

  BlockMemory run() {
    findBodies();
    schedule();
    findStorages();
    if (unknown) {
      memory.peakBytes = *unknown;
      return std::move(memory);
    }
    sweep();
    return std::move(memory);
  }

private:
  /// Memory of a value and all its updates.
  struct Storage {
    uint64_t bytes = 0;
    /// When it is written first and needed last, in the order of the schedule.
    size_t begin = 0;
    size_t end = 0;
  };

  //===--------------------------------------------------------------------===//
  // Bodies
  //===--------------------------------------------------------------------===//

  void findBodies() {
    for (size_t step = 0; step < program.steps().size(); ++step)
      if (program.steps()[step].runsBodies())
        bodiesOf.try_emplace(step, memoryOfBodies(program.steps()[step].root));
  }

  BodiesMemory memoryOfBodies(mlir::Operation *op) {
    BodiesMemory result;
    for (const Body &body : counts.bodies(op)) {
      mlir::Operation *callee = counts.callee(body);
      mlir::Region *region = callee ? &callee->getRegion(0) : body.region;
      if (!region || region->empty() || (body.times && body.times->isZero()))
        continue;
      result.last = nullptr;
      result.isCall = callee != nullptr;
      result.isRepeated =
          !callee && !body.isAlternative && !(body.times && *body.times == 1);
      if (!region->hasOneBlock()) {
        leaveOpen({UnknownKind::Unmodelled,
                   "values that cross branches between blocks are not "
                   "followed"});
        continue;
      }
      auto it = inner.find(&region->front());
      // A kernel that is written as a loop, or nothing that takes memory.
      if (it == inner.end())
        continue;
      const BlockMemory &memory = it->second;
      if (!memory.peakBytes) {
        leaveOpen(memory.peakBytes.unknown());
        continue;
      }
      result.last = &memory;
      if (!result.first)
        result.first = &memory;
      result.kernels += memory.kernels;
      if (!result.dearest || *result.dearest->peakBytes < *memory.peakBytes)
        result.dearest = &memory;
    }
    if (result.dearest)
      result.peakBytes = *result.dearest->peakBytes;
    return result;
  }

  void leaveOpen(const Unknown &why) {
    if (!unknown)
      unknown = why;
  }

  /// What a result of an op with bodies is, as it was given or updated in
  /// place; null where it is new.
  mlir::Value handedThrough(size_t step, const BodiesMemory &bodies,
                            unsigned result) {
    mlir::Operation *op = program.steps()[step].root;
    if (!bodies.last || result >= bodies.last->yieldedArguments.size() ||
        bodies.last->yieldedArguments.size() != op->getNumResults())
      return nullptr;
    mlir::BlockArgument argument = bodies.last->yieldedArguments[result];
    if (!argument)
      return nullptr;
    // A condition that hands values on to the body must do so in their order.
    if (bodies.first != bodies.last) {
      llvm::ArrayRef<mlir::BlockArgument> handed =
          bodies.first->yieldedArguments;
      if (handed.size() > 1 &&
          (handed.size() != op->getNumResults() + 1 || !handed[result + 1] ||
           handed[result + 1].getArgNumber() != result))
        return nullptr;
    }
    llvm::ArrayRef<mlir::Value> operands = program.operands(step);
    // Loops begin with bounds, and their bodies with the number of the trip.
    const unsigned arguments = argument.getOwner()->getNumArguments();
    const unsigned fromEnd = arguments - argument.getArgNumber();
    if (fromEnd > operands.size())
      return nullptr;
    const unsigned operand = operands.size() - fromEnd;
    const bool isInPlace = bodies.isCall
                               ? arguments == operands.size()
                               : op->getNumResults() - result == fromEnd;
    if (!isInPlace || !operands[operand] ||
        operands[operand].getType() != op->getResult(result).getType() ||
        argument.getType() != op->getResult(result).getType())
      return nullptr;
    return operands[operand];
  }

  //===--------------------------------------------------------------------===//
  // Order
  //===--------------------------------------------------------------------===//

  /// Program order as far as every step comes after what it reads.
  void schedule() {
    const size_t count = program.steps().size();
    llvm::DenseMap<mlir::Value, unsigned> producer;
    for (size_t step = 0; step < count; ++step)
      for (const StoredValue &stored : program.stored(step))
        producer.try_emplace(stored.value, step);
    std::vector<unsigned> waitingFor(count);
    std::vector<std::pair<unsigned, unsigned>> edges;
    bool isOrdered = true;
    for (size_t step = 0; step < count; ++step)
      for (mlir::Value value : program.reads(step)) {
        auto it = value ? producer.find(value) : producer.end();
        if (it == producer.end() || it->second == step)
          continue;
        isOrdered &= it->second < step;
        ++waitingFor[step];
        edges.emplace_back(it->second, step);
      }
    timeOf.resize(count);
    order.reserve(count);
    if (isOrdered) {
      for (size_t step = 0; step < count; ++step)
        order.push_back(timeOf[step] = step);
      return;
    }
    llvm::sort(edges);
    std::priority_queue<unsigned, std::vector<unsigned>, std::greater<unsigned>>
        ready;
    for (size_t step = 0; step < count; ++step)
      if (waitingFor[step] == 0)
        ready.push(step);
    std::vector<bool> isPlaced(count);
    while (!ready.empty()) {
      unsigned step = ready.top();
      ready.pop();
      place(step, isPlaced);
      for (auto it = std::lower_bound(edges.begin(), edges.end(),
                                      std::make_pair(step, 0u));
           it != edges.end() && it->first == step; ++it)
        if (--waitingFor[it->second] == 0)
          ready.push(it->second);
    }
    // Steps that read each other in a circle stay in program order.
    for (size_t step = 0; step < count; ++step)
      if (!isPlaced[step])
        place(step, isPlaced);
  }

  void place(unsigned step, std::vector<bool> &isPlaced) {
    isPlaced[step] = true;
    timeOf[step] = order.size();
    order.push_back(step);
  }

  //===--------------------------------------------------------------------===//
  // Storages
  //===--------------------------------------------------------------------===//

  void findStorages() {
    newAt.resize(order.size());
    Count all;
    for (size_t time = 0; time < order.size(); ++time) {
      unsigned step = order[time];
      auto bodies = bodiesOf.find(step);
      for (const StoredValue &stored : program.stored(step)) {
        mlir::Value updated = stored.updated;
        if (bodies != bodiesOf.end() &&
            stored.value.getDefiningOp() == program.steps()[step].root)
          updated = handedThrough(
              step, bodies->second,
              mlir::cast<mlir::OpResult>(stored.value).getResultNumber());
        if (updated)
          rootOf[stored.value] = root(updated);
        else
          addStorage(stored.value, time, all);
      }
    }
    if (!all.asUint64())
      leaveOpen({UnknownKind::Overflow, "values between kernels exceed 2^64"});
    for (size_t time = 0; time < order.size(); ++time) {
      for (mlir::Value value : program.reads(order[time]))
        use(value, time);
      for (const StoredValue &stored : program.stored(order[time]))
        use(stored.value, time);
    }
    for (mlir::Value value : program.yielded) {
      memory.yieldedArguments.push_back(nullptr);
      if (!value)
        continue;
      mlir::Value origin = root(value);
      if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(origin))
        if (argument.getOwner() == program.block())
          memory.yieldedArguments.back() = argument;
      auto it = storageOf.find(origin);
      if (it == storageOf.end())
        continue;
      // Results of the graph are counted as such.
      if (isEntry)
        storages[it->second].bytes = 0;
      storages[it->second].end = order.size();
    }
  }

  void addStorage(mlir::Value value, size_t time, Count &all) {
    auto [it, isNew] = storageOf.try_emplace(value, storages.size());
    if (!isNew)
      return;
    Storage storage;
    storage.begin = storage.end = time;
    if (KnownOr<Count> bytes = storedBytes(value.getType())) {
      all += *bytes;
      storage.bytes = bytes->asUint64().value_or(0);
    } else {
      leaveOpen(bytes.unknown());
    }
    newAt[time].push_back(storages.size());
    storages.push_back(storage);
  }

  mlir::Value root(mlir::Value value) const {
    auto it = rootOf.find(value);
    return it == rootOf.end() ? value : it->second;
  }

  void use(mlir::Value value, size_t time) {
    if (!value)
      return;
    auto it = storageOf.find(root(value));
    if (it == storageOf.end())
      return;
    Storage &storage = storages[it->second];
    storage.begin = std::min(storage.begin, time);
    storage.end = std::max(storage.end, time);
  }

  //===--------------------------------------------------------------------===//
  // Sweep
  //===--------------------------------------------------------------------===//

  void sweep() {
    std::vector<llvm::SmallVector<unsigned, 2>> beginsAt(order.size()),
        endsAt(order.size() + 1);
    for (auto [index, storage] : llvm::enumerate(storages)) {
      beginsAt[storage.begin].push_back(index);
      endsAt[storage.end].push_back(index);
    }
    uint64_t alive = 0;
    for (size_t time = 0; time < order.size(); ++time) {
      for (unsigned storage : beginsAt[time])
        alive += storages[storage].bytes;
      unsigned step = order[time];
      if (program.steps()[step].runsBodies())
        runBodies(step, time, alive);
      else
        runKernel(program.steps()[step], alive);
      for (unsigned storage : endsAt[time])
        alive -= storages[storage].bytes;
      // Longer than needed, so that shortening is rare.
      if (memory.timeline.size() > 8 * maxLiveStretches)
        shorten(memory.timeline);
    }
    shorten(memory.timeline);
  }

  void notePeak(Count bytes, mlir::Operation *root, llvm::StringRef kernel) {
    if (!(*memory.peakBytes < bytes))
      return;
    memory.peakBytes = bytes;
    memory.peakRoot = root;
    memory.peakKernel = kernel.str();
  }

  void runKernel(const ProgramStep &step, uint64_t alive) {
    notePeak(alive, step.root, step.kernelName);
    if (!step.isLaunch)
      return;
    memory.kernels += 1;
    memory.timeline.push_back({Count(1), Count(alive)});
  }

  void runBodies(unsigned step, size_t time, uint64_t alive) {
    mlir::Operation *op = program.steps()[step].root;
    const BodiesMemory &bodies = bodiesOf.find(step)->second;
    llvm::StringRef opName = op->getName().getStringRef();
    // What the bodies yield is alive in them as far as it is new.
    uint64_t results = 0;
    for (unsigned storage : newAt[time])
      results += storages[storage].bytes;
    Count around = Count(alive - results) + carriedBytes(step, time, bodies);
    if (bodies.dearest) {
      Count inside = around + *bodies.peakBytes;
      notePeak(inside, bodies.dearest->peakRoot ? bodies.dearest->peakRoot : op,
               bodies.dearest->peakRoot
                   ? llvm::StringRef(bodies.dearest->peakKernel)
                   : opName);
      for (const Body &body : counts.bodies(op))
        appendTimeline(body, around);
      memory.kernels += bodies.kernels;
    } else if (llvm::any_of(counts.bodies(op), [](const Body &body) {
                 return body.region != nullptr;
               })) {
      // A loop over scalars is a kernel.
      memory.kernels += 1;
      memory.timeline.push_back({Count(1), Count(alive)});
    }
    notePeak(Count(alive), op, opName);
    if (bodies.dearest && !memory.timeline.empty())
      memory.timeline.back().bytes =
          std::max(memory.timeline.back().bytes, Count(alive));
  }

  void appendTimeline(const Body &body, Count around) {
    mlir::Operation *callee = counts.callee(body);
    mlir::Region *region = callee ? &callee->getRegion(0) : body.region;
    if (!region || region->empty() || (body.times && body.times->isZero()))
      return;
    auto it = inner.find(&region->front());
    if (it == inner.end())
      return;
    for (const LiveStretch &stretch : it->second.timeline)
      memory.timeline.push_back({stretch.kernels, stretch.bytes + around});
  }

  /// A trip of a loop reads what the one before it has yielded. That is in the
  /// memory of what the loop was given where nothing needs it any more.
  uint64_t carriedBytes(unsigned step, size_t time,
                        const BodiesMemory &bodies) const {
    if (!bodies.isRepeated)
      return 0;
    mlir::Operation *op = program.steps()[step].root;
    llvm::ArrayRef<mlir::Value> operands = program.operands(step);
    llvm::SmallDenseSet<unsigned, 4> reused;
    uint64_t bytes = 0;
    for (mlir::OpResult result : op->getResults()) {
      auto own = storageOf.find(result);
      if (own == storageOf.end())
        continue;
      const unsigned fromEnd = op->getNumResults() - result.getResultNumber();
      mlir::Value given = fromEnd <= operands.size()
                              ? operands[operands.size() - fromEnd]
                              : mlir::Value();
      if (given) {
        auto it = storageOf.find(root(given));
        if (it != storageOf.end() && storages[it->second].end == time &&
            reused.insert(it->second).second)
          continue;
      }
      KnownOr<Count> size = storedBytes(result.getType());
      bytes += size ? size->asUint64().value_or(0) : 0;
    }
    return bytes;
  }

  const BlockProgram &program;
  const ExecutionCounts &counts;
  const BlockMemories &inner;
  const bool isEntry;
  BlockMemory memory;
  std::optional<Unknown> unknown;
  /// By step.
  llvm::DenseMap<size_t, BodiesMemory> bodiesOf;
  std::vector<unsigned> timeOf;
  /// Steps in the order that they run in.
  std::vector<unsigned> order;
  std::vector<Storage> storages;
  llvm::DenseMap<mlir::Value, unsigned> storageOf;
  /// What an updated value was first.
  llvm::DenseMap<mlir::Value, mlir::Value> rootOf;
  /// Storages of the results of every step, by its time.
  std::vector<llvm::SmallVector<unsigned, 1>> newAt;
};

} // namespace

GraphMemory computeGraphMemory(mlir::Operation *entry,
                               const ExecutionCounts &counts,
                               std::vector<BlockProgram> programs) {
  GraphMemory result;
  if (entry->getNumRegions() == 0 || entry->getRegion(0).empty())
    return result;
  mlir::Region &region = entry->getRegion(0);
  if (!region.hasOneBlock()) {
    result.peakBytes =
        Unknown{UnknownKind::Unmodelled,
                "values that cross branches between blocks are not followed"};
    return result;
  }
  // What is called, and what is inside, comes later in the list.
  BlockMemories memories;
  while (!programs.empty()) {
    const BlockProgram &program = programs.back();
    memories[program.block()] = BlockSweep(program, counts, memories,
                                           program.block() == &region.front())
                                    .run();
    programs.pop_back();
  }
  auto it = memories.find(&region.front());
  if (it == memories.end())
    return result;
  BlockMemory &memory = it->second;
  result.peakBytes = memory.peakBytes;
  if (!result.peakBytes)
    return result;
  if (result.peakBytes->isOverflow()) {
    result.peakBytes =
        Unknown{UnknownKind::Overflow, "values between kernels exceed 2^128"};
    return result;
  }
  result.peakRoot = memory.peakRoot;
  result.peakKernel = std::move(memory.peakKernel);
  result.timeline = std::move(memory.timeline);
  return result;
}

} // namespace roofline
