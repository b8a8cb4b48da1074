//===- GraphText.h - StableHLO as text, op by op ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Graphs that tests make up are kept op by op, with what each op reads and
// yields, so that one graph can be written in several orders.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_ANALYSIS_GRAPHTEXT_H
#define ROOFLINE_TEST_UNIT_ANALYSIS_GRAPHTEXT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <string>
#include <vector>

namespace roofline {

/// Numbers that are the same on every machine for the same seed: splitmix64.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}

  /// A number less than `bound`, which is not zero.
  size_t below(size_t bound) { return next() % bound; }
  /// True in `percent` of 100 cases.
  bool chance(unsigned percent) { return below(100) < percent; }
  template <typename Range> auto &oneOf(Range &&range) {
    return range[below(range.size())];
  }

private:
  uint64_t next() {
    uint64_t mixed = state += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }

  uint64_t state;
};

/// Factors of the extents that a graph would have.
struct Growth {
  /// Of the rows and the columns of its data.
  int64_t rows = 1;
  int64_t columns = 1;
  /// Of the sequences that attend.
  int64_t length = 1;
};

using Shape = std::vector<int64_t>;

/// A static tensor type.
struct TensorText {
  Shape shape;
  std::string element = "f32";

  size_t rank() const { return shape.size(); }
  int64_t elements() const;
  bool isFloat() const { return element == "f32" || element == "bf16"; }
  std::string str() const;
  TensorText withShape(Shape other) const {
    return {std::move(other), element};
  }
  TensorText withElement(llvm::StringRef other) const {
    return {shape, other.str()};
  }
  friend bool operator==(const TensorText &lhs, const TensorText &rhs) {
    return lhs.shape == rhs.shape && lhs.element == rhs.element;
  }
};

/// A value by the name that its uses have: `%v4`, `%v5#1`.
struct ValueText {
  std::string name;
  TensorText type;
};
using ValueTexts = std::vector<ValueText>;

struct BlockText;

/// An op; its text is that of `pieces` with a block between each two.
struct OpText {
  std::vector<std::string> pieces;
  std::vector<BlockText> blocks;
  /// `%v4`, for one and for several results.
  std::string result;
  /// Names of what it reads, blocks left out.
  std::vector<std::string> reads;
  /// The first operand is overwritten.
  bool isUpdate = false;
  /// The result may be another view of the first operand.
  bool isLayout = false;
};

struct BlockText {
  std::vector<OpText> ops;
  std::string terminator;
  std::vector<std::string> returned;
};

struct FunctionText {
  std::string name;
  ValueTexts arguments;
  BlockText body;
  std::vector<TensorText> results;
};

/// Writes functions; `random` puts functions into any order and the ops of
/// every block into one of those in which nothing is read before it is there.
/// What reads a value that is overwritten stays before or after the op that
/// does so: those are not independent. Null keeps the order.
std::string writeFunctions(llvm::ArrayRef<FunctionText> functions,
                           Random *random);

/// Another order of the ops of the last function of a text in which every op of
/// that is one line.
std::string reorderLines(llvm::StringRef text, Random &random);

/// Joins what `text` makes of the elements of a range with `, `.
template <typename Range, typename Function>
std::string joined(const Range &range, Function text) {
  std::string result;
  for (const auto &element : range)
    result += (result.empty() ? "" : ", ") + text(element);
  return result;
}
/// `1, 2`.
std::string joined(const Shape &numbers);
/// `%v1, %v2` and their types.
std::string namesOf(const ValueTexts &values);
std::string typesOf(const ValueTexts &values);

/// Appends StableHLO ops to a block. Types are the caller's to get right.
class OpWriter {
public:
  /// Values are numbered on from `number`.
  OpWriter(BlockText &block, unsigned &number) : block(block), number(number) {}

  /// An op with one result: `text` is what stands right of the sign.
  ValueText add(const std::string &text, const ValueTexts &reads,
                const TensorText &type);
  ValueTexts addMany(const std::string &text, const ValueTexts &reads,
                     const std::vector<TensorText> &types);
  ValueTexts addWithBlocks(std::vector<std::string> pieces,
                           std::vector<BlockText> blocks,
                           const ValueTexts &reads,
                           const std::vector<TensorText> &types);
  /// A name that nothing else has.
  std::string freshName() { return "%v" + std::to_string(number++); }

  ValueText unary(llvm::StringRef op, const ValueText &x);
  ValueText binary(llvm::StringRef op, const ValueText &x, const ValueText &y);
  ValueText compare(const ValueText &x, const ValueText &y);
  ValueText select(const ValueText &predicate, const ValueText &x,
                   const ValueText &y);
  ValueText convert(const ValueText &x, llvm::StringRef element);
  /// Every element is the same small number.
  ValueText constant(const TensorText &type);
  /// The same from a scalar, as graphs write it.
  ValueText splat(const TensorText &type);
  ValueText iota(const TensorText &type, size_t dimension);
  ValueText broadcast(const ValueText &x, const Shape &dimensions,
                      const Shape &shape);
  ValueText transpose(const ValueText &x, const Shape &permutation);
  ValueText reshape(const ValueText &x, const Shape &shape);
  ValueText slice(const ValueText &x, const Shape &starts, const Shape &limits,
                  const Shape &strides);
  ValueText concatenate(const ValueTexts &values, size_t dimension);
  ValueText pad(const ValueText &x, size_t dimension, int64_t low,
                int64_t high);
  ValueText reduce(const ValueText &x, llvm::StringRef op,
                   const Shape &dimensions);
  /// Over the last dimension of `x` and dimension `yContracting` of `y`, with
  /// `batches` leading dimensions of both.
  ValueText dot(const ValueText &x, const ValueText &y, size_t batches,
                size_t yContracting);
  /// Of images with a kernel of 3 x 3, channels last and as many as before.
  ValueText convolution(const ValueText &x, const ValueText &kernel);
  /// Rows of a matrix.
  ValueText gather(const ValueText &table, const ValueText &indices);
  ValueText scatter(const ValueText &buffer, const ValueText &indices,
                    const ValueText &updates, bool adds);
  ValueText dynamicSlice(const ValueText &x, const ValueTexts &starts,
                         const Shape &sizes);
  ValueText dynamicUpdateSlice(const ValueText &x, const ValueText &update,
                               const ValueTexts &starts);
  ValueText allReduce(const ValueText &x);
  ValueText allGather(const ValueText &x);
  ValueTexts sort(const ValueText &keys, const ValueText &values);
  ValueTexts topK(const ValueText &x, int64_t k);
  /// Maxima of the last dimension and where they are.
  ValueTexts argmax(const ValueText &x);
  ValueTexts customCall(llvm::StringRef target, const ValueTexts &values,
                        const std::vector<TensorText> &types);
  ValueTexts barrier(const ValueTexts &values);
  ValueTexts call(const FunctionText &function, const ValueTexts &arguments);
  void terminate(llvm::StringRef op, const ValueTexts &values);

private:
  ValueText addLayout(const std::string &text, const ValueText &x,
                      const TensorText &type);
  ValueText addUpdate(const std::string &text, const ValueTexts &reads,
                      const TensorText &type);

  BlockText &block;
  unsigned &number;
};

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_ANALYSIS_GRAPHTEXT_H
