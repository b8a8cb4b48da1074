//===- GraphMemoryTest.cpp - Values in memory between kernels -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A67. Values are of 256 f32, 1 KiB, unless a test says otherwise. Results of
// the graph count as such, and are not among the values between kernels.
//
//===----------------------------------------------------------------------===//

#include "KernelLaws.h"
#include "RandomGraph.h"

#include "roofline/Analysis/GraphMemory.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

GraphMemory memoryOf(const FormedGraph &graph, Fusion fusion) {
  std::vector<BlockProgram> programs;
  visitKernels(
      graph.executions(), graph.demands(), fusion, [](Kernel) {},
      [&](BlockProgram program) { programs.push_back(std::move(program)); });
  return computeGraphMemory(graph.entry(), graph.executions(),
                            std::move(programs));
}

GraphMemory memoryOf(const std::string &text, Fusion fusion = Fusion::None) {
  std::unique_ptr<FormedGraph> graph = FormedGraph::read(text);
  EXPECT_TRUE(graph) << text;
  return graph ? memoryOf(*graph, fusion) : GraphMemory();
}

std::string peak(const GraphMemory &memory) {
  return memory.peakBytes ? memory.peakBytes->str()
                          : "unknown: " + memory.peakBytes.unknown().reason;
}

/// A function of one argument %x that returns `result`; T is a KiB.
std::string graph(const std::string &body, const std::string &result) {
  return "func.func @main(%x: tensor<256xf32>) -> tensor<256xf32> {\n" + body +
         "\n  return " + result + " : tensor<256xf32>\n}\n";
}

std::string unary(const std::string &result, const std::string &op,
                  const std::string &operand) {
  return "  " + result + " = stablehlo." + op + " " + operand +
         " : tensor<256xf32>\n";
}

} // namespace

TEST(GraphMemory, A67ValuesLiveUntilTheirLastReader) {
  // exp writes %a, tanh reads it and writes %b, the last one reads %b.
  std::string chain =
      graph(unary("%a", "exponential", "%x") + unary("%b", "tanh", "%a") +
                unary("%c", "exponential", "%b"),
            "%c");
  GraphMemory memory = memoryOf(chain);
  EXPECT_EQ(peak(memory), "2048");
  EXPECT_EQ(memory.peakKernel, "tanh");
  ASSERT_EQ(memory.timeline.size(), 3u);
  EXPECT_EQ(memory.timeline[0].bytes, Count(1024)); // %a
  EXPECT_EQ(memory.timeline[1].bytes, Count(2048)); // %a, %b
  EXPECT_EQ(memory.timeline[2].bytes, Count(1024)); // %b
  // As one kernel nothing is in memory.
  EXPECT_EQ(peak(memoryOf(chain, Fusion::Library)), "0");
  EXPECT_EQ(memoryOf(chain, Fusion::Library).timeline.size(), 1u);
}

TEST(GraphMemory, A67ValuesThatAreNeededLater) {
  // At the third op %a waits for the last one: %a, %b, %c.
  GraphMemory memory =
      memoryOf(graph(unary("%a", "exponential", "%x") +
                         unary("%b", "tanh", "%a") + unary("%c", "tanh", "%b") +
                         "  %d = stablehlo.add %c, %a : tensor<256xf32>\n",
                     "%d"));
  EXPECT_EQ(peak(memory), "3072");
}

TEST(GraphMemory, A67AValueThatNobodyReads) {
  // %b is written all the same, beside %a.
  EXPECT_EQ(peak(memoryOf(graph(unary("%a", "exponential", "%x") +
                                    unary("%b", "tanh", "%a") +
                                    unary("%c", "tanh", "%a"),
                                "%c"))),
            "2048");
}

TEST(GraphMemory, A67ViewsAreWhatTheyView) {
  GraphMemory memory = memoryOf(graph(unary("%a", "exponential", "%x") + R"(
      %r = stablehlo.reshape %a : (tensor<256xf32>) -> tensor<16x16xf32>
      %s = stablehlo.reshape %r : (tensor<16x16xf32>) -> tensor<256xf32>
)" + unary("%b", "tanh", "%s") + unary("%c", "tanh", "%b"),
                                      "%c"));
  EXPECT_EQ(peak(memory), "2048");
}

