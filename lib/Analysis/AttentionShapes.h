//===- AttentionShapes.h - Extents of fused attention -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_ATTENTIONSHAPES_H
#define ROOFLINE_LIB_ANALYSIS_ATTENTIONSHAPES_H

#include "roofline/Analysis/KernelFormation.h"
#include "roofline/Model/KernelShape.h"

#include <optional>

namespace roofline {

/// A contraction of a kernel.
struct Product {
  mlir::Operation *op;
  ContractionShape shape;
};

/// The extents of an attention kernel whose contractions are `products`, in
/// program order, and run in `type`: those of latent attention where keys and
/// values are the same rows. Absent where the products do not fit together, for
/// gradients, and for heads in products of their own.
std::optional<KernelShape> findAttentionShape(const Kernel &kernel,
                                              llvm::ArrayRef<Product> products,
                                              ElementType type,
                                              const DemandLookup &lookup);

/// What `value` is made of within `kernel` and by views: followed back through
/// conversions, transpositions, repetitions and other ops of one operand.
mlir::Value sourceOf(mlir::Value value, const Kernel &kernel,
                     const DemandLookup &lookup);

/// Bytes of one element of `value` in memory; absent where it has no type that
/// is known.
std::optional<double> elementBytes(mlir::Value value);

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_ATTENTIONSHAPES_H
