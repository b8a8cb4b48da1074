//===- HtmlPage.h - The page that holds a report ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_HTMLPAGE_H
#define ROOFLINE_LIB_REPORT_HTMLPAGE_H

#include "roofline/Model/BuiltinFile.h"

#include "llvm/ADT/ArrayRef.h"

namespace roofline {

/// What comes before and after the data in the page of the HTML view; empty
/// where this build lacks it.
llvm::ArrayRef<BuiltinFile> builtinHtmlPage();

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_HTMLPAGE_H
