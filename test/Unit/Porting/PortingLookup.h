//===- PortingLookup.h - Signatures and routes for tests --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_PORTING_PORTINGLOOKUP_H
#define ROOFLINE_TEST_UNIT_PORTING_PORTINGLOOKUP_H

#include "CatalogueFiles.h"

#include "roofline/Porting/PortingResult.h"
#include "roofline/Target/TargetRegistry.h"

#include "llvm/ADT/STLExtras.h"

namespace roofline {

/// A test that judges on built-in targets.
class PortingTest : public CatalogueFiles {
protected:
  PortingTest()
      : registry(llvm::cantFail(TargetRegistry::create())),
        builtin(llvm::cantFail(Catalogue::create())) {}

  const Target &target(llvm::StringRef name) {
    targets.push_back(llvm::cantFail(registry.find(name.str())));
    return *targets.back();
  }

  PortingRoute route(const Catalogue &catalogue, llvm::StringRef from = "h200",
                     llvm::StringRef to = "ascend-910c") {
    return {catalogue, target(from), target(to), {}, true};
  }

  TargetRegistry registry;
  Catalogue builtin;
  std::vector<std::shared_ptr<const Target>> targets;
};

/// The signature of one op or kernel.
inline OpSignature
signatureOf(llvm::StringRef pattern, llvm::ArrayRef<ElementType> types,
            llvm::ArrayRef<std::pair<llvm::StringRef, int64_t>> numbers = {}) {
  OpSignature signature;
  signature.pattern = signature.name = pattern.str();
  signature.types.assign(types.begin(), types.end());
  for (auto [name, number] : numbers)
    signature.subjects.push_back(
        {findConstraintSubject(name), number, llvm::StringRef()});
  return signature;
}

inline OpSignature callOf(llvm::StringRef callee,
                          llvm::ArrayRef<ElementType> types) {
  OpSignature signature = signatureOf("", types);
  signature.name = "stablehlo.custom_call";
  signature.callTarget = callee.str();
  return signature;
}

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_PORTING_PORTINGLOOKUP_H
