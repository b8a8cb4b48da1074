//===- TosaExternalModels.cpp - Demand of tosa ops ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/ExternalModels/ExternalModels.h"

#include "DialectElements.h"
#include "OpModels.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/DialectRegistry.h"

namespace roofline {

namespace {

using namespace mlir::tosa;

/// Product of some extents of a tensor; unknown where one is dynamic.
KnownOr<Count> extents(mlir::Value tensor, llvm::ArrayRef<unsigned> dims) {
  auto type = mlir::cast<mlir::ShapedType>(tensor.getType());
  if (!type.hasRank())
    return elementCount(type);
  Count product = 1;
  for (unsigned dim : dims) {
    if (dim >= type.getRank())
      return Unknown{UnknownKind::Malformed, "the rank of an operand is wrong"};
    if (type.isDynamicDim(dim))
      return elementCount(type);
    product *= type.getDimSize(dim);
  }
  return product;
}

//===----------------------------------------------------------------------===//
// Contractions and convolutions
//===----------------------------------------------------------------------===//

/// The four extents, any of which may be unknown.
struct Extents {
  KnownOr<Count> batch;
  KnownOr<Count> m;
  KnownOr<Count> n;
  KnownOr<Count> k;
};

KnownOr<Compute> contraction(const Extents &extents, mlir::Value lhs,
                             mlir::Value rhs, Structure structure,
                             const DemandOptions &options) {
  for (const KnownOr<Count> *extent :
       {&extents.batch, &extents.m, &extents.n, &extents.k})
    if (!*extent)
      return extent->unknown();
  std::optional<ElementType> type = contractionType(
      lhs.getType(), rhs.getType(), /*strictInGraph=*/false, options);
  if (!type)
    return Unknown{UnknownKind::Opaque,
                   "the element types of the contraction have no arithmetic"};
  return contractionCompute(
      {*extents.batch, *extents.m, *extents.n, *extents.k}, *type, structure);
}

Extents extentsOf(MatMulOp op) {
  // [N, H, C] x [N, C, W].
  return {extents(op.getA(), {0}), extents(op.getA(), {1}),
          extents(op.getB(), {2}), extents(op.getA(), {2})};
}

Extents extentsOf(MatmulTBlockScaledOp op) {
  // [N, H, C] x [N, W, C].
  return {extents(op.getAData(), {0}), extents(op.getAData(), {1}),
          extents(op.getBData(), {1}), extents(op.getAData(), {2})};
}

Extents extentsOf(Conv2DOp op) {
  // Weight [OC, KH, KW, IC], output [N, OH, OW, OC].
  return {Count(1), extents(op.getOutput(), {0, 1, 2}),
          extents(op.getWeight(), {0}), extents(op.getWeight(), {1, 2, 3})};
}

Extents extentsOf(Conv3DOp op) {
  // Weight [OC, KD, KH, KW, IC], output [N, OD, OH, OW, OC].
  return {Count(1), extents(op.getOutput(), {0, 1, 2, 3}),
          extents(op.getWeight(), {0}), extents(op.getWeight(), {1, 2, 3, 4})};
}

Extents extentsOf(DepthwiseConv2DOp op) {
  // Weight [KH, KW, C, M], output [N, OH, OW, C * M]: a product per channel.
  return {extents(op.getWeight(), {2}), extents(op.getOutput(), {0, 1, 2}),
          extents(op.getWeight(), {3}), extents(op.getWeight(), {0, 1})};
}

Extents extentsOf(TransposeConv2DOp op) {
  // Input [N, IH, IW, IC], weight [OC, KH, KW, IC]: every input element meets
  // the whole kernel; the holes of the dilated input are not counted.
  return {Count(1), extents(op.getInput(), {0, 1, 2}),
          extents(op.getWeight(), {0, 1, 2}), extents(op.getWeight(), {3})};
}

template <typename Op> struct MatMulModel : OpModel<MatMulModel<Op>> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &options) const {
    auto matmul = mlir::cast<Op>(op);
    unsigned rhs = std::is_same_v<Op, MatMulOp> ? 1 : 2;
    return contraction(extentsOf(matmul), op->getOperand(0),
                       op->getOperand(rhs), Structure::Contraction, options);
  }
};

