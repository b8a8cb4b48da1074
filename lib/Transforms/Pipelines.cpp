//===- Pipelines.cpp - Pipelines of passes --------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Transforms/Passes.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

namespace roofline {

void buildRooflinePipeline(mlir::OpPassManager &manager,
                           const RooflinePipelineOptions &options) {
  RooflineAnnotateDemandPassOptions demand;
  demand.f32 = options.f32;
  llvm::append_range(demand.customCalls, options.customCalls);
  manager.addPass(createRooflineAnnotateDemandPass(std::move(demand)));

  RooflineFormKernelsPassOptions kernels;
  kernels.fusion = options.fusion;
  kernels.f32 = options.f32;
  llvm::append_range(kernels.customCalls, options.customCalls);
  kernels.entry = options.entry;
  manager.addPass(createRooflineFormKernelsPass(std::move(kernels)));

  RooflineEstimatePassOptions estimate;
  llvm::append_range(estimate.targets, options.targets);
  llvm::append_range(estimate.targetFiles, options.targetFiles);
  estimate.allowLowConfidence = options.allowLowConfidence;
  estimate.launching = options.launching;
  manager.addPass(createRooflineEstimatePass(std::move(estimate)));
}

void registerRooflinePipelines() {
  // By hand, because the usual registration lets a pass manager of functions
  // meet a pass of modules, which ends the program instead of the parse.
  mlir::registerPassPipeline(
      "roofline",
      "attach demand to every op, form kernels, and estimate both on targets",
      [](mlir::OpPassManager &manager, llvm::StringRef text,
         llvm::function_ref<mlir::LogicalResult(const llvm::Twine &)> emitError)
          -> mlir::LogicalResult {
        std::optional<llvm::StringRef> anchor = manager.getOpName();
        if (anchor && *anchor != mlir::ModuleOp::getOperationName())
          return emitError("'roofline' runs on 'builtin.module', not on '" +
                           *anchor + "'");
        RooflinePipelineOptions options;
        if (failed(options.parseFromString(text)))
          return mlir::failure();
        buildRooflinePipeline(manager, options);
        return mlir::success();
      },
      [](llvm::function_ref<void(const mlir::detail::PassOptions &)> visit) {
        visit(RooflinePipelineOptions());
      });
}

} // namespace roofline
