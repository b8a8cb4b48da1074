//===- HtmlView.cpp - A report for browsers -------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The page is the JSON view's document between two fixed pieces of HTML, with
// kernels packed, of which there may be thousands. What is shown is made from
// that document in the browser (Web/), so the numbers are those of the JSON
// view by construction.
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/ReportViews.h"

#include "HtmlPage.h"
#include "JsonView.h"

#include "llvm/Support/raw_ostream.h"

namespace roofline {

namespace {

/// The page lists the hottest ops only: kernels are what it is about, and large
/// graphs have a hundred thousand ops.
constexpr size_t maxOps = 100;
/// Places of a finding that it lists: one of thousands of kernels has as many.
constexpr size_t maxPlaces = 20;

/// Writes JSON into a script element: what could end it, or begin a comment in
/// it, becomes an escape. These characters occur within strings only.
void writeEscaped(llvm::raw_ostream &os, llvm::StringRef json) {
  constexpr llvm::StringLiteral special = "<>&";
  while (!json.empty()) {
    size_t end = std::min(json.find_first_of(special), json.size());
    os << json.take_front(end);
    json = json.drop_front(end);
    if (json.empty())
      return;
    os << (json.front() == '<'   ? "\\u003c"
           : json.front() == '>' ? "\\u003e"
                                 : "\\u0026");
    json = json.drop_front();
  }
}

} // namespace

llvm::Error checkHasHtml() {
  if (!builtinHtmlPage().empty())
    return llvm::Error::success();
  return llvm::createStringError(
      "this build has no HTML report; install Node.js and npm (nodejs, npm), "
      "let npm reach its registry, and configure and build again");
}

void printHtml(llvm::raw_ostream &os, const Report &report,
               const ViewOptions &options) {
  llvm::ArrayRef<BuiltinFile> page = builtinHtmlPage();
  assert(page.size() == 2 && "the caller checks that there is a page");
  std::string json;
  llvm::raw_string_ostream jsonStream(json);
  writeJson(jsonStream, report, options,
            {/*indent=*/0, maxOps, maxPlaces, /*packsKernels=*/true});
  os << page.front().text;
  writeEscaped(os, json);
  os << page.back().text;
}

void printHtml(llvm::raw_ostream &os, llvm::ArrayRef<RenderedReport> reports) {
  llvm::ArrayRef<BuiltinFile> page = builtinHtmlPage();
  os << page.front().text << "[";
  for (auto [index, report] : llvm::enumerate(reports))
    os << (index > 0 ? ",\n" : "")
       << llvm::StringRef(report.text)
              .drop_front(page.front().text.size())
              .drop_back(page.back().text.size());
  os << "]" << page.back().text;
}

} // namespace roofline
