//===- TargetFileTest.cpp - Reading and checking of target files ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetFiles.h"

using namespace roofline;

namespace {

/// Lines 1 to 5 of most files below.
constexpr llvm::StringLiteral header = R"(name: t
title: Test
vendor: test
source: s
sources: {s: {title: Source, date: 2026-01, confidence: datasheet}}
)";

class TargetFile : public TargetFiles {
protected:
  /// What is wrong with the header and `body`, which starts in line 6.
  std::string complaintAbout(llvm::StringRef body) {
    return complaint((header + body).str());
  }
};

} // namespace

TEST_F(TargetFile, IsRead) {
  auto target = load((header + R"(
architecture: x1
units:
  matrix:
    rates:
      bf16: 100 TFLOP/s
      f8: {value: 200 TFLOP/s, date: 2026-02-03, confidence: inferred,
           note: twice}
memory:
  technology: HBM9
  bandwidth: 1 TB/s
)")
                         .str());
  ASSERT_TRUE(bool(target)) << llvm::toString(target.takeError());
  EXPECT_EQ((*target)->getArchitecture(), "x1");
  const TargetFact *rate = (*target)->findFact("units.matrix.rates.bf16");
  ASSERT_NE(rate, nullptr);
  EXPECT_EQ(rate->text, "100 TFLOP/s");
  EXPECT_EQ(rate->value, 100e12);
  EXPECT_EQ(rate->source->title, "Source");
  EXPECT_EQ(rate->date, "2026-01");
  EXPECT_EQ(rate->confidence, Confidence::Datasheet);
  EXPECT_EQ(rate->where.line, 11u);
  EXPECT_EQ(rate->where.column, 13u);
  const TargetFact *other = (*target)->findFact("units.matrix.rates.f8");
  ASSERT_NE(other, nullptr);
  EXPECT_EQ(other->date, "2026-02-03");
  EXPECT_EQ(other->confidence, Confidence::Inferred);
  EXPECT_EQ(other->note, "twice");
  EXPECT_EQ((*target)->findFact("memory.technology")->text, "HBM9");
}

TEST_F(TargetFile, InnermostSourceHolds) {
  auto target = load(R"(name: t
title: Test
vendor: test
memory:
  source: b
  bandwidth: 1 TB/s
  capacity: {value: 1 GB, source: c}
tdp: 100 W
source: a
sources:
  a: {title: A, confidence: datasheet}
  b: {title: B, confidence: paper}
  c: {title: C, confidence: measured}
)");
  ASSERT_TRUE(bool(target)) << llvm::toString(target.takeError());
  EXPECT_EQ((*target)->findFact("tdp")->source->id, "a");
  EXPECT_EQ((*target)->findFact("memory.bandwidth")->source->id, "b");
  EXPECT_EQ((*target)->findFact("memory.capacity")->source->id, "c");
}

// One diagnostic for each kind of mistake: place, cause, remedy.

TEST_F(TargetFile, UnknownKeyOffersTheNearest) {
  EXPECT_EQ(complaintAbout("memory:\n  bandwith: 1 TB/s\n"),
            "t.yaml:7:3: error: unknown key 'bandwith' in 'memory'; did you "
            "mean 'bandwidth'?");
  EXPECT_EQ(complaintAbout("units: {matrix: {rates: {bf17: 1 TFLOP/s}}}\n"),
            "t.yaml:6:26: error: unknown key 'bf17' in 'units.matrix.rates'; "
            "did you mean 'bf16' or 'f16'?");
  EXPECT_EQ(complaintAbout("launch: {price: 3}\n"),
            "t.yaml:6:10: error: unknown key 'price' in 'launch'; known keys "
            "are 'floor' and 'submit'");
  EXPECT_EQ(complaintAbout("tdp: {value: 1 W, valeu: 2 W}\n"),
            "t.yaml:6:19: error: unknown key 'valeu' in 'tdp'; did you mean "
            "'value'?");
  EXPECT_EQ(complaintAbout("tdp: {value: 9 W, note: one, and two}\n"),
            "t.yaml:6:30: error: unknown key 'and two' in 'tdp'; put text with "
            "a comma in quotes");
}

