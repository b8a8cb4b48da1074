//===- AttentionMask.cpp - Which keys the queries of an attention see -----===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AttentionMask.h"

#include "GraphElements.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace roofline {

namespace {

/// A bound of the keys that a query sees: the sum of what it is told, of its
/// own row and of a constant.
struct KeyBound {
  /// All but the key, on the other side of the comparison.
  LinearForm form;

  int64_t offset() const { return static_cast<int64_t>(form.getConstant()); }
  /// True where both are the same but for the constant.
  bool isParallelTo(const KeyBound &other) const {
    std::optional<LinearForm> distance = form.plus(other.form, -1);
    return distance && distance->isConstant();
  }
};

/// Reads a mask off the condition under which a probability is not zero.
class MaskReader {
public:
  /// `key` is the index of the keys, and `indices` those of the dimensions that
  /// the rows of scores are made of.
  MaskReader(const Symbol &key, llvm::ArrayRef<Symbol> indices, int64_t rows,
             int64_t queries)
      : key(key), indices(indices), rows(rows) {
    mask.end = key.high + 1;
    // Of several dimensions of that extent rows are the last one.
    for (const Symbol &index : indices)
      if (index.high + 1 == queries && queries > 1)
        rowDims = index.dims;
  }

  AttentionMask read(const Condition &visible) {
    if (visible.kind() == Condition::Kind::And)
      llvm::for_each(visible.parts(),
                     [&](const Condition &part) { add(part); });
    else
      add(visible);
    joinBounds();
    return mask;
  }

private:
  void add(const Condition &part) {
    switch (part.kind()) {
    case Condition::Kind::Always:
      return;
    case Condition::Kind::NonNegative:
      return addBound(part.form());
    case Condition::Kind::Never:
    case Condition::Kind::Unknown:
    case Condition::Kind::And:
    case Condition::Kind::Or:
      return addData(part.dims());
    }
  }

  /// What is told when the graph runs. Whole queries that are hidden are no
  /// fewer rows.
  void addData(DimSet dims) {
    if (!(dims & key.dims))
      return;
    if (differsByRow(dims))
      mask.isData = true;
    else
      mask.hidesKeys = true;
  }

  /// Whether something differs by the queries of a sequence. Heads of a group
  /// see the same keys: what differs by row does so by query.
  bool differsByRow(DimSet dims) {
    for (const Symbol &index : indices)
      if (rowDims == 0 && index.high > 0 && dims & index.dims &&
          rows % (index.high + 1) == 0) {
        rowDims = index.dims;
        mask.queries = index.high + 1;
      }
    return (dims & rowDims) != 0;
  }

  void addBound(const LinearForm &form) {
    int64_t factor = form.factorOf(key.id);
    if (factor == 0)
      return addData(form.dims());
    std::optional<LinearForm> rest =
        form.plus(LinearForm(key), /*times=*/-factor);
    // key <= rest, or key >= -rest.
    if (factor == 1 && rest)
      rest = LinearForm().plus(*rest, -1);
    if ((factor != 1 && factor != -1) || !rest)
      return addData(form.dims());
    (factor == 1 ? lower : upper).push_back({*rest});
  }

  /// The symbol of rows, where the bound is one of rows and nothing else.
  static const Symbol *rowOf(const KeyBound &bound) {
    llvm::ArrayRef<LinearForm::Term> terms = bound.form.getTerms();
    if (terms.size() != 1 || terms.front().factor != 1 ||
        terms.front().symbol.low != 0 ||
        terms.front().symbol.high == std::numeric_limits<int64_t>::max())
      return nullptr;
    return &terms.front().symbol;
  }

  void joinBounds() {
    for (const KeyBound &bound : upper) {
      if (bound.form.isConstant())
        mask.end = std::min(mask.end, bound.offset() + 1);
      else if (takesRows(bound))
        mask.last =
            std::min(mask.last.value_or(bound.offset()), bound.offset());
      else
        addPosition(bound);
    }
    for (const KeyBound &bound : lower) {
      if (bound.form.isConstant())
        mask.begin = std::max(mask.begin, bound.offset());
      else if (takesRows(bound))
        mask.first =
            std::max(mask.first.value_or(bound.offset()), bound.offset());
      else
        addPosition(bound);
    }
    for (const KeyBound &from : lower)
      for (const KeyBound &to : upper)
        if (!from.form.isConstant() && from.isParallelTo(to)) {
          int64_t keys = std::max<int64_t>(to.offset() - from.offset() + 1, 0);
          mask.window = std::min(mask.window.value_or(keys), keys);
        }
    mask.end = std::max(mask.end, mask.begin);
  }