TEST(GraphMemory, A67ResultsAreNotBetweenKernels) {
  // %a is returned through a view: only %b is between kernels.
  GraphMemory memory = memoryOf(R"(
    func.func @main(%x: tensor<256xf32>) -> (tensor<16x16xf32>, tensor<256xf32>) {
      %a = stablehlo.exponential %x : tensor<256xf32>
      %r = stablehlo.reshape %a : (tensor<256xf32>) -> tensor<16x16xf32>
      %b = stablehlo.tanh %a : tensor<256xf32>
      %c = stablehlo.tanh %b : tensor<256xf32>
      return %r, %c : tensor<16x16xf32>, tensor<256xf32>
    })");
  EXPECT_EQ(peak(memory), "1024");
}

TEST(GraphMemory, A67UpdatesAreInPlace) {
  // %u is %a with 64 bytes overwritten. At the last op: %a and %d of a KiB.
  const char *update = R"(
      %i = stablehlo.constant dense<0> : tensor<i32>
      %s = "stablehlo.slice"(%x) <{start_indices = array<i64: 0>,
        limit_indices = array<i64: 16>, strides = array<i64: 1>}>
        : (tensor<256xf32>) -> tensor<16xf32>
      %u = stablehlo.dynamic_update_slice %a, %s, %i
        : (tensor<256xf32>, tensor<16xf32>, tensor<i32>) -> tensor<256xf32>
)";
  GraphMemory memory =
      memoryOf(graph(unary("%a", "exponential", "%x") + update +
                         unary("%d", "tanh", "%u") + unary("%e", "tanh", "%d"),
                     "%e"));
  EXPECT_EQ(peak(memory), "2048");
  // An argument updated in place takes nothing but the slice.
  std::string cache = R"(
    func.func @main(%a: tensor<256xf32>, %x: tensor<256xf32>) -> tensor<256xf32> {
)" + std::string(update) +
                      "  return %u : tensor<256xf32>\n}";
  EXPECT_EQ(peak(memoryOf(cache)), "64");
  EXPECT_EQ(peak(memoryOf(cache, Fusion::Library)), "0");
}

TEST(GraphMemory, A67LoopsKeepWhatATripIsGiven) {
  // In the body: %e and what it yields, 2 KiB. A trip is given a KiB: that of
  // %a, which nothing needs any more, or one beside the argument.
  auto loop = [](const std::string &init) {
    return R"(
      %c0 = stablehlo.constant dense<0> : tensor<i32>
      %c1 = stablehlo.constant dense<1> : tensor<i32>
      %c4 = stablehlo.constant dense<4> : tensor<i32>
      %w:2 = stablehlo.while(%i = %c0, %v = )" +
           init + R"() : tensor<i32>, tensor<256xf32>
      cond {
        %p = stablehlo.compare LT, %i, %c4 : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %p : tensor<i1>
      } do {
        %e = stablehlo.exponential %v : tensor<256xf32>
        %t = stablehlo.tanh %e : tensor<256xf32>
        %n = stablehlo.add %i, %c1 : tensor<i32>
        stablehlo.return %n, %t : tensor<i32>, tensor<256xf32>
      }
)";
  };
  // Beside it the 4 bytes of the counter that a trip is given.
  EXPECT_EQ(peak(memoryOf(graph(loop("%x"), "%w#1"))), "3076");
  EXPECT_EQ(peak(memoryOf(
                graph(unary("%a", "exponential", "%x") + loop("%a"), "%w#1"))),
            "3076");
  // Where %a is needed later, there is one more.
  EXPECT_EQ(peak(memoryOf(
                graph(unary("%a", "exponential", "%x") + loop("%a") +
                          "  %z = stablehlo.add %w#1, %a : tensor<256xf32>\n",
                      "%z"))),
            "4100");
}

TEST(GraphMemory, A67LoopsHandOnWhatTheyDoNotChange) {
  // The stack of weights %s, 4 KiB, is read by every trip, and is the same
  // after the loop: nothing of it is between kernels.
  GraphMemory memory = memoryOf(R"(
    func.func @main(%x: tensor<256xf32>, %s: tensor<4x256xf32>)
        -> (tensor<256xf32>, tensor<4x256xf32>) {
      %c0 = stablehlo.constant dense<0> : tensor<i32>
      %c1 = stablehlo.constant dense<1> : tensor<i32>
      %c4 = stablehlo.constant dense<4> : tensor<i32>
      %w:3 = stablehlo.while(%i = %c0, %v = %x, %t = %s)
        : tensor<i32>, tensor<256xf32>, tensor<4x256xf32>
      cond {
        %p = stablehlo.compare LT, %i, %c4 : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %p : tensor<i1>
      } do {
        %e = stablehlo.tanh %v : tensor<256xf32>
        %n = stablehlo.add %i, %c1 : tensor<i32>
        stablehlo.return %n, %e, %t : tensor<i32>, tensor<256xf32>, tensor<4x256xf32>
      }
      return %w#1, %w#2 : tensor<256xf32>, tensor<4x256xf32>
    })");
  // What a trip is given and what it yields, with counters of 4 bytes each.
  EXPECT_EQ(peak(memory), "2056");
}

