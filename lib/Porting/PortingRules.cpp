//===- PortingRules.cpp - What may stand in the way of a port -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/PortingRules.h"

#include "llvm/ADT/STLExtras.h"

#include <array>

namespace roofline {

namespace {

struct StatusRow {
  PortingStatus status;
  llvm::StringLiteral name;
};

constexpr StatusRow statusRows[] = {
    {PortingStatus::Native, "native"},
    {PortingStatus::Library, "library"},
    {PortingStatus::MissingFusion, "missing-fusion"},
    {PortingStatus::LayoutChange, "layout-change"},
    {PortingStatus::ParameterChange, "parameter-change"},
    {PortingStatus::PrecisionChange, "precision-change"},
    {PortingStatus::Decompose, "decompose"},
    {PortingStatus::HostFallback, "host-fallback"},
    {PortingStatus::Rewrite, "rewrite"},
    {PortingStatus::Unknown, "unknown"},
    {PortingStatus::Blocked, "blocked"},
};

struct LevelRow {
  EffortLevel level;
  llvm::StringLiteral name;
};

constexpr LevelRow levelRows[] = {
    {EffortLevel::None, "none"},       {EffortLevel::Low, "low"},
    {EffortLevel::Medium, "medium"},   {EffortLevel::High, "high"},
    {EffortLevel::Blocker, "blocker"},
};

// IDs are for ever: a rule that is given up leaves a gap.
constexpr PortingRule rules[] = {
    {"RF1001", "nothing to do", PortingStatus::Native, EffortLevel::None,
     /*isPaidOnce=*/false,
     "A view, or an op that every compiler generates code for.", "Nothing."},
    {"RF1002", "a library has the kernel", PortingStatus::Library,
     EffortLevel::None, /*isPaidOnce=*/false,
     "A library of the target has the kernel, for these element types, and "
     "the conditions that it states of shapes and layouts hold.",
     "Nothing, but to call it."},
    {"RF1003", "the same generation of chips", PortingStatus::Library,
     EffortLevel::None, /*isPaidOnce=*/false,
     "Source and target are chips of one generation and run the same "
     "software, custom kernels among it.",
     "Nothing."},
    {"RF1004", "the kernel is a community's", PortingStatus::Library,
     EffortLevel::None, /*isPaidOnce=*/true,
     "The kernel is not in the vendor's releases: a project of others has it, "
     "which has to be built, and kept up with the vendor's releases.",
     "Build the project's custom ops against the installed release, and check "
     "them."},

    {"RF1010", "the fused kernel is missing", PortingStatus::MissingFusion,
     EffortLevel::None, /*isPaidOnce=*/false,
     "The target has every part as a kernel of its own, but not the one kernel "
     "that the source runs. Nothing has to be done for the graph to run; the "
     "time that the parts lose to it is the debt.",
     "Run the parts. Where the time saved is worth it, write the fused kernel: "
     "in AscendC or Triton on Ascend, in CUDA or Triton on NVIDIA."},
    {"RF1011", "has to be taken apart", PortingStatus::Decompose,
     EffortLevel::Medium, /*isPaidOnce=*/false,
     "There is no kernel, but there are others that compute the same "
     "together.",
     "Add the decomposition to the compiler, or rewrite the op in the model, "
     "and compare results."},
    {"RF1012", "supported in part", PortingStatus::ParameterChange,
     EffortLevel::Low, /*isPaidOnce=*/false,
     "The kernel lacks a parameter or a class of shapes that this op may use.",
     "Check whether the op uses what is lacking; set the attribute or call the "
     "variant that has it."},
    {"RF1013", "the custom call has a counterpart",
     PortingStatus::ParameterChange, EffortLevel::Low, /*isPaidOnce=*/false,
     "The custom call names a kernel of the source's libraries; the target has "
     "one that does the same under another name.",
     "Replace the call by the op that it stands for, or by the target's own "
     "call."},

    {"RF1014", "a larger fused kernel is missing", PortingStatus::MissingFusion,
     EffortLevel::None, /*isPaidOnce=*/true,
     "Serving stacks run these kernels as one, on chips that have it. The "
     "target has no such kernel in one piece; the kernels run one by one, each "
     "judged by itself.",
     "Nothing has to be done. Where launches or traffic between the kernels "
     "count, write the larger one, or take a community's."},

    {"RF1020", "the element type is absent, a substitute exists",
     PortingStatus::PrecisionChange, EffortLevel::Medium, /*isPaidOnce=*/false,
     "The target has the kernel, but not for this element type.",
     "Convert weights and activations to the substitute - integers need scales "
     "from calibration data - and check the accuracy of the model."},
    {"RF1021", "tf32 products run as hf32", PortingStatus::ParameterChange,
     EffortLevel::Low, /*isPaidOnce=*/true,
     "Products of f32 that the source rounds to tf32 (10 bits of mantissa) are "
     "rounded to hf32 (11 bits) by Ascend's cube.",
     "Allow it (cubeMathType ALLOW_FP32_DOWN_PRECISION or USE_HF32, "
     "torch.npu.matmul.allow_hf32), or live with products in full f32 at a "
     "quarter of the rate of bf16."},
    {"RF1022", "bf16 arithmetic runs through f32", PortingStatus::Library,
     EffortLevel::None, /*isPaidOnce=*/true,
     "The vector unit has no bf16 arithmetic: kernels convert to f32 and back. "
     "Results are no worse; work of the vector unit takes longer.",
     "Nothing. Where the vector unit is what limits, f16 is faster."},
    {"RF1023", "the element type is absent, and nothing replaces it",
     PortingStatus::Blocked, EffortLevel::Blocker, /*isPaidOnce=*/false,
     "The target cannot compute in this element type, and no other one is as "
     "precise.",
     "Keep this part on another device, or show that the model does not need "
     "the precision and change its type."},
    {"RF1024", "results to compare", PortingStatus::Library, EffortLevel::Low,
     /*isPaidOnce=*/true,
     "Another vendor's kernels add up in another order and approximate "
     "exponentials and roots by other polynomials: results differ in the last "
     "bits.",
     "Compare outputs layer by layer against the source within tolerances of "
     "the element type, then the accuracy of the whole model."},

    {"RF1030", "weights in the cube's own layout", PortingStatus::LayoutChange,
     EffortLevel::Low, /*isPaidOnce=*/false,
     "The kernel takes weights in the layout that the cube reads (FRACTAL_NZ) "
     "only.",
     "Convert weights once when they are loaded "
     "(torch_npu.npu_format_cast(weight, 29))."},
    {"RF1031", "extents to pad", PortingStatus::LayoutChange, EffortLevel::Low,
     /*isPaidOnce=*/false, "The kernel takes multiples of some extent only.",
     "Pad the operands, or choose the extent of the model so."},
    {"RF1032", "another layout", PortingStatus::LayoutChange, EffortLevel::Low,
     /*isPaidOnce=*/false,
     "The kernel takes its operands in another layout only.",
     "Transpose weights when they are loaded; let the compiler move the "
     "transposition of others to where it is cheap."},
    {"RF1033", "faster otherwise", PortingStatus::Library, EffortLevel::None,
     /*isPaidOnce=*/true,
     "The kernel takes the operands as they are, and is faster for another "
     "layout or for multiples of some extent.",
     "Nothing has to be done. Weights are converted or padded once, when they "
     "are loaded (torch_npu.npu_format_cast(weight, 29) for FRACTAL_NZ)."},

    {"RF1040", "extents that no kernel takes", PortingStatus::Rewrite,
     EffortLevel::High, /*isPaidOnce=*/false,
     "There are kernels for the op and its element types, but none for these "
     "extents.",
     "Divide the op into pieces that a kernel takes, or write the kernel."},
    {"RF1041", "extents have to be known", PortingStatus::ParameterChange,
     EffortLevel::Low, /*isPaidOnce=*/false,
     "The kernel, or the graph mode that it is captured in, asks for extents "
     "that are known when it is compiled.",
     "Compile for a few sizes and pad to the next one."},
    {"RF1042", "extents are not known", PortingStatus::Library,
     EffortLevel::None, /*isPaidOnce=*/true,
     "Extents are dynamic, so that conditions on them cannot be checked and "
     "times are not known. On Ascend the host computes the tiling of each call "
     "again.",
     "Bind the extents to what will be served, and judge again."},

    {"RF1050", "only the host has it", PortingStatus::HostFallback,
     EffortLevel::High, /*isPaidOnce=*/false,
     "The op runs on the host, or on a general-purpose core beside the fast "
     "ones (AI CPU); the device waits while operands travel.",
     "Replace the op by others, move it out of the model's inner part, or "
     "write "
     "the kernel."},

    {"RF1060", "a kernel has to be written", PortingStatus::Rewrite,
     EffortLevel::High, /*isPaidOnce=*/false,
     "The target is known to have no kernel for the op and no other way to "
     "compute it.",
     "Write the kernel: AscendC, Triton for Ascend or TileLang on Ascend, CUDA "
     "or Triton on NVIDIA."},
    {"RF1061", "code for one kind of chip", PortingStatus::Rewrite,
     EffortLevel::High, /*isPaidOnce=*/false,
     "The op, or the custom call, is code for the source's chips: "
     "instructions, thread blocks, assembly, or a kernel that was compiled "
     "for them.",
     "Find the kernel that it implements in the target's libraries, or write "
     "it anew. Kernels in Triton may compile for both and have to be tuned "
     "again."},
    {"RF1062", "a row exceeds the on-chip memory", PortingStatus::MissingFusion,
     EffortLevel::None, /*isPaidOnce=*/false,
     "A row that is reduced or normalised in one pass does not fit in what one "
     "core of the target keeps on chip.",
     "Expect two passes over the row. Where it is the bottleneck, divide rows "
     "over cores."},

    {"RF1070", "the exchange is missing", PortingStatus::Blocked,
     EffortLevel::Blocker, /*isPaidOnce=*/false,
     "The target's communication library has no such exchange for this element "
     "type, and nothing that is made of others.",
     "Divide the model another way."},
    {"RF1071", "links are slower", PortingStatus::Library, EffortLevel::None,
     /*isPaidOnce=*/true,
     "Devices exchange data over slower links than on the source.",
     "Overlap exchanges with work, use fewer and larger groups, or divide the "
     "model another way."},

    {"RF1080", "needs several devices", PortingStatus::ParameterChange,
     EffortLevel::Medium, /*isPaidOnce=*/true,
     "Weights, caches and intermediate values do not fit in the memory of one "
     "device of the target.",
     "Divide the model over the devices (tensor, pipeline or expert "
     "parallelism), or quantise it."},
    {"RF1081", "never fits", PortingStatus::Blocked, EffortLevel::Blocker,
     /*isPaidOnce=*/true,
     "What every device needs for itself, whatever the number of devices, does "
     "not fit in its memory.",
     "Make the batch or the sequence smaller, or divide it over devices."},

    {"RF1090", "unknown custom call", PortingStatus::Unknown, EffortLevel::High,
     /*isPaidOnce=*/false,
     "Nothing is known of the target of a custom call. It is counted as if its "
     "kernel had to be written.",
     "Say what it is in a catalogue file (custom_calls) and give it with "
     "--catalogue."},
    {"RF1091", "unknown op", PortingStatus::Unknown, EffortLevel::High,
     /*isPaidOnce=*/false,
     "The catalogue has no pattern for the op. It is counted as if its kernel "
     "had to be written.",
     "Say which pattern it is, or state a new one, in a catalogue file (kinds) "
     "and give it with --catalogue."},
    {"RF1092", "no row of the catalogue", PortingStatus::Unknown,
     EffortLevel::High, /*isPaidOnce=*/false,
     "The catalogue does not say whether the target has a kernel for the op "
     "and its element types. It is counted as if the kernel had to be "
     "written.",
     "Find out, and state it as a row of a catalogue file (rows) that is given "
     "with --catalogue."},
};

} // namespace

llvm::StringRef stringify(PortingStatus status) {
  return statusRows[static_cast<size_t>(status)].name;
}

std::optional<PortingStatus> parsePortingStatus(llvm::StringRef text) {
  for (const StatusRow &row : statusRows)
    if (row.name == text)
      return row.status;
  return std::nullopt;
}

llvm::ArrayRef<PortingStatus> allPortingStatuses() {
  static const auto all = [] {
    std::array<PortingStatus, std::size(statusRows)> list{};
    llvm::transform(statusRows, list.begin(),
                    [](const StatusRow &row) { return row.status; });
    return list;
  }();
  return all;
}

bool isCovered(PortingStatus status) {
  return status < PortingStatus::HostFallback;
}

llvm::StringRef stringify(EffortLevel level) {
  return levelRows[static_cast<size_t>(level)].name;
}

std::optional<EffortLevel> parseEffortLevel(llvm::StringRef text) {
  for (const LevelRow &row : levelRows)
    if (row.name == text)
      return row.level;
  return std::nullopt;
}

llvm::ArrayRef<EffortLevel> allEffortLevels() {
  static const auto all = [] {
    std::array<EffortLevel, std::size(levelRows)> list{};
    llvm::transform(levelRows, list.begin(),
                    [](const LevelRow &row) { return row.level; });
    return list;
  }();
  return all;
}

llvm::ArrayRef<PortingRule> portingRules() { return rules; }

const PortingRule *findPortingRule(llvm::StringRef id) {
  const auto *it = llvm::find_if(rules, [&](const PortingRule &rule) {
    return id.equals_insensitive(rule.id);
  });
  return it == std::end(rules) ? nullptr : it;
}

} // namespace roofline
