//===- StreamingTime.cpp - Times of streaming kernels ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/StreamingTime.h"

#include "StreamingLimits.h"

#include <cmath>

namespace roofline {

namespace {

/// The values of a calibration.
struct StreamingValues {
  double launch;
  double cacheBandwidth;
  double cacheShare;
  double elementwise;
  double activation;
  double gatedActivation;
  double rope;
  double rmsNorm;
  double layerNorm;
  double gather;
  double rowStep;
  double layerNormRows;
};

constexpr ParameterUnit seconds = ParameterUnit::Seconds;
constexpr ParameterUnit number = ParameterUnit::Number;

constexpr ParameterField<StreamingValues> fields[] = {
    {{"launch", seconds, 0.3e-6, 5e-6, 1.5e-6, std::nullopt,
      "start and end of a kernel"},
     &StreamingValues::launch},
    {{"cache_bandwidth", ParameterUnit::BytesPerSecond, 0.5e12, 20e12, 4e12,
      std::nullopt, "bandwidth of L2"},
     &StreamingValues::cacheBandwidth},
    {{"cache_share", number, 0.1, 1.5, 0.5, std::nullopt,
      "part of L2 that operands are found again in"},
     &StreamingValues::cacheShare},
    {{"elementwise", number, 0.3, 8, 1, 1,
      "time of the bytes of sums, products, copies and transposes, of that at "
      "peak bandwidth"},
     &StreamingValues::elementwise},
    {{"activation", number, 0.3, 8, 1.3, 1, "the same of activations"},
     &StreamingValues::activation},
    {{"gated_activation", number, 0.3, 8, 1.5, 1,
      "the same of gated activations"},
     &StreamingValues::gatedActivation},
    {{"rope", number, 0.3, 8, 2, 1, "the same of rotary position embeddings"},
     &StreamingValues::rope},
    {{"rms_norm", number, 0.3, 8, 2, 1,
      "the same of root-mean-square normalisations"},
     &StreamingValues::rmsNorm},
    {{"layer_norm", number, 0.3, 8, 1.5, 1,
      "the same of normalisations by mean and variance and of softmax"},
     &StreamingValues::layerNorm},
    {{"gather", number, 0.3, 8, 5, 1, "the same of rows at computed addresses"},
     &StreamingValues::gather},
    {{"row_step", seconds, 0.01e-6, 2e-6, 0.45e-6, 0,
      "1024 elements of a row in a block of threads"},
     &StreamingValues::rowStep},
    {{"layer_norm_rows", seconds, 0.05e-6, 10e-6, 4e-6, 0,
      "least time of the rows of layer_norm, instead of row_step"},
     &StreamingValues::layerNormRows},
};

constexpr llvm::StringLiteral regimes[] = {
    "elementwise", "activation", "gated_activation", "rope", "norm", "gather"};

/// Blocks of 1024 threads that a core holds, and of 512 threads, each of which
/// turns pairs of elements.
constexpr double wideBlocksPerCore = 2;
constexpr double ropeBlocksPerCore = 4;

/// Time of a kind's bytes, of that at peak bandwidth.
double factorOf(StreamingKind kind, const StreamingValues &values) {
  switch (kind) {
  case StreamingKind::Activation:
    return values.activation;
  case StreamingKind::GatedActivation:
    return values.gatedActivation;
  case StreamingKind::Rope:
    return values.rope;
  case StreamingKind::RmsNorm:
    return values.rmsNorm;
  case StreamingKind::LayerNorm:
  case StreamingKind::Softmax:
    return values.layerNorm;
  case StreamingKind::Gather:
    return values.gather;
  case StreamingKind::Elementwise:
  case StreamingKind::Transpose:
  case StreamingKind::Quantize:
  case StreamingKind::AbsoluteMaximum:
    return values.elementwise;
  }
  return values.elementwise;
}

/// Least time of the rows of `shape`, whatever the bandwidth.
double rowSeconds(const StreamingShape &shape, const StreamingMachine &machine,
                  const StreamingValues &values) {
  switch (shape.kind) {
  case StreamingKind::GatedActivation:
  case StreamingKind::RmsNorm:
    return rowWalkSeconds(shape.rows, shape.columns, wideBlocksPerCore,
                          values.rowStep, machine);
  case StreamingKind::Rope:
    return rowWalkSeconds(shape.rows, shape.columns, ropeBlocksPerCore,
                          values.rowStep, machine);
  case StreamingKind::LayerNorm:
  case StreamingKind::Softmax:
    return values.layerNormRows;
  default:
    // A thread has its elements whatever the row.
    return 0;
  }
}

} // namespace

const TimeModel &streamingModel() {
  static const std::vector<ModelParameter> parameters =
      parametersOf<StreamingValues>(fields);
  static const TimeModel model = {
      "streaming",
      "elementwise ops, activations, normalisations and moves of data",
      parameters,
      {},
      regimes};
  return model;
}

llvm::StringRef streamingRegime(const StreamingShape &shape) {
  switch (shape.kind) {
  case StreamingKind::Activation:
    return "activation";
  case StreamingKind::GatedActivation:
    return "gated_activation";
  case StreamingKind::Rope:
    return "rope";
  case StreamingKind::RmsNorm:
  case StreamingKind::LayerNorm:
  case StreamingKind::Softmax:
    return "norm";
  case StreamingKind::Gather:
    return "gather";
  case StreamingKind::Elementwise:
  case StreamingKind::Transpose:
  case StreamingKind::Quantize:
  case StreamingKind::AbsoluteMaximum:
    return "elementwise";
  }
  return "elementwise";
}

KnownOr<double> streamingSeconds(const StreamingShape &shape,
                                 const Machine &machine,
                                 const Calibration &calibration) {
  KnownOr<StreamingMachine> figures = findStreamingMachine(machine);
  if (!figures)
    return figures.unknown();
  StreamingValues values =
      unpackParameters<StreamingValues>(fields, calibration.values);
  auto secondsOf = [&](double bytes) {
    return streamedSeconds(bytes, *figures,
                           {1, values.cacheBandwidth, values.cacheShare});
  };
  // What is only streamed comes after what is gathered.
  double own = secondsOf(shape.bytes - shape.streamedBytes);
  double streamed = factorOf(shape.kind, values) * own +
                    values.elementwise * (secondsOf(shape.bytes) - own);
  // The steps of rows and the bytes hide each other only in part.
  return values.launch +
         std::hypot(streamed, rowSeconds(shape, *figures, values));
}

} // namespace roofline
