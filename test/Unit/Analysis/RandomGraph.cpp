//===- RandomGraph.cpp - Graphs that no one thought of --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomGraph.h"

#include "RandomSnippets.h"

#include <set>

namespace roofline {

namespace {

class Generator : private SnippetWriter {
public:
  Generator(uint64_t seed, const Growth &growth)
      : SnippetWriter(seed, growth) {}

  std::vector<FunctionText> generate() {
    rows = random.oneOf(Shape{8, 32, 128});
    columns = random.oneOf(Shape{16, 64, 256});
    // Rows that are longer than what is kept of one.
    if (random.chance(5))
      columns = 128 * 1024;
    rows *= growth.rows;
    columns *= growth.columns;
    element = random.chance(60) ? "bf16" : "f32";
    // Small graphs are half of all, because their failures are understood.
    size_t wanted =
        1 + (random.chance(50) ? random.below(12) : random.below(60));

    FunctionText main;
    main.name = "main";
    Scope scope{&main, &main.body, {}};
    argument(scope, {{rows, columns}, element});
    if (random.chance(50))
      argument(scope, {{rows, columns}, element});
    if (random.chance(30))
      argument(scope, {{2, rows, columns}, "f32"});
    while (made < wanted)
      step(scope);
    finish(scope, "return");
    functions.push_back(std::move(main));
    return std::move(functions);
  }

private:
  //===--------------------------------------------------------------------===//
  // Ops with bodies
  //===--------------------------------------------------------------------===//

  void call(Scope &scope) {
    if (scope.depth > 2)
      return;
    if (functions.empty() || random.chance(40))
      makeFunction(scope.depth);
    if (functions.empty())
      return;
    const FunctionText &function = functions[random.below(functions.size())];
    ValueTexts operands;
    for (const ValueText &parameter : function.arguments)
      operands.push_back(valueOf(scope, parameter.type, 80));
    for (const ValueText &result : writer(scope).call(function, operands))
      keep(scope, result);
  }

  void makeFunction(unsigned depth) {
    FunctionText function;
    Scope scope{&function, &function.body, {}, depth + 1};
    ValueText x = argument(scope, {{rows, columns}, element});
    switch (random.below(5)) {
    case 0:
      keep(scope, writer(scope).binary("maximum", x, splat(scope, x.type)));
      break;
    case 1:
      keep(scope, random.chance(50) ? softmax(scope, x) : norm(scope, x));
      break;
    case 2:
      keep(scope, writer(scope).reshape(x, {rows * columns}));
      break;
    case 3:
      keep(scope, writer(scope).unary("tanh", product(scope, x, columns)));
      break;
    default:
      for (size_t end = made + 1 + random.below(8); made < end;)
        step(scope);
    }
    // Functions that steps make are there before the one that calls them.
    function.name = "f" + std::to_string(functions.size());
    finish(scope, "return");
    functions.push_back(std::move(function));
  }

  void loop(Scope &scope) {
    if (scope.depth > 1)
      return;
    OpWriter outer = writer(scope);
    ValueText x = data(scope);
    TensorText counterType{{}, "i32"};
    ValueText zero = outer.constant(counterType);
    ValueTexts states = {zero, x};
    if (random.chance(30))
      states.push_back(data(scope));
    // A bound that is an argument is not known.
    std::optional<ValueText> bound;
    if (random.chance(15))
      bound = argument(scope, counterType);

    ValueTexts inside;
    for (const ValueText &state : states)
      inside.push_back({outer.freshName(), state.type});
    BlockText condition, body;
    OpWriter conditionWriter(condition, number);
    ValueText limit = bound ? *bound : conditionWriter.constant(counterType);
    if (!bound)
      condition.ops.back().pieces = {
          limit.name + " = stablehlo.constant dense<" +
          std::to_string(2 + random.below(9)) + "> : tensor<i32>"};
    conditionWriter.terminate("stablehlo.return",
                              {conditionWriter.compare(inside.front(), limit)});

    Scope inner{scope.function, &body, scope.values, scope.depth + 1};
    inner.values.insert(inner.values.end(), inside.begin(), inside.end());
    size_t before = scope.function->arguments.size();
    for (size_t end = made + 1 + random.below(10); made < end;)
      step(inner);
    OpWriter bodyWriter(body, number);
    ValueTexts next = {bodyWriter.binary("add", inside.front(),
                                         bodyWriter.constant(counterType))};
    for (const ValueText &state : llvm::ArrayRef(inside).drop_front())
      next.push_back(nextState(inner, state));
    bodyWriter.terminate("stablehlo.return", next);
    // Parameters that the body asked for are outside of it.
    const ValueTexts &arguments = scope.function->arguments;
    scope.values.insert(scope.values.end(), arguments.begin() + before,
                        arguments.end());

    std::vector<TensorText> types;
    std::string bindings;
    for (auto [state, name] : llvm::zip(states, inside)) {
      types.push_back(state.type);
      bindings +=
          (bindings.empty() ? "" : ", ") + name.name + " = " + state.name;
    }
    std::vector<BlockText> blocks;
    blocks.push_back(std::move(condition));
    blocks.push_back(std::move(body));
    ValueTexts results = outer.addWithBlocks(
        {"stablehlo.while(" + bindings + ") : " + typesOf(states) + " cond {",
         "} do {", "}"},
        std::move(blocks), states, types);
    scope.values.insert(scope.values.end(), results.begin() + 1, results.end());
  }

