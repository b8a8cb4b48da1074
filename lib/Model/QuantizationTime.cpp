//===- QuantizationTime.cpp - Times of quantisation -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/QuantizationTime.h"

#include "StreamingLimits.h"

#include <cmath>

namespace roofline {

namespace {

/// The values of a calibration.
struct QuantizationValues {
  double launch;
  double bandwidth;
  double cacheBandwidth;
  double cacheShare;
  double maximumLaunch;
  double maximum;
  double rowStep;
};

constexpr ParameterUnit seconds = ParameterUnit::Seconds;
constexpr ParameterUnit number = ParameterUnit::Number;

constexpr ParameterField<QuantizationValues> fields[] = {
    {{"launch", seconds, 0.3e-6, 5e-6, 1.3e-6, std::nullopt,
      "start and end of a kernel that quantises"},
     &QuantizationValues::launch},
    {{"bandwidth", number, 0.5, 1, 0.9, std::nullopt,
      "bandwidth of off-chip memory, of the peak"},
     &QuantizationValues::bandwidth},
    {{"cache_bandwidth", ParameterUnit::BytesPerSecond, 0.5e12, 20e12, 5e12,
      std::nullopt, "bandwidth of L2"},
     &QuantizationValues::cacheBandwidth},
    {{"cache_share", number, 0.1, 1.5, 0.65, std::nullopt,
      "part of L2 that operands are found again in"},
     &QuantizationValues::cacheShare},
    {{"maximum_launch", seconds, 0.05e-6, 5e-6, 0.5e-6, std::nullopt,
      "what the search of the largest value adds to a kernel at least"},
     &QuantizationValues::maximumLaunch},
    {{"maximum", number, 0.1, 4, 0.5, 1,
      "time of the bytes of the search, of that at full bandwidth"},
     &QuantizationValues::maximum},
    {{"row_step", seconds, 0.01e-6, 2e-6, 0.1e-6, 0,
      "1024 elements of a row in a block of threads that searches"},
     &QuantizationValues::rowStep},
};

constexpr llvm::StringLiteral regimes[] = {"quantize", "absolute_maximum"};

/// Blocks of 1024 threads that a core holds.
constexpr double blocksPerCore = 2;

} // namespace

const TimeModel &quantizationModel() {
  static const std::vector<ModelParameter> parameters =
      parametersOf<QuantizationValues>(fields);
  static const TimeModel model = {
      "quantization",
      "conversion to scaled 8-bit elements, and the search of the scale",
      parameters,
      {},
      regimes};
  return model;
}

llvm::StringRef quantizationRegime(const StreamingShape &shape) {
  return shape.kind == StreamingKind::AbsoluteMaximum ? "absolute_maximum"
                                                      : "quantize";
}

KnownOr<double> quantizationSeconds(const StreamingShape &shape,
                                    const Machine &machine,
                                    const Calibration &calibration) {
  KnownOr<StreamingMachine> figures = findStreamingMachine(machine);
  if (!figures)
    return figures.unknown();
  QuantizationValues values =
      unpackParameters<QuantizationValues>(fields, calibration.values);
  double streamed = streamedSeconds(
      shape.bytes, *figures,
      {values.bandwidth, values.cacheBandwidth, values.cacheShare});
  if (shape.kind != StreamingKind::AbsoluteMaximum)
    return values.launch + streamed;
  // The steps of rows and the bytes hide each other only in part.
  return values.maximumLaunch +
         std::hypot(values.maximum * streamed,
                    rowWalkSeconds(shape.rows, shape.columns, blocksPerCore,
                                   values.rowStep, *figures));
}

} // namespace roofline
