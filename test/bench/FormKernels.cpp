//===- FormKernels.cpp - How long forming kernels takes -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   form-kernels-bench [OPS]
//
// Measures forming alone, without reading the graph and counting executions, on
// large graphs of several shapes, and says where a limit is exceeded.
//
//===----------------------------------------------------------------------===//

#include "roofline/Analysis/KernelFormation.h"
#include "roofline/Dialect/TolerantDialects.h"
#include "roofline/InitModels.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <ctime>

using namespace roofline;

namespace {

/// Seconds of one core for 1,000,000 ops.
constexpr double maxSeconds = 6;
/// Of n times the ops, at most this much more than n times the time: caches
/// that hold a small graph do not hold a large one.
constexpr double maxGrowth = 1.5;
/// The small graph that growth is measured from.
constexpr size_t growth = 10;

constexpr char matrix[] = "tensor<128x256xbf16>";
constexpr char square[] = "tensor<256x256xbf16>";
constexpr char row[] = "tensor<128xbf16>";

/// Writes a function op by op.
class GraphWriter {
public:
  GraphWriter() : os(text) {
    os << "func.func @main(%x: " << matrix << ", %w: " << square << ") -> "
       << matrix << " {\n  %zero = stablehlo.constant dense<0.0> : "
       << "tensor<bf16>\n";
  }

  std::string add(const llvm::Twine &op) {
    std::string name = "%" + std::to_string(ops++);
    os << "  " << name << " = " << op << '\n';
    return name;
  }
  std::string unary(llvm::StringRef op, const std::string &x) {
    return add("stablehlo." + op + " " + x + " : " + matrix);
  }
  std::string binary(llvm::StringRef op, const std::string &x,
                     const std::string &y) {
    return add("stablehlo." + op + " " + x + ", " + y + " : " + matrix);
  }
  std::string product(const std::string &x) {
    return add("stablehlo.dot_general " + x +
               ", %w, contracting_dims = [1] x "
               "[0], precision = [DEFAULT, DEFAULT] : (" +
               matrix + ", " + square + ") -> " + matrix);
  }
  /// A reduction of all rows, repeated along them.
  std::string rows(llvm::StringRef op, const std::string &x) {
    std::string reduced = add(
        "stablehlo.reduce(" + x + " init: %zero) applies stablehlo." + op +
        " across dimensions = [1] : (" + matrix + ", tensor<bf16>) -> " + row);
    return add("stablehlo.broadcast_in_dim " + reduced + ", dims = [0] : (" +
               row + ") -> " + matrix);
  }
  std::string finish(const std::string &result) {
    os << "  return " << result << " : " << matrix << "\n}\n";
    return std::move(text);
  }

