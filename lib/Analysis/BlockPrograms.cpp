//===- BlockPrograms.cpp - Programs of blocks from their kernels ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BlockPrograms.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

namespace roofline {

namespace {

/// True for memory that an op sets aside for others to write to.
bool isAllocated(mlir::Value value) {
  if (!mlir::isa<mlir::BaseMemRefType>(value.getType()))
    return false;
  auto effects = mlir::dyn_cast_if_present<mlir::MemoryEffectOpInterface>(
      value.getDefiningOp());
  return effects && effects.getEffectOnValue<mlir::MemoryEffects::Allocate>(
                        mlir::cast<mlir::OpResult>(value));
}

/// From the kernels of one block.
class ProgramBuilder {
public:
  ProgramBuilder(mlir::Block *block, const KernelGraph &graph,
                 const Partition &partition)
      : graph(graph), partition(partition), program(block) {
    for (unsigned kernel = 0; kernel < partition.members.size(); ++kernel)
      for (unsigned member : partition.members[kernel])
        for (const NodeInput &input : graph.nodes[member].inputs)
          if (isExternal(input, kernel))
            readElsewhere.insert(input.source);
  }

  BlockProgram build(llvm::ArrayRef<PlacedKernel> kernels) {
    std::vector<unsigned> order;
    for (auto [index, kernel] : llvm::enumerate(kernels))
      if (!partition.members[index].empty())
        order.push_back(index);
    llvm::stable_sort(order, [&](unsigned lhs, unsigned rhs) {
      return kernels[lhs].place < kernels[rhs].place;
    });
    for (unsigned index : order)
      addStep(index, *kernels[index].kernel);
    program.yielded = graph.yielded;
    return std::move(program);
  }

private:
  bool isExternal(const NodeInput &input, unsigned kernel) const {
    return input.source &&
           (!input.producer || partition.kernelOf[*input.producer] != kernel);
  }

  void addStep(unsigned index, const Kernel &kernel) {
    const bool runsBodies = kernel.ops.empty();
    program.beginStep(kernel.root, runsBodies ? "" : kernel.name,
                      kernel.family != KernelFamily::Scalar);
    if (runsBodies)
      if (auto it = graph.bodyOperands.find(kernel.root);
          it != graph.bodyOperands.end())
        for (mlir::Value operand : it->second)
          program.addRead(operand);
    for (unsigned member : partition.members[index])
      for (const NodeInput &input : graph.nodes[member].inputs)
        if (isExternal(input, index))
          addRead(input.source);
    for (unsigned member : partition.members[index])
      addStored(graph.nodes[member]);
  }

  void addRead(mlir::Value value) {
    if (isAllocated(value) && graph.placeOf(value.getDefiningOp()) &&
        buffers.insert(value).second)
      program.addStored(value, nullptr);
    program.addRead(value);
  }

  void addStored(const Node &node) {
    // Updates of several buffers of one type are in the order of the buffers.
    llvm::SmallDenseMap<mlir::Type, unsigned, 2> updates;
    for (const NodeOutput &output : node.outputs) {
      if (!output.escapes && !readElsewhere.contains(output.value))
        continue;
      mlir::Value updated;
      KnownOr<Count> whole = byteCount(output.value.getType());
      if (whole && output.bytes < *whole && !output.bytes.isZero())
        updated = bufferOf(node, output, updates[output.value.getType()]++);
      program.addStored(output.value, updated);
    }
  }

  /// What is overwritten in place where less than all of a result is written.
  static mlir::Value bufferOf(const Node &node, const NodeOutput &output,
                              unsigned number) {
    for (const NodeInput &input : node.inputs)
      if (input.isBuffer && input.source &&
          input.source.getType() == output.value.getType() && number-- == 0)
        return input.source;
    return nullptr;
  }

