//===- Pipelines.cpp - Pipelines of passes --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

namespace roofline {

void buildRooflinePipeline(mlir::OpPassManager &manager,
                           const RooflinePipelineOptions &options) {
  RooflineAnnotateDemandPassOptions demand;
  demand.f32 = options.f32;
  llvm::append_range(demand.customCalls, options.customCalls);
  manager.addPass(createRooflineAnnotateDemandPass(std::move(demand)));

  RooflineEstimatePassOptions estimate;
  llvm::append_range(estimate.targets, options.targets);
  llvm::append_range(estimate.targetFiles, options.targetFiles);
  estimate.allowLowConfidence = options.allowLowConfidence;
  manager.addPass(createRooflineEstimatePass(std::move(estimate)));
}

void registerRooflinePipelines() {
  mlir::PassPipelineRegistration<RooflinePipelineOptions>(
      "roofline", "attach demand, and estimates on targets, to every op",
      buildRooflinePipeline);
}

} // namespace roofline
