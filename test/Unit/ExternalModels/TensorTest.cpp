//===- TensorTest.cpp - Ops on tensors and buffers that move bytes --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UpstreamDemand.h"

using namespace roofline;

namespace {

using Tensor = UpstreamDemand;

// Bears A46.
TEST_F(Tensor, ViewsAreFree) {
  parse(R"(
    func.func @f(%a: tensor<8x16xf32>, %n: index) {
      %0 = tensor.empty() : tensor<8x16xf32>
      %1 = tensor.cast %a : tensor<8x16xf32> to tensor<?x16xf32>
      %2 = tensor.collapse_shape %a [[0, 1]] : tensor<8x16xf32> into tensor<128xf32>
      %3 = tensor.expand_shape %2 [[0, 1]] output_shape [16, 8]
          : tensor<128xf32> into tensor<16x8xf32>
      %4 = tensor.dim %a, %n : tensor<8x16xf32>
      %5 = bufferization.to_buffer %a : tensor<8x16xf32> to memref<8x16xf32>
      %6 = memref.subview %5[0, 0] [4, 4] [1, 1]
          : memref<8x16xf32> to memref<4x4xf32, strided<[16, 1]>>
      return
    })");
  for (llvm::StringRef name :
       {"tensor.empty", "tensor.cast", "tensor.collapse_shape",
        "tensor.expand_shape", "tensor.dim", "bufferization.to_buffer",
        "memref.subview"}) {
    KnownOr<Demand> known = demand(name);
    ASSERT_TRUE(known) << name.str();
    EXPECT_EQ(known->structure, Structure::View) << name.str();
    EXPECT_EQ(known->totalBytes(), Count(0)) << name.str();
  }
}

// Bears A56.
TEST_F(Tensor, SliceTouchesItself) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<1024x64xf16>) -> tensor<4x64xf16> {
      %0 = tensor.extract_slice %a[8, 0] [4, 64] [1, 1]
          : tensor<1024x64xf16> to tensor<4x64xf16>
      return %0 : tensor<4x64xf16>
    })",
                           "tensor.extract_slice");
  EXPECT_EQ(demand.structure, Structure::DataMovement);
  // 4 x 64 elements of 2 bytes.
  EXPECT_EQ(demand.readBytes, Count(512));
  EXPECT_EQ(demand.writtenBytes, Count(512));
}

TEST_F(Tensor, UpdateOfADeadTensorIsInPlace) {
  // A cache row; the cache is read before, not afterwards (A47).
  Demand demand = demandOf(R"(
    func.func @f(%cache: tensor<1024x64xf16>, %row: tensor<1x64xf16>)
        -> tensor<1024x64xf16> {
      %0 = tensor.extract_slice %cache[0, 0] [1, 64] [1, 1]
          : tensor<1024x64xf16> to tensor<1x64xf16>
      %1 = arith.addf %0, %row : tensor<1x64xf16>
      %2 = tensor.insert_slice %1 into %cache[7, 0] [1, 64] [1, 1]
          : tensor<1x64xf16> into tensor<1024x64xf16>
      return %2 : tensor<1024x64xf16>
    })",
                           "tensor.insert_slice");
  // 64 elements of 2 bytes are read and written.
  EXPECT_EQ(demand.readBytes, Count(128));
  EXPECT_EQ(demand.writtenBytes, Count(128));
}

TEST_F(Tensor, UpdateOfALiveTensorCopies) {
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<1024x64xf16>, %row: tensor<1x64xf16>)
        -> (tensor<1024x64xf16>, tensor<1024x64xf16>) {
      %0 = tensor.insert_slice %row into %a[7, 0] [1, 64] [1, 1]
          : tensor<1x64xf16> into tensor<1024x64xf16>
      return %0, %a : tensor<1024x64xf16>, tensor<1024x64xf16>
    })",
                           "tensor.insert_slice");
  // The row and the whole of 1024 * 64 * 2 bytes.
  EXPECT_EQ(demand.readBytes, Count(128 + 131072));
  EXPECT_EQ(demand.writtenBytes, Count(131072));
}