  const KernelGraph &graph;
  const Partition &partition;
  BlockProgram program;
  llvm::DenseSet<mlir::Value> readElsewhere;
  llvm::DenseSet<mlir::Value> buffers;
};

} // namespace

BlockProgram makeProgram(mlir::Block *block, const KernelGraph &graph,
                         const Partition &partition,
                         llvm::ArrayRef<PlacedKernel> kernels) {
  return ProgramBuilder(block, graph, partition).build(kernels);
}

//===----------------------------------------------------------------------===//
// Op by op
//===----------------------------------------------------------------------===//

BlockProgram &OpPrograms::programOf(mlir::Operation *op) {
  mlir::Block *block = op->getBlock();
  return programs.try_emplace(block, block).first->second;
}

OpPrograms::Sources OpPrograms::sourcesOf(mlir::Value value) const {
  auto it = viewed.find(value);
  return it == viewed.end() ? Sources{value} : it->second;
}

void OpPrograms::addReads(BlockProgram &program, mlir::Value value) {
  for (mlir::Value source : sourcesOf(value)) {
    if (isAllocated(source) &&
        source.getDefiningOp()->getBlock() == program.block() &&
        buffers.insert(source).second)
      program.addStored(source, nullptr);
    program.addRead(source);
  }
}

/// What the value is; null where it is several.
mlir::Value OpPrograms::sourceOf(mlir::Value value) const {
  Sources sources = sourcesOf(value);
  return sources.size() == 1 ? sources.front() : nullptr;
}

void OpPrograms::addReads(BlockProgram &program, mlir::Operation *op) {
  for (mlir::Value operand : op->getOperands())
    addReads(program, operand);
  if (op->getNumRegions() == 0)
    return;
  llvm::SetVector<mlir::Value> captured;
  mlir::getUsedValuesDefinedAbove(op->getRegions(), captured);
  for (mlir::Value value : captured)
    addReads(program, value);
}

void OpPrograms::addKernel(const Kernel &kernel, const Traffic &traffic) {
  mlir::Operation *op = kernel.root;
  BlockProgram &program = programOf(op);
  program.beginStep(op, kernel.name, kernel.family != KernelFamily::Scalar);
  addReads(program, op);
  for (mlir::OpResult result : op->getResults()) {
    // A part is overwritten of the first operand of the result's type.
    mlir::Value updated;
    KnownOr<Count> whole = byteCount(result.getType());
    unsigned index = result.getResultNumber();
    if (whole && index < traffic.writtenBytes.size() &&
        traffic.writtenBytes[index] < *whole &&
        !traffic.writtenBytes[index].isZero()) {
      auto it = llvm::find(op->getOperandTypes(), result.getType());
      if (it != op->getOperandTypes().end())
        updated = sourceOf(
            op->getOperand(std::distance(op->getOperandTypes().begin(), it)));
    }
    program.addStored(result, updated);
  }
}

void OpPrograms::addBodies(mlir::Operation *op) {
  BlockProgram &program = programOf(op);
  program.beginStep(op, "", /*isLaunch=*/false);
  for (mlir::Value operand : op->getOperands())
    program.addRead(sourceOf(operand));
  addReads(program, op);
  for (mlir::Value result : op->getResults())
    program.addStored(result, nullptr);
}

void OpPrograms::addView(mlir::Operation *op) {
  BlockProgram &program = programOf(op);
  if (op == &op->getBlock()->back() && op->getNumResults() == 0)
    for (mlir::Value operand : op->getOperands())
      program.yielded.push_back(sourceOf(operand));
  const bool isPairwise = op->getNumOperands() == op->getNumResults();
  if (op->getNumOperands() == 0)
    return;
  for (auto [index, result] : llvm::enumerate(op->getResults())) {
    Sources sources;
    if (isPairwise)
      sources = sourcesOf(op->getOperand(index));
    else
      for (mlir::Value operand : op->getOperands())
        for (mlir::Value source : sourcesOf(operand))
          if (!llvm::is_contained(sources, source))
            sources.push_back(source);
    viewed[result] = std::move(sources);
  }
}

void OpPrograms::take(llvm::function_ref<void(BlockProgram)> visit) {
  for (auto &[block, program] : programs)
    visit(std::move(program));
}

} // namespace roofline