template <typename Op> struct ConvModel : OpModel<ConvModel<Op>> {
  /// The convolution and one addition of the bias per output element.
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &options) const {
    auto conv = mlir::cast<Op>(op);
    KnownOr<Compute> compute =
        contraction(extentsOf(conv), conv.getInput(), conv.getWeight(),
                    Structure::Convolution, options);
    if (!compute)
      return compute;
    KnownOr<Compute> bias = elementwiseWork(op, WorkType::Result,
                                            /*vectorOps=*/1, /*specialOps=*/0);
    if (!bias)
      return bias;
    compute->work.add(bias->work);
    return compute;
  }
};

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

/// One operation per element of the window and output element, and a division
/// for the average.
template <typename Op> struct PoolModel : OpModel<PoolModel<Op>> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &) const {
    auto pool = mlir::cast<Op>(op);
    llvm::ArrayRef<int64_t> kernel = pool.getKernel();
    if (kernel.size() != 2 || kernel[0] < 0 || kernel[1] < 0)
      return Unknown{UnknownKind::Malformed,
                     "attribute 'kernel' is not two extents"};
    KnownOr<Compute> perWindowElement = elementwiseWork(
        op, WorkType::Result, /*vectorOps=*/1, /*specialOps=*/0);
    if (!perWindowElement)
      return perWindowElement;
    Count times = Count(kernel[0]) * Count(kernel[1]);
    if (std::is_same_v<Op, AvgPool2dOp>)
      times += 1;
    Compute compute = noCompute(Structure::Reduction);
    compute.work.add(perWindowElement->work, times);
    return compute;
  }
};

//===----------------------------------------------------------------------===//
// Fourier transforms
//===----------------------------------------------------------------------===//

/// 5 n log2 n real operations per complex transform of n points, half of that
/// for a real input (A28).
template <typename Op> struct FFTModel : OpModel<FFTModel<Op>> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &) const {
    mlir::Value input = op->getOperand(0);
    KnownOr<Count> transforms = extents(input, {0});
    KnownOr<Count> points = extents(input, {1, 2});
    std::optional<ElementType> type = elementTypeOf(input.getType());
    if (!transforms)
      return transforms.unknown();
    if (!points)
      return points.unknown();
    if (!type)
      return Unknown{UnknownKind::Opaque, "the element type has no arithmetic"};
    uint64_t stages = 0;
    for (Count reached = 1; reached < *points; reached *= 2)
      ++stages;
    Count ops = *transforms * *points * (5 * stages);
    if (std::is_same_v<Op, RFFT2dOp>)
      ops = ops.dividedRoundingUp(2);
    Compute compute = noCompute(Structure::Reduction);
    compute.work.add(Unit::Vector, *type, ops);
    return compute;
  }
};

//===----------------------------------------------------------------------===//
// Data movement
//===----------------------------------------------------------------------===//

/// A transposition that moves only dimensions of one element is a view.
struct TransposeModel : OpModel<TransposeModel> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &) const {
    return noCompute(isView(op) ? Structure::View : Structure::DataMovement);
  }
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    return isView(op) ? noTraffic(op) : memoryTraffic(op);
  }

private:
  static bool isView(mlir::Operation *op) {
    auto transpose = mlir::cast<TransposeOp>(op);
    auto type = mlir::cast<mlir::ShapedType>(transpose.getInput1().getType());
    int32_t last = -1;
    for (int32_t source : transpose.getPerms()) {
      if (!type.hasRank() || source < 0 || source >= type.getRank())
        return false;
      if (type.getDimSize(source) == 1)
        continue;
      if (source < last)
        return false;
      last = source;
    }
    return true;
  }
};

struct ScatterModel : NoWorkBase<ScatterModel, Structure::GatherScatter> {
  KnownOr<Traffic> getTraffic(mlir::Operation *op,
                              const DemandOptions &) const {
    auto scatter = mlir::cast<ScatterOp>(op);
    return updateTraffic(scatter.getValuesInMutable(),
                         memoryBytes(scatter.getInput().getType()));
  }
};

/// Bilinear interpolation: four products and three sums per output element.
struct ResizeModel : OpModel<ResizeModel> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &) const {
    if (mlir::cast<ResizeOp>(op).getMode() != ResizeMode::BILINEAR)
      return noCompute(Structure::DataMovement);
    return elementwiseWork(op, WorkType::Result, /*vectorOps=*/7,
                           /*specialOps=*/0);
  }
};

//===----------------------------------------------------------------------===//
// Others
//===----------------------------------------------------------------------===//

