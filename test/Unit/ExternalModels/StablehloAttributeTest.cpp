//===- StablehloAttributeTest.cpp - One rule, three kinds of attribute ----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tool that links the real StableHLO has attributes of its classes. A dialect
// of the same namespace stands for it here, whose attributes print what real
// ones print, line breaks included.
//
//===----------------------------------------------------------------------===//

#include "StablehloRuleTest.h"

#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectImplementation.h"

using namespace roofline;

namespace {

struct TextAttrStorage : mlir::AttributeStorage {
  using KeyTy = llvm::StringRef;
  explicit TextAttrStorage(llvm::StringRef text) : text(text) {}
  bool operator==(const KeyTy &key) const { return key == text; }
  static TextAttrStorage *construct(mlir::AttributeStorageAllocator &allocator,
                                    const KeyTy &key) {
    return new (allocator.allocate<TextAttrStorage>())
        TextAttrStorage(allocator.copyInto(key));
  }
  llvm::StringRef text;
};

struct TextAttr
    : mlir::Attribute::AttrBase<TextAttr, mlir::Attribute, TextAttrStorage> {
  using Base::Base;
  static constexpr llvm::StringLiteral name = "stablehlo.text";
  llvm::StringRef text() const { return getImpl()->text; }
};

struct TokenType
    : mlir::Type::TypeBase<TokenType, mlir::Type, mlir::TypeStorage> {
  using Base::Base;
  static constexpr llvm::StringLiteral name = "stablehlo.token";
};

class LinkedDialect : public mlir::Dialect {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(LinkedDialect)

  static constexpr llvm::StringLiteral getDialectNamespace() {
    return "stablehlo";
  }
  explicit LinkedDialect(mlir::MLIRContext *context)
      : Dialect(getDialectNamespace(), context,
                mlir::TypeID::get<LinkedDialect>()) {
    allowUnknownOperations();
    addAttributes<TextAttr>();
    addTypes<TokenType>();
  }

  mlir::Type parseType(mlir::DialectAsmParser &parser) const override {
    return parser.parseKeyword("token") ? mlir::Type()
                                        : TokenType::get(getContext());
  }
  void printType(mlir::Type, mlir::DialectAsmPrinter &os) const override {
    os << "token";
  }
  mlir::Attribute parseAttribute(mlir::DialectAsmParser &parser,
                                 mlir::Type) const override {
    return TextAttr::get(getContext(), parser.getFullSymbolSpec());
  }
  void printAttribute(mlir::Attribute attr,
                      mlir::DialectAsmPrinter &os) const override {
    // Structures of the real dialect come with a line per field.
    std::string text = mlir::cast<TextAttr>(attr).text().str();
    for (size_t at = text.find(", "); at != std::string::npos;
         at = text.find(", ", at + 1))
      if (text.rfind('[', at) == std::string::npos ||
          text.rfind(']', at) > text.rfind('[', at))
        text.replace(at, 2, ",\n");
    os << text;
  }
};

class LinkedStablehlo : public StablehloRuleTest {
protected:
  LinkedStablehlo() { context.loadDialect<LinkedDialect>(); }
};

} // namespace

// The numbers are those of the tests of each family.
TEST_F(LinkedStablehlo, Structures) {
  EXPECT_EQ(demandOf("stablehlo.dot_general",
                     {"tensor<16x32x64xf32>", "tensor<16x64x128xf32>"},
                     {"tensor<16x32x128xf32>"},
                     " <{dot_dimension_numbers = #stablehlo.dot<"
                     "lhs_batching_dimensions = [0], rhs_batching_dimensions = "
                     "[0], lhs_contracting_dimensions = [2], "
                     "rhs_contracting_dimensions = [1]>, precision_config = "
                     "[#stablehlo<precision HIGHEST>]}>"),
            "contraction 16x32x128x64 matrix_f32=8388608 read=655360 "
            "written=262144");
  EXPECT_EQ(demandOf("stablehlo.convolution",
                     {"tensor<1x10x10x32xbf16>", "tensor<3x3x1x32xbf16>"},
                     {"tensor<1x8x8x32xbf16>"},
                     " <{dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, "
                     "1, i, o]->[b, 0, 1, f]>, feature_group_count = 32 : i64, "
                     "batch_group_count = 1 : i64}>"),
            "convolution 32x64x1x9 matrix_bf16=36864 read=6976 written=4096");
}

TEST_F(LinkedStablehlo, Keywords) {
  EXPECT_EQ(demandOf("stablehlo.rng_bit_generator", {"tensor<2xui64>"},
                     {"tensor<2xui64>", "tensor<1000xui32>"},
                     " {rng_algorithm = #stablehlo<rng_algorithm THREE_FRY>}"),
            "elementwise vector_i32=58000 read=16 written=4016");
}

TEST_F(LinkedStablehlo, Tokens) {
  EXPECT_EQ(demandOf("stablehlo.send", {"tensor<32xf32>", "!stablehlo.token"},
                     {"!stablehlo.token"}),
            "collective read=128 written=0");
}
