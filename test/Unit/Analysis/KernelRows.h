//===- KernelRows.h - Kernels of a graph given as text ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What tests of kernel formation compare: the launches of a small graph, one
// row each. Includes nothing of MLIR, so that tests compile quickly.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_ANALYSIS_KERNELROWS_H
#define ROOFLINE_TEST_UNIT_ANALYSIS_KERNELROWS_H

#include "roofline/Model/KernelFamily.h"
#include "roofline/Model/KernelShape.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace roofline {

/// A kernel as tests expect it.
struct KernelRow {
  KernelFamily family;
  /// External bytes of one launch; `unknownBytes` where they are not known.
  uint64_t readBytes;
  uint64_t writtenBytes;
  /// What follows is shown but not compared.
  std::string name = {};
  /// Operations of one launch on all units.
  uint64_t operations = 0;
  /// The same, and bytes read, without what masks hide.
  uint64_t launchedOperations = 0;
  uint64_t launchedReadBytes = 0;
  /// Launches when the entry runs once.
  uint64_t launches = 1;
  /// Experts that are computed though not all are chosen, and those that are;
  /// zero where there are none.
  uint64_t experts = 0;
  uint64_t chosenExperts = 0;
  /// Names of its ops in program order.
  std::vector<std::string> ops = {};

  /// Scalars that are read beside data (constants, positions) are not
  /// compared: some words.
  bool operator==(const KernelRow &other) const {
    constexpr uint64_t maxScalars = 64;
    uint64_t less = std::min(readBytes, other.readBytes);
    uint64_t more = std::max(readBytes, other.readBytes);
    return family == other.family && more - less <= maxScalars &&
           writtenBytes == other.writtenBytes;
  }
};

using KernelRows = std::vector<KernelRow>;

/// A kernel of a graph by its name, and what its time model reads of it.
struct ShapedKernel {
  std::string name;
  std::optional<KernelShape> shape;
};

/// Stands for bytes and launches that are not known.
inline constexpr uint64_t unknownBytes = ~uint64_t(0);

/// Shows a row as `gemm reads 512 writes 64 (gemm_add)`.
std::ostream &operator<<(std::ostream &os, const KernelRow &row);

/// The kernels of `main` in the order they are reported in; a failed
/// expectation, and none, where the text does not parse.
KernelRows kernelsOf(const std::string &text, Fusion fusion);

/// Their shapes, in the same order.
std::vector<ShapedKernel> shapesOf(const std::string &text, Fusion fusion);

/// The same without arithmetic for control, which is not launched.
KernelRows launchesOf(const std::string &text, Fusion fusion);

/// A copy of `text` with every one of `names` (`$n`) replaced, in their order:
/// text of a part that a graph has several times.
std::string
substitute(std::string text,
           const std::vector<std::pair<std::string, std::string>> &names);

/// A fused sequence: its pattern, and the families of its kernels.
struct SequenceRow {
  std::string pattern;
  std::vector<KernelFamily> families;

  bool operator==(const SequenceRow &other) const {
    return pattern == other.pattern && families == other.families;
  }
};

/// Shows a row as `norm_rope_cache: normalization cache_update`.
std::ostream &operator<<(std::ostream &os, const SequenceRow &row);

/// The fused sequences of `main`.
std::vector<SequenceRow> sequencesOf(const std::string &text);

/// How many of `rows` are of a family.
size_t countFamily(const KernelRows &rows, KernelFamily family);

/// Bytes that all kernels read and write.
uint64_t totalBytes(const KernelRows &rows);

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_ANALYSIS_KERNELROWS_H
