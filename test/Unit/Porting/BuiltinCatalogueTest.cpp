//===- BuiltinCatalogueTest.cpp - The catalogue that is built in ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/BuiltinCatalogue.h"
#include "roofline/Porting/Catalogue.h"
#include "roofline/Target/TargetRegistry.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

class BuiltinCatalogue : public testing::Test {
protected:
  BuiltinCatalogue() : catalogue(llvm::cantFail(Catalogue::create())) {}

  /// `library`, ..., or `unknown`.
  std::string support(llvm::StringRef pattern, llvm::StringRef generation,
                      llvm::ArrayRef<ElementType> types,
                      std::optional<llvm::StringRef> cann = std::nullopt,
                      bool includesCommunity = true) {
    std::vector<CatalogueQuery::Release> releases;
    if (cann)
      releases.push_back({"cann", *SoftwareVersion::parse(*cann)});
    const CatalogueRow *row = catalogue.find(
        {pattern, generation, types, releases, includesCommunity});
    return row ? stringify(row->support).str() : "unknown";
  }

  Catalogue catalogue;
};

constexpr ElementType bf16 = ElementType::BF16;

} // namespace

TEST_F(BuiltinCatalogue, EveryPatternHasARowForEveryGeneration) {
  for (const OpPattern &pattern : catalogue.getKinds().patterns())
    for (const ChipGeneration &generation : catalogue.getGenerations())
      EXPECT_NE(catalogue.find({pattern.name, generation.name}), nullptr)
          << pattern.name << " on " << generation.name;
}

TEST_F(BuiltinCatalogue, NothingIsUnknownForCommonTypes) {
  const ElementType floats[] = {ElementType::F64, ElementType::F32,
                                ElementType::BF16, ElementType::F16,
                                ElementType::F8};
  constexpr llvm::StringLiteral patterns[] = {
      "add",         "multiply",    "exponential",   "tanh",
      "erf",         "cosine",      "convert",       "dot_general",
      "convolution", "reduce",      "reduce_window", "sort",
      "top_k",       "gather",      "scatter",       "dynamic_update_slice",
      "transpose",   "concatenate", "all_reduce",    "all_gather",
      "gemm",        "batched_gemm"};
  for (llvm::StringRef pattern : patterns)
    for (const ChipGeneration &generation : catalogue.getGenerations())
      for (ElementType type : floats)
        EXPECT_NE(support(pattern, generation.name, type), "unknown")
            << pattern.str() << " on " << generation.name << " of "
            << stringify(type).str();
}

TEST_F(BuiltinCatalogue, GenerationsAreThoseOfTargets) {
  TargetRegistry registry = llvm::cantFail(TargetRegistry::create());
  llvm::StringSet<> architectures;
  for (const std::string &name : registry.names()) {
    std::shared_ptr<const Target> target = llvm::cantFail(registry.find(name));
    if (target->getArchitecture().empty())
      continue;
    architectures.insert(target->getArchitecture());
    const ChipGeneration *generation =
        catalogue.findGeneration(target->getArchitecture());
    ASSERT_NE(generation, nullptr) << name;
    EXPECT_EQ(generation->vendor, target->getVendor()) << name;
  }
  for (const ChipGeneration &generation : catalogue.getGenerations())
    EXPECT_TRUE(architectures.contains(generation.name)) << generation.name;
}

TEST_F(BuiltinCatalogue, EveryFileIsEmbedded) {
  llvm::StringSet<> embedded;
  for (const BuiltinFile &file : builtinCatalogueFiles())
    embedded.insert(file.path);
  std::error_code code;
  size_t count = 0;
  for (llvm::sys::fs::directory_iterator
           entry(ROOFLINE_SOURCE_DIR "/targets/catalogue", code),
       end;
       !code && entry != end; entry.increment(code)) {
    if (llvm::sys::path::extension(entry->path()) != ".yaml")
      continue;
    ++count;
    EXPECT_TRUE(embedded.contains(llvm::sys::path::filename(entry->path())))
        << entry->path();
  }
  EXPECT_EQ(count, embedded.size());
}

TEST_F(BuiltinCatalogue, FilesAreNoTargets) {
  llvm::Expected<TargetRegistry> registry =
      TargetRegistry::create({}, {ROOFLINE_SOURCE_DIR "/targets"});
  ASSERT_TRUE(bool(registry)) << llvm::toString(registry.takeError());
  EXPECT_EQ(registry->names(),
            llvm::cantFail(TargetRegistry::create()).names());
}

