//===- OpRuleRegistry.cpp - Rules by op name ------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Interfaces/OpRuleRegistry.h"

#include "mlir/IR/Dialect.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"

namespace roofline {

namespace {

constexpr llvm::StringLiteral dialectName = "roofline";

/// Runs a fill function when the roofline dialect is loaded.
class FillRules : public mlir::DialectExtensionBase {
public:
  using Fill = void (*)(OpRuleRegistry &);

  explicit FillRules(Fill fill)
      : DialectExtensionBase(llvm::ArrayRef<llvm::StringRef>(dialectName)),
        fill(fill) {}

  void apply(mlir::MLIRContext *,
             llvm::MutableArrayRef<mlir::Dialect *> dialects) const override {
    auto *registry = dialects.front()->getRegisteredInterface<OpRuleRegistry>();
    assert(registry && "the roofline dialect holds the registry of rules");
    fill(*registry);
  }

  std::unique_ptr<DialectExtensionBase> clone() const override {
    return std::make_unique<FillRules>(fill);
  }

private:
  Fill fill;
};

} // namespace

void OpRuleRegistry::add(llvm::StringRef opName, const OpRule &rule) {
  [[maybe_unused]] bool inserted = rules.try_emplace(opName, rule).second;
  assert(inserted && "an op has one rule");
}

const OpRule *OpRuleRegistry::lookup(llvm::StringRef opName) const {
  auto it = rules.find(opName);
  return it == rules.end() ? nullptr : &it->second;
}

void OpRuleRegistry::addElements(llvm::StringRef opName,
                                 const ElementRule &rule) {
  [[maybe_unused]] bool inserted =
      elementRules.try_emplace(opName, rule).second;
  assert(inserted && "an op has one rule of its elements");
}

ElementRule OpRuleRegistry::lookupElements(llvm::StringRef opName) const {
  return elementRules.lookup(opName);
}

llvm::SmallVector<llvm::StringRef> OpRuleRegistry::opNames() const {
  llvm::SmallVector<llvm::StringRef> names(rules.keys());
  llvm::sort(names);
  return names;
}

const OpRuleRegistry *OpRuleRegistry::get(mlir::MLIRContext *context) {
  mlir::Dialect *dialect = context->getLoadedDialect(dialectName);
  return dialect ? dialect->getRegisteredInterface<OpRuleRegistry>() : nullptr;
}

void addOpRules(mlir::DialectRegistry &registry,
                void (*fill)(OpRuleRegistry &rules)) {
  // The fill function identifies the extension: registering twice is once.
  registry.addExtension(
      mlir::TypeID::getFromOpaquePointer(reinterpret_cast<const void *>(fill)),
      std::make_unique<FillRules>(fill));
}

} // namespace roofline