  size_t ops = 0;

private:
  std::string text;
  llvm::raw_string_ostream os;
};

/// One value after another: a single kernel.
std::string chain(size_t ops) {
  GraphWriter graph;
  std::string x = "%x";
  while (graph.ops < ops)
    x = graph.unary("tanh", x);
  return graph.finish(x);
}

/// Ops that read one argument and that nothing reads but an op at the end.
std::string independent(size_t ops) {
  GraphWriter graph;
  std::string last = "%x";
  while (graph.ops < ops)
    last = graph.unary("tanh", "%x");
  return graph.finish(last);
}

/// Reads of one value all over the graph, and joins of what they yield.
std::string fans(size_t ops) {
  GraphWriter graph;
  std::string x = "%x", shared = graph.product(x);
  while (graph.ops < ops) {
    std::string first = graph.binary("add", shared, x);
    std::string second = graph.binary("multiply", shared, first);
    x = graph.binary("add", graph.product(first), second);
  }
  return graph.finish(x);
}

/// Norm, products, softmax, residuals: the layers of a transformer.
std::string layers(size_t ops) {
  GraphWriter graph;
  std::string x = "%x";
  auto norm = [&](const std::string &value) {
    std::string squares = graph.binary("multiply", value, value);
    std::string scale = graph.unary("rsqrt", graph.rows("add", squares));
    return graph.binary("multiply", value, scale);
  };
  while (graph.ops < ops) {
    std::string normed = norm(x);
    std::string q = graph.product(normed), k = graph.product(normed),
                v = graph.product(normed);
    // A contraction of two values, as of queries and keys.
    std::string keys =
        graph.add("stablehlo.dot_general " + k + ", " + v +
                  ", contracting_dims = [0] x [0], precision = [DEFAULT, "
                  "DEFAULT] : (" +
                  matrix + ", " + matrix + ") -> " + square);
    std::string scores =
        graph.add("stablehlo.dot_general " + q + ", " + keys +
                  ", contracting_dims = [1] x [0], precision = [DEFAULT, "
                  "DEFAULT] : (" +
                  matrix + ", " + square + ") -> " + matrix);
    std::string shifted =
        graph.binary("subtract", scores, graph.rows("maximum", scores));
    std::string powers = graph.unary("exponential", shifted);
    std::string weights =
        graph.binary("divide", powers, graph.rows("add", powers));
    std::string values =
        graph.add("stablehlo.dot_general " + weights + ", " + keys +
                  ", contracting_dims = [1] x [0], precision = [DEFAULT, "
                  "DEFAULT] : (" +
                  matrix + ", " + square + ") -> " + matrix);
    x = graph.binary("add", x, graph.product(values));
    std::string second = norm(x);
    std::string up = graph.product(second), gate = graph.product(second);
    std::string active =
        graph.binary("multiply", gate, graph.unary("logistic", gate));
    std::string hidden = graph.binary("multiply", active, up);
    x = graph.binary("add", x, graph.product(hidden));
  }
  return graph.finish(x);
}

/// Values of the way there are read again on the way back.
std::string training(size_t ops) {
  GraphWriter graph;
  std::string x = "%x";
  std::vector<std::string> kept;
  // Two ops there, three back.
  while (graph.ops < ops / 5 * 2) {
    x = graph.unary("tanh", graph.product(x));
    kept.push_back(x);
  }
  while (!kept.empty()) {
    std::string slope = graph.binary("multiply", kept.back(), kept.back());
    x = graph.product(graph.binary("multiply", x, slope));
    kept.pop_back();
  }
  return graph.finish(x);
}

/// Calls of a small function between products.
std::string calls(size_t ops) {
  GraphWriter graph;
  std::string x = "%x";
  while (graph.ops < ops) {
    x = graph.add("func.call @gelu(" + x + ") : (" + matrix + ") -> " + matrix);
    x = graph.product(x);
  }
  return graph.finish(x) + "func.func private @gelu(%x: " + matrix + ") -> " +
         matrix + " {\n  %0 = stablehlo.tanh %x : " + matrix +
         "\n  %1 = stablehlo.multiply %0, %x : " + matrix +
         "\n  return %1 : " + matrix + "\n}\n";
}

struct GraphShape {
  const char *name;
  std::string (*write)(size_t ops);
};

/// Seconds that each fusion takes; empty where the graph cannot be read.
std::vector<double> measure(const std::string &text) {
  mlir::DialectRegistry registry;
  registry.insert<mlir::func::FuncDialect>();
  registerTolerantDialects(registry);
  registerDialectAndModels(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  context.loadDialect<RooflineDialect>();
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceString<mlir::ModuleOp>(
          text, mlir::ParserConfig(&context, /*verifyAfterParse=*/false));
  if (!module)
    return {};
  mlir::FailureOr<mlir::Operation *> entry = findEntry(*module, "");
  if (failed(entry))
    return {};
  DemandLookup lookup(&context, DemandOptions());
  ExecutionCounts counts(*entry, lookup);
  std::vector<double> seconds;
  for (Fusion fusion : {Fusion::None, Fusion::Compiler, Fusion::Library}) {
    std::clock_t begin = std::clock();
    size_t kernels = formKernels(counts, lookup, fusion).size();
    seconds.push_back(static_cast<double>(std::clock() - begin) /
                      CLOCKS_PER_SEC);
    llvm::outs() << llvm::formatv("  {0,-9}{1,10} kernels {2,8:F2} s",
                                  stringify(fusion), kernels, seconds.back());
  }
  return seconds;
}

} // namespace

int main(int argc, char **argv) {
  size_t ops = 1000000;
  if (argc > 2 ||
      (argc == 2 &&
       (llvm::StringRef(argv[1]).getAsInteger(10, ops) || ops < growth))) {
    llvm::errs() << "usage: form-kernels-bench [OPS]\n";
    return 2;
  }
  bool isMissed = false;
  for (const GraphShape &shape :
       {GraphShape{"chain", chain}, GraphShape{"independent", independent},
        GraphShape{"fans", fans}, GraphShape{"layers", layers},
        GraphShape{"training", training}, GraphShape{"calls", calls}}) {
    std::vector<double> before;
    for (size_t size : {ops / growth, ops}) {
      llvm::outs() << llvm::formatv("{0,-12}{1,9} ops:", shape.name, size);
      std::vector<double> seconds = measure(shape.write(size));
      if (seconds.empty())
        return 1;
      for (size_t index = 0; index < before.size(); ++index)
        if (before[index] * growth * maxGrowth < seconds[index]) {
          llvm::outs() << llvm::formatv("  MISSED: {0:F1} x the time",
                                        seconds[index] / before[index]);
          isMissed = true;
        }
      for (double one : seconds)
        if (maxSeconds * size / 1e6 < one) {
          llvm::outs() << llvm::formatv("  MISSED: over {0:F1} s",
                                        maxSeconds * size / 1e6);
          isMissed = true;
        }
      llvm::outs() << '\n';
      llvm::outs().flush();
      before = std::move(seconds);
    }
  }
  return isMissed ? 1 : 0;
}