  /// What the loop's state is after the body: something that was computed.
  ValueText nextState(Scope &inner, const ValueText &state) {
    for (const ValueText &value : llvm::reverse(inner.values)) {
      if (value.name == state.name)
        break;
      if (value.type == state.type && random.chance(70))
        return value;
    }
    return writer(inner).unary("tanh", state);
  }

  void branch(Scope &scope) {
    if (scope.depth > 1)
      return;
    ValueText predicate = valueOf(scope, {{}, "i1"});
    ValueText x = data(scope);
    OpWriter outer = writer(scope);
    std::vector<BlockText> blocks(2);
    for (BlockText &block : blocks) {
      Scope inner{scope.function, &block, scope.values, scope.depth + 1};
      inner.values.push_back(x);
      size_t before = scope.function->arguments.size();
      for (size_t end = made + random.below(4); made < end;)
        step(inner);
      OpWriter(block, number)
          .terminate("stablehlo.return", {nextState(inner, x)});
      const ValueTexts &arguments = scope.function->arguments;
      scope.values.insert(scope.values.end(), arguments.begin() + before,
                          arguments.end());
    }
    keep(scope,
         outer
             .addWithBlocks({"\"stablehlo.if\"(" + predicate.name + ") ({",
                             "}, {", "}) : (tensor<i1>) -> " + x.type.str()},
                            std::move(blocks), {predicate}, {x.type})
             .front());
  }

  //===--------------------------------------------------------------------===//
  // Steps
  //===--------------------------------------------------------------------===//

  void step(Scope &scope) {
    // Nothing but what a step adds counts towards the size of the graph, so
    // that steps which do not fit end, too.
    ++made;
    constexpr size_t layoutSteps = 10, snippetSteps = 12, indexSteps = 8,
                     barrierSteps = 8, bodySteps = 3;
    switch (random.below(10)) {
    case 0:
    case 1:
    case 2:
      return elementwise(scope);
    case 3:
    case 4:
      return layout(scope, random.below(layoutSteps));
    case 5:
    case 6:
      return snippet(scope, random.below(snippetSteps));
    case 7:
      return indexed(scope, random.below(indexSteps));
    case 8:
      return random.chance(50) ? call(scope)
                               : body(scope, random.below(bodySteps));
    default:
      return random.chance(60) ? reduction(scope)
                               : barrier(scope, random.below(barrierSteps));
    }
  }

  void elementwise(Scope &scope) {
    ValueText x = data(scope);
    const std::vector<std::string> unary = {"exponential", "tanh", "negate",
                                            "rsqrt", "abs"};
    const std::vector<std::string> binary = {"add", "multiply", "subtract",
                                             "maximum", "divide"};
    const std::string &operation = random.oneOf(binary);
    switch (random.below(8)) {
    case 0:
    case 1:
      keep(scope, writer(scope).unary(random.oneOf(unary), x));
      return;
    case 2:
      keep(scope,
           writer(scope).convert(x, x.type.element == "f32" ? "bf16" : "f32"));
      return;
    case 3:
      keep(scope, writer(scope).binary(operation, x, splat(scope, x.type)));
      return;
    case 4: {
      ValueText y = valueOf(scope, x.type, 95);
      ValueText predicate = keep(scope, writer(scope).compare(x, y));
      keep(scope, writer(scope).select(predicate, x, y));
      return;
    }
    case 5:
      keep(scope,
           writer(scope).binary(operation, x, parameterAlong(scope, x.type)));
      return;
    default:
      keep(scope,
           writer(scope).binary(operation, x, valueOf(scope, x.type, 95)));
    }
  }