TEST_F(BuiltinCatalogue, KernelsHaveNamesAndSources) {
  for (const CatalogueRow &row : catalogue.getRows()) {
    EXPECT_FALSE(row.source->title.empty()) << row.id;
    EXPECT_FALSE(row.isUsers) << row.id;
    bool hasKernel =
        row.support == Support::Library || row.support == Support::Partial;
    EXPECT_TRUE(!hasKernel || catalogue.findStack(row.stack)) << row.id;
  }
  // Every stack has a row or a call.
  for (const SoftwareStack &stack : catalogue.getStacks()) {
    auto isOfStack = [&](const auto &one) { return one.stack == stack.name; };
    EXPECT_TRUE(llvm::any_of(catalogue.getRows(), isOfStack) ||
                llvm::any_of(catalogue.getCalls(), isOfStack))
        << stack.name;
  }
}

TEST_F(BuiltinCatalogue, DecompositionsEnd) {
  // What a pattern is taken apart into is itself known on the chip.
  for (const CatalogueRow &row : catalogue.getRows())
    for (const std::string &generation : row.generations)
      for (const std::string &part : row.into)
        EXPECT_NE(catalogue.find({part, generation}), nullptr)
            << row.id << ": " << part << " on " << generation;
}

TEST_F(BuiltinCatalogue, KnowsWhatEachChipLacks) {
  // 8-bit floats: on the 950, and from Hopper on.
  for (llvm::StringRef generation :
       {"ascend-310p", "ascend-a2", "ascend-a3", "sm80"})
    EXPECT_EQ(support("gemm", generation, ElementType::F8), "none");
  for (llvm::StringRef generation : {"ascend-950", "sm90", "sm100"})
    EXPECT_EQ(support("gemm", generation, ElementType::F8), "library");
  EXPECT_EQ(support("gemm", "sm90", ElementType::F4), "none");
  EXPECT_EQ(support("gemm", "sm100", ElementType::F4), "library");
  // f64: CUDA has it, the AI core does not.
  EXPECT_EQ(support("dot_general", "sm90", ElementType::F64), "library");
  EXPECT_EQ(support("dot_general", "ascend-a2", ElementType::F64), "none");
  EXPECT_EQ(support("add", "ascend-a2", ElementType::F64), "host");
  EXPECT_EQ(support("add", "ascend-a3", ElementType::C64), "host");
  EXPECT_EQ(support("add", "sm90", ElementType::C64), "native");
  // bf16 is not on 310P.
  EXPECT_EQ(support("add", "ascend-310p", bf16), "none");
  EXPECT_EQ(support("add", "ascend-310p", ElementType::F16), "library");
  // Solvers and transforms.
  EXPECT_EQ(support("cholesky", "ascend-a2", ElementType::F32), "host");
  EXPECT_EQ(support("cholesky", "sm90", ElementType::F32), "library");
  EXPECT_EQ(support("fft", "ascend-a3", ElementType::C64), "decompose");
  // i8 everywhere.
  for (const ChipGeneration &generation : catalogue.getGenerations())
    EXPECT_EQ(support("quantized_gemm", generation.name, ElementType::I8),
              "library")
        << generation.name;
  // Fused with a collective: the tables leave A3 out.
  EXPECT_EQ(support("gemm_all_reduce", "ascend-a2", bf16), "library");
  EXPECT_EQ(support("gemm_all_reduce", "ascend-a3", bf16), "decompose");
}

TEST_F(BuiltinCatalogue, KnowsWhenCannGotAKernel) {
  struct Step {
    llvm::StringRef pattern;
    ElementType type;
    llvm::StringRef before;
    llvm::StringRef supportBefore;
    llvm::StringRef since;
  };
  // The vendor's own kernels; what was there before that release.
  const Step steps[] = {
      {"grouped_gemm_activation", ElementType::I8, "8.2.RC1", "decompose",
       "8.3.RC1"},
      {"moe_routing", bf16, "8.2.RC1", "partial", "8.3.RC1"},
      {"moe_dispatch_combine", bf16, "8.1.RC1", "decompose", "8.2.RC1"},
      {"latent_attention_prolog", bf16, "8.1.RC1", "decompose", "8.2.RC1"},
      {"gated_delta_rule_decode", bf16, "8.3.RC2", "decompose", "8.5.0"},
      {"gated_delta_rule", bf16, "8.5.0", "partial", "9.0.0"},
      {"sparse_attention", bf16, "8.3.RC2", "decompose", "8.5.0"},
      {"attention_indexer", bf16, "8.3.RC2", "decompose", "8.5.0"},
      {"partial_rope", bf16, "8.5.0", "decompose", "9.0.0"},
      {"hyper_connection", bf16, "8.5.0", "decompose", "9.0.0"}};
  for (llvm::StringRef generation : {"ascend-a2", "ascend-a3"})
    for (const Step &step : steps) {
      EXPECT_EQ(support(step.pattern, generation, step.type, step.before,
                        /*includesCommunity=*/false),
                step.supportBefore)
          << step.pattern.str();
      EXPECT_EQ(support(step.pattern, generation, step.type, step.since,
                        /*includesCommunity=*/false),
                "library")
          << step.pattern.str();
      // Others wrote what was missing.
      EXPECT_EQ(support(step.pattern, generation, step.type, step.before),
                "library")
          << step.pattern.str();
    }
  // The vendor has these to this day on the 950 only, or not at all.
  for (llvm::StringRef pattern :
       {"causal_conv1d", "fused_add_rms_norm_bias", "moe_dispatch_ffn_combine"})
    EXPECT_EQ(support(pattern, "ascend-a3", bf16, std::nullopt,
                      /*includesCommunity=*/false),
              "decompose")
        << pattern.str();
}

