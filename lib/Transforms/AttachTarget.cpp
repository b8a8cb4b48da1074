//===- AttachTarget.cpp - Describe a target in the module -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDiagnostics.h"

#include "roofline/Transforms/Passes.h"

#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/IR/Builders.h"

namespace roofline {

#define GEN_PASS_DEF_ROOFLINEATTACHTARGETPASS
#include "roofline/Transforms/Passes.h.inc"

namespace {

/// The machine as entries of a DLTI device, in a fixed order.
llvm::SmallVector<mlir::DataLayoutEntryInterface>
deviceEntries(mlir::MLIRContext *context, const Machine &machine) {
  mlir::Builder builder(context);
  llvm::SmallVector<mlir::DataLayoutEntryInterface> entries;
  auto add = [&](const llvm::Twine &key, std::optional<double> value) {
    if (value)
      entries.push_back(mlir::DataLayoutEntryAttr::get(
          builder.getStringAttr(key), builder.getF64FloatAttr(*value)));
  };
  for (const auto &[where, opsPerSecond] : machine.rates)
    add(where.str(), opsPerSecond);
  // Whole numbers are integers: a float of some prints as hexadecimal bits.
  auto addCount = [&](const llvm::Twine &key, std::optional<double> value) {
    if (value)
      entries.push_back(mlir::DataLayoutEntryAttr::get(
          builder.getStringAttr(key),
          builder.getI64IntegerAttr(static_cast<int64_t>(*value))));
  };
  auto addLevel = [&](const MemoryLevel &level) {
    addCount(level.name + "_bytes", level.capacityBytes);
    add(level.name + "_bytes_per_second", level.bytesPerSecond);
  };
  addLevel(machine.hbm);
  for (const MemoryLevel &cache : machine.caches)
    addLevel(cache);
  for (const Link &link : machine.links)
    add(link.name + "_bytes_per_second", link.bytesPerSecond);
  addCount("matrix_cores", machine.matrixCores);
  addCount("vector_cores", machine.vectorCores);
  add("launch_seconds", machine.launchSeconds);
  return entries;
}

struct AttachTargetPass : impl::RooflineAttachTargetPassBase<AttachTargetPass> {
  using RooflineAttachTargetPassBase::RooflineAttachTargetPassBase;

  void runOnOperation() override {
    if (target.empty()) {
      mlir::emitError(getOperation().getLoc(),
                      "no target is named; give the pass 'target', such as "
                      "target=h200");
      return signalPassFailure();
    }
    // A description is not a time: low confidence is no reason to refuse it.
    mlir::FailureOr<TargetPtrs> found =
        findTargetsForPass(getOperation(), {target}, targetFiles,
                           /*allowLowConfidence=*/true);
    if (failed(found))
      return signalPassFailure();

    mlir::MLIRContext *context = &getContext();
    const Target &described = *found->front();
    auto device = mlir::TargetDeviceSpecAttr::get(
        context, deviceEntries(context, described.getMachine()));
    auto id = mlir::StringAttr::get(context, described.getName());

    llvm::SmallVector<mlir::DataLayoutEntryInterface> devices;
    llvm::StringRef name = mlir::DLTIDialect::kTargetSystemDescAttrName;
    if (auto existing =
            getOperation()->getAttrOfType<mlir::TargetSystemSpecAttr>(name))
      for (mlir::DataLayoutEntryInterface entry : existing.getEntries())
        if (entry.getKey() != mlir::DataLayoutEntryKey(id))
          devices.push_back(entry);
    devices.push_back(mlir::DataLayoutEntryAttr::get(id, device));
    getOperation()->setAttr(name,
                            mlir::TargetSystemSpecAttr::get(context, devices));
  }
};

} // namespace

} // namespace roofline