  void layout(Scope &scope, size_t kind) {
    ValueText x = data(scope);
    Shape shape = x.type.shape, none(shape.size()), ones(shape.size(), 1);
    switch (kind) {
    case 0:
    case 1: {
      Shape permutation;
      for (size_t i = 0; i < shape.size(); ++i)
        permutation.push_back(i);
      size_t first = random.below(shape.size() - 1);
      std::swap(permutation[first], permutation[first + 1]);
      keep(scope, writer(scope).transpose(x, permutation));
      return;
    }
    case 2:
    case 3: {
      if (random.chance(50) && shape.back() % 4 == 0) {
        shape.back() /= 4;
        shape.push_back(4);
      } else {
        shape[1] *= shape[0];
        shape.erase(shape.begin());
      }
      keep(scope, writer(scope).reshape(x, shape));
      return;
    }
    case 4: {
      size_t dimension = random.below(shape.size());
      Shape start = none, strides = ones;
      if (shape[dimension] > 1)
        (random.chance(50) ? start : shape)[dimension] =
            (shape[dimension] + 1) / 2;
      if (start[dimension] >= shape[dimension])
        start[dimension] = 0;
      keep(scope, writer(scope).slice(x, start, shape, strides));
      return;
    }
    case 5: {
      Shape strides = ones;
      strides.back() = 2;
      keep(scope, writer(scope).slice(x, none, shape, strides));
      return;
    }
    case 6: {
      ValueTexts parts = {x, valueOf(scope, x.type, 95)};
      if (random.chance(40))
        parts.push_back(x);
      keep(scope, writer(scope).concatenate(parts, random.below(shape.size())));
      return;
    }
    case 7:
      keep(scope, writer(scope).pad(x, random.below(shape.size()), 1, 3));
      return;
    case 8: {
      Shape dimensions;
      for (size_t i = 0; i < shape.size(); ++i)
        dimensions.push_back(i + 1);
      shape.insert(shape.begin(), random.oneOf(Shape{2, 16}));
      keep(scope, writer(scope).broadcast(x, dimensions, shape));
      return;
    }
    default: {
      ValueText positions = writer(scope).iota(x.type.withElement("i32"),
                                               random.below(shape.size()));
      keep(scope,
           writer(scope).binary(
               "add", x, writer(scope).convert(positions, x.type.element)));
    }
    }
  }

  void reduction(Scope &scope) {
    ValueText x = data(scope);
    Shape dimensions;
    switch (random.below(4)) {
    case 0:
      dimensions = {0};
      break;
    case 1:
      for (size_t i = 0; i < x.type.rank(); ++i)
        dimensions.push_back(i);
      break;
    default:
      dimensions = lastOf(x);
    }
    keep(scope, writer(scope).reduce(x, random.chance(70) ? "add" : "maximum",
                                     dimensions));
  }

  void snippet(Scope &scope, size_t kind) {
    switch (kind) {
    case 0:
      keep(scope, softmax(scope, data(scope)));
      return;
    case 1:
    case 2:
      keep(scope, norm(scope, data(scope)));
      return;
    case 3: {
      ValueText x = data(scope, 3);
      ValueText y =
          keep(scope, product(scope, x, random.oneOf(Shape{columns, 32})));
      if (random.chance(50))
        keep(scope,
             writer(scope).binary("add", y, parameterAlong(scope, y.type)));
      return;
    }
    case 4:
      attention(scope);
      return;
    case 5:
      return rotation(scope);
    case 6:
      return gate(scope);
    case 7:
      return optimizer(scope);
    case 8:
      return loss(scope);
    case 9:
      return convolution(scope);
    case 10:
      return route(scope);
    default:
      return quantize(scope);
    }
  }

