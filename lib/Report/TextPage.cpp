//===- TextPage.cpp - Paragraphs of at most 100 columns -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TextPage.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <algorithm>

namespace roofline {

void TextPage::line(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' '; }, '?');
  os << llvm::StringRef(text).rtrim() << "\n";
}

void TextPage::heading(llvm::StringRef text) {
  os << "\n";
  if (useColor)
    os << "\033[1m";
  os << text;
  if (useColor)
    os << "\033[0m";
  os << "\n";
}

void TextPage::paragraph(llvm::StringRef label, llvm::StringRef text,
                         size_t indent) {
  std::string current = label.str();
  current.resize(std::max(current.size() + !label.empty(), indent), ' ');
  bool isFresh = true;
  llvm::SmallVector<llvm::StringRef> words;
  text.split(words, ' ', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef word : words) {
    if (!isFresh && current.size() + 1 + word.size() > width) {
      line(current);
      current.assign(indent, ' ');
      isFresh = true;
    }
    if (!isFresh)
      current += ' ';
    current += word.str();
    llvm::replace(current, hardSpace, ' ');
    isFresh = false;
  }
  line(current);
}

} // namespace roofline
