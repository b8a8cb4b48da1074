//===- OpReader.h - Reading one op's pretty form ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the assembly classes have in common: operand lists that end in keyword
// items, integer lists, enumerations, stripped attributes kept as text, and the
// abbreviated type signatures. All of it iterative: the depth of the input
// never becomes depth of our stack.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_DIALECT_OPREADER_H
#define ROOFLINE_LIB_DIALECT_OPREADER_H

#include "OpSyntax.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"

#include <string>

namespace roofline::assembly {

class OpReader {
public:
  using UnresolvedOperand = mlir::OpAsmParser::UnresolvedOperand;

  /// `dialectName` is the namespace of the op that is read; it goes into the
  /// enumerations and structures that the pretty form abbreviates.
  OpReader(mlir::OpAsmParser &parser, mlir::OperationState &state,
           const OpSyntax &syntax, llvm::StringRef dialectName);

  mlir::OpAsmParser &getParser() { return parser; }
  mlir::OperationState &getState() { return state; }
  mlir::Builder &getBuilder() { return parser.getBuilder(); }
  llvm::StringRef getDialectName() const { return dialectName; }
  const OpSyntax &getSyntax() const { return syntax; }

  /// An error at `loc`. The parser puts "custom op 'x.y' " before the message.
  mlir::InFlightDiagnostic error(llvm::SMLoc loc);
  /// The same at the next token.
  mlir::InFlightDiagnostic error();

  /// The character that the next token starts with.
  char peek() { return *parser.getCurrentLocation().getPointer(); }

  //===--- Attributes of the result ---------------------------------------===//

  /// Sets an attribute that belongs to the op (upstream: one of its
  /// properties), which prints inside `<{}>`.
  void setInherent(llvm::StringRef name, mlir::Attribute value);

  /// Reads an optional attribute dictionary and sorts its entries into the
  /// op's own and the discardable ones.
  mlir::ParseResult readAttrDict(bool withKeyword = false);

  /// Hands the collected attributes to the op. Every reader calls it once.
  mlir::ParseResult finish();

  /// A list of integers in the dialect's encoding: `array<i64: ..>`, in MHLO
  /// `dense<..> : tensor<Nxi64>`.
  mlir::Attribute integers(llvm::ArrayRef<int64_t> values);
  /// The same for booleans.
  mlir::Attribute booleans(llvm::ArrayRef<bool> values);
  /// An attribute of the dialect as text: `#dialect.text` or `#dialect<text>`,
  /// exactly as if it had been read from its full spelling.
  mlir::Attribute opaque(const llvm::Twine &text);

  //===--- Pieces of syntax -----------------------------------------------===//

  /// Reads `%a, %b, ...` up to something that is not an operand. A comma before
  /// that is remembered for `nextItem`.
  mlir::ParseResult readOperands();
  /// Reads `(%a, %b, ...)`.
  mlir::ParseResult readParenthesizedOperands();
  /// Reads one operand.
  mlir::ParseResult readOperand();
  /// Checks the number of operands read against the op's own.
  mlir::ParseResult checkOperandCount();

  /// True if another comma-separated item follows; consumes the comma.
  bool nextItem();
  /// Fails if a comma was read that no item follows.
  mlir::ParseResult noPendingItem();
  /// Reads the op's keyword items, `kw = value, ...`, in any order.
  mlir::ParseResult readItems();
  /// Checks that every item that is not optional has been read, as an item or
  /// in the dictionary.
  mlir::ParseResult checkRequiredItems();

  mlir::ParseResult readIntegers(llvm::SmallVectorImpl<int64_t> &values);
  mlir::ParseResult readKeywordOf(Enumeration enumeration, std::string &value);
  /// Reads `[A, B]` with words of one enumeration.
  mlir::ParseResult readEnumArray(Enumeration enumeration,
                                  mlir::Attribute &result);
  /// `#dialect<name VALUE>`.
  mlir::Attribute enumAttr(Enumeration enumeration, llvm::StringRef value);

  /// Reads an attribute that tells its type: `dense<0.0> : tensor<4xf32>`.
  mlir::ParseResult readTypedValue(mlir::TypedAttr &value);

  /// Reads one bracketed group, whatever is inside, as text in which comments
  /// and line breaks are gone.
  mlir::ParseResult readBracketed(std::string &text);

  //===--- Types ----------------------------------------------------------===//

  /// Reads `: types` in the op's type form, resolves the operands and adds the
  /// results.
  mlir::ParseResult readSignature();
  mlir::ParseResult readSignature(TypeForm form);
  /// Resolves the operands read so far.
  mlir::ParseResult resolve(mlir::TypeRange types);

  llvm::SmallVector<UnresolvedOperand, 4> operands;
  /// Where the operand list starts.
  llvm::SMLoc operandsLoc;

private:
  mlir::ParseResult readItem(const Item &item);
  mlir::ParseResult readLooseSignature();
  mlir::ParseResult setFunctionType(llvm::SMLoc loc, mlir::Type type);

  mlir::OpAsmParser &parser;
  mlir::OperationState &state;
  const OpSyntax &syntax;
  llvm::StringRef dialectName;
  mlir::NamedAttrList inherent;
  bool pendingComma = false;
};

/// The candidate nearest to `name` if it is near enough to be a misspelling,
/// else an empty string.
llvm::StringRef nearest(llvm::StringRef name,
                        llvm::ArrayRef<llvm::StringRef> candidates);

} // namespace roofline::assembly

#endif // ROOFLINE_LIB_DIALECT_OPREADER_H
