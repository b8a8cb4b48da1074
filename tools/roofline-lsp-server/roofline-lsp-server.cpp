//===- roofline-lsp-server.cpp - Language server --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `mlir-lsp-server` that also reads StableHLO, its companions and roofline
// attributes.
//
//===----------------------------------------------------------------------===//

#include "roofline/InitAll.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  roofline::registerEverything(registry);
  return failed(mlir::MlirLspServerMain(argc, argv, registry));
}