TEST(GraphMemory, A67CallsTakeWhatTheirFunctionsTake) {
  // In @f two values at a time. During the second call %p is there, too.
  GraphMemory memory = memoryOf(R"(
    func.func @main(%x: tensor<256xf32>) -> tensor<256xf32> {
      %p = call @f(%x) : (tensor<256xf32>) -> tensor<256xf32>
      %q = call @f(%p) : (tensor<256xf32>) -> tensor<256xf32>
      return %q : tensor<256xf32>
    }
    func.func private @f(%v: tensor<256xf32>) -> tensor<256xf32> {
      %a = stablehlo.exponential %v : tensor<256xf32>
      %b = stablehlo.tanh %a : tensor<256xf32>
      return %b : tensor<256xf32>
    })");
  EXPECT_EQ(peak(memory), "3072");
  EXPECT_EQ(memory.peakKernel, "tanh");
  ASSERT_EQ(memory.timeline.size(), 4u);
  EXPECT_EQ(memory.timeline[1].bytes, Count(2048));
  EXPECT_EQ(memory.timeline[2].bytes, Count(2048));
  EXPECT_EQ(memory.timeline[3].bytes, Count(3072));
}

TEST(GraphMemory, A67ChainsOfCallsDoNotExplode) {
  // @f0 has one kernel; every other function calls the one before it twice, the
  // second time beside the result of the first.
  constexpr unsigned depth = 500;
  std::string text = R"(
    func.func private @f0(%v: tensor<256xf32>) -> tensor<256xf32> {
      %a = stablehlo.exponential %v : tensor<256xf32>
      return %a : tensor<256xf32>
    }
)";
  for (unsigned i = 1; i <= depth; ++i) {
    std::string callee = " = call @f" + std::to_string(i - 1);
    text +=
        "func.func " +
        (i == depth ? std::string("@main") : "private @f" + std::to_string(i)) +
        "(%v: tensor<256xf32>) -> tensor<256xf32> {\n  %a" + callee +
        "(%v) : (tensor<256xf32>) -> tensor<256xf32>\n  %b" + callee +
        "(%a) : (tensor<256xf32>) -> tensor<256xf32>\n"
        "  return %b : tensor<256xf32>\n}\n";
  }
  for (Fusion fusion : {Fusion::None, Fusion::Library}) {
    GraphMemory memory = memoryOf(text, fusion);
    ASSERT_TRUE(memory.peakBytes);
    EXPECT_LE(memory.timeline.size(), maxLiveStretches);
    if (fusion == Fusion::None) {
      EXPECT_EQ(peak(memory), std::to_string(1024 * (depth + 1)));
    }
  }
}

TEST(GraphMemory, A67OfAlternativesTheCountedOne) {
  // The branch with two exponentials is the dearer one: %b and what it yields.
  GraphMemory memory = memoryOf(R"(
    func.func @main(%p: tensor<i1>, %x: tensor<256xf32>) -> tensor<256xf32> {
      %r = "stablehlo.if"(%p) ({
        %a = stablehlo.exponential %x : tensor<256xf32>
        stablehlo.return %a : tensor<256xf32>
      }, {
        %b = stablehlo.exponential %x : tensor<256xf32>
        %c = stablehlo.exponential %b : tensor<256xf32>
        stablehlo.return %c : tensor<256xf32>
      }) : (tensor<i1>) -> tensor<256xf32>
      return %r : tensor<256xf32>
    })");
  EXPECT_EQ(peak(memory), "2048");
}

TEST(GraphMemory, UnknownSizesAreUnknown) {
  GraphMemory memory = memoryOf(R"(
    func.func @main(%x: tensor<?xf32>) -> tensor<?xf32> {
      %a = stablehlo.exponential %x : tensor<?xf32>
      %b = stablehlo.tanh %a : tensor<?xf32>
      return %b : tensor<?xf32>
    })");
  EXPECT_FALSE(memory.peakBytes);
  EXPECT_TRUE(memory.timeline.empty());
  EXPECT_EQ(memory.peakRoot, nullptr);
}

