//===- TimeModel.cpp - Calibrated models of kernel times ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/TimeModel.h"

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

namespace roofline {

llvm::ArrayRef<CalibrationKey> calibrationKeys() {
  static const CalibrationKey keys[] = {
      {"gemm_bf16", &gemmModel()},
      {"gemm_bf16_i8", &gemmModel()},
      {"gemm_bf16_i4", &gemmModel()},
      {"gemm_f8", &gemmModel()},
      {"gemm_f8_block", &gemmModel()},
      {"gemm_i8", &gemmModel()},
      {"attention_prefill", &attentionPrefillModel()},
      {"attention_prefill_f8", &attentionPrefillModel()},
      {"attention_decode", &attentionDecodeModel()},
      {"attention_decode_f8", &attentionDecodeModel()},
      {"latent_attention_prefill", &latentPrefillModel()},
      {"latent_attention_decode", &latentAttentionModel()},
      {"cube_attention_prefill", &cubeAttentionPrefillModel()},
      {"cube_attention_decode", &cubeAttentionDecodeModel()},
      {"experts", &expertsModel()},
      {"collective", &collectiveModel()},
      {"streaming", &streamingModel()},
      {"quantization", &quantizationModel()},
  };
  return keys;
}

} // namespace roofline