TEST_F(TargetFile, KeyWithDotsIsNoPath) {
  EXPECT_EQ(complaintAbout("memory.bandwidth: 1 TB/s\n").substr(0, 52),
            "t.yaml:6:1: error: unknown key 'memory.bandwidth'; k");
}

TEST_F(TargetFile, DuplicateKey) {
  EXPECT_EQ(complaintAbout("memory:\n  bandwidth: 1 TB/s\n"
                           "  bandwidth: 2 TB/s\n"),
            "t.yaml:8:3: error: duplicate key 'bandwidth' in 'memory'; it was "
            "given in line 7 already, keep one of them");
  EXPECT_EQ(complaintAbout("title: Again\n"),
            "t.yaml:6:1: error: duplicate key 'title'; it was given in line 2 "
            "already, keep one of them");
}

TEST_F(TargetFile, RequiredKeys) {
  EXPECT_EQ(complaint("nmae: t\n"), "t.yaml:1:1: error: unknown key 'nmae'; "
                                    "did you mean 'name'?");
  EXPECT_EQ(complaint("title: T\n"),
            "t.yaml: error: missing key 'name'; add the target's name");
  EXPECT_EQ(complaint("name: t\nvendor: v\n"),
            "t.yaml:1:7: error: target 't' has no 'title'; add it");
  EXPECT_EQ(complaintAbout("tdp: {source: s}\n"),
            "t.yaml:6:6: error: 'tdp' has no 'value'; add 'value: ...' with a "
            "power");
  EXPECT_EQ(complaint("name: t\nsources: {s: {title: T}}\n"),
            "t.yaml:2:11: error: source 's' has no 'confidence'; add it");
}

TEST_F(TargetFile, WrongUnit) {
  EXPECT_EQ(complaintAbout("memory: {bandwidth: 4.8 TB}\n"),
            "t.yaml:6:21: error: 'memory.bandwidth': '4.8 TB' is a size in "
            "bytes; expected bytes per second (B/s, decimal with k, M, G, T or "
            "P, binary with Ki, Mi, Gi or Ti)");
  EXPECT_EQ(complaintAbout("tdp:\n  value: 4 Wh\n"),
            "t.yaml:7:10: error: 'tdp': unknown unit 'Wh'; expected a power "
            "(W or kW)");
}

TEST_F(TargetFile, NegativeZeroAndAbsurdNumbers) {
  EXPECT_EQ(complaintAbout("tdp: -5 W\n"),
            "t.yaml:6:6: error: 'tdp': '-5 W' is negative; expected a power (W "
            "or kW) above zero");
  EXPECT_EQ(complaintAbout("tdp: 0 W\n"),
            "t.yaml:6:6: error: 'tdp': '0 W' is not plausible; expected 1 W to "
            "100000 W, check the number and its unit");
  EXPECT_EQ(complaintAbout("clocks: {matrix: 1.83 MHz}\n"),
            "t.yaml:6:18: error: 'clocks.matrix': '1.83 MHz' is not plausible; "
            "expected 100 MHz to 10 GHz, check the number and its unit");
  EXPECT_EQ(complaintAbout("cores: {matrix: .nan}\n"),
            "t.yaml:6:17: error: 'cores.matrix': '.nan' is not a finite "
            "number; expected a whole number");
  EXPECT_EQ(complaintAbout("cores: {matrix: 13.2}\n"),
            "t.yaml:6:17: error: 'cores.matrix': '13.2' is not whole; expected "
            "a whole number");
}

TEST_F(TargetFile, WrongKindOfNode) {
  EXPECT_EQ(complaintAbout("tdp: [1 W, 2 W]\n"),
            "t.yaml:6:6: error: 'tdp' holds one value, found a list; write a "
            "power or a mapping with 'value' and 'source'");
  EXPECT_EQ(complaintAbout("memory: fast\n"),
            "t.yaml:6:9: error: 'memory' holds keys, found text; write 'key: "
            "value' lines below it");
  EXPECT_EQ(complaintAbout("title2:\n"),
            "t.yaml:6:1: error: unknown key 'title2'; did you mean 'title'?");
  EXPECT_EQ(complaintAbout("tdp: {value: [1]}\n"),
            "t.yaml:6:14: error: 'tdp.value' holds one value, found a list; "
            "write a power");
  EXPECT_EQ(complaintAbout("tdp: &a 1 W\n"),
            "t.yaml:6:9: error: anchors and aliases are not supported; write "
            "the value out");
  EXPECT_EQ(complaintAbout("[a]: 1 W\n"),
            "t.yaml:6:1: error: expected a key, found a list; write 'key: "
            "value'");
  EXPECT_EQ(complaintAbout("tdp: \"\"\n"),
            "t.yaml:6:6: error: 'tdp' is empty; write a power or a mapping "
            "with 'value' and 'source'");
}

