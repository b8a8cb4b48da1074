//===- LinalgExternalModels.cpp - Demand of linalg ops --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Structured ops are understood by their loops, maps and bodies, so that a
// named op and the `linalg.generic` that says the same are the same demand.
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "DialectElements.h"
#include "LinalgContraction.h"
#include "LoopNest.h"
#include "OpModels.h"
#include "Payload.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

namespace {

using namespace mlir::linalg;

/// True where an accumulator starts from one value for all elements or from
/// none, which a kernel has at hand without reading memory (A45).
bool isFilled(mlir::Value init) {
  mlir::Operation *producer = init.getDefiningOp();
  if (!producer)
    return false;
  if (mlir::isa<FillOp, mlir::tensor::EmptyOp, mlir::tensor::SplatOp>(producer))
    return true;
  return producer->hasTrait<mlir::OpTrait::ConstantLike>() &&
         mlir::isa_and_nonnull<mlir::SplatElementsAttr>(
             producer->getAttr("value"));
}

/// Adds up the bytes that the operands read, each distinct value once.
class OperandReads {
public:
  explicit OperandReads(mlir::Operation *op) : op(op) {}

  /// Operand `index` touches `bytes`. A value that was read before adds what it
  /// touches besides.
  void add(unsigned index, Count bytes) {
    mlir::Value value = op->getOperand(index);
    for (unsigned earlier = 0; earlier < index; ++earlier) {
      if (op->getOperand(earlier) != value || reads[earlier].isZero())
        continue;
      reads[earlier] = std::max(reads[earlier], bytes);
      bytes = 0;
      break;
    }
    reads.push_back(bytes);
  }

  llvm::SmallVector<Count, 4> reads;

private:
  mlir::Operation *op;
};

KnownOr<LoopNest> loopNestOf(LinalgOp op) {
  return LoopNest::of(op, op.getIndexingMaps(), op.getNumDpsInputs());
}

/// Every structured op: `linalg.generic` and all named ones.
struct StructuredModel : OpModel<StructuredModel> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &options) const {
    auto structured = mlir::cast<LinalgOp>(op);
    KnownOr<LoopNest> nest = loopNestOf(structured);
    if (!nest)
      return nest.unknown();
    if (std::optional<KnownOr<Compute>> contraction =
            contractionComputeOf(structured, *nest, options))
      return *std::move(contraction);

    KnownOr<Payload> payload = payloadOf(*structured.getBlock(), options);
    if (!payload)
      return payload.unknown();
    Compute compute;
    compute.work.add(payload->work, nest->iterations());
    if (payload->gathers)
      compute.structure = Structure::GatherScatter;
    else if (payload->work.empty())
      compute.structure = Structure::DataMovement;
    else
      compute.structure = nest->reductionLoops() != 0 ? Structure::Reduction
                                                      : Structure::Elementwise;
    return compute;
  }

  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &options) const {
    auto structured = mlir::cast<LinalgOp>(op);
    KnownOr<LoopNest> nest = loopNestOf(structured);
    if (!nest)
      return nest.unknown();
    mlir::Block &body = *structured.getBlock();
    unsigned firstInit = structured.getNumDpsInputs();
    Traffic traffic;
    OperandReads reads(op);
    for (mlir::OpOperand &operand : op->getOpOperands()) {
      unsigned index = operand.getOperandNumber();
      KnownOr<Count> touched = nest->touchedBytes(index);
      if (!touched)
        return touched.unknown();
      bool isInit = index >= firstInit;
      bool isRead = index < body.getNumArguments() &&
                    !body.getArgument(index).use_empty() &&
                    !(isInit && isFilled(operand.get()));
      reads.add(index, isRead ? *touched : Count());
      if (isInit)
        traffic.writtenBytes.push_back(*touched);
    }
    traffic.readBytes = std::move(reads.reads);

    auto captured = capturedReads(body, nest->iterations(), options);
    if (!captured)
      return captured.unknown();
    traffic.readBytes.append(captured->begin(), captured->end());
    return traffic;
  }
};

