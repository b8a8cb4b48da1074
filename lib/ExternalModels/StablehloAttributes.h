//===- StablehloAttributes.h - Attributes of StableHLO ops ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The same attribute reaches a rule in several forms: opaque text where the
// dialect is not linked, an attribute of the real dialect where it is,
// `array<>` or the older `dense<>`, a structure or the older dictionary. This
// is the one place that knows them all.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_EXTERNALMODELS_STABLEHLOATTRIBUTES_H
#define ROOFLINE_EXTERNALMODELS_STABLEHLOATTRIBUTES_H

#include "mlir/IR/Attributes.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace roofline::stablehlo {

using IntVector = llvm::SmallVector<int64_t, 4>;

/// The text of an attribute: what stands behind `#dialect` for an opaque one,
/// else what the attribute prints.
std::string textOf(mlir::Attribute attr);

/// The integers of `array<i64: 1, 2>`, `dense<[1, 2]> : tensor<2xi64>`,
/// `[1, 2]`, or a single integer; row-major for a matrix. Absent for anything
/// else and for more integers than a rank or a padding could need.
std::optional<IntVector> integersOf(mlir::Attribute attr);

/// The keyword of `#stablehlo<precision HIGHEST>` or `"HIGHEST"`; empty where
/// there is none.
std::string keywordOf(mlir::Attribute attr);

/// The integers of a field, `[1, 2]` or `1`, of `#stablehlo.dot<...>` or of a
/// dictionary. None where the field is missing, because fields that are empty
/// are not printed; absent where the field is there and cannot be read.
std::optional<IntVector> integersOfField(mlir::Attribute attr,
                                         llvm::StringRef field);

/// The keyword of a field such as `lhs_precision_type = tf32`; empty where
/// there is none.
std::string keywordOfField(mlir::Attribute attr, llvm::StringRef field);

/// Which dimension of each operand and of the result of a convolution is what.
struct ConvolutionDims {
  int64_t lhsBatch = -1;
  int64_t lhsFeature = -1;
  IntVector lhsSpatial;
  int64_t rhsInputFeature = -1;
  int64_t rhsOutputFeature = -1;
  IntVector rhsSpatial;
  int64_t resultBatch = -1;
  int64_t resultFeature = -1;
  IntVector resultSpatial;
};

/// Reads `#stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>`, its form
/// by field names, or the older dictionary. Absent where it cannot be read.
std::optional<ConvolutionDims> convolutionDimsOf(mlir::Attribute attr);

} // namespace roofline::stablehlo

#endif // ROOFLINE_EXTERNALMODELS_STABLEHLOATTRIBUTES_H
