//===- RandomSnippets.h - What models are written in ------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TEST_UNIT_ANALYSIS_RANDOMSNIPPETS_H
#define ROOFLINE_TEST_UNIT_ANALYSIS_RANDOMSNIPPETS_H

#include "GraphText.h"

#include <optional>

namespace roofline {

/// A block that is written, and the values that its ops can read.
struct Scope {
  FunctionText *function;
  BlockText *block;
  ValueTexts values;
  /// Loops and functions around the block.
  unsigned depth = 0;
};

/// Writes the snippets that models are made of, spelt at random, on values that
/// are there or on new arguments.
class SnippetWriter {
protected:
  SnippetWriter(uint64_t seed, const Growth &growth)
      : random(seed), growth(growth) {}

  //===--------------------------------------------------------------------===//
  // Values
  //===--------------------------------------------------------------------===//

  OpWriter writer(Scope &scope) {
    ++made;
    return OpWriter(*scope.block, number);
  }

  ValueText argument(Scope &scope, TensorText type) {
    ValueText value{"%v" + std::to_string(number++), std::move(type)};
    scope.function->arguments.push_back(value);
    scope.values.push_back(value);
    return value;
  }

  ValueText keep(Scope &scope, ValueText value) {
    scope.values.push_back(value);
    return value;
  }

  /// A value that `fits`, more often a late one.
  template <typename Predicate>
  std::optional<ValueText> find(Scope &scope, Predicate fits) {
    ValueTexts fitting;
    for (const ValueText &value : scope.values)
      if (fits(value.type))
        fitting.push_back(value);
    if (fitting.empty())
      return std::nullopt;
    constexpr size_t late = 4;
    if (fitting.size() > late && random.chance(70))
      fitting.erase(fitting.begin(), fitting.end() - late);
    return random.oneOf(fitting);
  }

  /// A value of a type: one that is there, or a new argument.
  ValueText valueOf(Scope &scope, const TensorText &type,
                    unsigned percent = 70) {
    if (random.chance(percent))
      if (std::optional<ValueText> value = find(
              scope, [&](const TensorText &other) { return other == type; }))
        return *value;
    return argument(scope, type);
  }

  /// Data: floating point with at least two dimensions.
  ValueText data(Scope &scope, size_t maxRank = 4) {
    if (std::optional<ValueText> value =
            find(scope, [&](const TensorText &type) {
              return type.isFloat() && type.rank() >= 2 &&
                     type.rank() <= maxRank && type.elements() <= maxElements;
            }))
      return *value;
    return argument(scope, {{rows, columns}, element});
  }

  ValueText number32(Scope &scope) { return valueOf(scope, {{}, "i32"}); }

  //===--------------------------------------------------------------------===//
  // Snippets
  //===--------------------------------------------------------------------===//

  /// `x`, of all dimensions but the last, repeated along that.
  ValueText alongRows(Scope &scope, const ValueText &x,
                      const TensorText &type) {
    Shape dimensions, kept = type.shape;
    for (size_t i = 0; i < x.type.rank(); ++i)
      dimensions.push_back(i);
    if (random.chance(50))
      return writer(scope).broadcast(x, dimensions, type.shape);
    // As JAX writes it.
    kept.back() = 1;
    ValueText column = writer(scope).broadcast(x, dimensions, kept);
    dimensions.push_back(x.type.rank());
    return writer(scope).broadcast(column, dimensions, type.shape);
  }

  /// A parameter of the length of the last dimension, repeated for all rows.
  ValueText parameterAlong(Scope &scope, const TensorText &type) {
    TensorText vector = type.withShape({type.shape.back()});
    return writer(scope).broadcast(valueOf(scope, vector, 40),
                                   {static_cast<int64_t>(type.rank()) - 1},
                                   type.shape);
  }

  Shape lastOf(const ValueText &x) {
    return {static_cast<int64_t>(x.type.rank()) - 1};
  }