  void indexed(Scope &scope, size_t kind) {
    ValueText x = data(scope, 2);
    Shape shape = x.type.shape;
    ValueText index = number32(scope);
    ValueTexts starts = {index, writer(scope).constant(index.type)};
    Shape row = {1, shape[1]};
    switch (kind) {
    case 0:
    case 1: {
      ValueText indices =
          valueOf(scope, {{random.oneOf(Shape{4, rows}), 1}, "i32"});
      keep(scope, writer(scope).gather(x, indices));
      return;
    }
    case 2: {
      ValueText indices = valueOf(scope, {{4, 1}, "i32"});
      ValueText updates = valueOf(scope, x.type.withShape({4, shape[1]}));
      keep(scope,
           writer(scope).scatter(x, indices, updates, random.chance(60)));
      return;
    }
    case 3:
    case 4:
      keep(scope, writer(scope).dynamicUpdateSlice(
                      x, valueOf(scope, x.type.withShape(row)), starts));
      return;
    case 5:
    case 6:
      keep(scope, writer(scope).dynamicSlice(x, starts, row));
      return;
    default: {
      // The index of what follows.
      ValueText wrapped =
          writer(scope).binary("add", index, splat(scope, index.type));
      ValueText negative = writer(scope).compare(index, starts[1]);
      keep(scope, writer(scope).select(negative, wrapped, index));
    }
    }
  }

  void body(Scope &scope, size_t kind) {
    return kind == 0 ? branch(scope) : loop(scope);
  }

  void barrier(Scope &scope, size_t kind) {
    ValueText x = data(scope);
    switch (kind) {
    case 0:
      keep(scope, writer(scope).allReduce(x));
      return;
    case 1:
      keep(scope, writer(scope).allGather(x));
      return;
    case 2:
      keep(scope, writer(scope).customCall("mystery", {x}, {x.type}).front());
      return;
    case 3:
      for (const ValueText &result : writer(scope).customCall(
               "pair_of_mysteries", {x}, {x.type, x.type.withShape({rows})}))
        keep(scope, result);
      return;
    case 4:
      for (const ValueText &result :
           writer(scope).barrier({x, valueOf(scope, x.type, 95)}))
        keep(scope, result);
      return;
    case 5:
      // More readers than one kernel can have results.
      if (random.chance(20))
        for (size_t count = random.below(80); count > 0; --count)
          keep(scope, writer(scope).unary(count % 3 ? "tanh" : "negate", x));
      return;
    case 6:
      for (const ValueText &result :
           writer(scope).sort(x, valueOf(scope, x.type.withElement("i32"))))
        keep(scope, result);
      return;
    default:
      for (const ValueText &result :
           random.chance(50) || x.type.shape.back() < 2
               ? writer(scope).argmax(x)
               : writer(scope).topK(x, 2))
        keep(scope, result);
    }
  }

  //===--------------------------------------------------------------------===//
  // Results
  //===--------------------------------------------------------------------===//

  static void noteReads(const BlockText &block, std::set<std::string> &names) {
    names.insert(block.returned.begin(), block.returned.end());
    for (const OpText &op : block.ops) {
      names.insert(op.reads.begin(), op.reads.end());
      for (const BlockText &inner : op.blocks)
        noteReads(inner, names);
    }
  }

  /// Returns most of what nothing reads and a few other values, some twice.
  void finish(Scope &scope, llvm::StringRef terminator) {
    std::set<std::string> read;
    noteReads(*scope.block, read);
    ValueTexts results;
    for (const ValueText &value : scope.values) {
      bool isArgument =
          llvm::any_of(scope.function->arguments, [&](const ValueText &other) {
            return other.name == value.name;
          });
      if (random.chance(isArgument ? 2 : read.count(value.name) ? 8 : 90))
        results.push_back(value);
    }
    if (results.empty())
      results.push_back(scope.values.back());
    if (random.chance(15))
      results.push_back(random.oneOf(results));
    for (const ValueText &result : results)
      scope.function->results.push_back(result.type);
    OpWriter(*scope.block, number).terminate(terminator, results);
  }

  std::vector<FunctionText> functions;
};

} // namespace

RandomGraph::RandomGraph(uint64_t seed, const Growth &growth)
    : functions(Generator(seed, growth).generate()) {}

} // namespace roofline
