//===- Passes.h - Passes ----------------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TRANSFORMS_PASSES_H
#define ROOFLINE_TRANSFORMS_PASSES_H

#include "roofline/Interfaces/DemandRules.h"
#include "roofline/Model/KernelFamily.h"
#include "roofline/Report/Report.h"

#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassOptions.h"

namespace roofline {

#define GEN_PASS_DECL
#include "roofline/Transforms/Passes.h.inc"

/// Options of the pipeline `roofline`.
struct RooflinePipelineOptions
    : mlir::PassPipelineOptions<RooflinePipelineOptions> {
  ListOption<std::string> targets{
      *this, "targets",
      llvm::cl::desc("Names of targets, without spaces: h200,ascend-910b3")};
  ListOption<std::string> targetFiles{
      *this, "target-files",
      llvm::cl::desc("Target files that come before the built-in ones")};
  Option<bool> allowLowConfidence{
      *this, "allow-low-confidence",
      llvm::cl::desc(
          "Give times for targets whose files are not to be trusted with them"),
      llvm::cl::init(false)};
  Option<F32Precision> f32{
      *this, "f32", llvm::cl::desc("How f32 contractions and convolutions run"),
      llvm::cl::init(F32Precision::FromGraph),
      llvm::cl::values(
          clEnumValN(F32Precision::FromGraph, "graph",
                     "as the op's precision says; tf32 where it says nothing"),
          clEnumValN(F32Precision::TF32, "tf32",
                     "with operands rounded to tf32 (hf32 on Ascend)"),
          clEnumValN(F32Precision::Strict, "strict", "in full f32"))};
  ListOption<std::string> customCalls{
      *this, "custom-calls",
      llvm::cl::desc("Files that say what custom calls cost; they come before "
                     "what is built in")};
  Option<Fusion> fusion{
      *this, "fusion", llvm::cl::desc("Which ops run as one launch"),
      llvm::cl::init(Fusion::Library),
      llvm::cl::values(
          clEnumValN(Fusion::None, "none",
                     "every op by itself: the graph as it is"),
          clEnumValN(Fusion::Compiler, "compiler",
                     "what XLA and Inductor fuse"),
          clEnumValN(Fusion::Library, "library",
                     "what compilers fuse, and the fused kernels of vendors' "
                     "libraries"))};
  Option<Launching> launching{
      *this, "launch", llvm::cl::desc("How kernels get onto the device"),
      llvm::cl::init(Launching::Queued),
      llvm::cl::values(
          clEnumValN(Launching::Queued, "graph",
                     "captured or submitted ahead: the device never waits"),
          clEnumValN(Launching::Eager, "eager",
                     "one by one: a kernel takes at least the host's time to "
                     "submit it"))};
  Option<std::string> entry{
      *this, "entry",
      llvm::cl::desc("Function to form kernels in and in what it calls; by "
                     "default main, or the one nothing calls"),
      llvm::cl::init("")};
};

/// Demand, then kernels, then estimates on the targets.
void buildRooflinePipeline(mlir::OpPassManager &manager,
                           const RooflinePipelineOptions &options);

/// Registers the pipeline `roofline`.
void registerRooflinePipelines();

#define GEN_PASS_REGISTRATION
#include "roofline/Transforms/Passes.h.inc"

} // namespace roofline

#endif // ROOFLINE_TRANSFORMS_PASSES_H