/// Reads operand 0 and overwrites operand 1.
KnownOr<Traffic> sourceToInitTraffic(mlir::Operation *op) {
  KnownOr<Count> source = memoryBytes(op->getOperand(0).getType());
  KnownOr<Count> init = memoryBytes(op->getOperand(1).getType());
  if (!source)
    return source.unknown();
  if (!init)
    return init.unknown();
  Traffic traffic;
  traffic.readBytes.assign(op->getNumOperands(), 0);
  traffic.readBytes.front() = *source;
  traffic.writtenBytes = {*init};
  return traffic;
}

/// `linalg.pack` and `linalg.unpack`.
struct RelayoutModel : NoWorkBase<RelayoutModel> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    return sourceToInitTraffic(op);
  }
};

struct SoftmaxModel : OpModel<SoftmaxModel> {
  /// Maximum, subtraction, exponential, sum, division per element.
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &) const {
    KnownOr<Compute> compute = elementwiseCompute(
        op->getOperand(0).getType(), {{Unit::Vector, 4}, {Unit::Special, 1}});
    if (compute)
      compute->structure = Structure::Reduction;
    return compute;
  }
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    return sourceToInitTraffic(op);
  }
};

/// The transforms of Winograd's F(m, r): for each tile a product of small
/// constant matrices with the tile on both sides, or on one for a
/// one-dimensional window (A44). `alpha` = m + r - 1.
template <typename Op> struct WinogradModel : OpModel<WinogradModel<Op>> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &) const {
    auto transform = mlir::cast<Op>(op);
    auto [m, r] = getFmrFromWinogradConv2DFmr(transform.getFmr());
    uint64_t alpha = m + r - 1;
    // A tile of rows x rows becomes one of columns x columns.
    uint64_t from = alpha;
    uint64_t to = alpha;
    mlir::ShapedType tiles;
    unsigned tileDims[2] = {0, 1};
    if constexpr (std::is_same_v<Op, WinogradFilterTransformOp>) {
      from = r;
      tiles = transform.getFilterOperandType();
      tileDims[0] = 1;
      tileDims[1] = 2;
    } else if constexpr (std::is_same_v<Op, WinogradInputTransformOp>) {
      tiles = transform.getOutputOperandType();
    } else {
      to = m;
      tiles = transform.getValueOperandType();
    }
    bool isTwoDimensional = tiles.getDimSize(tileDims[0]) != 1 &&
                            tiles.getDimSize(tileDims[1]) != 1;
    uint64_t opsPerTile = isTwoDimensional
                              ? 2 * to * from * from + 2 * to * from * to
                              : 2 * to * from;

    llvm::SmallVector<int64_t> extents(tiles.getShape());
    extents[tileDims[0]] = extents[tileDims[1]] = 1;
    return elementwiseCompute(tiles.clone(extents),
                              {{Unit::Vector, opsPerTile}});
  }
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    return sourceToInitTraffic(op);
  }
};

} // namespace

void registerLinalgExternalModels(mlir::DialectRegistry &registry) {
  addLinalgElementRules(registry);
  registry.addExtension(+[](mlir::MLIRContext *context, LinalgDialect *) {
    attachModel<StructuredModel,
#define GET_OP_LIST
#include "mlir/Dialect/Linalg/IR/LinalgStructuredOps.cpp.inc"
                >(context);
    attachModel<RelayoutModel,
#define GET_OP_LIST
#include "mlir/Dialect/Linalg/IR/LinalgRelayoutOps.cpp.inc"
                >(context);
    attachModel<ViewModel, IndexOp, YieldOp>(context);
    attachModel<SoftmaxModel, SoftmaxOp>(context);
    attachModel<WinogradModel<WinogradFilterTransformOp>,
                WinogradFilterTransformOp>(context);
    attachModel<WinogradModel<WinogradInputTransformOp>,
                WinogradInputTransformOp>(context);
    attachModel<WinogradModel<WinogradOutputTransformOp>,
                WinogradOutputTransformOp>(context);
  });
}

} // namespace roofline