  ValueText softmax(Scope &scope, ValueText x) {
    std::string from = x.type.element;
    if (from == "bf16")
      x = writer(scope).convert(x, "f32");
    ValueText shifted = x;
    if (random.chance(80)) {
      ValueText largest = writer(scope).reduce(x, "maximum", lastOf(x));
      shifted = writer(scope).binary("subtract", x,
                                     alongRows(scope, largest, x.type));
    }
    ValueText powers = writer(scope).unary("exponential", shifted);
    ValueText sum = writer(scope).reduce(powers, "add", lastOf(x));
    ValueText result =
        writer(scope).binary("divide", powers, alongRows(scope, sum, x.type));
    return from == "bf16" ? writer(scope).convert(result, "bf16") : result;
  }

  ValueText norm(Scope &scope, ValueText x) {
    std::string from = x.type.element;
    if (random.chance(40))
      x = keep(scope,
               writer(scope).binary("add", x, valueOf(scope, x.type, 80)));
    if (from == "bf16")
      x = writer(scope).convert(x, "f32");
    TensorText row = x.type;
    row.shape.pop_back();
    if (random.chance(50)) {
      ValueText sum = writer(scope).reduce(x, "add", lastOf(x));
      ValueText mean = writer(scope).binary("divide", sum, splat(scope, row));
      x = writer(scope).binary("subtract", x, alongRows(scope, mean, x.type));
    }
    ValueText square = writer(scope).binary("multiply", x, x);
    ValueText sum = writer(scope).reduce(square, "add", lastOf(x));
    ValueText mean = writer(scope).binary("divide", sum, splat(scope, row));
    ValueText scale = writer(scope).unary("rsqrt", mean);
    if (random.chance(20))
      keep(scope, scale);
    x = writer(scope).binary("multiply", x, alongRows(scope, scale, x.type));
    if (random.chance(70))
      x = writer(scope).binary("multiply", x, parameterAlong(scope, x.type));
    return from == "bf16" ? writer(scope).convert(x, "bf16") : x;
  }

  ValueText splat(Scope &scope, const TensorText &type) {
    return writer(scope).splat(type);
  }

  /// A product with a parameter, which may be used by several.
  ValueText product(Scope &scope, ValueText x, int64_t width) {
    TensorText type = x.type.withShape({x.type.shape.back(), width});
    // A matrix for each expert.
    if (x.type.rank() == 3 && random.chance(40)) {
      type.shape.insert(type.shape.begin(), x.type.shape.front());
      return writer(scope).dot(x, valueOf(scope, type, 15), 1, 1);
    }
    bool isTransposed = random.chance(20);
    if (isTransposed)
      std::swap(type.shape[0], type.shape[1]);
    ValueText weight = valueOf(scope, type, 15);
    return writer(scope).dot(x, weight, 0, isTransposed ? 1 : 0);
  }

  ValueText attention(Scope &scope) {
    int64_t batch = 2, heads = random.oneOf(Shape{1, 4}),
            length = 64 * growth.length, size = 32;
    TensorText type{{batch, heads, length, size}, element};
    ValueText q = valueOf(scope, type), k = valueOf(scope, type),
              v = valueOf(scope, type);
    ValueText scores = writer(scope).dot(q, k, 2, 3);
    if (random.chance(70))
      scores =
          writer(scope).binary("multiply", scores, splat(scope, scores.type));
    if (random.chance(60)) {
      TensorText square = scores.type.withElement("i32");
      ValueText row = writer(scope).iota(square, 2);
      ValueText column = writer(scope).iota(square, 3);
      ValueText mask = writer(scope).compare(column, row);
      scores = writer(scope).select(mask, scores, splat(scope, scores.type));
    }
    ValueText weights = softmax(scope, scores);
    if (random.chance(15))
      keep(scope, weights);
    return keep(scope, writer(scope).dot(weights, v, 2, 2));
  }

  void route(Scope &scope) {
    ValueText x = data(scope, 2);
    int64_t experts = 8, chosen = 2;
    ValueText weights = softmax(scope, product(scope, x, experts));
    ValueTexts top = writer(scope).topK(weights, chosen);
    ValueText sum = writer(scope).reduce(top[0], "add", lastOf(top[0]));
    keep(scope, writer(scope).binary("divide", top[0],
                                     alongRows(scope, sum, top[0].type)));
    keep(scope, top[1]);
  }

