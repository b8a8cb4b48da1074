//===- CatalogueSchema.cpp - The keys of a catalogue file -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CatalogueSchema.h"

#include "roofline/Porting/Catalogue.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

namespace roofline {

namespace {

constexpr HeaderKey topKeys[] = {
    {"kinds", false, "op kinds, each with the ops of other dialects"},
    {"fused", false, "fused patterns"},
    {"generations", false, "generations of chips"},
    {"stacks", false, "software stacks"},
    {"source", false, "the source of rows that name none themselves"},
    {"sources", false, "the publications, each under the name it is cited by"},
    {"rows", false, "the facts, each under the name it is cited by"},
    {"custom_calls", false, "what targets of custom calls are"},
    {"foreign_ops", false, "ops and dialects that belong to one kind of chip"},
};

constexpr HeaderKey fusedKeys[] = {
    {"meaning", true, "what it computes"},
    {"ops", false, "the ops that it stands for"},
};

constexpr HeaderKey chipKeys[] = {
    {"vendor", true, "the vendor in lower case"},
    {"title", true, "the chips that are meant"},
};

constexpr HeaderKey softwareKeys[] = {
    {"title", true, "its full name"},
    {"by", true, "`vendor` or `community`: who maintains it"},
};

constexpr HeaderKey factKeysOfRow[] = {
    {"patterns", true, "the op kinds and fused patterns that it is about"},
    {"generations", true, "the generations of chips that it holds for"},
    {"support", true, "what there is"},
    {"kernel", false, "what the software calls it; with `library`, `partial`"},
    {"types", false, "the element types of data; any if not given"},
    {"stack", false, "the software; with `library` and `partial`"},
    {"since", false, "the oldest release that is known to have it"},
    {"into", false,
     "the patterns that compute the same; with `decompose`, and where there is "
     "a substitute"},
    {"lacks", false, "what is missing; with `partial`"},
    {"needs", false, "conditions without which the kernel does not apply"},
    {"prefers", false, "conditions without which the kernel is slower"},
    {"source", false, "the source; that of the file if not given"},
    {"date", false, "when it held; the source's if not given"},
    {"confidence", false,
     "datasheet, paper, measured, third-party or inferred; the source's if not "
     "given"},
    {"note", false, "anything a reader should know"},
};

constexpr HeaderKey meaningKeys[] = {
    {"pattern", false, "the pattern that it is judged as"},
    {"is", false, "`marker` or `rewrite`, where it is no pattern"},
    {"stack", false, "the software that it belongs to"},
    {"note", false, "what it is"},
};

void printKeys(llvm::raw_ostream &os, llvm::StringRef title,
               llvm::ArrayRef<HeaderKey> keys) {
  os << '\n' << title << ":\n\n| key | required | meaning |\n|---|---|---|\n";
  for (const HeaderKey &key : keys)
    os << "| `" << key.name << "` | " << (key.isRequired ? "yes" : "") << " | "
       << key.meaning << " |\n";
}

} // namespace

llvm::ArrayRef<HeaderKey> catalogueKeys() { return topKeys; }
llvm::ArrayRef<HeaderKey> fusedPatternKeys() { return fusedKeys; }
llvm::ArrayRef<HeaderKey> generationKeys() { return chipKeys; }
llvm::ArrayRef<HeaderKey> stackKeys() { return softwareKeys; }
llvm::ArrayRef<HeaderKey> rowKeys() { return factKeysOfRow; }
llvm::ArrayRef<HeaderKey> callKeys() { return meaningKeys; }

llvm::StringRef meaningOfSupport(llvm::StringRef name) {
  return llvm::StringSwitch<llvm::StringRef>(name)
      .Case("native", "a view, or what every compiler generates")
      .Case("library", "a kernel of a library")
      .Case("partial", "a kernel that lacks a parameter or a class of shapes")
      .Case("decompose", "no kernel, but other patterns that compute the same")
      .Case("host", "on the host, or on a slow general-purpose core")
      .Case("none", "known to be absent")
      .Default("");
}

std::string catalogueSchemaToMarkdown() {
  std::string text;
  llvm::raw_string_ostream os(text);
  printKeys(os, "Keys of the file", topKeys);
  printKeys(os, "Keys of a row", factKeysOfRow);
  os << "\nSupport, best first:\n\n| word | meaning |\n|---|---|\n";
  for (Support support : allSupports())
    os << "| `" << stringify(support) << "` | "
       << meaningOfSupport(stringify(support)) << " |\n";
  os << "\nSubjects of `needs` and `prefers`:\n\n| subject | values | meaning "
        "|\n|---|---|---|\n";
  for (const ConstraintSubject &subject : constraintSubjects()) {
    os << "| `" << subject.name << "` | ";
    if (subject.isNumber())
      os << "number";
    for (size_t i = 0; i < subject.words.size(); ++i)
      os << (i == 0 ? "`" : ", `") << subject.words[i] << '`';
    os << " | " << subject.meaning << " |\n";
  }
  printKeys(os, "Keys of a fused pattern", fusedKeys);
  printKeys(os, "Keys of a generation of chips", chipKeys);
  printKeys(os, "Keys of a software stack", softwareKeys);
  printKeys(os, "Keys of a custom call or foreign op", meaningKeys);
  printKeys(os, "Keys of a source", sourceKeys());
  return text;
}

} // namespace roofline
