//===- RandomExperts.cpp - Layers of experts that no one thought of -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomExperts.h"

namespace roofline {

namespace {

class LayerWriter {
public:
  LayerWriter(uint64_t seed, ExpertLayout layout, const Growth &growth)
      : random(seed), layout(layout), writer(main.body, number) {
    tokens = random.oneOf(Shape{1, 4, 16, 64, 256, 1024}) * growth.rows;
    hidden = random.oneOf(Shape{128, 512, 2048}) * growth.columns;
    inner = random.oneOf(Shape{64, 384, 1408}) * growth.length;
    experts = random.oneOf(Shape{4, 8, 64});
    chosen = random.oneOf(Shape{1, 2, 4});
    element = random.chance(80) ? "bf16" : "f32";
  }

  FunctionText write() {
    main.name = "main";
    x = argument({{tokens, hidden}, element});
    if (random.chance(50))
      x = writer.dot(x, argument({{hidden, hidden}, element}), 0, 0);
    choose();
    ValueText rows = multiply(dispatch());
    ValueText sum = combine(rows);
    if (random.chance(60))
      sum = writer.binary("add", x, sum);
    writer.terminate("return", {sum});
    main.results = {sum.type};
    return std::move(main);
  }

private:
  ValueText argument(TensorText type) {
    ValueText value{writer.freshName(), std::move(type)};
    main.arguments.push_back(value);
    return value;
  }

  /// The best experts of every token, and their weights.
  void choose() {
    ValueText router = argument({{hidden, experts}, element});
    ValueTexts best =
        writer.topK(writer.dot(x, router, 0, 0), std::min(chosen, experts));
    chosen = best.front().type.shape.back();
    ValueText scores = writer.unary("exponential", best[0]);
    ValueText total = writer.reduce(scores, "add", {1});
    weights = writer.binary("divide", scores,
                            writer.broadcast(total, {0}, {tokens, chosen}));
    indices = best[1];
  }

  /// Where the rows of the experts come from, for each one of `rows`.
  void findRows(int64_t rows) {
    ValueText order = argument({{rows}, "i32"});
    if (layout == ExpertLayout::Routed) {
      ValueText keys = writer.convert(writer.reshape(indices, {rows}), "f32");
      order = writer.sort(keys, writer.iota({{rows}, "i32"}, 0))[1];
    }
    ValueText number =
        writer.binary("divide", order, writer.splat({{rows}, "i32"}));
    origins = writer.reshape(number, {rows, 1});
  }

  ValueText dispatch() {
    if (layout == ExpertLayout::Dense)
      return writer.broadcast(x, {1, 2}, {experts, tokens, hidden});
    if (layout == ExpertLayout::Routed) {
      findRows(tokens * chosen);
      sizes = argument({{experts}, "i32"});
      return writer.gather(x, origins);
    }
    int64_t capacity = std::max<int64_t>(1, tokens * chosen / experts);
    findRows(experts * capacity);
    return writer.reshape(writer.gather(x, origins),
                          {experts, capacity, hidden});
  }

  /// A product of every row by the matrix of its expert.
  ValueText product(const ValueText &rows, int64_t columns) {
    ValueText matrices =
        argument({{experts, rows.type.shape.back(), columns}, element});
    if (layout != ExpertLayout::Routed)
      return writer.dot(rows, matrices, 1, 1);
    TensorText type = rows.type.withShape({rows.type.shape[0], columns});
    ValueTexts reads = {rows, matrices, sizes};
    return writer.add(
        "\"chlo.ragged_dot\"(" + namesOf(reads) +
            ") <{ragged_dot_dimension_numbers = #chlo.ragged_dot<"
            "lhs_contracting_dimensions = [1], rhs_contracting_dimensions = "
            "[1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> "
            ": (" +
            typesOf(reads) + ") -> " + type.str(),
        reads, type);
  }

  ValueText multiply(const ValueText &rows) {
    bool isGated = random.chance(70);
    ValueText first = product(rows, inner);
    ValueText active =
        writer.binary("multiply", first, writer.unary("logistic", first));
    if (isGated)
      active = writer.binary("multiply", active, product(rows, inner));
    return product(active, hidden);
  }

  /// What the experts say of every token, added up.
  ValueText combine(const ValueText &rows) {
    if (layout == ExpertLayout::Dense) {
      ValueText all = argument({{experts, tokens}, element});
      ValueText weighted = writer.binary(
          "multiply", rows,
          writer.broadcast(all, {0, 1}, {experts, tokens, hidden}));
      return writer.reduce(weighted, "add", {0});
    }
    int64_t count = origins.type.shape.front();
    ValueText flat = writer.reshape(rows, {count, hidden});
    if (layout == ExpertLayout::Routed)
      flat = writer.binary("multiply", flat,
                           writer.broadcast(writer.reshape(weights, {count}),
                                            {0}, {count, hidden}));
    return writer.scatter(writer.splat({{tokens, hidden}, element}), origins,
                          flat, /*adds=*/true);
  }

  Random random;
  ExpertLayout layout;
  FunctionText main;
  unsigned number = 0;
  OpWriter writer;
  int64_t tokens, hidden, inner, experts, chosen;
  std::string element;
  ValueText x, weights, indices, origins, sizes;
};

} // namespace

RandomExperts::RandomExperts(uint64_t seed, ExpertLayout layout,
                             const Growth &growth) {
  functions.push_back(LayerWriter(seed, layout, growth).write());
}

} // namespace roofline