  /// True for a bound of rows: they are those of the sequence.
  bool takesRows(const KeyBound &bound) {
    const Symbol *row = rowOf(bound);
    bool isOfRows = row && llvm::any_of(indices, [&](const Symbol &index) {
                      return row->dims == index.dims;
                    });
    if (!isOfRows || row->high == 0 || rows % (row->high + 1) != 0 ||
        (mask.queries && *mask.queries != row->high + 1))
      return false;
    mask.queries = row->high + 1;
    return true;
  }

  /// A bound that the graph is told, of each query or of all.
  void addPosition(const KeyBound &bound) {
    DimSet dims = bound.form.dims();
    if (dims & key.dims)
      mask.isData = true;
    else if (differsByRow(dims))
      mask.hasPositions = true;
    else
      mask.hidesKeys = true;
  }

  const Symbol &key;
  llvm::ArrayRef<Symbol> indices;
  int64_t rows;
  DimSet rowDims = 0;
  llvm::SmallVector<KeyBound, 2> upper, lower;
  AttentionMask mask;
};

/// The ops of a kernel that compute probabilities of scores.
class ProbabilityOps {
public:
  ProbabilityOps(const Kernel &kernel, mlir::Operation *scores,
                 mlir::Operation *values)
      : kernel(kernel), values(values), after({scores}) {
    // In program order.
    for (mlir::Operation *op : kernel.ops)
      if (op != values && op != scores &&
          llvm::any_of(op->getOperands(),
                       [&](mlir::Value value) { return contains(value); }))
        if (after.insert(op).second)
          ops.push_back(op);
  }

  llvm::ArrayRef<mlir::Operation *> list() const { return ops; }

  /// True for what is computed of scores, and for a view of it, which is in no
  /// kernel.
  bool contains(mlir::Value value) const {
    // Some dimensions are split and joined, and that is all.
    constexpr unsigned maxViews = 16;
    for (unsigned step = 0; step < maxViews; ++step) {
      mlir::Operation *op = value.getDefiningOp();
      if (!op || after.contains(op))
        return op != nullptr;
      if (op->getNumOperands() == 0 || llvm::is_contained(kernel.ops, op))
        return false;
      value = op->getOperand(0);
    }
    return false;
  }

  /// The operand of the values that is the probabilities; absent where that is
  /// not one of the two.
  std::optional<unsigned> operandOfValues() const {
    bool isLeft = contains(values->getOperand(0));
    if (isLeft == contains(values->getOperand(1)))
      return std::nullopt;
    return isLeft ? 0 : 1;
  }

private:
  const Kernel &kernel;
  mlir::Operation *values;
  llvm::DenseSet<mlir::Operation *> after;
  std::vector<mlir::Operation *> ops;
};

/// The dimensions that data differ along in a condition.
DimSet dataDims(const Condition &condition) {
  if (condition.kind() == Condition::Kind::Unknown)
    return condition.dims();
  DimSet dims = 0;
  if (condition.kind() == Condition::Kind::NonNegative) {
    for (const LinearForm::Term &term : condition.form().getTerms())
      if (term.symbol.high == std::numeric_limits<int64_t>::max())
        dims |= condition.dims();
    return dims;
  }
  for (const Condition &part : condition.parts())
    dims |= dataDims(part);
  return dims;
}

/// The same in an element.
DimSet dataDims(const Element &element) {
  switch (element.kind()) {
  case Element::Kind::Number:
    return 0;
  case Element::Kind::Truth:
    return dataDims(element.condition());
  case Element::Kind::Choice:
    return dataDims(element.condition()) | dataDims(element.whenTrue()) |
           dataDims(element.whenFalse());
  case Element::Kind::Data:
    return element.dims();
  }
  return 0;
}

/// The rows of a value that meets scores if it differs by key and by row, the
/// same for all heads: what an additive mask that is data looks like. A bias
/// differs by head. Rows stand beside the keys, unless `isAnyDim`: then they
/// are the one dimension of a sequence that it differs by.
std::optional<int64_t> rowsOfMask(mlir::Value value, int64_t context,
                                  bool isAnyDim, GraphElements &elements) {
  std::optional<llvm::ArrayRef<int64_t>> shape = staticShapeOf(value);
  if (!shape || shape->size() < 2 || shape->back() != context)
    return std::nullopt;
  ElementIndex index;
  llvm::SmallVector<Symbol, 4> symbols;
  for (auto [dim, extent] : llvm::enumerate(*shape)) {
    symbols.push_back(elements.newIndex(dim, extent));
    index.push_back(Element::number(LinearForm(symbols.back())));
  }
  DimSet dims = dataDims(elements.read(value, index));
  if (isAnyDim)
    symbols.erase(std::remove_if(symbols.begin(), std::prev(symbols.end()),
                                 [&](const Symbol &symbol) {
                                   return !(symbol.dims & dims);
                                 }),
                  std::prev(symbols.end()));
  if (symbols.size() < 2)
    return std::nullopt;
  llvm::ArrayRef<Symbol> leading = llvm::ArrayRef(symbols).drop_back(2);
  const Symbol &row = symbols[symbols.size() - 2];
  bool isOfHeads =
      llvm::any_of(leading.empty() ? leading : leading.drop_front(),
                   [&](const Symbol &symbol) { return symbol.dims & dims; });
  if (isOfHeads || !(dims & row.dims) || !(dims & symbols.back().dims))
    return std::nullopt;
  return row.high + 1;
}

/// An op of which nothing is known but that all of its result is made of
/// scores: a softmax of some library.
bool isOpaque(mlir::Operation *op, const DemandLookup &lookup) {
  if (lookup.elementRule(op).element || !lookup.bodies(op).empty())
    return false;
  KnownOr<Demand> demand = lookup.demand(op);
  return !demand || (demand->structure != Structure::Elementwise &&
                     demand->structure != Structure::Contraction &&
                     demand->structure != Structure::Reduction);
}

/// How many of `columns` from 0 on are at least `first` and at most `last`.
double countBetween(double first, double last, double begin, double end) {
  return std::max(0.0, std::min(last, end - 1) - std::max(first, begin) + 1);
}

} // namespace

