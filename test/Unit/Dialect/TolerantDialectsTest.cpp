//===- TolerantDialectsTest.cpp - Dialects without operations -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Dialect/TolerantDialects.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace roofline;

namespace {

class TolerantDialectsTest : public ::testing::Test {
protected:
  TolerantDialectsTest() {
    DialectRegistry registry;
    registerTolerantDialects(registry);
    context.appendDialectRegistry(registry);
  }

  /// The first op of the text.
  Operation *parse(StringRef text) {
    module = parseSourceString<ModuleOp>(text, &context);
    return module ? &module->getBody()->front() : nullptr;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

TEST_F(TolerantDialectsTest, NamespacesAreSorted) {
  EXPECT_TRUE(llvm::is_sorted(tolerantNamespaces()));
  for (StringRef name : tolerantNamespaces())
    EXPECT_TRUE(context.getOrLoadDialect(name)) << name.str();
}

// What a cost rule relies on: names find the op's own attributes, and the
// attributes are those that an unregistered dialect would have.
TEST_F(TolerantDialectsTest, AttributesAreFoundByName) {
  Operation *op = parse("%0 = stablehlo.iota dim = 1 {note} : tensor<4x5xi32>");
  ASSERT_TRUE(op);
  EXPECT_EQ(op->getName().getStringRef(), "stablehlo.iota");
  EXPECT_FALSE(op->isRegistered());
  auto dimension = op->getAttrOfType<IntegerAttr>("iota_dimension");
  ASSERT_TRUE(dimension);
  EXPECT_EQ(dimension.getInt(), 1);
  EXPECT_TRUE(op->hasAttr("note"));
  EXPECT_EQ(op->getAttrs().size(), 1u);
}

TEST_F(TolerantDialectsTest, AttributesAreOpaque) {
  MLIRContext stock;
  stock.allowUnregisteredDialects();
  for (StringRef text : {"#stablehlo.dot<lhs_contracting_dimensions = [1]>",
                         "#stablehlo<precision HIGHEST>",
                         "#sdy.sharding<@mesh, [{\"x\", ?}]>"}) {
    auto ours = dyn_cast_or_null<OpaqueAttr>(parseAttribute(text, &context));
    auto theirs = dyn_cast_or_null<OpaqueAttr>(parseAttribute(text, &stock));
    ASSERT_TRUE(ours && theirs) << text.str();
    EXPECT_EQ(ours.getDialectNamespace().getValue(),
              theirs.getDialectNamespace().getValue());
    EXPECT_EQ(ours.getAttrData(), theirs.getAttrData());
    EXPECT_TRUE(isa<NoneType>(ours.getType()) &&
                isa<NoneType>(theirs.getType()));
  }
  auto type =
      dyn_cast_or_null<OpaqueType>(parseType("!stablehlo.token", &context));
  ASSERT_TRUE(type);
  EXPECT_EQ(type.getTypeData(), "token");
}

TEST_F(TolerantDialectsTest, PrettyAndGenericAreOneOp) {
  Operation *op = parse("%0 = stablehlo.iota dim = 1 : tensor<4x5xi32>");
  ASSERT_TRUE(op);
  DictionaryAttr pretty = cast<DictionaryAttr>(op->getPropertiesAsAttribute());
  op = parse("%0 = \"stablehlo.iota\"() <{iota_dimension = 1 : i64}> : () -> "
             "tensor<4x5xi32>");
  ASSERT_TRUE(op);
  EXPECT_EQ(op->getPropertiesAsAttribute(), pretty);
}

// The interface is any table that the host is told about.
TEST_F(TolerantDialectsTest, OpInterfaceHost) {
  static int table;
  Dialect *dialect = context.getOrLoadDialect("stablehlo");
  ASSERT_TRUE(dialect);
  auto *host = dialect->getRegisteredInterface<OpInterfaceHost>();
  ASSERT_TRUE(host);
  TypeID id = TypeID::get<ModuleOp>();
  OperationName add("stablehlo.add", &context);
  OperationName subtract("stablehlo.subtract", &context);
  EXPECT_EQ(dialect->getRegisteredInterfaceForOp(id, add), nullptr);
  host->provide(id, [](OperationName name) -> void * {
    return name.stripDialect() == "add" ? &table : nullptr;
  });
  EXPECT_EQ(dialect->getRegisteredInterfaceForOp(id, add), &table);
  EXPECT_EQ(dialect->getRegisteredInterfaceForOp(id, subtract), nullptr);
  // Dialects that MLIR ships have no host.
  EXPECT_EQ(context.getOrLoadDialect("builtin")
                ->getRegisteredInterface<OpInterfaceHost>(),
            nullptr);
}

} // namespace
