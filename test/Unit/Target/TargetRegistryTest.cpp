//===- TargetRegistryTest.cpp - Finding targets by name -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetFiles.h"

#include "llvm/Support/Program.h"

#include <cstdlib>

using namespace roofline;

namespace {

constexpr llvm::StringLiteral base = R"(
title: Base
vendor: test
architecture: x1
source: s
sources:
  s: {title: Source, confidence: datasheet}
units:
  matrix:
    rates: {bf16: 100 TFLOP/s, f8: 200 TFLOP/s}
memory:
  bandwidth: 1 TB/s
  bus_width: 2500 bit
  pin_rate: 3.2 Gb/s
)";

std::string named(llvm::StringRef name, llvm::StringRef text) {
  return ("name: " + name + "\n" + text).str();
}

class TargetSearch : public TargetFiles {
protected:
  /// Finds `name` with the given files and folders, or gives what is wrong.
  std::string titleOf(llvm::StringRef name,
                      const std::vector<std::string> &files,
                      const std::vector<std::string> &folders = {}) {
    llvm::Expected<TargetRegistry> registry =
        TargetRegistry::create(files, folders);
    if (!registry)
      return message(registry.takeError());
    auto target = registry->find(name);
    return target ? (*target)->getTitle().str() : message(target.takeError());
  }
};

} // namespace

TEST_F(TargetSearch, FileBeforeFolderBeforeBuiltin) {
  auto withTitle = [&](llvm::StringRef title) {
    return ("name: h200\nextends: h100\ntitle: " + title + "\n").str();
  };
  std::string file = write("file.yaml", withTitle("From file"));
  write("first/nvidia/h200.yaml", withTitle("From first"));
  write("second/h200.yaml", withTitle("From second"));
  std::vector<std::string> folders = {pathOf("first"), pathOf("second")};
  EXPECT_EQ(titleOf("h200", {file}, folders), "From file");
  EXPECT_EQ(titleOf("h200", {}, folders), "From first");
  EXPECT_EQ(titleOf("h200", {}, {pathOf("second")}), "From second");
  EXPECT_EQ(titleOf("h200", {}), "NVIDIA H200 SXM 141 GB");
}

TEST_F(TargetSearch, PathComesFromTheEnvironment) {
  std::string value = std::string("/a") + llvm::sys::EnvPathSeparator + "/b/c";
  ASSERT_EQ(setenv("ROOFLINE_TARGET_PATH", value.c_str(), 1), 0);
  EXPECT_EQ(TargetRegistry::searchPathFromEnvironment(),
            (std::vector<std::string>{"/a", "/b/c"}));
  ASSERT_EQ(unsetenv("ROOFLINE_TARGET_PATH"), 0);
  EXPECT_TRUE(TargetRegistry::searchPathFromEnvironment().empty());
}

TEST_F(TargetSearch, FilesAreReadWhenAskedFor) {
  write("broken.yaml", "name: [\n");
  write("good.yaml", named("good", base));
  EXPECT_EQ(titleOf("good", {}, {pathOf("")}), "Base");
  EXPECT_EQ(titleOf("broken", {}, {pathOf("")}),
            "broken.yaml:1:7: error: 'name' holds one value, found a list; "
            "write the name of a target");
}

TEST_F(TargetSearch, NamesAreSortedAndUnique) {
  write("h200.yaml", "name: h200\nextends: h100\n");
  write("my-chip.yaml", named("my-chip", base));
  write("notes.txt", "not a target");
  auto registry = llvm::cantFail(TargetRegistry::create({}, {pathOf("")}));
  std::vector<std::string> names = registry.names();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_EQ(std::count(names.begin(), names.end(), "h200"), 1);
  EXPECT_EQ(std::count(names.begin(), names.end(), "my-chip"), 1);
  EXPECT_EQ(std::count(names.begin(), names.end(), "notes"), 0);
}

TEST_F(TargetSearch, UnreadableFilesAndFolders) {
  EXPECT_EQ(titleOf("h200", {pathOf("missing.yaml")}),
            "missing.yaml: error: cannot read target file: No such file or "
            "directory");
  write("folder/x.yaml", "");
  EXPECT_EQ(titleOf("h200", {pathOf("folder")}),
            "folder: error: is a directory; name a target file");
  EXPECT_EQ(titleOf("h200", {}, {pathOf("missing")}),
            "missing: error: cannot list directory: No such file or directory; "
            "correct 'ROOFLINE_TARGET_PATH'");
}

