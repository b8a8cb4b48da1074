//===- OpSyntax.h - Assembly classes as data --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One row per op says how its pretty form is built: operands, keyword items,
// form of the types, and which attributes are the op's own. Most ops need no
// more; the rest name a reader function.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_DIALECT_OPSYNTAX_H
#define ROOFLINE_LIB_DIALECT_OPSYNTAX_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace roofline::assembly {

class OpReader;

/// Enumerations of the StableHLO family. The name in the attribute and the
/// words are in `enumerationName` and `enumerationWords`.
enum class Enumeration {
  None,
  Precision,
  ComparisonDirection,
  ComparisonType,
  FftType,
  RngDistribution,
  RngAlgorithm,
};

llvm::StringRef enumerationName(Enumeration enumeration);
llvm::ArrayRef<llvm::StringRef> enumerationWords(Enumeration enumeration);

enum class ValueKind {
  Integer,          ///< `1`, kept as an i64 attribute
  IntegerArray,     ///< `[0, 1]`
  Bool,             ///< `true`
  String,           ///< `"ab,bc->ac"`
  Enum,             ///< `PHILOX`
  EnumArray,        ///< `[DEFAULT, HIGHEST]`
  ExponentMantissa, ///< `e8m7`, two i32 attributes
};

/// `keyword = value` in the pretty form, an attribute in the generic one.
struct Item {
  llvm::StringLiteral keyword;
  llvm::StringLiteral attribute;
  ValueKind kind;
  bool optional = false;
  Enumeration enumeration = Enumeration::None;
};

/// How an op abbreviates the types of its operands and results.
enum class TypeForm {
  /// One type for all, or a function type where they differ.
  Same,
  /// A function type.
  Function,
  /// The types of the results; there are no operands.
  Results,
  /// The types of the operands; there are no results.
  Operands,
  /// Any of `T`, `T, T -> T`, `(T, T) -> T`, `T -> (T, T)`.
  Loose,
};

constexpr int variadic = -1;

struct OpSyntax {
  llvm::StringLiteral mnemonic;
  /// Reads everything after the name.
  mlir::ParseResult (*read)(OpReader &);
  int operands = 0;
  TypeForm types = TypeForm::Function;
  llvm::ArrayRef<Item> items = {};
  /// The op's own attributes beside those of `items`.
  llvm::ArrayRef<llvm::StringLiteral> inherent = {};
};

/// The ops of a namespace, in one or more tables.
llvm::ArrayRef<OpSyntax> stablehloOps();
llvm::ArrayRef<OpSyntax> mhloOnlyOps();
llvm::ArrayRef<OpSyntax> chloOps();
llvm::ArrayRef<OpSyntax> sdyOps();
llvm::ArrayRef<OpSyntax> utilOps();
llvm::ArrayRef<OpSyntax> checkOps();

//===--- Readers ----------------------------------------------------------===//

/// `%a, %b, kw = value {attrs} : types`: what a row alone describes.
mlir::ParseResult readItemized(OpReader &reader);
/// An op that has no pretty form: says so.
mlir::ParseResult readGenericOnly(OpReader &reader);
/// `{attrs} value`: the constant's type is the value's.
mlir::ParseResult readConstant(OpReader &reader);
/// `%a, %b : T, T` without results.
mlir::ParseResult readReturn(OpReader &reader);

mlir::ParseResult readCompare(OpReader &reader);
mlir::ParseResult readSelect(OpReader &reader);
mlir::ParseResult readComplex(OpReader &reader);
mlir::ParseResult readTuple(OpReader &reader);
mlir::ParseResult readGetTupleElement(OpReader &reader);
mlir::ParseResult readOptimizationBarrier(OpReader &reader);
mlir::ParseResult readCustomCall(OpReader &reader);
mlir::ParseResult readComposite(OpReader &reader);
mlir::ParseResult readTopK(OpReader &reader);

mlir::ParseResult readDot(OpReader &reader);
mlir::ParseResult readConvolution(OpReader &reader);
mlir::ParseResult readSlice(OpReader &reader);

mlir::ParseResult readReduce(OpReader &reader);
mlir::ParseResult readWhile(OpReader &reader);
mlir::ParseResult readScan(OpReader &reader);

/// Whether `stablehlo.reduce ... applies` may name this op.
bool isReducerOp(llvm::StringRef mnemonic);

} // namespace roofline::assembly

#endif // ROOFLINE_LIB_DIALECT_OPSYNTAX_H