struct CustomModel : OpModel<CustomModel> {
  KnownOr<Compute> getCompute(mlir::Operation *op,
                              const DemandOptions &) const {
    auto custom = mlir::cast<CustomOp>(op);
    return Unknown{UnknownKind::Opaque,
                   ("custom op '" + custom.getDomainName() + "." +
                    custom.getOperatorName() + "' has no rule")
                       .str()};
  }
};

} // namespace

void registerTosaExternalModels(mlir::DialectRegistry &registry) {
  addTosaElementRules(registry);
  registry.addExtension(+[](mlir::MLIRContext *context, TosaDialect *) {
    attachModel<MatMulModel<MatMulOp>, MatMulOp>(context);
    attachModel<MatMulModel<MatmulTBlockScaledOp>, MatmulTBlockScaledOp>(
        context);
    attachModel<ConvModel<Conv2DOp>, Conv2DOp>(context);
    attachModel<ConvModel<Conv3DOp>, Conv3DOp>(context);
    attachModel<ConvModel<DepthwiseConv2DOp>, DepthwiseConv2DOp>(context);
    attachModel<ConvModel<TransposeConv2DOp>, TransposeConv2DOp>(context);

    attachModel<FFTModel<FFT2dOp>, FFT2dOp>(context);
    attachModel<FFTModel<RFFT2dOp>, RFFT2dOp>(context);
    attachModel<PoolModel<AvgPool2dOp>, AvgPool2dOp>(context);
    attachModel<PoolModel<MaxPool2dOp>, MaxPool2dOp>(context);
    attachModel<ReductionModel, ArgMaxOp, ReduceAllOp, ReduceAnyOp, ReduceMaxOp,
                ReduceMinOp, ReduceProductOp, ReduceSumOp>(context);

    attachModel<ElementwiseModel<1>, AbsOp, AddOp, ArithmeticRightShiftOp,
                BitwiseAndOp, BitwiseNotOp, BitwiseOrOp, BitwiseXorOp, CeilOp,
                ClzOp, FloorOp, IntDivOp, LogicalAndOp, LogicalLeftShiftOp,
                LogicalNotOp, LogicalOrOp, LogicalRightShiftOp, LogicalXorOp,
                MaximumOp, MinimumOp, MulOp, NegateOp, ReciprocalOp, SelectOp,
                SubOp, TableOp>(context);
    attachModel<ElementwiseModel<2>, ClampOp>(context);
    // Multiplication, rounding, shift.
    attachModel<ElementwiseModel<3>, ApplyScaleOp>(context);
    // The same between two zero points.
    attachModel<ElementwiseModel<5, 0, WorkType::Wider>, RescaleOp>(context);
    attachModel<ElementwiseModel<1, 0, WorkType::Operand>, EqualOp,
                GreaterEqualOp, GreaterOp>(context);
    attachModel<ElementwiseModel<1, 0, WorkType::Wider>, CastOp>(context);
    // Conversion and scale; for the inverse also the largest magnitude.
    attachModel<ElementwiseModel<2>, CastFromBlockScaledOp>(context);
    attachModel<ElementwiseModel<4, 0, WorkType::Operand>, CastToBlockScaledOp>(
        context);
    attachModel<ElementwiseModel<0, 1>, CosOp, ErfOp, ExpOp, LogOp, PowOp,
                RsqrtOp, SigmoidOp, SinOp, TanhOp>(context);

    attachModel<DataMovementModel, ConcatOp, PadOp, ReverseOp, TileOp>(context);
    attachModel<CopyModel, VariableWriteOp>(context);
    attachModel<GatherModel, mlir::tosa::GatherOp>(context);
    attachModel<ResizeModel, ResizeOp>(context);
    attachModel<ScatterModel, ScatterOp>(context);
    attachModel<SliceModel, SliceOp>(context);
    attachModel<TransposeModel, TransposeOp>(context);

    // Shapes are address arithmetic (A41); a variable is read where it lies.
    attachModel<ViewModel, AddShapeOp, ConcatShapeOp, ConstOp, ConstShapeOp,
                DimOp, DivCeilShapeOp, DivFloorShapeOp, Exp2ShapeOp, IdentityOp,
                Log2CeilShapeOp, Log2FloorShapeOp, MaxShapeOp, MinShapeOp,
                ModShapeOp, MulShapeOp, ReshapeOp, SliceShapeOp, SubShapeOp,
                VariableOp, VariableReadOp, YieldOp>(context);

    attachModel<BranchModel, IfOp>(context);
    attachModel<CustomModel, CustomOp>(context);
    attachModel<WhileModel, WhileOp>(context);
  });
}

} // namespace roofline
