//===- GraphText.cpp - StableHLO as text, op by op ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GraphText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <numeric>

namespace roofline {

int64_t TensorText::elements() const {
  int64_t product = 1;
  for (int64_t extent : shape)
    product *= extent;
  return product;
}

std::string TensorText::str() const {
  std::string text = "tensor<";
  for (int64_t extent : shape)
    text += std::to_string(extent) + "x";
  return text + element + ">";
}

std::string joined(const Shape &numbers) {
  return joined(numbers, [](int64_t number) { return std::to_string(number); });
}

std::string namesOf(const ValueTexts &values) {
  return joined(values, [](const ValueText &value) { return value.name; });
}

std::string typesOf(const ValueTexts &values) {
  return joined(values,
                [](const ValueText &value) { return value.type.str(); });
}

static std::string textOf(const std::vector<TensorText> &types) {
  return joined(types, [](const TensorText &type) { return type.str(); });
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

namespace {

/// `%v4` of `%v4#1`.
llvm::StringRef baseName(llvm::StringRef name) {
  return name.take_until([](char c) { return c == '#'; });
}

void collectReads(const OpText &op, std::vector<std::string> &reads) {
  reads.insert(reads.end(), op.reads.begin(), op.reads.end());
  for (const BlockText &block : op.blocks) {
    reads.insert(reads.end(), block.returned.begin(), block.returned.end());
    for (const OpText &inner : block.ops)
      collectReads(inner, reads);
  }
}

/// Which ops of a block have to wait for which.
class Waiting {
public:
  explicit Waiting(const BlockText &block)
      : readers(block.ops.size()), waitingFor(block.ops.size()) {
    llvm::StringMap<size_t> producerOf;
    // Values by what they may be views of.
    llvm::StringMap<std::string> bases;
    auto baseOf = [&](llvm::StringRef name) {
      auto it = bases.find(name);
      return it == bases.end() ? name.str() : it->second;
    };
    // By value: the last update and what reads it since.
    llvm::StringMap<size_t> lastUpdate;
    llvm::StringMap<std::vector<size_t>> readSince;
    for (auto [index, op] : llvm::enumerate(block.ops)) {
      std::vector<std::string> reads;
      collectReads(op, reads);
      for (llvm::StringRef name : reads) {
        name = baseName(name);
        if (auto it = producerOf.find(name); it != producerOf.end())
          wait(index, it->second);
        std::string base = baseOf(name);
        if (auto it = lastUpdate.find(base); it != lastUpdate.end())
          wait(index, it->second);
        readSince[base].push_back(index);
      }
      producerOf[op.result] = index;
      if (op.isUpdate || op.isLayout) {
        std::string base = baseOf(baseName(op.reads.front()));
        if (op.isLayout)
          bases[op.result] = base;
        if (op.isUpdate) {
          for (size_t reader : readSince[base])
            wait(index, reader);
          readSince[base].clear();
          lastUpdate[base] = index;
        }
      }
    }
  }

  std::vector<size_t> anyOrder(Random &random) {
    std::vector<size_t> order, ready;
    for (size_t index = 0; index < waitingFor.size(); ++index)
      if (waitingFor[index] == 0)
        ready.push_back(index);
    while (!ready.empty()) {
      size_t choice = random.below(ready.size());
      order.push_back(ready[choice]);
      ready.erase(ready.begin() + choice);
      for (size_t reader : readers[order.back()])
        if (--waitingFor[reader] == 0)
          ready.push_back(reader);
    }
    return order;
  }

private:
  void wait(size_t op, size_t before) {
    if (op == before)
      return;
    readers[before].push_back(op);
    ++waitingFor[op];
  }

  std::vector<std::vector<size_t>> readers;
  std::vector<size_t> waitingFor;
};

std::vector<size_t> orderOf(const BlockText &block, Random *random) {
  if (random)
    return Waiting(block).anyOrder(*random);
  std::vector<size_t> order(block.ops.size());
  std::iota(order.begin(), order.end(), 0);
  return order;
}

void write(llvm::raw_ostream &os, const BlockText &block, unsigned indent,
           Random *random) {
  for (size_t index : orderOf(block, random)) {
    const OpText &op = block.ops[index];
    os.indent(indent);
    for (auto [piece, inner] : llvm::zip(op.pieces, op.blocks)) {
      os << piece << '\n';
      write(os, inner, indent + 2, random);
      os.indent(indent);
    }
    os << op.pieces.back() << '\n';
  }
  os.indent(indent) << block.terminator << '\n';
}

} // namespace

std::string writeFunctions(llvm::ArrayRef<FunctionText> functions,
                           Random *random) {
  std::string text;
  llvm::raw_string_ostream os(text);
  std::vector<const FunctionText *> order;
  for (const FunctionText &function : functions)
    order.insert(order.begin() +
                     (random ? random->below(order.size() + 1) : order.size()),
                 &function);
  for (const FunctionText *function : order) {
    bool isMain = function->name == "main";
    os << "func.func " << (isMain ? "" : "private ") << '@' << function->name
       << '('
       << joined(function->arguments,
                 [](const ValueText &argument) {
                   return argument.name + ": " + argument.type.str();
                 })
       << ") -> (" << textOf(function->results) << ") {\n";
    write(os, function->body, 2, random);
    os << "}\n";
  }
  return text;
}

std::string reorderLines(llvm::StringRef text, Random &random) {
  // Everything up to the signature, the ops, and the return with what follows.
  size_t body = text.find('\n', text.rfind("func.func")) + 1;
  size_t end = text.find("return ", body);
  BlockText block;
  llvm::SmallVector<llvm::StringRef> lines;
  text.slice(body, end).split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines) {
    llvm::SmallVector<llvm::StringRef> parts;
    line.split(parts, '%');
    if (parts.size() < 2)
      continue;
    auto nameOf = [](llvm::StringRef part) {
      return "%" + part.take_while(llvm::isAlnum).str();
    };
    OpText &op = block.ops.emplace_back();
    op.pieces = {line.str()};
    op.result = nameOf(parts[1]);
    for (llvm::StringRef part : llvm::ArrayRef(parts).drop_front(2))
      op.reads.push_back(nameOf(part));
  }
  std::string result = text.take_front(body).str();
  for (size_t index : orderOf(block, &random))
    result += block.ops[index].pieces.front() + "\n";
  return result + text.drop_front(end).str();
}

//===----------------------------------------------------------------------===//
// Ops
//===----------------------------------------------------------------------===//

ValueText OpWriter::add(const std::string &text, const ValueTexts &reads,
                        const TensorText &type) {
  return addMany(text, reads, {type}).front();
}

ValueTexts OpWriter::addMany(const std::string &text, const ValueTexts &reads,
                             const std::vector<TensorText> &types) {
  return addWithBlocks({text}, {}, reads, types);
}

ValueTexts OpWriter::addWithBlocks(std::vector<std::string> pieces,
                                   std::vector<BlockText> blocks,
                                   const ValueTexts &reads,
                                   const std::vector<TensorText> &types) {
  OpText op;
  op.result = freshName();
  std::string head = op.result;
  if (types.size() != 1)
    head += ":" + std::to_string(types.size());
  pieces.front() = head + " = " + pieces.front();
  op.pieces = std::move(pieces);
  op.blocks = std::move(blocks);
  for (const ValueText &value : reads)
    op.reads.push_back(value.name);
  ValueTexts results;
  for (auto [index, type] : llvm::enumerate(types))
    results.push_back({types.size() == 1
                           ? op.result
                           : op.result + "#" + std::to_string(index),
                       type});
  block.ops.push_back(std::move(op));
  return results;
}

ValueText OpWriter::addLayout(const std::string &text, const ValueText &x,
                              const TensorText &type) {
  ValueText result = add(text, {x}, type);
  block.ops.back().isLayout = true;
  return result;
}

ValueText OpWriter::addUpdate(const std::string &text, const ValueTexts &reads,
                              const TensorText &type) {
  ValueText result = add(text, reads, type);
  block.ops.back().isUpdate = true;
  return result;
}

void OpWriter::terminate(llvm::StringRef op, const ValueTexts &values) {
  block.terminator = op.str() + " " + namesOf(values) + " : " + typesOf(values);
  for (const ValueText &value : values)
    block.returned.push_back(value.name);
}

ValueText OpWriter::unary(llvm::StringRef op, const ValueText &x) {
  return add("stablehlo." + op.str() + " " + x.name + " : " + x.type.str(), {x},
             x.type);
}

ValueText OpWriter::binary(llvm::StringRef op, const ValueText &x,
                           const ValueText &y) {
  return add("stablehlo." + op.str() + " " + x.name + ", " + y.name + " : " +
                 x.type.str(),
             {x, y}, x.type);
}

static std::string arrow(const ValueTexts &from,
                         const std::vector<TensorText> &to) {
  std::string results = textOf(to);
  return " : (" + typesOf(from) + ") -> " +
         (to.size() == 1 ? results : "(" + results + ")");
}

ValueText OpWriter::compare(const ValueText &x, const ValueText &y) {
  TensorText type = x.type.withElement("i1");
  return add("stablehlo.compare LT, " + x.name + ", " + y.name + ", " +
                 (x.type.isFloat() ? "FLOAT" : "SIGNED") +
                 arrow({x, y}, {type}),
             {x, y}, type);
}

ValueText OpWriter::select(const ValueText &predicate, const ValueText &x,
                           const ValueText &y) {
  return add("stablehlo.select " + namesOf({predicate, x, y}) + " : " +
                 predicate.type.str() + ", " + x.type.str(),
             {predicate, x, y}, x.type);
}

ValueText OpWriter::convert(const ValueText &x, llvm::StringRef element) {
  TensorText type = x.type.withElement(element);
  return addLayout("stablehlo.convert " + x.name + arrow({x}, {type}), x, type);
}

ValueText OpWriter::constant(const TensorText &type) {
  std::string number = type.isFloat()         ? "1.5"
                       : type.element == "i1" ? "true"
                                              : "1";
  return add("stablehlo.constant dense<" + number + "> : " + type.str(), {},
             type);
}

ValueText OpWriter::splat(const TensorText &type) {
  ValueText scalar = constant(type.withShape({}));
  return type.shape.empty() ? scalar : broadcast(scalar, {}, type.shape);
}

ValueText OpWriter::iota(const TensorText &type, size_t dimension) {
  return add("stablehlo.iota dim = " + std::to_string(dimension) + " : " +
                 type.str(),
             {}, type);
}

ValueText OpWriter::broadcast(const ValueText &x, const Shape &dimensions,
                              const Shape &shape) {
  TensorText type = x.type.withShape(shape);
  return addLayout("stablehlo.broadcast_in_dim " + x.name + ", dims = [" +
                       joined(dimensions) + "]" + arrow({x}, {type}),
                   x, type);
}

ValueText OpWriter::transpose(const ValueText &x, const Shape &permutation) {
  Shape shape;
  for (int64_t dimension : permutation)
    shape.push_back(x.type.shape[dimension]);
  TensorText type = x.type.withShape(shape);
  return addLayout("stablehlo.transpose " + x.name + ", dims = [" +
                       joined(permutation) + "]" + arrow({x}, {type}),
                   x, type);
}

ValueText OpWriter::reshape(const ValueText &x, const Shape &shape) {
  TensorText type = x.type.withShape(shape);
  return addLayout("stablehlo.reshape " + x.name + arrow({x}, {type}), x, type);
}

ValueText OpWriter::slice(const ValueText &x, const Shape &starts,
                          const Shape &limits, const Shape &strides) {
  std::string ranges;
  TensorText type = x.type;
  for (size_t i = 0; i < starts.size(); ++i) {
    ranges += (i ? ", " : "") + std::to_string(starts[i]) + ":" +
              std::to_string(limits[i]) + ":" + std::to_string(strides[i]);
    type.shape[i] = (limits[i] - starts[i] + strides[i] - 1) / strides[i];
  }
  return addLayout("stablehlo.slice " + x.name + " [" + ranges + "]" +
                       arrow({x}, {type}),
                   x, type);
}

ValueText OpWriter::concatenate(const ValueTexts &values, size_t dimension) {
  TensorText type = values.front().type;
  type.shape[dimension] = 0;
  for (const ValueText &value : values)
    type.shape[dimension] += value.type.shape[dimension];
  return add("stablehlo.concatenate " + namesOf(values) +
                 ", dim = " + std::to_string(dimension) + arrow(values, {type}),
             values, type);
}

ValueText OpWriter::pad(const ValueText &x, size_t dimension, int64_t low,
                        int64_t high) {
  Shape none(x.type.rank()), lows = none, highs = none;
  lows[dimension] = low;
  highs[dimension] = high;
  TensorText type = x.type;
  type.shape[dimension] += low + high;
  ValueText filler = constant(x.type.withShape({}));
  return add("stablehlo.pad " + x.name + ", " + filler.name + ", low = [" +
                 joined(lows) + "], high = [" + joined(highs) +
                 "], interior = [" + joined(none) + "]" +
                 arrow({x, filler}, {type}),
             {x, filler}, type);
}

ValueText OpWriter::reduce(const ValueText &x, llvm::StringRef op,
                           const Shape &dimensions) {
  TensorText type = x.type.withShape({});
  for (auto [index, extent] : llvm::enumerate(x.type.shape))
    if (!llvm::is_contained(dimensions, static_cast<int64_t>(index)))
      type.shape.push_back(extent);
  ValueText init = constant(x.type.withShape({}));
  return add("stablehlo.reduce(" + x.name + " init: " + init.name +
                 ") applies stablehlo." + op.str() + " across dimensions = [" +
                 joined(dimensions) + "]" + arrow({x, init}, {type}),
             {x, init}, type);
}

ValueText OpWriter::dot(const ValueText &x, const ValueText &y, size_t batches,
                        size_t yContracting) {
  Shape batch;
  for (size_t i = 0; i < batches; ++i)
    batch.push_back(i);
  TensorText type = x.type;
  type.shape.pop_back();
  for (size_t i = batches; i < y.type.rank(); ++i)
    if (i != yContracting)
      type.shape.push_back(y.type.shape[i]);
  std::string text = "stablehlo.dot_general " + x.name + ", " + y.name;
  if (batches > 0)
    text +=
        ", batching_dims = [" + joined(batch) + "] x [" + joined(batch) + "]";
  text += ", contracting_dims = [" + std::to_string(x.type.rank() - 1) +
          "] x [" + std::to_string(yContracting) + "]";
  return add(text + ", precision = [DEFAULT, DEFAULT]" + arrow({x, y}, {type}),
             {x, y}, type);
}

ValueText OpWriter::convolution(const ValueText &x, const ValueText &kernel) {
  return add("stablehlo.convolution(" + namesOf({x, kernel}) +
                 ") dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], "
                 "window = {pad = [[1, 1], [1, 1]]} {batch_group_count = 1 : "
                 "i64, feature_group_count = 1 : i64}" +
                 arrow({x, kernel}, {x.type}),
             {x, kernel}, x.type);
}

ValueText OpWriter::gather(const ValueText &table, const ValueText &indices) {
  int64_t rows = indices.type.shape.front(), columns = table.type.shape.back();
  TensorText type = table.type.withShape({rows, columns});
  return add("\"stablehlo.gather\"(" + namesOf({table, indices}) +
                 ") <{dimension_numbers = #stablehlo.gather<offset_dims = [1], "
                 "collapsed_slice_dims = [0], start_index_map = [0], "
                 "index_vector_dim = 1>, indices_are_sorted = false, "
                 "slice_sizes = array<i64: 1, " +
                 std::to_string(columns) + ">}>" +
                 arrow({table, indices}, {type}),
             {table, indices}, type);
}

/// A region that combines two scalars.
static std::string combiner(llvm::StringRef op, const TensorText &type) {
  std::string scalar = type.withShape({}).str();
  std::string result = op.empty() ? "%rhs" : "%both";
  std::string text = "({ ^bb0(%lhs: " + scalar + ", %rhs: " + scalar + "): ";
  if (!op.empty())
    text += "%both = stablehlo." + op.str() + " %lhs, %rhs : " + scalar + " ";
  return text + "stablehlo.return " + result + " : " + scalar + " })";
}

ValueText OpWriter::scatter(const ValueText &buffer, const ValueText &indices,
                            const ValueText &updates, bool adds) {
  ValueTexts reads = {buffer, indices, updates};
  return addUpdate(
      "\"stablehlo.scatter\"(" + namesOf(reads) +
          ") <{indices_are_sorted = false, scatter_dimension_numbers = "
          "#stablehlo.scatter<update_window_dims = [1], "
          "inserted_window_dims = [0], scatter_dims_to_operand_dims = "
          "[0], index_vector_dim = 1>, unique_indices = false}> " +
          combiner(adds ? "add" : "", buffer.type) +
          arrow(reads, {buffer.type}),
      reads, buffer.type);
}

ValueText OpWriter::dynamicSlice(const ValueText &x, const ValueTexts &starts,
                                 const Shape &sizes) {
  ValueTexts reads = {x};
  reads.insert(reads.end(), starts.begin(), starts.end());
  TensorText type = x.type.withShape(sizes);
  return add("stablehlo.dynamic_slice " + namesOf(reads) + ", sizes = [" +
                 joined(sizes) + "]" + arrow(reads, {type}),
             reads, type);
}

ValueText OpWriter::dynamicUpdateSlice(const ValueText &x,
                                       const ValueText &update,
                                       const ValueTexts &starts) {
  ValueTexts reads = {x, update};
  reads.insert(reads.end(), starts.begin(), starts.end());
  return addUpdate("stablehlo.dynamic_update_slice " + namesOf(reads) +
                       arrow(reads, {x.type}),
                   reads, x.type);
}

ValueText OpWriter::allReduce(const ValueText &x) {
  return add("\"stablehlo.all_reduce\"(" + x.name +
                 ") <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> " +
                 combiner("add", x.type) + arrow({x}, {x.type}),
             {x}, x.type);
}

ValueText OpWriter::allGather(const ValueText &x) {
  TensorText type = x.type;
  type.shape.front() *= 2;
  return add("\"stablehlo.all_gather\"(" + x.name +
                 ") <{all_gather_dim = 0 : i64, replica_groups = dense<[[0, "
                 "1]]> : tensor<1x2xi64>}>" +
                 arrow({x}, {type}),
             {x}, type);
}

ValueTexts OpWriter::sort(const ValueText &keys, const ValueText &values) {
  std::string key = keys.type.withShape({}).str();
  std::string other = values.type.withShape({}).str();
  return addMany("\"stablehlo.sort\"(" + namesOf({keys, values}) +
                     ") <{dimension = " + std::to_string(keys.type.rank() - 1) +
                     " : i64, is_stable = true}> ({ ^bb0(%lhs: " + key +
                     ", %rhs: " + key + ", %l: " + other + ", %r: " + other +
                     "): %less = stablehlo.compare LT, %lhs, %rhs, FLOAT : (" +
                     key + ", " + key +
                     ") -> tensor<i1> stablehlo.return %less : tensor<i1> })" +
                     arrow({keys, values}, {keys.type, values.type}),
                 {keys, values}, {keys.type, values.type});
}

ValueTexts OpWriter::topK(const ValueText &x, int64_t k) {
  TensorText values = x.type;
  values.shape.back() = k;
  TensorText indices = values.withElement("i32");
  return addMany("chlo.top_k(" + x.name + ", k = " + std::to_string(k) +
                     ") : " + x.type.str() + " -> (" + values.str() + ", " +
                     indices.str() + ")",
                 {x}, {values, indices});
}

ValueTexts OpWriter::argmax(const ValueText &x) {
  ValueText positions = iota(x.type.withElement("i32"), x.type.rank() - 1);
  ValueText least = constant(x.type.withShape({}));
  ValueText zero = constant(positions.type.withShape({}));
  TensorText maximum = x.type;
  maximum.shape.pop_back();
  TensorText place = maximum.withElement("i32");
  ValueTexts reads = {x, positions, least, zero};
  std::string scalar = least.type.str();
  return addMany(
      "\"stablehlo.reduce\"(" + namesOf(reads) +
          ") <{dimensions = array<i64: " + std::to_string(x.type.rank() - 1) +
          ">}> ({ ^bb0(%lhs: " + scalar + ", %l: tensor<i32>, %rhs: " + scalar +
          ", %r: tensor<i32>): %less = stablehlo.compare LT, %lhs, %rhs, FLOAT "
          ": (" +
          scalar + ", " + scalar +
          ") -> tensor<i1> %m = stablehlo.select %less, %rhs, %lhs : "
          "tensor<i1>, " +
          scalar +
          " %p = stablehlo.select %less, %r, %l : tensor<i1>, tensor<i32> "
          "stablehlo.return %m, %p : " +
          scalar + ", tensor<i32> })" + arrow(reads, {maximum, place}),
      reads, {maximum, place});
}

ValueTexts OpWriter::customCall(llvm::StringRef target,
                                const ValueTexts &values,
                                const std::vector<TensorText> &types) {
  return addMany("stablehlo.custom_call @" + target.str() + "(" +
                     namesOf(values) + ")" + arrow(values, types),
                 values, types);
}

ValueTexts OpWriter::barrier(const ValueTexts &values) {
  std::vector<TensorText> types;
  for (const ValueText &value : values)
    types.push_back(value.type);
  return addMany("stablehlo.optimization_barrier " + namesOf(values) + " : " +
                     typesOf(values),
                 values, types);
}

ValueTexts OpWriter::call(const FunctionText &function,
                          const ValueTexts &arguments) {
  return addMany("func.call @" + function.name + "(" + namesOf(arguments) +
                     ")" + arrow(arguments, function.results),
                 arguments, function.results);
}

} // namespace roofline
