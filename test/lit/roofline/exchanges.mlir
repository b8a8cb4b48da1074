// Times of exchanges of 1024 x 16384 x 2 bytes, 33,554,432, on chips whose own are
// not measured (T26, T27).

// A mesh of eight with 196 GB/s: each sends 2 x 7/8 of it at 196 x 0.78 / (1 + 0.36
// / 7) x 1.1 = 159.94 GB/s, 367.1 us after 4.2 + 2 x 0.85 + 18 us.
// RUN: roofline report %s --entry=eight --target=ascend-910b2,ascend-910b3 --format=json --view=kernels | FileCheck %s --check-prefix=EIGHT
// EIGHT: "seconds": 3.910338e-04
// EIGHT: "interval_seconds": {
// EIGHT-NEXT: "low": 3.28
// EIGHT-NEXT: "high": 7.97
// EIGHT: "calibration": null

// Two of them have 28 GB/s between each other: 28 x 0.78 / 1.36 x 1.1 = 17.66 GB/s.
// RUN: roofline report %s --entry=two --target=ascend-910b2 --format=json --view=kernels | FileCheck %s --check-prefix=TWO
// TWO: "seconds": 1.9234

// 16 are two servers: 2 x 15/16 within take 393.4 us, longer than 1/16 of twice as
// much on 25 GB/s; two steps a pass.
// RUN: roofline report %s --entry=sixteen --target=ascend-910b2 --format=json --view=kernels | FileCheck %s --check-prefix=SIXTEEN
// SIXTEEN: "seconds": 4.1895

// 16 dies of a supernode are in one domain, 30 steps of a ring: 25.5 us.
// 2 x 15/16 at 196 x 0.78 / (1 + 0.36 / 15) x 1.1 = 164.2 GB/s, 383.1 us.
// RUN: roofline report %s --entry=sixteen --target=ascend-910c-die --format=json --view=kernels | FileCheck %s --check-prefix=DIES
// DIES: "seconds": 4.3079

// A B300 is measured within its domain of eight (a B200 is); nothing is known of
// the link beyond.
// RUN: roofline report %s --entry=eight --target=b300 --format=json --view=kernels | FileCheck %s --check-prefix=B300
// B300: "calibration": "collective"
// RUN: roofline report %s --entry=sixteen --target=b300 | FileCheck %s --check-prefix=BEYOND
// BEYOND: kernels and as-is are unknown: the bandwidth of the scale-out link is not known
// BEYOND: A31 exchanges: links are in times of kernels

// A chip that nothing is known of how it runs has no time, nor has a permutation.
// RUN: roofline report %s --entry=eight --target=ascend-950dt --allow-low-confidence | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: kernels and as-is are unknown:
// RUN: roofline report %s --entry=permute --target=h200 | FileCheck %s --check-prefix=PERMUTE
// PERMUTE: kernels and as-is are unknown: the graph does not tell which devices

func.func @eight(%x: tensor<1024x16384xbf16>) -> tensor<1024x16384xbf16> {
  %0 = "stablehlo.all_reduce"(%x) <{replica_groups = dense<[[0, 1, 2, 3, 4, 5, 6, 7]]> : tensor<1x8xi64>}> ({
  ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
    %c = stablehlo.add %a, %b : tensor<bf16>
    stablehlo.return %c : tensor<bf16>
  }) : (tensor<1024x16384xbf16>) -> tensor<1024x16384xbf16>
  return %0 : tensor<1024x16384xbf16>
}

func.func @two(%x: tensor<1024x16384xbf16>) -> tensor<1024x16384xbf16> {
  %0 = "stablehlo.all_reduce"(%x) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
  ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
    %c = stablehlo.add %a, %b : tensor<bf16>
    stablehlo.return %c : tensor<bf16>
  }) : (tensor<1024x16384xbf16>) -> tensor<1024x16384xbf16>
  return %0 : tensor<1024x16384xbf16>
}

func.func @sixteen(%x: tensor<1024x16384xbf16>) -> tensor<1024x16384xbf16> {
  %0 = "stablehlo.all_reduce"(%x) <{replica_groups = dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]]> : tensor<1x16xi64>}> ({
  ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
    %c = stablehlo.add %a, %b : tensor<bf16>
    stablehlo.return %c : tensor<bf16>
  }) : (tensor<1024x16384xbf16>) -> tensor<1024x16384xbf16>
  return %0 : tensor<1024x16384xbf16>
}

func.func @permute(%x: tensor<1024x16384xbf16>) -> tensor<1024x16384xbf16> {
  %0 = "stablehlo.collective_permute"(%x) <{source_target_pairs = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>}>
      : (tensor<1024x16384xbf16>) -> tensor<1024x16384xbf16>
  return %0 : tensor<1024x16384xbf16>
}
