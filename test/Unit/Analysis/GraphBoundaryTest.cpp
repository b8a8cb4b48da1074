//===- GraphBoundaryTest.cpp - What crosses a graph's edge ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ParsedModule.h"

#include "roofline/Analysis/GraphBoundary.h"

using namespace roofline;

namespace {

class Boundary : public ParsedModule {
protected:
  GraphBoundary boundaryOf(llvm::StringRef source) {
    parse(source);
    ExecutionCounts counts(function(), *lookup);
    return computeGraphBoundary(
        function(), counts, *lookup,
        [](mlir::BlockArgument, bool isParameter) { return isParameter; });
  }
};

std::string text(const KnownOr<Count> &bytes) {
  return bytes ? bytes->str() : "unknown";
}

} // namespace

TEST_F(Boundary, ArgumentsConstantsAndResults) {
  // %w and %k are right operands of contractions only: weights.
  GraphBoundary boundary = boundaryOf(R"(
    func.func @main(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>, %c: tensor<4x8xf32>) -> tensor<4x8xf32> {
      %k = arith.constant dense<1.0> : tensor<8x8xf32>
      %0 = linalg.matmul ins(%x, %w : tensor<4x8xf32>, tensor<8x8xf32>)
                         outs(%c : tensor<4x8xf32>) -> tensor<4x8xf32>
      %1 = linalg.matmul ins(%0, %k : tensor<4x8xf32>, tensor<8x8xf32>)
                         outs(%c : tensor<4x8xf32>) -> tensor<4x8xf32>
      return %1 : tensor<4x8xf32>
    })");
  EXPECT_EQ(text(boundary.argumentBytes), "512"); // 4 * (32 + 64 + 32).
  EXPECT_EQ(text(boundary.constantBytes), "256");
  EXPECT_EQ(text(boundary.weightBytes), "512"); // Twice 256.
  EXPECT_EQ(text(boundary.resultBytes), "128");
  EXPECT_EQ(text(boundary.compulsoryBytes), "896"); // 512 + 256 + 128.
}

TEST_F(Boundary, OnlyWhatIsReadMustCross) {
  // A slice of 16 of 1,024 floats, through a view; %unused is not read at all.
  GraphBoundary boundary = boundaryOf(R"(
    func.func @main(%x: tensor<32x32xf32>, %unused: tensor<1024xf32>) -> tensor<16xf32> {
      %0 = tensor.collapse_shape %x [[0, 1]] : tensor<32x32xf32> into tensor<1024xf32>
      %1 = tensor.extract_slice %0[0] [16] [1] : tensor<1024xf32> to tensor<16xf32>
      %2 = math.exp %1 : tensor<16xf32>
      return %2 : tensor<16xf32>
    })");
  EXPECT_EQ(text(boundary.argumentBytes), "8192");
  EXPECT_EQ(text(boundary.compulsoryBytes), "128"); // 64 read, 64 written.
}

TEST_F(Boundary, UnknownSizesAreUnknown) {
  GraphBoundary boundary = boundaryOf(R"(
    func.func @main(%x: tensor<?xf32>) -> tensor<4xf32> {
      %0 = arith.constant dense<1.0> : tensor<4xf32>
      return %0 : tensor<4xf32>
    })");
  EXPECT_EQ(text(boundary.argumentBytes), "unknown");
  EXPECT_EQ(text(boundary.resultBytes), "16");
}

TEST_F(Boundary, A66RolesOfArguments) {
  // %cache (4 x 8 floats) comes back with a row overwritten, %state gives its
  // memory to result 2 of the same size, %w is a weight.
  GraphBoundary boundary = boundaryOf(R"(
    func.func @main(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>, %cache: tensor<4x8xf32>,
                    %state: tensor<4x8xf32> {tf.aliasing_output = 2 : i32})
        -> (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) {
      %0 = linalg.matmul ins(%x, %w : tensor<4x8xf32>, tensor<8x8xf32>)
                         outs(%x : tensor<4x8xf32>) -> tensor<4x8xf32>
      %row = tensor.extract_slice %0[0, 0] [1, 8] [1, 1] : tensor<4x8xf32> to tensor<1x8xf32>
      %1 = "mine.update"(%cache, %row) : (tensor<4x8xf32>, tensor<1x8xf32>) -> tensor<4x8xf32>
      %2 = math.exp %state : tensor<4x8xf32>
      return %1, %0, %2 : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>
    })");
  EXPECT_EQ(text(boundary.need.weightBytes), "256");
  // What an unknown op does to %cache is not known: a new result.
  EXPECT_EQ(text(boundary.need.cacheBytes), "128");
  EXPECT_EQ(text(boundary.need.inputBytes), "256");
  EXPECT_EQ(text(boundary.need.resultBytes), "256");
  EXPECT_EQ(text(boundary.resultBytes), "384");
}

TEST_F(Boundary, ManyUsesOfOneOp) {
  // Each of 20,000 operands is asked about once, not once per operand of its
  // op.
  constexpr unsigned count = 20000;
  std::string source = "func.func @main(";
  llvm::raw_string_ostream os(source);
  auto list = [&](llvm::StringRef prefix, llvm::StringRef suffix) {
    for (unsigned i = 0; i < count; ++i)
      os << (i ? ", " : "") << prefix << (prefix.empty() ? "" : llvm::utostr(i))
         << suffix;
  };
  list("%x", ": tensor<4xf32>");
  os << ") -> tensor<" << 4 * count << "xf32> {\n %0 = tensor.concat dim(0) ";
  list("%x", "");
  os << " : (";
  list("", "tensor<4xf32>");
  os << ") -> tensor<" << 4 * count << "xf32>\n return %0 : tensor<"
     << 4 * count << "xf32>\n}";
  GraphBoundary boundary = boundaryOf(source);
  EXPECT_EQ(text(boundary.argumentBytes), std::to_string(16 * count));
  EXPECT_EQ(text(boundary.compulsoryBytes), std::to_string(32 * count));
}

TEST_F(Boundary, LongChainsOfViews) {
  constexpr unsigned length = 20000;
  std::string source =
      "func.func @main(%v0: tensor<4x4xf32>) -> tensor<4x4xf32> {\n";
  llvm::raw_string_ostream os(source);
  for (unsigned i = 0; i < length; ++i)
    os << " %w" << i << " = tensor.collapse_shape %v" << i
       << " [[0, 1]] : tensor<4x4xf32> into tensor<16xf32>\n %v" << i + 1
       << " = tensor.expand_shape %w" << i
       << " [[0, 1]] output_shape [4, 4] : tensor<16xf32> into "
          "tensor<4x4xf32>\n";
  os << " return %v" << length << " : tensor<4x4xf32>\n}";
  GraphBoundary boundary = boundaryOf(source);
  EXPECT_EQ(text(boundary.argumentBytes), "64");
}
