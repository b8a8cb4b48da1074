//===- BuiltinCatalogue.h - Catalogue files that are built in -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_PORTING_BUILTINCATALOGUE_H
#define ROOFLINE_PORTING_BUILTINCATALOGUE_H

#include "roofline/Model/BuiltinFile.h"

#include "llvm/ADT/ArrayRef.h"

namespace roofline {

/// Every file of the folder targets/catalogue/, in the order of its path.
llvm::ArrayRef<BuiltinFile> builtinCatalogueFiles();

} // namespace roofline

#endif // ROOFLINE_PORTING_BUILTINCATALOGUE_H
