//===- Machine.h - The hardware model of a target ---------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The numbers of a target that the time models use, in SI base units. Where
// they come from, and how a file is checked, is the business of Target/.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_MACHINE_H
#define ROOFLINE_MODEL_MACHINE_H

#include "roofline/Model/ElementType.h"
#include "roofline/Model/TimeModel.h"
#include "roofline/Model/Unknown.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// The rate that work of a type runs at on a machine.
struct Rate {
  /// Dense peak, operations per second.
  double opsPerSecond;
  /// The type that the work really runs as: another one than asked for where
  /// the machine lacks it and its file names a substitute.
  ElementType runsAs;
};

/// One level of the memory hierarchy. A figure that is not known is absent.
struct MemoryLevel {
  /// `hbm`, `l2`, ...; `hbm` is the off-chip memory whatever its technology.
  std::string name;
  /// Bytes of all instances of one device together.
  std::optional<double> capacityBytes;
  /// Bytes per second of all instances of one device together.
  std::optional<double> bytesPerSecond;
};

/// A link between devices, per direction and device.
struct Link {
  std::string name;
  std::optional<double> bytesPerSecond;
  std::optional<double> latencySeconds;
  /// Devices that it joins, this one included.
  std::optional<double> devices = std::nullopt;
  /// Whether each of them has a part of it to every other one, which nobody
  /// else can use; else all of it leads to a switch.
  bool isMesh = false;
};

/// The hardware model that a target file describes. Dense figures only.
class Machine {
public:
  /// Peak rates, operations per second, of what the machine has itself.
  std::map<UnitType, double> rates;
  /// What an absent type of a unit runs as. Followed until a rate is found.
  std::map<UnitType, ElementType> substitutes;
  /// Fractions of the peak rates that large kernels of libraries reach, above 0
  /// and at most 1, of types that have a rate. `efficiency` answers for the
  /// others.
  std::map<UnitType, double> efficiencies;
  /// Off-chip memory.
  MemoryLevel hbm;
  /// Fraction of the bandwidth of off-chip memory that large kernels reach,
  /// above 0 and at most 1.
  std::optional<double> hbmEfficiency;
  /// On-chip levels from the outside in: L2, then what each core has.
  std::vector<MemoryLevel> caches;
  /// Scale-up first, then scale-out, then host.
  std::vector<Link> links;
  /// Cores that hold the matrix units, and those that hold the vector units
  /// (the same ones on a GPU, separate ones on Ascend).
  std::optional<unsigned> matrixCores;
  std::optional<unsigned> vectorCores;
  /// Seconds a kernel takes at least, once submitted.
  std::optional<double> launchSeconds;
  /// Seconds that the host takes to submit one kernel.
  std::optional<double> submitSeconds;
  /// Power that the device may draw for long.
  std::optional<double> tdpWatts;
  /// Parameters of time models, in the order of `calibrationKeys`.
  std::vector<Calibration> calibrations;

  /// The rate of work of `where`: its own, else that of its substitute, else
  /// unknown. Special functions without a rate are refused likewise, never
  /// taken as free.
  KnownOr<Rate> rate(UnitType where) const;

  /// The fraction of `rate(where)` that large kernels reach: that of the type
  /// which the work runs as, else that of the unit's reference type (bf16 of
  /// the matrix unit, f32 of the others). Without any figure the matrix unit's
  /// is unknown, and the others, which seldom limit a kernel, are taken to
  /// reach their peak.
  KnownOr<double> efficiency(UnitType where) const;

  /// The capacity of the last-level cache in bytes.
  std::optional<double> l2Bytes() const;

  /// The calibration that target files call `key`, or null.
  const Calibration *findCalibration(llvm::StringRef key) const;

  /// Operations of `where` per byte of off-chip memory at which a kernel
  /// changes from memory to compute bound.
  KnownOr<double> ridgePoint(UnitType where) const;
};

} // namespace roofline

#endif // ROOFLINE_MODEL_MACHINE_H
