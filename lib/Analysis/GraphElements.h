//===- GraphElements.h - Elements of the values of a graph ------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Follows an element of a value back through the graph: through ops that say
// what they make elements of, calls, arguments of functions to what their
// callers pass, and what loops carry unchanged.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_ANALYSIS_GRAPHELEMENTS_H
#define ROOFLINE_LIB_ANALYSIS_GRAPHELEMENTS_H

#include "roofline/Interfaces/DemandLookup.h"

#include "llvm/ADT/DenseMap.h"

#include <map>
#include <vector>

namespace roofline {

class GraphElements : public ElementReader {
public:
  /// `lookup` outlives this.
  explicit GraphElements(const DemandLookup &lookup) : lookup(lookup) {}

  /// A number from 0 to `extent` - 1 that differs along dimension `dim`.
  Symbol newIndex(unsigned dim, int64_t extent);

  Element read(mlir::Value value, llvm::ArrayRef<Element> index) override;
  std::pair<Element, Element> divide(const Element &index,
                                     int64_t divisor) override;

private:
  /// A call that is being followed, by its place in `frames`.
  using FrameId = unsigned;
  struct Frame {
    mlir::Operation *call;
    mlir::Operation *callee;
    FrameId caller;
  };

  /// What has been read of a value.
  struct Known {
    ElementIndex index;
    Element element;
  };
  using Place = std::pair<mlir::Value, FrameId>;

  Element follow(mlir::Value value, llvm::ArrayRef<Element> index);
  Element followCall(mlir::OpResult value, mlir::Operation *callee,
                     llvm::ArrayRef<Element> index);
  Element followArgument(mlir::BlockArgument argument,
                         llvm::ArrayRef<Element> index);
  Element followCallers(mlir::BlockArgument argument,
                        llvm::ArrayRef<Element> index);
  /// Reads in the frame of a caller.
  Element readIn(FrameId frame, mlir::Value value,
                 llvm::ArrayRef<Element> index);
  mlir::Operation *calleeOf(mlir::Operation *op) const;
  llvm::ArrayRef<mlir::Operation *> callersOf(mlir::Operation *function);
  /// An element of which nothing is known but what it may depend on.
  Element opaque(mlir::Value value, llvm::ArrayRef<Element> index);

  const DemandLookup &lookup;
  unsigned symbols = 0;
  /// Frame 0 is that of the value that is asked for.
  std::vector<Frame> frames = {Frame{nullptr, nullptr, 0}};
  FrameId current = 0;
  unsigned steps = 0;
  unsigned depth = 0;
  llvm::DenseMap<Place, llvm::SmallVector<Known, 1>> known;
  std::map<std::pair<unsigned, int64_t>, std::pair<Symbol, Symbol>> quotients;
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<mlir::Operation *, 2>>
      callers;
  bool hasCallers = false;
};

} // namespace roofline

#endif // ROOFLINE_LIB_ANALYSIS_GRAPHELEMENTS_H
