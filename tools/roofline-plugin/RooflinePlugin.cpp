//===- RooflinePlugin.cpp - Plugin for stock mlir-opt ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Load it both ways: `--load-dialect-plugin` makes attributes and models known,
// `--load-pass-plugin` the passes. It never registers `stablehlo` or another
// dialect that is not ours, because the host may link the real one; StableHLO
// in generic form is counted by op name under `--allow-unregistered-dialect`.
//
//===----------------------------------------------------------------------===//

#include "roofline/InitModels.h"
#include "roofline/InitPasses.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

#include "llvm/Config/llvm-config.h"
#include "llvm/Support/Compiler.h"

extern "C" LLVM_ATTRIBUTE_WEAK mlir::DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "roofline", LLVM_VERSION_STRING,
          [](mlir::DialectRegistry *registry) {
            roofline::registerDialectAndModels(*registry);
          }};
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "roofline", LLVM_VERSION_STRING,
          roofline::registerPassesAndPipelines};
}
