//===- Quantity.h - Numbers with units --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The spelling of numbers in files of users: `989.4 TFLOP/s`, `4.8 TB/s`,
// `50 MiB`. Decimal and binary prefixes are distinct, and so are bits (`b`,
// `bit`) and bytes (`B`).
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TARGET_QUANTITY_H
#define ROOFLINE_TARGET_QUANTITY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace roofline {

/// What a field of a target file or a limit measures. Each has one SI base
/// unit, in which values are kept and written to JSON.
enum class Dimension {
  OpRate,        ///< Operations per second.
  OpsPerClock,   ///< Operations per clock and core.
  ByteRate,      ///< Bytes per second.
  Bytes,         ///< Bytes.
  BytesPerClock, ///< Bytes per clock and core.
  BitRate,       ///< Bits per second (of one pin).
  Bits,          ///< Bits.
  Frequency,     ///< Hertz.
  Time,          ///< Seconds.
  Power,         ///< Watts.
  Operations,    ///< Operations.
  Work,          ///< Person-days.
  Share,         ///< A part of a whole, kept as a fraction.
  Count,         ///< A whole number, no unit.
  Number,        ///< A number, no unit.
  Text,          ///< Not a quantity: words.
  Type,          ///< Not a quantity: an element type.
};

/// `operations per second`: what a user is told is expected.
llvm::StringRef describe(Dimension dimension);
/// The base unit as JSON names it: `op/s`, `B`, `s`, ...; empty where there is
/// none.
llvm::StringRef baseUnit(Dimension dimension);
/// The units a field of `dimension` accepts: `FLOP/s or OP/s with k, M, G, T,
/// P`; empty where there is none.
llvm::StringRef acceptedUnits(Dimension dimension);
/// True of everything but text and element types.
bool isQuantity(Dimension dimension);

/// Reads `text` as a quantity of `dimension`, in base units. Fails, without a
/// place, on a malformed, negative or non-finite number, an unknown unit (the
/// nearest is offered), a unit of another dimension, or a fraction where a
/// whole number is expected.
llvm::Expected<double> parseQuantity(llvm::StringRef text, Dimension dimension);

/// `value`, in base units, with the decimal prefix that reads best:
/// `989.4 TOP/s`, `4.8 TB/s`.
std::string formatQuantity(double value, Dimension dimension);

} // namespace roofline

#endif // ROOFLINE_TARGET_QUANTITY_H
