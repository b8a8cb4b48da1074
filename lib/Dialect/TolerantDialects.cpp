//===- TolerantDialects.cpp - Dialects without operations -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Dialect/TolerantDialects.h"

#include "OpReader.h"
#include "OpSyntax.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;

namespace roofline {

namespace {

using assembly::OpReader;
using assembly::OpSyntax;

/// The namespaces, sorted. Those without ops of their own are held because
/// graphs mention them in attributes, types and generic ops.
constexpr llvm::StringLiteral namespaces[] = {
    "check", "chlo", "flow",      "hal",    "ifrt", "iree_codegen",   "mhlo",
    "mpmd",  "sdy",  "stablehlo", "stream", "tf",   "tf_saved_model", "tf_type",
    "tfl",   "tt",   "ttcore",    "ttir",   "util", "vhlo",           "xla",
};

/// The pretty syntax of a namespace.
SmallVector<ArrayRef<OpSyntax>, 2> syntaxOf(StringRef name) {
  if (name == "stablehlo")
    return {assembly::stablehloOps()};
  if (name == "mhlo")
    return {assembly::stablehloOps(), assembly::mhloOnlyOps()};
  if (name == "chlo")
    return {assembly::chloOps()};
  if (name == "sdy")
    return {assembly::sdyOps()};
  if (name == "util")
    return {assembly::utilOps()};
  if (name == "check")
    return {assembly::checkOps()};
  return {};
}

class TolerantDialect : public Dialect {
public:
  TolerantDialect(StringRef name, MLIRContext *context, TypeID id)
      : Dialect(name, context, id) {
    allowUnknownOperations();
    auto ownedHost = std::make_unique<OpInterfaceHost>(this);
    host = ownedHost.get();
    addInterface(std::move(ownedHost));
    for (ArrayRef<OpSyntax> table : syntaxOf(name))
      for (const OpSyntax &op : table)
        ops.try_emplace(op.mnemonic, &op);
    hook = [this](OpAsmParser &parser, OperationState &state) {
      return parseOperation(parser, state);
    };
  }

  std::optional<ParseOpHook>
  getParseOperationHook(StringRef opName) const override {
    return ParseOpHook(hook);
  }

  /// The same attribute that an unregistered dialect gets.
  Attribute parseAttribute(DialectAsmParser &parser, Type type) const override {
    MLIRContext *context = getContext();
    return OpaqueAttr::get(StringAttr::get(context, getNamespace()),
                           parser.getFullSymbolSpec(),
                           type ? type : NoneType::get(context));
  }
  void printAttribute(Attribute, DialectAsmPrinter &) const override {}

  Type parseType(DialectAsmParser &parser) const override {
    return OpaqueType::get(StringAttr::get(getContext(), getNamespace()),
                           parser.getFullSymbolSpec());
  }
  void printType(Type, DialectAsmPrinter &) const override {}

  void *getRegisteredInterfaceForOp(TypeID interfaceId,
                                    OperationName name) override {
    return host->find(interfaceId, name);
  }

private:
  ParseResult parseOperation(OpAsmParser &parser, OperationState &state) const {
    StringRef mnemonic = state.name.stripDialect();
    if (const OpSyntax *op = ops.lookup(mnemonic)) {
      OpReader reader(parser, state, *op, getNamespace());
      return op->read(reader);
    }
    // The parser puts "custom op 'x.y' " before the message.
    InFlightDiagnostic diag = parser.emitError(parser.getNameLoc());
    if (ops.empty())
      return diag << "has no known pretty form, like every op of '"
                  << getNamespace() << "'; write it in generic form";
    SmallVector<StringRef> names;
    for (const auto &entry : ops)
      names.push_back(entry.getKey());
    llvm::sort(names);
    diag << "is unknown in pretty form; ";
    if (StringRef meant = assembly::nearest(mnemonic, names); !meant.empty())
      diag << "did you mean '" << getNamespace() << "." << meant << "'?";
    else
      diag << "write it in generic form";
    return diag;
  }

  llvm::StringMap<const OpSyntax *> ops;
  /// Lives as long as the dialect: `ParseOpHook` is only a reference.
  std::function<ParseResult(OpAsmParser &, OperationState &)> hook;
  OpInterfaceHost *host;
};

/// One class per namespace, because MLIR identifies a dialect by its class.
template <size_t index> class TolerantDialectOf : public TolerantDialect {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TolerantDialectOf)

  explicit TolerantDialectOf(MLIRContext *context)
      : TolerantDialect(getDialectNamespace(), context,
                        TypeID::get<TolerantDialectOf>()) {}

  static constexpr llvm::StringLiteral getDialectNamespace() {
    return namespaces[index];
  }
};

template <size_t... indices>
void insertAll(DialectRegistry &registry, std::index_sequence<indices...>) {
  registry.insert<TolerantDialectOf<indices>...>();
}

} // namespace

llvm::ArrayRef<llvm::StringLiteral> tolerantNamespaces() { return namespaces; }

void registerTolerantDialects(DialectRegistry &registry) {
  insertAll(registry, std::make_index_sequence<std::size(namespaces)>());
}

} // namespace roofline
