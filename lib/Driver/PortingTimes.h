//===- PortingTimes.h - Times of kernels that are moved ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_DRIVER_PORTINGTIMES_H
#define ROOFLINE_LIB_DRIVER_PORTINGTIMES_H

#include "roofline/Analysis/KernelFormation.h"
#include "roofline/Driver/KernelSignatures.h"
#include "roofline/Model/KernelTime.h"

#include <map>

namespace roofline {

/// What one launch takes, or a part of one.
struct LaunchTime {
  double seconds = 0;
  double low = 0;
  double high = 0;
  /// Of `seconds`, what calibrated models tell.
  double calibrated = 0;
  /// Why it is the roof, which is a lower bound; empty where it is none.
  std::string atRoof = {};

  LaunchTime scaledBy(double factor) const {
    return {seconds * factor, low * factor, high * factor, calibrated * factor,
            atRoof};
  }
  LaunchTime &operator+=(const LaunchTime &other);
};

/// A kernel as a time model reads it, once element types were replaced.
struct TimedKernel {
  KernelFamily family = KernelFamily::Opaque;
  KnownOr<Demand> demand = Demand();
  std::optional<KernelShape> shape;
};

/// `kernel`, whose shape is `shape`, as it is launched (A73).
TimedKernel timedKernel(const Kernel &kernel,
                        const std::optional<KernelShape> &shape,
                        const DemandLookup &lookup);

/// An element type in place of another one.
struct TypeChange {
  ElementType asked;
  ElementType by;
};

/// `kernel`, with values and work of the asked type in the other one: work runs
/// at that type's rate, and what enters and leaves in the asked type has that
/// type's size.
TimedKernel changeType(const Kernel &kernel,
                       const std::optional<KernelShape> &shape,
                       TypeChange change, const DemandLookup &lookup);

/// What a launch takes on `machine`: its roof where nothing more is known.
/// Unknown where there is no roof either.
KnownOr<LaunchTime> launchTime(const TimedKernel &kernel,
                               const Machine &machine, Launching launching);

/// How a kernel's time divides over its signatures, in proportion to the roofs
/// of their ops on `machine`; evenly where these are all zero. Adds up to 1.
std::vector<double> sharesOf(llvm::ArrayRef<KernelSignature> signatures,
                             const Machine &machine);

/// Times of the ops of kernels where the target only has their parts: as
/// compilers fuse them, without the fused kernels of libraries. A kernel of a
/// compiler that reaches beyond the ops counts in proportion to the roofs of
/// those inside.
class PartTimes {
public:
  PartTimes(const ExecutionCounts &counts, const DemandLookup &lookup,
            const Machine &machine, Launching launching)
      : counts(counts), lookup(lookup), machine(machine), launching(launching) {
  }

  /// Of one launch of `kernel`. Forms kernels when it is first asked.
  KnownOr<LaunchTime> of(const Kernel &kernel,
                         std::optional<TypeChange> change);

private:
  struct Part {
    Kernel kernel;
    std::optional<KernelShape> shape;
    /// Of the ops, in their order; adds up to 1.
    std::vector<double> shares;
  };

  void form();

  const ExecutionCounts &counts;
  const DemandLookup &lookup;
  const Machine &machine;
  Launching launching;
  bool isFormed = false;
  std::vector<Part> parts;
  llvm::DenseMap<mlir::Operation *, size_t> partOf;
};

} // namespace roofline

#endif // ROOFLINE_LIB_DRIVER_PORTINGTIMES_H