TEST_F(TargetFile, WrongDocument) {
  EXPECT_EQ(complaint(""),
            "t.yaml: error: file is empty; expected keys such as 'name'");
  EXPECT_EQ(complaint("# only a comment\n"),
            "t.yaml: error: file is empty; expected keys such as 'name'");
  EXPECT_EQ(complaint("- name: t\n"),
            "t.yaml:1:1: error: expected keys such as 'name', found a list; is "
            "it a target file?");
  EXPECT_EQ(complaint("<html><body>404</body></html>\n"),
            "t.yaml:1:1: error: expected keys such as 'name', found text; is "
            "it a target file?");
  EXPECT_EQ(complaintAbout("---\nname: u\n"),
            "t.yaml:7:1: error: a second document starts here; keep one "
            "document per file");
  EXPECT_EQ(complaintAbout("tdp: {value: 1 W\n").substr(0, 30),
            "t.yaml:6:17: error: not valid ");
  EXPECT_EQ(complaint(std::string(2 << 20, 'a')),
            "t.yaml: error: file has 2097152 bytes, more than the 1048576 of "
            "any target file; is it the right one?");
}

TEST_F(TargetFile, DeepNestingIsRefusedWhereItStarts) {
  EXPECT_EQ(complaint(std::string(200000, '[')),
            "t.yaml:1:1: error: expected keys such as 'name', found a list; is "
            "it a target file?");
  EXPECT_EQ(complaintAbout("tdp: " + std::string(200000, '{')).substr(0, 33),
            "t.yaml:6:7: error: not valid YAML");
  std::string lists;
  for (int i = 0; i < 100000; ++i)
    lists += "- ";
  EXPECT_EQ(complaintAbout("memory:\n  " + lists + "x\n"),
            "t.yaml:7:3: error: 'memory' holds keys, found a list; write 'key: "
            "value' lines below it");
}

TEST_F(TargetFile, Sources) {
  EXPECT_EQ(complaintAbout("tdp: {value: 1 W, source: sx}\n"),
            "t.yaml:6:27: error: source 'sx' is not listed under 'sources'; "
            "known sources are 's'");
  EXPECT_EQ(complaint("name: t\ntitle: T\nvendor: v\ntdp: 1 W\n"),
            "t.yaml:4:6: error: 'tdp' has no source; name one with 'source' at "
            "the number, in its section or at the top of the file");
  EXPECT_EQ(complaintAbout("tdp: {value: 1 W, confidence: sure}\n"),
            "t.yaml:6:31: error: unknown confidence 'sure'; expected "
            "'datasheet', 'paper', 'measured', 'third-party' or 'inferred'");
  EXPECT_EQ(complaintAbout("tdp: {value: 1 W, date: 2026-13}\n"),
            "t.yaml:6:25: error: '2026-13' is not a date; write YYYY, YYYY-MM "
            "or YYYY-MM-DD");
}

TEST_F(TargetFile, LowConfidence) {
  auto target = load((header + "confidence: low\nreason: a rumour\n").str());
  ASSERT_TRUE(bool(target)) << llvm::toString(target.takeError());
  EXPECT_EQ((*target)->getLowConfidenceReason(), "a rumour");
  EXPECT_EQ(complaintAbout("confidence: low\n"),
            "t.yaml:6:1: error: low confidence without 'reason'; say why");
  EXPECT_EQ(complaintAbout("reason: why\n"),
            "t.yaml:6:1: error: 'reason' belongs to 'confidence: low'; add it, "
            "or use 'note' of a number");
  EXPECT_EQ(complaintAbout("confidence: high\n"),
            "t.yaml:6:13: error: confidence of a file is 'low' or not given, "
            "found 'high'; state others per number");
}