TEST_F(TargetSearch, NameOfFileAndTargetAgree) {
  write("one.yaml", named("two", base));
  EXPECT_EQ(titleOf("one", {}, {pathOf("")}),
            "one.yaml:1:7: error: file is named 'one' but states the name "
            "'two'; make them the same");
  // A file given by the user may be named anything, once.
  std::string file = write("one.yaml", named("two", base));
  EXPECT_EQ(titleOf("two", {file}), "Base");
  EXPECT_EQ(titleOf("two", {file, write("three.yaml", named("two", base))}),
            "three.yaml:1:7: error: target 'two' is given by two files, this "
            "one and 'one.yaml'; leave one of them out");
}

TEST_F(TargetSearch, UnknownNamesGetTheNearest) {
  EXPECT_EQ(titleOf("h2000", {}), "error: unknown target 'h2000'; did you mean "
                                  "'h200', 'h20' or 'h100'?");
  EXPECT_EQ(titleOf("H200", {}),
            "error: unknown target 'H200'; did you mean 'h200'?");
  EXPECT_EQ(titleOf("tpu-v7", {}).substr(0, 59),
            "error: unknown target 'tpu-v7'; known targets are 'a100', '");
}

TEST_F(TargetSearch, FamiliesAreRefusedWithTheirMembers) {
  for (const char *name : {"ascend-910b", "Ascend-910B"})
    EXPECT_EQ(titleOf(name, {}),
              "error: target '" + std::string(name) +
                  "' is a family: its variants differ by 40 % in compute and "
                  "by half in memory bandwidth; choose 'ascend-910b1', "
                  "'ascend-910b2', 'ascend-910b3' or 'ascend-910b4'");
}

TEST_F(TargetSearch, FamiliesNameTargetsThatExist) {
  auto registry = llvm::cantFail(TargetRegistry::create());
  for (const char *family : {"ascend-910b", "ascend-950"}) {
    std::string text = llvm::toString(registry.find(family).takeError());
    llvm::StringRef members = llvm::StringRef(text).split("choose ").second;
    llvm::SmallVector<llvm::StringRef> parts;
    members.split(parts, '\'');
    ASSERT_GE(parts.size(), 5u) << text;
    for (size_t i = 1; i < parts.size(); i += 2)
      EXPECT_TRUE(bool(registry.find(parts[i]))) << parts[i].str();
  }
}

