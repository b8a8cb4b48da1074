//===- TolerantDialects.h - Readers of dialects MLIR does not ship -*- C++ -*-//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// StableHLO and its companions (CHLO, MHLO, Shardy, IREE's util, ...) read
// without their libraries. The dialects define no operations: every op is kept
// as an unregistered op, every attribute and type of theirs as opaque text, so
// that nothing is lost and what is printed (generic form, upstream's attribute
// names and encodings) can be read back by the real tools. Only the pretty
// syntax is known, from a table of assembly classes.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_DIALECT_TOLERANTDIALECTS_H
#define ROOFLINE_DIALECT_TOLERANTDIALECTS_H

#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectInterface.h"
#include "mlir/IR/DialectRegistry.h"
#include "llvm/ADT/DenseMap.h"

#include <functional>

namespace roofline {

/// Registers the tolerant dialects: `stablehlo`, `chlo`, `mhlo`, `sdy`, `util`,
/// `check` with their pretty syntax, and further namespaces that real graphs
/// mention in attributes and generic ops (`vhlo`, `tf`, `ttcore`, ...).
///
/// For tools of our own only. A plugin must not call it: a host that links the
/// real StableHLO would then have two dialects with one namespace, which MLIR
/// treats as fatal.
void registerTolerantDialects(mlir::DialectRegistry &registry);

/// The namespaces that `registerTolerantDialects` registers, sorted.
llvm::ArrayRef<llvm::StringLiteral> tolerantNamespaces();

/// Found on the tolerant dialects, never on the real ones. It hands an op
/// interface to the dialect's ops, which have no definition that an external
/// model could be attached to:
///
///   if (auto *host = dialect->getRegisteredInterface<OpInterfaceHost>())
///     host->provide(SomeOpInterface::getInterfaceID(), lookup);
class OpInterfaceHost : public mlir::DialectInterface::Base<OpInterfaceHost> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(OpInterfaceHost)

  /// Returns the interface's concept (the table of its methods) for ops of that
  /// name, or null where the op does not have the interface. The result must
  /// outlive the context.
  using Lookup = std::function<void *(mlir::OperationName)>;

  OpInterfaceHost(mlir::Dialect *dialect) : Base(dialect) {}

  /// Provides the interface `interfaceId`. A second call for one interface
  /// replaces the first.
  void provide(mlir::TypeID interfaceId, Lookup lookup) {
    lookups[interfaceId] = std::move(lookup);
  }

  /// The concept of `interfaceId` for ops called `name`, or null.
  void *find(mlir::TypeID interfaceId, mlir::OperationName name) const {
    auto it = lookups.find(interfaceId);
    return it == lookups.end() ? nullptr : it->second(name);
  }

private:
  llvm::DenseMap<mlir::TypeID, Lookup> lookups;
};

} // namespace roofline

#endif // ROOFLINE_DIALECT_TOLERANTDIALECTS_H