double AttentionMask::seenPairs(int64_t rows) const {
  // Rows are as few as a sequence has, at most some million.
  double pairs = 0;
  constexpr double none = std::numeric_limits<double>::infinity();
  double most = window ? static_cast<double>(*window) : none;
  for (int64_t row = 0; row < rows; ++row) {
    double from = first ? static_cast<double>(row + *first) : -none;
    double to = last ? static_cast<double>(row + *last) : none;
    pairs += std::min(most, countBetween(from, to, static_cast<double>(begin),
                                         static_cast<double>(end)));
  }
  return pairs;
}

double AttentionMask::seenKeys(int64_t rows) const {
  constexpr double none = std::numeric_limits<double>::infinity();
  double from = first ? static_cast<double>(*first) : -none;
  double to = last ? static_cast<double>(rows - 1 + *last) : none;
  double keys = countBetween(from, to, static_cast<double>(begin),
                             static_cast<double>(end));
  // Wherever a window is, the next row's is not told to be beside it.
  return window && rows == 1 ? std::min(keys, static_cast<double>(*window))
                             : keys;
}

std::optional<AttentionMask>
findAttentionMask(const Kernel &kernel, mlir::Operation *scores,
                  mlir::Operation *values, int64_t context, int64_t rows,
                  int64_t queries, const DemandLookup &lookup) {
  ElementRule::ProductFn dimsBy = lookup.elementRule(values).product;
  if (!dimsBy || values->getNumOperands() < 2)
    return std::nullopt;
  ProbabilityOps ops(kernel, scores, values);
  std::optional<unsigned> operand = ops.operandOfValues();
  std::optional<ProductDims> dims =
      operand ? dimsBy(values, *operand) : std::nullopt;
  if (!dims || dims->summed.size() != 1)
    return std::nullopt;
  mlir::Value probabilities = values->getOperand(*operand);
  std::optional<llvm::ArrayRef<int64_t>> shape = staticShapeOf(probabilities);
  int64_t keyDim = dims->summed.front();
  if (!shape || keyDim < 0 || keyDim >= static_cast<int64_t>(shape->size()) ||
      (*shape)[keyDim] != context)
    return std::nullopt;
  GraphElements elements(lookup);
  llvm::SmallVector<Symbol, 4> rowIndices;
  Symbol key;
  ElementIndex index;
  for (auto [dim, extent] : llvm::enumerate(*shape)) {
    Symbol symbol = elements.newIndex(dim, extent);
    index.push_back(Element::number(LinearForm(symbol)));
    if (static_cast<int64_t>(dim) == keyDim)
      key = symbol;
    else if (!llvm::is_contained(dims->batch, static_cast<int64_t>(dim)))
      rowIndices.push_back(symbol);
  }
  Condition visible = isNotZero(elements.read(probabilities, index));
  AttentionMask mask = MaskReader(key, rowIndices, rows, queries).read(visible);
  for (mlir::Operation *op : ops.list())
    if (!mask.opaque && isOpaque(op, lookup))
      mask.opaque = op;
  // Scores are data, so what is added to them is not seen there.
  bool isTold = mask.last || mask.first || mask.hasPositions || mask.isData;
  for (mlir::Operation *op : ops.list())
    for (mlir::Value value : op->getOperands()) {
      if (isTold || ops.contains(value))
        continue;
      std::optional<int64_t> told =
          rowsOfMask(value, context, /*isAnyDim=*/queries == 0, elements);
      if (!told || *told < 2 || rows % *told != 0)
        continue;
      mask.isData = isTold = true;
      mask.queries = told;
    }
  return mask;
}

} // namespace roofline
