//===- OpSubjects.h - Element types and extents of ops ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the conditions of a catalogue are about, read from ops of any dialect:
// by the kind of the op, the types of its operands, and attributes that
// dialects spell alike.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_DRIVER_OPSUBJECTS_H
#define ROOFLINE_LIB_DRIVER_OPSUBJECTS_H

#include "roofline/Model/Demand.h"
#include "roofline/Model/KernelShape.h"
#include "roofline/Porting/OpSignature.h"

#include "mlir/IR/Operation.h"

#include "llvm/ADT/SmallVector.h"

#include <map>
#include <optional>
#include <vector>

namespace roofline {

/// A set of element types in the order of the enumeration.
class TypeSet {
public:
  /// Adds the element type of `type`, if it is one that arithmetic is done in.
  void add(mlir::Type type);
  void add(ElementType type);
  /// Takes out what accompanies data rather than being it: integers beside
  /// floats, truth values beside anything.
  void dropCompanions();
  void dropIntegers();
  llvm::SmallVector<ElementType, 4> list() const;

private:
  std::map<ElementType, bool> types;
};

/// Subjects with their values, each once; a later value replaces one before.
class SubjectValues {
public:
  void set(llvm::StringRef subject, int64_t number);
  /// Leaves the subject out where `number` is no whole number above zero.
  void set(llvm::StringRef subject, double number);
  void set(llvm::StringRef subject, llvm::StringRef word);
  /// In the order of the catalogue's subjects.
  std::vector<SubjectValue> list() const;

private:
  std::map<const ConstraintSubject *, SubjectValue> values;
};

/// The element types of the data of an op of kind `pattern`: not of indices,
/// masks and counts.
TypeSet dataTypesOf(mlir::Operation *op, llvm::StringRef pattern);

/// Rank, elements and shapes of the largest of `values`.
void addExtents(llvm::ArrayRef<mlir::Value> values, SubjectValues &subjects);

/// What is told by an op of kind `pattern` with this demand.
void addOpSubjects(mlir::Operation *op, llvm::StringRef pattern,
                   const KnownOr<Demand> &demand, SubjectValues &subjects);

/// What is told by the shape of a kernel.
void addShapeSubjects(const KernelShape &shape, SubjectValues &subjects);

} // namespace roofline

#endif // ROOFLINE_LIB_DRIVER_OPSUBJECTS_H