TEST_F(BuiltinCatalogue, KnowsCallsOfCuda) {
  auto patternOf = [&](llvm::StringRef target) {
    const KnownCall *call = catalogue.findCall(target);
    if (!call)
      return std::string("unknown");
    return call->meaning == CallMeaning::Pattern  ? call->pattern
           : call->meaning == CallMeaning::Marker ? "marker"
                                                  : "rewrite";
  };
  EXPECT_EQ(patternOf("__cublas$gemm"), "gemm");
  EXPECT_EQ(patternOf("__cublas$lt$matmul$f8"), "quantized_gemm");
  EXPECT_EQ(patternOf("__cudnn$fmhaSoftmax"), "attention");
  EXPECT_EQ(patternOf("__cudnn$fmhaScaleBiasSoftmaxBackward"),
            "attention_gradient");
  EXPECT_EQ(patternOf("__cudnn$convBiasActivationForward"), "convolution");
  EXPECT_EQ(patternOf("__gpu$xla.gpu.triton"), "rewrite");
  EXPECT_EQ(patternOf("cu_threefry2x32_ffi"), "rng_bit_generator");
  EXPECT_EQ(patternOf("cusolver_potrf_ffi"), "cholesky");
  EXPECT_EQ(patternOf("te_fused_attn_forward_ffi"), "attention");
  EXPECT_EQ(patternOf("te_something_new"), "rewrite");
  EXPECT_EQ(patternOf("Sharding"), "marker");
  EXPECT_EQ(patternOf("xla.sdy.FuncResultSharding"), "marker");
  EXPECT_EQ(patternOf("my_own_kernel"), "unknown");
  for (llvm::StringRef op :
       {"nvvm.wgmma.mma_async", "nvgpu.mma.sync", "gpu.launch_func",
        "llvm.inline_asm", "nvws.aref.create"}) {
    const KnownCall *known = catalogue.findForeignOp(op);
    ASSERT_NE(known, nullptr) << op.str();
    EXPECT_EQ(known->meaning, CallMeaning::Rewrite) << op.str();
  }
  EXPECT_EQ(catalogue.findForeignOp("llvm.add"), nullptr);
}

TEST_F(BuiltinCatalogue, NothingComputesInTypesThatAChipLacks) {
  // 310P has no bf16, and only the 950 of Ascend has 8-bit floats; moving their
  // bits is another matter.
  const llvm::StringSet<> movement = {"view",
                                      "control_flow",
                                      "generic",
                                      "copy",
                                      "concatenate",
                                      "broadcast_in_dim",
                                      "fill",
                                      "pad",
                                      "slice",
                                      "transpose",
                                      "iota",
                                      "reverse",
                                      "one_hot",
                                      "pack",
                                      "dynamic_broadcast_in_dim",
                                      "dynamic_pad",
                                      "dynamic_slice",
                                      "dynamic_update_slice",
                                      "dynamic_iota",
                                      "gather",
                                      "dynamic_gather",
                                      "scatter",
                                      "resize",
                                      "non_zero",
                                      "compress",
                                      "all_gather",
                                      "all_to_all",
                                      "send",
                                      "recv",
                                      "collective_permute",
                                      "infeed",
                                      "collective_broadcast",
                                      "outfeed"};
  for (const OpPattern &pattern : catalogue.getKinds().patterns()) {
    if (movement.contains(pattern.name))
      continue;
    for (auto [generation, type] :
         {std::pair("ascend-310p", bf16),
          std::pair("ascend-a2", ElementType::F8),
          std::pair("ascend-a3", ElementType::F8),
          std::pair("ascend-a2", ElementType::F64),
          std::pair("ascend-950", ElementType::C64)}) {
      const CatalogueRow *row =
          catalogue.find({pattern.name, generation, type});
      EXPECT_TRUE(!row || row->support >= Support::Decompose)
          << row->id << " computes " << pattern.name << " in "
          << stringify(type).str();
    }
  }
}
