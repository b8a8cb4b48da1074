//===- CatalogueSchema.h - The keys of a catalogue file ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_PORTING_CATALOGUESCHEMA_H
#define ROOFLINE_LIB_PORTING_CATALOGUESCHEMA_H

#include "roofline/Target/Schema.h"

namespace roofline {

/// The keys at the top of a file.
llvm::ArrayRef<HeaderKey> catalogueKeys();
/// The keys of a fused pattern.
llvm::ArrayRef<HeaderKey> fusedPatternKeys();
/// The keys of a generation of chips.
llvm::ArrayRef<HeaderKey> generationKeys();
/// The keys of a software stack.
llvm::ArrayRef<HeaderKey> stackKeys();
/// The keys of a row.
llvm::ArrayRef<HeaderKey> rowKeys();
/// The keys of a custom call, and of an op or dialect of one kind of chip.
llvm::ArrayRef<HeaderKey> callKeys();

/// What `support` of a row means.
llvm::StringRef meaningOfSupport(llvm::StringRef name);

} // namespace roofline

#endif // ROOFLINE_LIB_PORTING_CATALOGUESCHEMA_H