TEST(GraphMemory, RepeatingALayerKeepsThePeak) {
  // A layer is a product with a weight and an activation.
  auto chain = [](unsigned layers) {
    std::string text = "func.func @main(%v0: tensor<64x64xf32>, "
                       "%w: tensor<64x64xf32>) -> tensor<64x64xf32> {\n";
    for (unsigned i = 0; i < layers; ++i) {
      std::string n = std::to_string(i);
      text += "%p" + n + " = stablehlo.dot_general %v" + n +
              ", %w, contracting_dims = [1] x [0] : (tensor<64x64xf32>, "
              "tensor<64x64xf32>) -> tensor<64x64xf32>\n%t" +
              n + " = stablehlo.exponential %p" + n +
              " : tensor<64x64xf32>\n%v" + std::to_string(i + 1) +
              " = stablehlo.add %t" + n + ", %v" + n + " : tensor<64x64xf32>\n";
    }
    return text + "return %v" + std::to_string(layers) +
           " : tensor<64x64xf32>\n}";
  };
  // Of 16 KiB. Op by op at the exponential: %v, %p, %t. Fused: %v and what
  // follows from it.
  for (unsigned layers : {3u, 4u, 50u, 2000u}) {
    EXPECT_EQ(peak(memoryOf(chain(layers))), "49152") << layers;
    EXPECT_EQ(peak(memoryOf(chain(layers), Fusion::Library)), "32768")
        << layers;
  }
  EXPECT_LE(memoryOf(chain(2000)).timeline.size(), maxLiveStretches);
}

//===----------------------------------------------------------------------===//
// Random graphs
//===----------------------------------------------------------------------===//

TEST(GraphMemory, LawsOverRandomGraphs) {
  constexpr uint64_t graphs = 400;
  for (uint64_t seed = 0; seed < graphs; ++seed) {
    std::unique_ptr<FormedGraph> graph =
        FormedGraph::read(RandomGraph(seed).text());
    ASSERT_TRUE(graph) << seed;
    for (Fusion fusion : allFusions) {
      std::vector<BlockProgram> programs;
      visitKernels(
          graph->executions(), graph->demands(), fusion, [](Kernel) {},
          [&](BlockProgram program) {
            programs.push_back(std::move(program));
          });
      // The most that one kernel reads and writes of values that kernels of its
      // block leave in memory and nothing updates.
      Count largest;
      for (const BlockProgram &program : programs) {
        const bool isEntry =
            program.block() == &graph->entry()->getRegion(0).front();
        llvm::DenseSet<mlir::Value> stored;
        for (size_t step = 0; step < program.steps().size(); ++step)
          for (const StoredValue &value : program.stored(step))
            if (!program.steps()[step].runsBodies() && !value.updated)
              stored.insert(value.value);
        for (size_t step = 0; step < program.steps().size(); ++step)
          for (const StoredValue &value : program.stored(step))
            stored.erase(value.updated);
        if (isEntry)
          for (mlir::Value value : program.yielded)
            stored.erase(value);
        for (size_t step = 0; step < program.steps().size(); ++step) {
          if (program.steps()[step].runsBodies())
            continue;
          llvm::DenseSet<mlir::Value> touched;
          touched.insert_range(program.reads(step));
          for (const StoredValue &value : program.stored(step))
            touched.insert(value.value);
          Count bytes;
          for (mlir::Value value : touched)
            if (value && stored.contains(value))
              bytes += *byteCount(value.getType());
          largest = std::max(largest, bytes);
        }
      }
      GraphMemory memory = computeGraphMemory(
          graph->entry(), graph->executions(), std::move(programs));
      ASSERT_TRUE(memory.peakBytes) << seed;
      EXPECT_FALSE(*memory.peakBytes < largest) << seed;
      Count most;
      for (const LiveStretch &stretch : memory.timeline)
        most = std::max(most, stretch.bytes);
      EXPECT_FALSE(*memory.peakBytes < most) << seed;
      EXPECT_LE(memory.timeline.size(), maxLiveStretches) << seed;
      // The same again.
      GraphMemory again = memoryOf(*graph, fusion);
      EXPECT_EQ(peak(again), peak(memory)) << seed;
      EXPECT_EQ(again.peakRoot, memory.peakRoot) << seed;
    }
  }
}
