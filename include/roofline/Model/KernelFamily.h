//===- KernelFamily.h - What a kernel is ------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_KERNELFAMILY_H
#define ROOFLINE_MODEL_KERNELFAMILY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace roofline {

/// What kind of launch a kernel is: it names the kernel, groups it in the
/// breakdown and selects its time model.
enum class KernelFamily {
  Gemm,          ///< A contraction with what runs in its prologue and epilogue.
  GroupedGemm,   ///< Contractions of many experts in one launch.
  Convolution,   ///< A convolution, likewise.
  Attention,     ///< Scores, mask, softmax and values in one launch.
  Softmax,       ///< Exponentials divided by their sum.
  Normalization, ///< Layer, RMS and group normalisation, with residual.
  Rope,          ///< Rotary position embedding.
  GatedActivation, ///< SwiGLU, GeGLU.
  MoeRouting,      ///< Choice of experts, and moving tokens to and from them.
  Quantization,    ///< To or from scaled integers or 8-bit floats.
  CrossEntropy,    ///< Loss of logits and its gradient.
  Optimizer,       ///< An optimiser's update of parameters.
  CacheUpdate,     ///< Keys and values written into a cache.
  Elementwise,     ///< Fused elementwise work.
  Reduction,       ///< Fused elementwise work that ends in reductions.
  DataMovement,    ///< Bytes move, nothing is computed.
  GatherScatter,   ///< Data movement at computed addresses.
  Sort,            ///< Sorting, top-k.
  Collective,      ///< Exchange between devices.
  Scalar,          ///< Arithmetic on a few values for control: not a launch.
  Opaque,          ///< Nothing is known about it but its operands.
};

/// `gemm`, `grouped_gemm`, ...
llvm::StringRef stringify(KernelFamily family);
std::optional<KernelFamily> parseKernelFamily(llvm::StringRef text);
/// All families in the order of the enumeration.
llvm::ArrayRef<KernelFamily> allKernelFamilies();

/// Which ops run as one launch.
enum class Fusion {
  None,     ///< Every op by itself: the graph as it is.
  Compiler, ///< What XLA and Inductor fuse.
  Library,  ///< On top of it the fused kernels of vendors' libraries.
};

/// `none`, `compiler`, `library`.
llvm::StringRef stringify(Fusion fusion);

} // namespace roofline

#endif // ROOFLINE_MODEL_KERNELFAMILY_H
