//===- RooflineDialect.td - The page of the dialect --------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DOCS_ROOFLINEDIALECT
#define ROOFLINE_DOCS_ROOFLINEDIALECT

// The generator of a dialect's page wants the class of ops, even of a dialect
// that has none.
include "mlir/IR/OpBase.td"
include "roofline/IR/RooflineAttrs.td"

#endif // ROOFLINE_DOCS_ROOFLINEDIALECT
