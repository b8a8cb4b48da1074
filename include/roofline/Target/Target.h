//===- Target.h - A named machine with its sources --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TARGET_TARGET_H
#define ROOFLINE_TARGET_TARGET_H

#include "roofline/Model/FileError.h"
#include "roofline/Model/Machine.h"
#include "roofline/Target/Quantity.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// How well a number is founded, best first.
enum class Confidence {
  Datasheet,  ///< The vendor's datasheet, documentation or own tools.
  Paper,      ///< A paper.
  Measured,   ///< A published measurement.
  ThirdParty, ///< An article or table by others.
  Inferred,   ///< Arithmetic on other figures; the note says which.
};

/// `datasheet`, `paper`, `measured`, `third-party`, `inferred`.
llvm::StringRef stringify(Confidence confidence);
std::optional<Confidence> parseConfidence(llvm::StringRef text);

/// A publication that numbers are taken from.
struct Source {
  /// The name that numbers of the file refer to it by.
  std::string id;
  std::string title;
  /// Empty where there is none.
  std::string url;
  /// ISO date of publication or reading, as precise as known: `2024-11`.
  std::string date;
  /// Of the numbers that state none themselves.
  Confidence confidence = Confidence::ThirdParty;
};

/// One stated fact of a target file with where it comes from.
struct TargetFact {
  /// The keys that lead to it: `units.matrix.rates.bf16`.
  std::string path;
  Dimension dimension;
  /// As written: `989.4 TFLOP/s`, `HBM3e`.
  std::string text;
  /// In base units; absent for words.
  std::optional<double> value;
  std::shared_ptr<const Source> source;
  std::string date;
  Confidence confidence;
  /// Empty where there is none.
  std::string note;
  /// Why a self-check fails on this fact; empty where none does.
  std::string deviation;
  /// Where it is written; another file than the target's where inherited.
  FileLocation where;
  /// The target whose file states it.
  std::string statedBy;

  /// The value of a quantity, in base units; NaN of words.
  double getQuantity() const {
    return value.value_or(std::numeric_limits<double>::quiet_NaN());
  }
};

/// A named machine with its sources, validated and immutable.
class Target {
public:
  /// What a target is made of: what its file and those it extends state.
  struct Contents {
    std::string name;
    std::string title;
    std::string vendor;
    std::string architecture;
    /// Where the file itself states its name.
    FileLocation where;
    /// Set where the file as a whole has low confidence.
    std::optional<std::string> lowConfidenceReason;
    /// In the order of the schema, no path twice.
    std::vector<TargetFact> facts;
  };

  /// Derives the machine and runs the self-checks. Fails on a cyclic
  /// substitute and on figures that disagree without a stated reason.
  static llvm::Expected<std::shared_ptr<const Target>>
  create(Contents contents);

  /// `h200`.
  llvm::StringRef getName() const { return contents.name; }
  /// `NVIDIA H200 SXM`.
  llvm::StringRef getTitle() const { return contents.title; }
  /// `nvidia`.
  llvm::StringRef getVendor() const { return contents.vendor; }
  /// The generation that kernels are written for: `sm90`, `ascend-a2`.
  llvm::StringRef getArchitecture() const { return contents.architecture; }
  const FileLocation &getLocation() const { return contents.where; }

  /// True where the file as a whole is not to be trusted with times.
  bool isLowConfidence() const {
    return contents.lowConfidenceReason.has_value();
  }
  /// Why; empty where confidence is not low.
  llvm::StringRef getLowConfidenceReason() const {
    return contents.lowConfidenceReason
               ? llvm::StringRef(*contents.lowConfidenceReason)
               : llvm::StringRef();
  }

  /// The numbers that the time models use, in SI base units.
  const Machine &getMachine() const { return machine; }

  /// Every stated fact with its source, in the order of the schema.
  llvm::ArrayRef<TargetFact> getFacts() const { return contents.facts; }
  /// The fact of `path`, or null.
  const TargetFact *findFact(llvm::StringRef path) const;
  /// The value of `path` in base units, if stated.
  std::optional<double> getValue(llvm::StringRef path) const;

  /// The dense rate that the vendor advertises, operations per second: that
  /// listed under `advertised`, else the rate that the model uses.
  std::optional<double> getAdvertisedRate(UnitType where) const;
  /// Total processing performance, as export control counts it: dense TOP/s
  /// times the bit width.
  std::optional<double> getTpp() const { return getValue("tpp"); }

private:
  Target(Contents contents);

  Contents contents;
  llvm::StringMap<size_t> factIndex;
  Machine machine;
};

/// Fails where `target` has low confidence and `allowLowConfidence` is not
/// given; the message says why and how to proceed.
llvm::Error checkAllowedForTimes(const Target &target, bool allowLowConfidence);

} // namespace roofline

#endif // ROOFLINE_TARGET_TARGET_H
