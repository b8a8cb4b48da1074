//===- Unknown.h - Unknown as a value with a reason -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_MODEL_UNKNOWN_H
#define ROOFLINE_MODEL_UNKNOWN_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace roofline {

/// Why a value is not known. It decides what a user can do about it.
enum class UnknownKind {
  Opaque,     ///< The op says nothing about its work (a custom call).
  Unmodelled, ///< No rule for this op.
  Dynamic,    ///< An extent is not static; bind it.
  TripCount,  ///< A loop's trip count is not known; bind it.
  Overflow,   ///< A count does not fit; the graph's extents are absurd.
  Malformed,  ///< Attributes or types that the op's rule cannot read.
};

llvm::StringRef stringify(UnknownKind kind);
std::optional<UnknownKind> parseUnknownKind(llvm::StringRef text);

/// An unknown value. The reason is a phrase for the user, lower case and
/// without a full stop: "custom call 'foo' has no rule".
struct Unknown {
  UnknownKind kind;
  std::string reason;

  friend bool operator==(const Unknown &lhs, const Unknown &rhs) {
    return lhs.kind == rhs.kind && lhs.reason == rhs.reason;
  }
};

/// A value or the reason why it is not known. Unlike `llvm::Expected`, unknown
/// is an ordinary outcome that is carried to the report, not an error.
template <typename T> class [[nodiscard]] KnownOr {
public:
  KnownOr(T value) : storage(std::move(value)) {}
  KnownOr(Unknown unknown) : storage(std::move(unknown)) {}

  bool isKnown() const { return std::holds_alternative<T>(storage); }
  explicit operator bool() const { return isKnown(); }

  T &operator*() { return std::get<T>(storage); }
  const T &operator*() const { return std::get<T>(storage); }
  T *operator->() { return &std::get<T>(storage); }
  const T *operator->() const { return &std::get<T>(storage); }

  /// The reason; only valid where the value is not known.
  const Unknown &unknown() const { return std::get<Unknown>(storage); }

private:
  std::variant<T, Unknown> storage;
};

} // namespace roofline

#endif // ROOFLINE_MODEL_UNKNOWN_H