  void convolution(Scope &scope) {
    TensorText image{{2, 16, 16, 8}, element}, kernel{{3, 3, 8, 8}, element};
    ValueText x = valueOf(scope, image, 90);
    x = keep(scope, writer(scope).convolution(x, argument(scope, kernel)));
    if (random.chance(50))
      keep(scope, writer(scope).binary("maximum", x, splat(scope, x.type)));
  }

  void rotation(Scope &scope) {
    ValueText x = data(scope);
    int64_t half = x.type.shape.back() / 2;
    if (half == 0 || x.type.shape.back() % 2 != 0)
      return;
    Shape none(x.type.rank()), ones(x.type.rank(), 1),
        middle = none, limits = x.type.shape, whole = x.type.shape;
    middle.back() = limits.back() = half;
    ValueText first = writer(scope).slice(x, none, limits, ones);
    ValueText second = writer(scope).slice(x, middle, whole, ones);
    TensorText table = x.type.withShape({half});
    auto rotated = [&](llvm::StringRef op, const ValueText &l,
                       const ValueText &r) {
      Shape last = {static_cast<int64_t>(x.type.rank()) - 1};
      ValueText cosine = writer(scope).broadcast(valueOf(scope, table, 90),
                                                 last, l.type.shape);
      ValueText sine = writer(scope).broadcast(valueOf(scope, table, 90), last,
                                               l.type.shape);
      ValueText left = writer(scope).binary("multiply", l, cosine);
      ValueText right = writer(scope).binary("multiply", r, sine);
      return writer(scope).binary(op, left, right);
    };
    ValueTexts halves = {rotated("subtract", first, second)};
    halves.push_back(rotated("add", second, first));
    keep(scope, writer(scope).concatenate(halves, x.type.rank() - 1));
  }

  void gate(Scope &scope) {
    ValueText x = data(scope, 3);
    int64_t width = 2 * x.type.shape.back();
    ValueText up = product(scope, x, width), gated = product(scope, x, width);
    ValueText active = writer(scope).binary(
        "multiply", gated, writer(scope).unary("logistic", gated));
    keep(scope, writer(scope).binary("multiply", active, up));
  }

  void optimizer(Scope &scope) {
    TensorText type{{rows, columns}, "f32"};
    ValueText gradient = valueOf(scope, type);
    ValueText parameter = argument(scope, type), moment = argument(scope, type);
    ValueText decayed =
        writer(scope).binary("multiply", moment, splat(scope, type));
    ValueText added =
        keep(scope, writer(scope).binary("add", decayed, gradient));
    ValueText root = writer(scope).unary("sqrt", added);
    ValueText change = writer(scope).binary("divide", added, root);
    keep(scope, writer(scope).binary("subtract", parameter, change));
  }

  void loss(Scope &scope) {
    ValueText logits = data(scope, 2);
    ValueText powers = writer(scope).unary("exponential", logits);
    ValueText sum = writer(scope).reduce(powers, "add", lastOf(powers));
    ValueText logarithm = keep(scope, writer(scope).unary("log", sum));
    keep(scope, writer(scope).reduce(logarithm, "add", {0}));
    if (random.chance(50))
      keep(scope, writer(scope).binary("divide", powers,
                                       alongRows(scope, sum, powers.type)));
  }

  void quantize(Scope &scope) {
    ValueText x = data(scope);
    ValueText largest = writer(scope).reduce(writer(scope).unary("abs", x),
                                             "maximum", lastOf(x));
    ValueText scaled =
        writer(scope).binary("divide", x, alongRows(scope, largest, x.type));
    ValueText small = keep(scope, writer(scope).convert(scaled, "i8"));
    if (random.chance(60))
      keep(scope, writer(scope).convert(small, x.type.element));
  }

  /// Larger values only make totals larger.
  static constexpr int64_t maxElements = 1 << 22;

  Random random;
  Growth growth;
  int64_t rows = 0;
  int64_t columns = 0;
  std::string element;
  unsigned number = 0;
  /// Ops and steps so far.
  size_t made = 0;
};

} // namespace roofline

#endif // ROOFLINE_TEST_UNIT_ANALYSIS_RANDOMSNIPPETS_H
