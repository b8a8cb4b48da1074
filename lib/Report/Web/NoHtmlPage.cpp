//===- NoHtmlPage.cpp - A build without the HTML report -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../HtmlPage.h"

namespace roofline {

llvm::ArrayRef<BuiltinFile> builtinHtmlPage() { return {}; }

} // namespace roofline
