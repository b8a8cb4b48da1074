//===- OpStatus.cpp - The table of ops ------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes docs/generated/OpStatus.md: for every op of every dialect that has
// models, how it is read, what its demand is, what kernels it is a part of and
// which test shows it. Nothing in it is kept by hand: ops come from the
// registries and from the specification's list, demand from asking the models
// about every op in the MLIR text of the tests, and kernels from the graphs
// that kernel formation makes of the functions there.
//
//   roofline-op-status SOURCE_ROOT OUTPUT
//
//===----------------------------------------------------------------------===//

#include "KernelGraph.h"
#include "LoopNests.h"
#include "OpSyntax.h"

#include "roofline/Driver/Output.h"
#include "roofline/InitAll.h"
#include "roofline/Interfaces/DemandLookup.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Parser/Parser.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <map>
#include <set>

using namespace roofline;

namespace {

/// What an op is in kernel formation, in the order of the page.
enum class Role {
  View,
  LookedThrough,
  Loop,
  Reduction,
  Update,
  Anchor,
  Scalar,
  Alone,
  Bodies,
  Nest,
  Inside,
};

llvm::StringRef stringify(Role role) {
  switch (role) {
  case Role::View:
    return "view";
  case Role::LookedThrough:
    return "looked through";
  case Role::Loop:
    return "loop";
  case Role::Reduction:
    return "reduction";
  case Role::Update:
    return "update";
  case Role::Anchor:
    return "anchor";
  case Role::Scalar:
    return "scalar";
  case Role::Alone:
    return "alone";
  case Role::Bodies:
    return "bodies";
  case Role::Nest:
    return "nest";
  case Role::Inside:
    return "inside";
  }
  return "";
}

/// What is known of one op.
struct OpStatus {
  /// `pretty`, `generic` or `upstream`.
  std::string read;
  bool hasRule = false;
  /// Of the demands that tests show.
  std::set<Structure> structures;
  /// Why demand is unknown in tests that show none.
  std::set<UnknownKind> unknowns;
  /// In the graphs of tests.
  std::set<Role> roles;
  /// The first test in which the op has a demand, else that names it.
  std::string shownBy;
  std::string namedBy;
};

/// By full op name.
using OpTable = std::map<std::string, OpStatus>;

llvm::ArrayRef<assembly::OpSyntax> prettyOps(llvm::StringRef dialect) {
  if (dialect == "stablehlo" || dialect == "mhlo")
    return assembly::stablehloOps();
  if (dialect == "chlo")
    return assembly::chloOps();
  if (dialect == "sdy")
    return assembly::sdyOps();
  if (dialect == "util")
    return assembly::utilOps();
  if (dialect == "check")
    return assembly::checkOps();
  return {};
}

//===----------------------------------------------------------------------===//
// Ops
//===----------------------------------------------------------------------===//

void addReadOps(OpTable &table) {
  auto add = [&](llvm::StringRef dialect,
                 llvm::ArrayRef<assembly::OpSyntax> ops) {
    for (const assembly::OpSyntax &op : ops)
      table[(dialect + "." + op.mnemonic).str()].read =
          op.read == assembly::readGenericOnly ? "generic" : "pretty";
  };
  for (llvm::StringRef dialect : tolerantNamespaces())
    add(dialect, prettyOps(dialect));
  add("mhlo", assembly::mhloOnlyOps());
}

/// Any op of a tolerant dialect can be read in generic form.
void addRule(OpTable &table, llvm::StringRef opName) {
  OpStatus &status = table[opName.str()];
  status.hasRule = true;
  if (status.read.empty())
    status.read = "generic";
}

void addUpstreamOps(OpTable &table, mlir::MLIRContext &context) {
  llvm::StringSet<> dialects;
  for (mlir::RegisteredOperationName op : context.getRegisteredOperations())
    if (op.hasInterface<RooflineOpInterface>())
      dialects.insert(op.getDialectNamespace());
  for (mlir::RegisteredOperationName op : context.getRegisteredOperations()) {
    if (!dialects.contains(op.getDialectNamespace()))
      continue;
    OpStatus &status = table[op.getStringRef().str()];
    status.read = "upstream";
    status.hasRule = op.hasInterface<RooflineOpInterface>();
  }
}

/// Ops of a list, one a line; '#' starts a comment. They are of tolerant
/// dialects, too.
void addListedOps(OpTable &table, llvm::StringRef list) {
  llvm::SmallVector<llvm::StringRef> lines;
  list.split(lines, '\n', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines)
    if (!line.starts_with("#"))
      if (OpStatus &status = table[line.trim().str()]; status.read.empty())
        status.read = "generic";
}

//===----------------------------------------------------------------------===//
// Tests
//===----------------------------------------------------------------------===//

/// The files below `root` that tests are written in; those of models first.
std::vector<std::string> testFiles(const std::string &root) {
  std::vector<std::string> files;
  for (llvm::StringRef folder :
       {"Unit/ExternalModels", "lit/ExternalModels", "lit/Dialect",
        "Unit/Dialect", "Unit", "lit", "models"}) {
    std::vector<std::string> found;
    std::error_code code;
    llvm::SmallString<128> path(root);
    llvm::sys::path::append(path, "test", folder);
    llvm::sys::fs::recursive_directory_iterator entry(path, code), end;
    for (; !code && entry != end; entry.increment(code)) {
      llvm::StringRef extension = llvm::sys::path::extension(entry->path());
      if (extension == ".mlir" || extension == ".cpp")
        found.push_back(entry->path());
    }
    llvm::sort(found);
    for (std::string &file : found)
      if (!llvm::is_contained(files, file))
        files.push_back(std::move(file));
  }
  return files;
}

/// The parts of a test that may be MLIR: those between the marks of a split
/// input, or the raw strings of C++.
std::vector<std::string> chunksOf(llvm::StringRef text, bool isMlir) {
  std::vector<std::string> chunks;
  if (isMlir) {
    std::string chunk;
    while (!text.empty()) {
      auto [line, rest] = text.split('\n');
      if (line.starts_with("// -----") || line.starts_with("//--- ")) {
        chunks.push_back(std::move(chunk));
        chunk.clear();
      }
      chunk += (line + "\n").str();
      text = rest;
    }
    chunks.push_back(std::move(chunk));
    return chunks;
  }
  while (true) {
    size_t open = text.find("R\"");
    size_t paren = open == llvm::StringRef::npos ? open : text.find('(', open);
    if (paren == llvm::StringRef::npos)
      return chunks;
    std::string end = (")" + text.slice(open + 2, paren) + "\"").str();
    size_t close = text.find(end, paren);
    if (close == llvm::StringRef::npos)
      return chunks;
    chunks.push_back(text.slice(paren + 1, close).str());
    text = text.substr(close + end.size());
  }
}

/// Notes the ops that `text` names in whole words.
void addNamedOps(OpTable &table, llvm::StringRef text,
                 const std::string &file) {
  auto isPartOfName = [](char c) {
    return llvm::isAlnum(c) || c == '_' || c == '.' || c == '-';
  };
  while (!text.empty()) {
    text = text.drop_until(isPartOfName);
    llvm::StringRef word = text.take_while(isPartOfName);
    text = text.drop_front(word.size());
    auto it = table.find(word.rtrim('.').str());
    if (it != table.end() && it->second.namedBy.empty())
      it->second.namedBy = file;
  }
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

Role roleOf(const Node &node) {
  if (!node.isLaunch)
    return Role::Bodies;
  switch (node.nodeClass) {
  case NodeClass::Loop:
    return Role::Loop;
  case NodeClass::Reduction:
    return Role::Reduction;
  case NodeClass::Update:
    return Role::Update;
  case NodeClass::Anchor:
    return Role::Anchor;
  case NodeClass::Scalar:
    return Role::Scalar;
  case NodeClass::Barrier:
    return Role::Alone;
  }
  return Role::Alone;
}

/// Notes what the ops are that run when `entry` runs, in the graph that kernel
/// formation makes of each block.
void addRoles(OpTable &table, mlir::Operation *entry,
              const DemandLookup &lookup) {
  auto note = [&](mlir::Operation *op, Role role) {
    auto it = table.find(op->getName().getStringRef().str());
    if (it != table.end())
      it->second.roles.insert(role);
  };
  ExecutionCounts counts(entry, lookup);
  LoopNests nests(counts, lookup);
  llvm::MapVector<mlir::Block *, llvm::SmallVector<mlir::Operation *, 0>> ops;
  counts.walk([&](mlir::Operation *op, const KnownOr<Count> &) {
    if (nests.contains(op) || nests.kernelOf(op))
      return note(op, Role::Nest);
    ops[op->getBlock()].push_back(op);
    // Regions that are no bodies are counted with their op.
    llvm::ArrayRef<Body> bodies = counts.bodies(op);
    for (mlir::Region &region : op->getRegions())
      if (llvm::none_of(
              bodies, [&](const Body &body) { return body.region == &region; }))
        region.walk(
            [&](mlir::Operation *nested) { note(nested, Role::Inside); });
  });
  for (auto &[block, content] : ops) {
    KernelGraph graph(content, counts, lookup, InlinedFunctions(),
                      SplicedCalls());
    llvm::DenseSet<mlir::Operation *> carried;
    for (const CarriedOp &op : graph.carried)
      carried.insert(op.op);
    for (mlir::Operation *op : content) {
      NodeIndex node = graph.nodeOf(op);
      // An op of unknown demand is alone, which says nothing about others of
      // its name.
      if (node && !graph.nodes[*node].isKnown())
        continue;
      note(op, node                   ? roleOf(graph.nodes[*node])
               : carried.contains(op) ? Role::LookedThrough
                                      : Role::View);
    }
  }
}

/// Every function may be an entry.
void addRoles(OpTable &table, mlir::ModuleOp module,
              const DemandLookup &lookup) {
  bool hasFunctions = false;
  module->walk([&](mlir::FunctionOpInterface function) {
    hasFunctions = true;
    if (!function.isExternal())
      addRoles(table, function, lookup);
  });
  if (!hasFunctions)
    addRoles(table, module.getOperation(), lookup);
}

//===----------------------------------------------------------------------===//
// Tests that are MLIR
//===----------------------------------------------------------------------===//

/// Notes the ops that have a demand in `chunk`, where that is MLIR at all.
void addShownOps(OpTable &table, const std::string &chunk,
                 const std::string &file, mlir::MLIRContext &context) {
  mlir::ScopedDiagnosticHandler quiet(
      &context, [](mlir::Diagnostic &) { return mlir::success(); });
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceString<mlir::ModuleOp>(chunk, &context);
  if (!module)
    return;
  DemandLookup lookup(&context, {});
  module->walk([&](mlir::Operation *op) {
    auto it = table.find(op->getName().getStringRef().str());
    if (it == table.end())
      return;
    KnownOr<Demand> demand = lookup.demand(op);
    if (!demand) {
      it->second.unknowns.insert(demand.unknown().kind);
      return;
    }
    it->second.structures.insert(demand->structure);
    if (it->second.shownBy.empty())
      it->second.shownBy = file;
  });
  addRoles(table, *module, lookup);
}

llvm::Error addTests(OpTable &table, const std::string &root,
                     mlir::MLIRContext &context) {
  for (const std::string &path : testFiles(root)) {
    auto buffer = llvm::MemoryBuffer::getFile(path);
    if (!buffer)
      return llvm::createStringError(buffer.getError(), "cannot read '%s'",
                                     path.c_str());
    llvm::StringRef text = (*buffer)->getBuffer();
    std::string file = path.substr(root.size() + 1);
    addNamedOps(table, text, file);
    bool isMlir = llvm::StringRef(path).ends_with(".mlir");
    for (const std::string &chunk : chunksOf(text, isMlir))
      addShownOps(table, chunk, file, context);
  }
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Page
//===----------------------------------------------------------------------===//

std::string demandText(const OpStatus &status) {
  if (!status.hasRule)
    return "unknown";
  std::string text;
  for (Structure structure : status.structures)
    text += (text.empty() ? "" : ", ") + stringify(structure).str();
  if (text.empty() && status.unknowns.count(UnknownKind::Opaque))
    return "unknown: opaque";
  return text.empty() ? "a rule" : text;
}

std::string kernelText(const OpStatus &status) {
  std::string text;
  for (Role role : status.roles)
    text += (text.empty() ? "" : ", ") + stringify(role).str();
  if (text.empty() && !status.unknowns.empty())
    return stringify(Role::Alone).str();
  return text.empty() ? "not seen" : text;
}

std::string testText(const OpStatus &status) {
  const std::string &file =
      status.shownBy.empty() ? status.namedBy : status.shownBy;
  return file.empty() ? "-" : "[" + file.substr(5) + "](../../" + file + ")";
}

std::string page(const OpTable &table) {
  struct Totals {
    size_t ops = 0, demand = 0, kernels = 0, tested = 0;
  };
  std::map<std::string, Totals> totals;
  std::map<std::string, std::string> rows;
  for (const auto &[name, status] : table) {
    std::string dialect = llvm::StringRef(name).split('.').first.str();
    Totals &total = totals[dialect];
    ++total.ops;
    total.demand += status.hasRule;
    total.kernels += !status.roles.empty() || !status.unknowns.empty();
    total.tested += !status.shownBy.empty() || !status.namedBy.empty();
    rows[dialect] += "| `" + name + "` | " + status.read + " | " +
                     demandText(status) + " | " + kernelText(status) + " | " +
                     testText(status) + " |\n";
  }
  std::string text = R"(<!-- Written by roofline-op-status. DO NOT EDIT. -->

# Ops

Every op of every dialect that has models, and every op of the StableHLO specification.

- **read**: `pretty` and generic form, `generic` form only, or `upstream` where MLIR itself reads it.
- **demand**: the structures of its demand in the tests; `a rule` where no test in MLIR shows one; `unknown` where the op
  has no rule, or its rule cannot tell; it is then reported by name with the reason.
- **kernels**: what the op is in the graphs of the tests. `view`: part of no kernel, as it costs nothing.
  `looked through`: computed, or addressed, by every kernel that reads it. `loop`, `reduction`, `update` (a part of a
  buffer in place): fused with what is around it. `anchor`: one a kernel, with a prologue and an epilogue. `scalar`:
  control arithmetic on a few bytes (A59), no launch. `alone`: never fused, as no op is whose demand is unknown.
  `bodies`: runs its bodies or what it calls, which form kernels of their own. `nest`: part of a loop over scalars,
  which is one kernel. `inside`: counted with the op that it is inside of. `not seen`: in no graph of a test.
- **tested**: a test that shows its demand, or else names it.

| dialect | ops | demand | kernels | tested |
|---|---|---|---|---|
)";
  for (const auto &[dialect, total] : totals)
    text += "| [" + dialect + "](#" + dialect + ") | " +
            std::to_string(total.ops) + " | " + std::to_string(total.demand) +
            " | " + std::to_string(total.kernels) + " | " +
            std::to_string(total.tested) + " |\n";
  for (const auto &[dialect, lines] : rows)
    text += "\n## " + dialect +
            "\n\n| op | read | demand | kernels | tested |\n"
            "|---|---|---|---|---|\n" +
            lines;
  return text;
}

llvm::Error run(const std::string &root, llvm::StringRef output) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registerDialectAndModels(registry);
  registerTolerantDialects(registry);
  mlir::MLIRContext context(registry);
  context.allowUnregisteredDialects();
  context.loadAllAvailableDialects();

  OpTable table;
  addReadOps(table);
  for (llvm::StringRef name : OpRuleRegistry::get(&context)->opNames())
    addRule(table, name);
  addUpstreamOps(table, context);
  auto list = llvm::MemoryBuffer::getFile(root + "/docs/spec-ops.txt");
  if (!list)
    return llvm::createStringError(list.getError(),
                                   "cannot read docs/spec-ops.txt");
  addListedOps(table, (*list)->getBuffer());
  if (llvm::Error error = addTests(table, root, context))
    return error;
  return writeOutput(output, page(table));
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 3) {
    llvm::errs() << "usage: roofline-op-status SOURCE_ROOT OUTPUT\n";
    return 2;
  }
  if (llvm::Error error = run(argv[1], argv[2])) {
    llvm::errs() << "roofline-op-status: error: "
                 << llvm::toString(std::move(error)) << "\n";
    return 2;
  }
  return 0;
}
