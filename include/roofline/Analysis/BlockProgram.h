//===- BlockProgram.h - What runs in a block, and in what order -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the analysis of memory sees of a block once its kernels are formed: the
// launches, the ops that run bodies, and the values that are in memory between
// them.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_ANALYSIS_BLOCKPROGRAM_H
#define ROOFLINE_ANALYSIS_BLOCKPROGRAM_H

#include "mlir/IR/Operation.h"

#include "llvm/ADT/ArrayRef.h"

#include <string>
#include <vector>

namespace roofline {

/// A value that a step leaves in memory.
struct StoredValue {
  mlir::Value value;
  /// What is overwritten in place to make it; null where it is new.
  mlir::Value updated;
};

/// A launch, or an op that runs bodies.
struct ProgramStep {
  /// The op that stands for the kernel, or runs the bodies.
  mlir::Operation *root = nullptr;
  /// What the kernel is called; empty where bodies are run.
  std::string kernelName;
  /// False for arithmetic that is for control only.
  bool isLaunch = true;
  /// Where its values begin in those of the program.
  size_t firstRead = 0;
  size_t firstStored = 0;

  bool runsBodies() const { return kernelName.empty(); }
};

/// The steps of one block, with those of functions that are a part of it, in
/// program order of their roots. That is not always an order in which they can
/// run: a kernel reads what its epilogue reads. Values are those that are in
/// memory: what a view views, and what a value that is computed wherever it is
/// read is computed from.
class BlockProgram {
public:
  explicit BlockProgram(mlir::Block *block) : owner(block) {}

  mlir::Block *block() const { return owner; }
  llvm::ArrayRef<ProgramStep> steps() const { return stepList; }
  /// What a step reads; of an op that runs bodies also what they read of
  /// values around it. A value may be there twice.
  llvm::ArrayRef<mlir::Value> reads(size_t step) const {
    return part(readValues, stepList[step].firstRead,
                step + 1 < stepList.size() ? stepList[step + 1].firstRead
                                           : readValues.size());
  }
  /// The operands of an op that runs bodies, one by one, are the first of what
  /// it reads; null for those that are no value in memory.
  llvm::ArrayRef<mlir::Value> operands(size_t step) const {
    return reads(step).take_front(stepList[step].root->getNumOperands());
  }
  llvm::ArrayRef<StoredValue> stored(size_t step) const {
    return part(storedValues, stepList[step].firstStored,
                step + 1 < stepList.size() ? stepList[step + 1].firstStored
                                           : storedValues.size());
  }

  /// Begins the next step; what is read and stored from here on is its.
  void beginStep(mlir::Operation *root, std::string kernelName, bool isLaunch) {
    stepList.push_back({root, std::move(kernelName), isLaunch,
                        readValues.size(), storedValues.size()});
  }
  void addRead(mlir::Value value) { readValues.push_back(value); }
  void addStored(mlir::Value value, mlir::Value updated) {
    storedValues.push_back({value, updated});
  }

  /// The values that the block ends with, one for each operand of its last op;
  /// null for those that are no value in memory.
  std::vector<mlir::Value> yielded;

private:
  template <typename T>
  static llvm::ArrayRef<T> part(const std::vector<T> &values, size_t begin,
                                size_t end) {
    return llvm::ArrayRef(values).slice(begin, end - begin);
  }

  mlir::Block *owner;
  /// Values of all steps in one list each: graphs have a million steps.
  std::vector<ProgramStep> stepList;
  std::vector<mlir::Value> readValues;
  std::vector<StoredValue> storedValues;
};

} // namespace roofline

#endif // ROOFLINE_ANALYSIS_BLOCKPROGRAM_H