TEST_F(TargetFile, Substitutes) {
  EXPECT_EQ(complaintAbout("units: {vector: {substitute: {bf16: f33}}}\n"),
            "t.yaml:6:37: error: 'units.vector.substitute.bf16': unknown "
            "element type 'f33'; did you mean 'f32', 'f16' or 'f64'?");
  EXPECT_EQ(complaintAbout("units:\n  vector:\n    substitute:\n"
                           "      i4: i8\n      i8: i4\n"),
            "t.yaml:10:11: error: 'units.vector.substitute.i8' leads back to "
            "itself: i8 -> i4 -> i8; let one of them name a type that has a "
            "rate");
  EXPECT_EQ(complaintAbout("units: {vector: {substitute: {bf16: f32}}}\n"),
            "t.yaml:6:37: error: 'units.vector.substitute.bf16' leads to "
            "'f32', which has neither a rate nor a substitute on this unit; "
            "name a type that has a rate");
}

// Self-checks: which numbers disagree, and by how much.

TEST_F(TargetFile, PeakIsCoresTimesOperationsTimesClock) {
  // 10 x 1000 x 1 GHz = 10 TOP/s.
  std::string parts = "cores: {matrix: 10}\nclocks: {matrix: 1 GHz}\n"
                      "units: {matrix: {per_clock: {bf16: 1000 OP/clk}, "
                      "rates: {bf16: ";
  EXPECT_EQ(complaintAbout(parts + "10.1 TOP/s}}}\n"), "");
  EXPECT_EQ(complaintAbout(parts + "11 TOP/s}}}\n"),
            "t.yaml:8:64: error: 'units.matrix.rates.bf16' is 11 TOP/s, but 10 "
            "cores x 1000 OP/clk x 1 GHz make 10 TOP/s (10 % apart, 2 % "
            "allowed); correct the wrong figure, or state the reason as "
            "'deviation' of 'units.matrix.rates.bf16'");
  EXPECT_EQ(complaintAbout(parts + "{value: 11 TOP/s, deviation: why}}}}\n"),
            "");
  EXPECT_EQ(complaintAbout(parts + "{value: 10 TOP/s, deviation: why}}}}\n"),
            "t.yaml:8:72: error: 'units.matrix.rates.bf16' states a "
            "'deviation', but no check fails on it; remove the key, or make it "
            "a 'note'");
}

TEST_F(TargetFile, BandwidthIsBusTimesPinRate) {
  // 4096 bit x 3.2 Gb/s / 8 = 1638.4 GB/s.
  EXPECT_EQ(complaintAbout("memory:\n  bus_width: 4096 bit\n"
                           "  pin_rate: 3.2 Gb/s\n  bandwidth: 1.2 TB/s\n"),
            "t.yaml:9:14: error: 'memory.bandwidth' is 1.2 TB/s, but 4096 bit "
            "x 3.2 Gb/s make 1.6384 TB/s (26.8 % apart, 2 % allowed); correct "
            "the wrong figure, or state the reason as 'deviation' of "
            "'memory.bandwidth'");
}

TEST_F(TargetFile, MeasuredIsNotAbovePeak) {
  EXPECT_EQ(complaintAbout("memory:\n  bandwidth: 1 TB/s\n"
                           "  measured_bandwidth: 1.1 TB/s\n"),
            "t.yaml:8:23: error: 'memory.measured_bandwidth' is 1.1 TB/s, but "
            "the peak 'memory.bandwidth' is only 1 TB/s; correct the wrong "
            "figure, or state the reason as 'deviation' of "
            "'memory.measured_bandwidth'");
}

TEST_F(TargetFile, EfficiencyIsAFraction) {
  auto target = load((header + R"(
units:
  matrix:
    rates: {bf16: 100 TFLOP/s}
    efficiency: {bf16: 0.8}
memory: {bandwidth: 1 TB/s, efficiency: 0.75}
launch: {floor: 2 us, submit: 5 us}
)")
                         .str());
  ASSERT_TRUE(bool(target)) << llvm::toString(target.takeError());
  const Machine &machine = (*target)->getMachine();
  EXPECT_EQ(*machine.efficiency({Unit::Matrix, ElementType::BF16}), 0.8);
  EXPECT_EQ(machine.hbmEfficiency, 0.75);
  EXPECT_EQ(machine.launchSeconds, 2e-6);
  EXPECT_EQ(machine.submitSeconds, 5e-6);
  EXPECT_EQ(complaintAbout("memory: {efficiency: 75}\n"),
            "t.yaml:6:22: error: 'memory.efficiency': '75' is not plausible; "
            "expected 0.05 to 1, check the number and its unit");
}