TEST_F(Tensor, UpdateOfAConstantCopies) {
  Demand demand = demandOf(R"(
    func.func @f(%row: tensor<1x64xf16>) -> tensor<8x64xf16> {
      %a = arith.constant dense<0.0> : tensor<8x64xf16>
      %0 = tensor.insert_slice %row into %a[7, 0] [1, 64] [1, 1]
          : tensor<1x64xf16> into tensor<8x64xf16>
      return %0 : tensor<8x64xf16>
    })",
                           "tensor.insert_slice");
  EXPECT_EQ(demand.writtenBytes, Count(1024));
}

TEST_F(Tensor, UpdateThroughAViewCopies) {
  // The reshaped tensor is the same memory, and it is used afterwards.
  Demand demand = demandOf(R"(
    func.func @f(%a: tensor<8x64xf16>, %row: tensor<1x64xf16>)
        -> (tensor<8x64xf16>, tensor<512xf16>) {
      %flat = tensor.collapse_shape %a [[0, 1]]
          : tensor<8x64xf16> into tensor<512xf16>
      %0 = tensor.insert_slice %row into %a[7, 0] [1, 64] [1, 1]
          : tensor<1x64xf16> into tensor<8x64xf16>
      return %0, %flat : tensor<8x64xf16>, tensor<512xf16>
    })",
                           "tensor.insert_slice");
  EXPECT_EQ(demand.writtenBytes, Count(1024));
}

TEST_F(Tensor, GatherAndScatterTouchTheirRows) {
  parse(R"(
    func.func @f(%table: tensor<1000x64xf32>, %ids: tensor<8x1xi32>,
                 %updates: tensor<8x1x64xf32>, %acc: tensor<1000x64xf32>) {
      %0 = tensor.gather %table[%ids] gather_dims([0])
          : (tensor<1000x64xf32>, tensor<8x1xi32>) -> tensor<8x1x64xf32>
      %1 = tensor.scatter %updates into %acc[%ids] scatter_dims([0]) unique
          : (tensor<8x1x64xf32>, tensor<1000x64xf32>, tensor<8x1xi32>)
          -> tensor<1000x64xf32>
      return
    })");
  KnownOr<Demand> gather = demand("tensor.gather");
  KnownOr<Demand> scatter = demand("tensor.scatter");
  ASSERT_TRUE(gather && scatter);
  EXPECT_EQ(gather->structure, Structure::GatherScatter);
  // 8 rows of 64 elements of 4 bytes, and 8 indices of 4 bytes.
  EXPECT_EQ(gather->readBytes, Count(2048 + 32));
  EXPECT_EQ(gather->writtenBytes, Count(2048));
  EXPECT_EQ(scatter->readBytes, Count(2048 + 32));
  EXPECT_EQ(scatter->writtenBytes, Count(2048));
}

TEST_F(Tensor, PadConcatSplat) {
  parse(R"(
    func.func @f(%a: tensor<6x6xf32>, %zero: f32) {
      %0 = tensor.pad %a low[1, 1] high[1, 1] {
      ^bb0(%i: index, %j: index):
        tensor.yield %zero : f32
      } : tensor<6x6xf32> to tensor<8x8xf32>
      %1 = tensor.concat dim(0) %a, %a
          : (tensor<6x6xf32>, tensor<6x6xf32>) -> tensor<12x6xf32>
      %2 = tensor.splat %zero : tensor<8x8xf32>
      return
    })");
  KnownOr<Demand> pad = demand("tensor.pad");
  KnownOr<Demand> concat = demand("tensor.concat");
  KnownOr<Demand> splat = demand("tensor.splat");
  ASSERT_TRUE(pad && concat && splat);
  // 36 elements in, 64 out; 36 in, 72 out; 64 out; 4 bytes each.
  EXPECT_EQ(pad->readBytes, Count(144));
  EXPECT_EQ(pad->writtenBytes, Count(256));
  EXPECT_EQ(concat->readBytes, Count(144));
  EXPECT_EQ(concat->writtenBytes, Count(288));
  EXPECT_EQ(splat->readBytes, Count(0));
  EXPECT_EQ(splat->writtenBytes, Count(256));
}