TEST_F(TargetSearch, ExtendsStatesOnlyWhatDiffers) {
  write("base.yaml", named("base", base));
  write("heir.yaml", named("heir", R"(
title: Heir
extends: base
source: t
sources: {t: {title: Other, confidence: paper}}
units: {matrix: {rates: {f8: {value: 150 TFLOP/s, source: s}, bf16: 150 TFLOP/s}}}
memory: {bandwidth: 2 TB/s, bus_width: unknown}
)"));
  auto registry = llvm::cantFail(TargetRegistry::create({}, {pathOf("")}));
  auto target = registry.find("heir");
  ASSERT_TRUE(bool(target)) << llvm::toString(target.takeError());
  EXPECT_EQ((*target)->getTitle(), "Heir");
  EXPECT_EQ((*target)->getVendor(), "test");
  EXPECT_EQ((*target)->getArchitecture(), "x1");
  EXPECT_EQ((*target)->getValue("units.matrix.rates.bf16"), 150e12);
  EXPECT_EQ((*target)->findFact("units.matrix.rates.bf16")->source->id, "t");
  // Sources of the base may be cited.
  EXPECT_EQ((*target)->findFact("units.matrix.rates.f8")->source->id, "s");
  EXPECT_EQ((*target)->findFact("memory.bus_width"), nullptr);
  EXPECT_EQ((*target)->getValue("memory.pin_rate"), 3.2e9);
  EXPECT_EQ((*target)->findFact("memory.pin_rate")->statedBy, "base");
  // Facts keep the order of the schema.
  llvm::ArrayRef<TargetFact> facts = (*target)->getFacts();
  ASSERT_EQ(facts.size(), 4u);
  EXPECT_EQ(facts[0].path, "units.matrix.rates.bf16");
  EXPECT_EQ(facts[1].path, "units.matrix.rates.f8");
  EXPECT_EQ(facts[2].path, "memory.bandwidth");
}

TEST_F(TargetSearch, HeirsAreCheckedToo) {
  // 2500 bit x 3.2 Gb/s / 8 = 1 TB/s, which holds for the base only.
  write("base.yaml", named("base", base));
  write("heir.yaml", "name: heir\nextends: base\n"
                     "memory: {pin_rate: {value: 6.4 Gb/s, source: s}}\n");
  EXPECT_EQ(titleOf("heir", {}, {pathOf("")}),
            "heir.yaml:1:7: error: 'memory.bandwidth' (inherited from 'base') "
            "is 1 TB/s, but 2500 bit x 6.4 Gb/s make 2 TB/s (50 % apart, 2 % "
            "allowed); correct the wrong figure, or state the reason as "
            "'deviation' of 'memory.bandwidth'");
}

TEST_F(TargetSearch, OwnNameMeansTheNextOne) {
  std::string file = write("h200.yaml", "name: h200\nextends: h200\n"
                                        "title: Mine\n"
                                        "launch: {floor: {value: 3 us, "
                                        "source: datasheet}}\n");
  auto registry = llvm::cantFail(TargetRegistry::create({file}));
  auto target = registry.find("h200");
  ASSERT_TRUE(bool(target)) << llvm::toString(target.takeError());
  EXPECT_EQ((*target)->getTitle(), "Mine");
  EXPECT_EQ((*target)->getValue("launch.floor"), 3e-6);
  EXPECT_EQ((*target)->getValue("memory.bandwidth"), 4.8e12);
}

TEST_F(TargetSearch, BuiltinsExtendBuiltins) {
  // A user's h100 does not change the h200, which extends the built-in one.
  std::string file = write("h100.yaml", named("h100", base));
  EXPECT_EQ(titleOf("h100", {file}), "Base");
  auto registry = llvm::cantFail(TargetRegistry::create({file}));
  auto target = registry.find("h200");
  ASSERT_TRUE(bool(target)) << llvm::toString(target.takeError());
  EXPECT_EQ((*target)->getValue("units.matrix.rates.bf16"), 989.4e12);
}

TEST_F(TargetSearch, ExtendsHasToLeadSomewhere) {
  write("a.yaml", "name: a\nextends: b\n");
  write("b.yaml", "name: b\nextends: c\n");
  write("c.yaml", "name: c\nextends: a\n");
  write("d.yaml", "name: d\nextends: h201\n");
  write("e.yaml", "name: e\nextends: e\n");
  std::vector<std::string> folders = {pathOf("")};
  EXPECT_EQ(titleOf("a", {}, folders),
            "c.yaml:2:10: error: 'extends' leads back to itself: a -> b -> c "
            "-> a; let one of them stand alone");
  EXPECT_EQ(titleOf("d", {}, folders),
            "d.yaml:2:10: error: 'extends' names the unknown target 'h201'; "
            "did you mean 'h20', 'h200' or 'h100'?");
  EXPECT_EQ(titleOf("e", {}, folders).substr(0, 61),
            "e.yaml:2:10: error: 'extends' names the unknown target 'e'; k");
}

TEST_F(TargetSearch, ErrorsCarryTheirPlace) {
  write("broken.yaml", "name: broken\nbandwidth: 1\n");
  auto registry = llvm::cantFail(TargetRegistry::create({}, {pathOf("")}));
  auto target = registry.find("broken");
  ASSERT_FALSE(bool(target));
  bool isHandled = false;
  llvm::handleAllErrors(target.takeError(), [&](const FileError &error) {
    isHandled = true;
    EXPECT_EQ(error.getLocation().file, pathOf("broken.yaml"));
    EXPECT_EQ(error.getLocation().line, 2u);
    EXPECT_EQ(error.getLocation().column, 1u);
    EXPECT_TRUE(error.getMessage().starts_with("unknown key 'bandwidth'"));
  });
  EXPECT_TRUE(isHandled);
}
