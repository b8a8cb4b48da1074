//===- CalibratedTime.cpp - Times of calibrated models --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/CalibratedTime.h"

#include "roofline/Model/AttentionDecodeTime.h"
#include "roofline/Model/AttentionPrefillTime.h"
#include "roofline/Model/CollectiveTime.h"
#include "roofline/Model/CubeAttentionTime.h"
#include "roofline/Model/ExpertsTime.h"
#include "roofline/Model/GemmTime.h"
#include "roofline/Model/LatentAttentionTime.h"
#include "roofline/Model/LatentPrefillTime.h"
#include "roofline/Model/QuantizationTime.h"
#include "roofline/Model/StreamingTime.h"

#include "llvm/ADT/SmallVector.h"

#include <cassert>
#include <cmath>

namespace roofline {

namespace {

/// What a shape needs from its model: where to find the calibration, and the
/// two questions to ask.
template <typename Shape> struct ModelEntry {
  const TimeModel &(*model)();
  llvm::StringRef (*regime)(const Shape &shape);
  KnownOr<double> (*seconds)(const Shape &shape, const Machine &machine,
                             const Calibration &calibration);
};

constexpr ModelEntry<GemmShape> gemmEntries[] = {
    {gemmModel, gemmRegime, gemmSeconds},
    {expertsModel, routedProductRegime, routedProductSeconds}};
constexpr ModelEntry<AttentionShape> attentionEntries[] = {
    {attentionPrefillModel, attentionPrefillRegime, attentionPrefillSeconds},
    {attentionDecodeModel, attentionDecodeRegime, attentionDecodeSeconds},
    {cubeAttentionPrefillModel, cubeAttentionPrefillRegime,
     cubeAttentionPrefillSeconds},
    {cubeAttentionDecodeModel, cubeAttentionDecodeRegime,
     cubeAttentionDecodeSeconds}};
constexpr ModelEntry<LatentAttentionShape> latentEntries[] = {
    {latentAttentionModel, latentAttentionRegime, latentAttentionSeconds},
    {latentPrefillModel, latentPrefillRegime, latentPrefillSeconds}};
constexpr ModelEntry<ExpertsShape> expertsEntries[] = {
    {expertsModel, expertsRegime, expertsSeconds}};
constexpr ModelEntry<CollectiveShape> collectiveEntries[] = {
    {collectiveModel, collectiveRegime, collectiveSeconds}};
constexpr ModelEntry<StreamingShape> streamingEntries[] = {
    {streamingModel, streamingRegime, streamingSeconds},
    {quantizationModel, quantizationRegime, quantizationSeconds}};

llvm::ArrayRef<ModelEntry<GemmShape>> entriesOf(const GemmShape &) {
  return gemmEntries;
}
llvm::ArrayRef<ModelEntry<AttentionShape>> entriesOf(const AttentionShape &) {
  return attentionEntries;
}
llvm::ArrayRef<ModelEntry<LatentAttentionShape>>
entriesOf(const LatentAttentionShape &) {
  return latentEntries;
}
llvm::ArrayRef<ModelEntry<ExpertsShape>> entriesOf(const ExpertsShape &) {
  return expertsEntries;
}
llvm::ArrayRef<ModelEntry<CollectiveShape>> entriesOf(const CollectiveShape &) {
  return collectiveEntries;
}
llvm::ArrayRef<ModelEntry<StreamingShape>> entriesOf(const StreamingShape &) {
  return streamingEntries;
}

/// The entry of `model`, which is one of `shape`'s.
template <typename Shape>
const ModelEntry<Shape> &entryOf(const Shape &shape, const TimeModel &model) {
  llvm::ArrayRef<ModelEntry<Shape>> entries = entriesOf(shape);
  const auto *entry = llvm::find_if(entries, [&](const auto &candidate) {
    return &candidate.model() == &model;
  });
  assert(entry != entries.end() && "not a model of this shape");
  return *entry;
}

/// The keys of calibrations for a shape, the best first.
using Keys = llvm::SmallVector<llvm::StringRef, 3>;

/// Weights below have 4 bits and a share of the scale of a group.
constexpr double leastBytesOfI8 = 0.75;

/// The keys of products of one matrix; none where no model is for the type.
Keys productKeysOf(const GemmShape &shape) {
  switch (shape.type) {
  case ElementType::BF16:
  case ElementType::F16:
    // Weights of fewer bits have kernels of their own.
    if (shape.convertsWeights && shape.rhsBytes < leastBytesOfI8)
      return {"gemm_bf16_i4", "gemm_bf16"};
    if (shape.convertsWeights)
      return {"gemm_bf16_i8", "gemm_bf16"};
    // Of one rate everywhere, and of kernels with the same tiles.
    return {"gemm_bf16"};
  case ElementType::F8:
    return {shape.scaling == Scaling::Blocks ? "gemm_f8_block" : "gemm_f8"};
  case ElementType::I8:
    return {"gemm_i8"};
  default:
    return {};
  }
}

Keys keysOf(const GemmShape &shape) {
  Keys keys = productKeysOf(shape);
  // Experts in 8-bit integers are not measured; of those with scaled operands
  // the fastest are kernels for sorted tokens, which a batch of products comes
  // closer to (T31).
  if (shape.isRouted && !keys.empty() && shape.type != ElementType::I8 &&
      shape.scaling == Scaling::None)
    keys.insert(keys.begin(), "experts");
  return keys;
}

Keys keysOf(const AttentionShape &shape) {
  bool isF8 = shape.type == ElementType::F8;
  if (!isF8 && shape.type != ElementType::BF16 &&
      shape.type != ElementType::F16)
    return {};
  if (shape.queries > 1) {
    if (isF8)
      return {"attention_prefill_f8"};
    return {"attention_prefill", "cube_attention_prefill"};
  }
  // Kernels with a cache of 8 bits are others, whatever the queries are.
  if (isF8)
    return {"attention_decode_f8", "attention_decode"};
  if (shape.kvBytes < 2)
    return {"attention_decode_f8", "attention_decode", "cube_attention_decode"};
  return {"attention_decode", "cube_attention_decode"};
}

Keys keysOf(const LatentAttentionShape &shape) {
  if (shape.queries > 1 || shape.isPrompt)
    return {"latent_attention_prefill"};
  return {"latent_attention_decode"};
}
Keys keysOf(const ExpertsShape &) { return {"experts"}; }
Keys keysOf(const CollectiveShape &) { return {"collective"}; }

Keys keysOf(const StreamingShape &shape) {
  if (shape.kind == StreamingKind::Quantize ||
      shape.kind == StreamingKind::AbsoluteMaximum)
    return {"quantization"};
  return {"streaming"};
}

} // namespace

KnownOr<const Calibration *> findCalibration(const KernelShape &shape,
                                             const Machine &machine) {
  Keys keys = std::visit([](const auto &form) { return keysOf(form); }, shape);
  for (llvm::StringRef key : keys)
    if (const Calibration *calibration = machine.findCalibration(key))
      return calibration;
  return Unknown{UnknownKind::Unmodelled,
                 keys.empty() ? "no time model is calibrated for this type"
                              : "no calibration '" + keys.front().str() + "'"};
}

bool isFittedTo(const CalibrationKey &key, const KernelShape &shape) {
  for (llvm::StringRef name :
       std::visit([](const auto &form) { return keysOf(form); }, shape)) {
    if (name == key.name)
      return true;
    const CalibrationKey *nearer =
        llvm::find_if(calibrationKeys(), [&](const CalibrationKey &entry) {
          return entry.name == name;
        });
    if (nearer->model == key.model)
      return false;
  }
  return false;
}

llvm::StringRef regimeOf(const KernelShape &shape, const TimeModel &model) {
  return std::visit(
      [&](const auto &form) { return entryOf(form, model).regime(form); },
      shape);
}

KnownOr<double> modelSeconds(const KernelShape &shape, const Machine &machine,
                             const Calibration &calibration) {
  return std::visit(
      [&](const auto &form) {
        return entryOf(form, *calibration.model)
            .seconds(form, machine, calibration);
      },
      shape);
}

KnownOr<KernelTime> calibratedTime(const KernelShape &shape,
                                   const Machine &machine) {
  KnownOr<const Calibration *> found = findCalibration(shape, machine);
  if (!found)
    return found.unknown();
  const Calibration &calibration = **found;
  KnownOr<double> seconds = modelSeconds(shape, machine, calibration);
  if (!seconds)
    return seconds.unknown();
  KernelTime time{*seconds, *seconds, *seconds, &calibration};
  const RegimeError *errors =
      calibration.findErrors(regimeOf(shape, *calibration.model));
  if (!errors)
    errors = calibration.findErrors(allRegimes);
  if (errors) {
    // Figures of another chip hold less surely here (A70).
    double widening = calibration.borrowedFrom.empty() ? 1 : borrowedWidening;
    time.low = *seconds * std::pow(errors->low, widening);
    time.high = *seconds * std::pow(errors->high, widening);
  }
  return time;
}

} // namespace roofline