TEST_F(TargetFile, EfficiencyIsNotAboveTheBestMeasurement) {
  // 80 of 100 TOP/s is 0.8, and 0.7 of 1 TB/s is 0.7.
  std::string body = "units:\n  matrix:\n    rates: {bf16: 100 TOP/s}\n"
                     "    measured: {bf16: 80 TOP/s}\n    efficiency: {bf16: ";
  EXPECT_EQ(complaintAbout(body + "0.81}\n"), "");
  EXPECT_EQ(complaintAbout(body + "0.9}\n"),
            "t.yaml:10:24: error: 'units.matrix.efficiency.bf16' is 0.9, but "
            "the best measurement 'units.matrix.measured.bf16' of 80 TOP/s is "
            "0.8 of the peak 'units.matrix.rates.bf16'; correct the wrong "
            "figure, or state the reason as 'deviation' of "
            "'units.matrix.efficiency.bf16'");
  EXPECT_EQ(complaintAbout("memory:\n  bandwidth: 1 TB/s\n"
                           "  measured_bandwidth: 0.7 TB/s\n"
                           "  efficiency: 0.8\n"),
            "t.yaml:9:15: error: 'memory.efficiency' is 0.8, but the best "
            "measurement 'memory.measured_bandwidth' of 0.7 TB/s is 0.7 of the "
            "peak 'memory.bandwidth'; correct the wrong figure, or state the "
            "reason as 'deviation' of 'memory.efficiency'");
}

TEST_F(TargetFile, AdvertisedIsTheRate) {
  EXPECT_EQ(complaintAbout("units:\n  matrix:\n    rates: {f16: 100 TOP/s}\n"
                           "    advertised: {f16: 110 TOP/s}\n"),
            "t.yaml:9:23: error: 'units.matrix.advertised.f16' is 110 TOP/s, "
            "but 'units.matrix.rates.f16' is 100 TOP/s (10 % apart, 2 % "
            "allowed); correct the wrong figure, or state the reason as "
            "'deviation' of 'units.matrix.advertised.f16'");
}

TEST_F(TargetFile, NarrowTypesRunAtOnceOrTwiceTheRate) {
  EXPECT_EQ(complaintAbout("units:\n  matrix:\n    rates:\n"
                           "      bf16: 100 TOP/s\n      i8: 400 TOP/s\n"),
            "t.yaml:10:11: error: 'units.matrix.rates.i8' is 400 TOP/s, but "
            "that is 4 times 'units.matrix.rates.bf16', where an 8-bit type "
            "runs at 1 or 2 times a 16-bit one; correct the wrong figure, or "
            "state the reason as 'deviation' of 'units.matrix.rates.i8'");
}

TEST_F(TargetFile, RidgePointIsSane) {
  EXPECT_EQ(complaintAbout("units: {matrix: {rates: {bf16: 100 TOP/s}}}\n"
                           "memory: {bandwidth: 50 GB/s}\n"),
            "t.yaml:7:21: error: 'memory.bandwidth' is 50 GB/s, but with the "
            "bf16 matrix peak it makes a ridge point of 2000 operations per "
            "byte, outside of 5 to 1000; correct the wrong figure, or state "
            "the reason as 'deviation' of 'memory.bandwidth'");
}

TEST_F(TargetFile, TppIsTheLargestRateTimesBits) {
  EXPECT_EQ(complaintAbout("units: {matrix: {rates: {bf16: 100 TOP/s, "
                           "f8: 100 TOP/s}}}\ntpp: 1600\n"),
            "");
  // A sparse figure doubles it.
  EXPECT_EQ(complaintAbout("units: {matrix: {rates: {bf16: 100 TOP/s, "
                           "f8: 100 TOP/s}}}\ntpp: 3200\n"),
            "t.yaml:7:6: error: 'tpp' is 3200, but the largest advertised "
            "dense rate times bits is 100 TOP/s of matrix_bf16 x 16 = 1600 "
            "(100 % apart, 0.5 % allowed); correct the wrong figure, or state "
            "the reason as 'deviation' of 'tpp'");
}