TEST_F(Tensor, GenerateRunsItsBody) {
  Demand demand = demandOf(R"(
    func.func @f(%table: tensor<4xf32>) -> tensor<16xf32> {
      %0 = tensor.generate {
      ^bb0(%i: index):
        %four = arith.constant 4 : index
        %j = arith.remui %i, %four : index
        %x = tensor.extract %table[%j] : tensor<4xf32>
        %y = math.exp %x : f32
        tensor.yield %y : f32
      } : tensor<16xf32>
      return %0 : tensor<16xf32>
    })",
                           "tensor.generate");
  EXPECT_EQ(ops(demand, Unit::Special, ElementType::F32), Count(16));
  // 16 elements are fetched, but the table has only 4 of 4 bytes.
  EXPECT_EQ(demand.readBytes, Count(16));
  EXPECT_EQ(demand.writtenBytes, Count(64));
}

TEST_F(Tensor, Buffers) {
  parse(R"(
    func.func @f(%a: memref<8x16xf32>, %b: memref<?x16xf32>, %i: index,
                 %tag: memref<1xi32>) {
      memref.copy %a, %b : memref<8x16xf32> to memref<?x16xf32>
      %0 = memref.load %a[%i, %i] : memref<8x16xf32>
      memref.store %0, %a[%i, %i] : memref<8x16xf32>
      %n = arith.constant 32 : index
      memref.dma_start %a[%i, %i], %b[%i, %i], %n, %tag[%i]
          : memref<8x16xf32>, memref<?x16xf32>, memref<1xi32>
      return
    })");
  // The copy: 128 elements, known from the source; then one; then 32.
  std::pair<llvm::StringRef, std::pair<uint64_t, uint64_t>> expected[] = {
      {"memref.copy", {512, 512}},
      {"memref.load", {4, 0}},
      {"memref.store", {0, 4}},
      {"memref.dma_start", {128, 128}}};
  for (auto [name, bytes] : expected) {
    KnownOr<Demand> known = demand(name);
    ASSERT_TRUE(known) << name.str();
    EXPECT_EQ(known->readBytes, Count(bytes.first)) << name.str();
    EXPECT_EQ(known->writtenBytes, Count(bytes.second)) << name.str();
  }
}

TEST_F(Tensor, AllocationWithContentsCopies) {
  parse(R"(
    func.func @f(%a: tensor<64xf32>, %m: memref<64xf32>) {
      %0 = bufferization.alloc_tensor() : tensor<64xf32>
      %1 = bufferization.alloc_tensor() copy(%a) : tensor<64xf32>
      bufferization.materialize_in_destination %a in restrict writable %m
          : (tensor<64xf32>, memref<64xf32>) -> ()
      return
    })");
  KnownOr<Demand> empty = demand("bufferization.alloc_tensor");
  KnownOr<Demand> copy = demand("bufferization.alloc_tensor", 1);
  KnownOr<Demand> store = demand("bufferization.materialize_in_destination");
  ASSERT_TRUE(empty && copy && store);
  EXPECT_EQ(empty->totalBytes(), Count(0));
  EXPECT_EQ(copy->totalBytes(), Count(512));
  EXPECT_EQ(store->readBytes, Count(256));
  EXPECT_EQ(store->writtenBytes, Count(256));
}

TEST_F(Tensor, DynamicSliceIsUnknown) {
  Unknown unknown = unknownOf(R"(
    func.func @f(%a: tensor<1024xf16>, %n: index) -> tensor<?xf16> {
      %0 = tensor.extract_slice %a[0] [%n] [1] : tensor<1024xf16> to tensor<?xf16>
      return %0 : tensor<?xf16>
    })",
                              "tensor.extract_slice");
  EXPECT_EQ(unknown.kind, UnknownKind::Dynamic);
}

} // namespace
