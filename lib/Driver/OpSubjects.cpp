//===- OpSubjects.cpp - Element types and extents of ops ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpSubjects.h"

#include "roofline/Interfaces/DemandRules.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/TypeUtilities.h"

#include "llvm/ADT/StringSwitch.h"

#include <cmath>
#include <type_traits>

namespace roofline {

//===----------------------------------------------------------------------===//
// Element types
//===----------------------------------------------------------------------===//

void TypeSet::add(mlir::Type type) {
  if (std::optional<ElementType> element =
          elementTypeOf(mlir::getElementTypeOrSelf(type)))
    add(*element);
}

void TypeSet::add(ElementType type) { types[type] = true; }

static bool isFloat(ElementType type) {
  return type < ElementType::I64 || type > ElementType::I1;
}

void TypeSet::dropIntegers() {
  for (auto it = types.begin(); it != types.end();)
    it = isFloat(it->first) ? std::next(it) : types.erase(it);
}

void TypeSet::dropCompanions() {
  bool hasFloats = false;
  for (const auto &[type, isIn] : types)
    hasFloats |= isFloat(type);
  for (auto it = types.begin(); it != types.end();) {
    // Integers of few bits beside floats are what is quantised.
    bool isCompanion =
        it->first == ElementType::I1
            ? types.size() > 1
            : hasFloats && !isFloat(it->first) && bitWidth(it->first) > 8;
    it = isCompanion ? types.erase(it) : std::next(it);
  }
}

llvm::SmallVector<ElementType, 4> TypeSet::list() const {
  llvm::SmallVector<ElementType, 4> list;
  for (const auto &[type, isIn] : types)
    list.push_back(type);
  return list;
}

namespace {

/// Which values of an op are its data.
enum class DataRole {
  All,      ///< Operands and results.
  First,    ///< The first operand: the others are places or extents.
  Operands, ///< The operands: the results are truth values or indices.
  Results,  ///< The results: the operands are indices or masks beside them.
};

DataRole dataRoleOf(llvm::StringRef pattern) {
  return llvm::StringSwitch<DataRole>(pattern)
      .Cases({"gather", "dynamic_gather", "slice", "dynamic_slice",
              "dynamic_pad", "pad", "dynamic_broadcast_in_dim"},
             DataRole::First)
      .Cases({"compare", "is_finite", "is_inf", "arg_max", "top_k", "sort",
              "non_zero"},
             DataRole::Operands)
      .Cases({"select", "scatter", "dynamic_update_slice", "dynamic_iota",
              "iota", "fill", "one_hot", "rng", "rng_bit_generator",
              "select_and_scatter"},
             DataRole::Results)
      .Default(DataRole::All);
}

} // namespace

TypeSet dataTypesOf(mlir::Operation *op, llvm::StringRef pattern) {
  TypeSet types;
  DataRole role = dataRoleOf(pattern);
  // A value without results, such as a store, is told by its operands.
  if (role == DataRole::Results && op->getNumResults() == 0)
    role = DataRole::All;
  if (role == DataRole::First && op->getNumOperands() > 0)
    types.add(op->getOperand(0).getType());
  if (role == DataRole::All || role == DataRole::Operands)
    for (mlir::Type type : op->getOperandTypes())
      if (!mlir::isa<mlir::IndexType>(type))
        types.add(type);
  if (role == DataRole::All || role == DataRole::Results)
    for (mlir::Type type : op->getResultTypes())
      types.add(type);
  // Conversions are of exactly these types to each other.
  bool isOfAll = pattern == "convert" || pattern == "uniform_quantize" ||
                 pattern == "uniform_dequantize";
  if (!isOfAll)
    types.dropCompanions();
  return types;
}

//===----------------------------------------------------------------------===//
// Subjects
//===----------------------------------------------------------------------===//

void SubjectValues::set(llvm::StringRef subject, int64_t number) {
  const ConstraintSubject *known = findConstraintSubject(subject);
  assert(known && known->isNumber() && "a subject of the catalogue");
  values[known] = {known, number, {}};
}

void SubjectValues::set(llvm::StringRef subject, double number) {
  // Beyond 2^53 a double is no exact count.
  constexpr double maxExact = 9007199254740992.0;
  if (number >= 1 && number <= maxExact && std::floor(number) == number)
    set(subject, static_cast<int64_t>(number));
}

void SubjectValues::set(llvm::StringRef subject, llvm::StringRef word) {
  const ConstraintSubject *known = findConstraintSubject(subject);
  assert(known && !known->isNumber() && "a subject of the catalogue");
  values[known] = {known, 0, word};
}

std::vector<SubjectValue> SubjectValues::list() const {
  std::vector<SubjectValue> list;
  // The table of subjects is one array, so that addresses are in its order.
  for (const auto &[subject, value] : values)
    list.push_back(value);
  return list;
}

void addExtents(llvm::ArrayRef<mlir::Value> operands, SubjectValues &subjects) {
  mlir::ShapedType largest;
  bool isStatic = true;
  for (mlir::Value value : operands) {
    auto type = mlir::dyn_cast<mlir::ShapedType>(value.getType());
    if (!type)
      continue;
    if (!type.hasStaticShape()) {
      isStatic = false;
      continue;
    }
    if (!largest || type.getNumElements() > largest.getNumElements())
      largest = type;
  }
  subjects.set("shapes", isStatic ? llvm::StringRef("static")
                                  : llvm::StringRef("dynamic"));
  if (!largest || !isStatic)
    return;
  subjects.set("rank", largest.getRank());
  if (largest.getNumElements() > 0)
    subjects.set("elements", largest.getNumElements());
}

namespace {

void set(SubjectValues &subjects, llvm::StringRef subject, Count count) {
  subjects.set(subject, count.asDouble());
}

/// The static shape of an operand; empty where there is none.
llvm::ArrayRef<int64_t> shapeOf(mlir::Value value) {
  auto type = mlir::dyn_cast<mlir::ShapedType>(value.getType());
  return type && type.hasStaticShape() ? type.getShape()
                                       : llvm::ArrayRef<int64_t>();
}

void addContraction(mlir::Operation *op, const Demand &demand,
                    SubjectValues &subjects) {
  const ContractionShape &shape = *demand.contraction;
  set(subjects, "batch", shape.batch);
  set(subjects, "m", shape.m);
  set(subjects, "n", shape.n);
  set(subjects, "k", shape.k);
  bool isPacked = op->getName().getStringRef().contains("mmt4d");
  if (!isPacked)
    subjects.set("weight_layout", llvm::StringRef("nd"));
  for (const Work &work : demand.work) {
    if (work.where.unit != Unit::Matrix)
      continue;
    if (work.where.type == ElementType::TF32)
      subjects.set("precision", llvm::StringRef("default"));
    else if (work.where.type == ElementType::F32)
      subjects.set("precision", llvm::StringRef("highest"));
  }
  if (isPacked || op->getNumOperands() < 2)
    return;
  // Extents tell the order of dimensions, but for square matrices.
  llvm::ArrayRef<int64_t> rhs = shapeOf(op->getOperand(1));
  if (rhs.size() < 2 || shape.k == shape.n)
    return;
  Count last = static_cast<uint64_t>(rhs.back());
  if (last == shape.k)
    subjects.set("transposed_weights", llvm::StringRef("yes"));
  else if (last == shape.n)
    subjects.set("transposed_weights", llvm::StringRef("no"));
}

/// The dimensions of an operand of a convolution, one letter each (`n` images,
/// `c` channels, `o` output channels, a digit for others); empty where they are
/// not known.
struct ConvolutionLetters {
  std::string image;
  std::string kernel;
};

/// From `[b, 0, 1, f]x[0, 1, i, o]->...`, as StableHLO prints it.
ConvolutionLetters lettersOf(mlir::Attribute dimensions) {
  std::string text;
  llvm::raw_string_ostream(text) << dimensions;
  auto lettersIn = [](llvm::StringRef list) {
    std::string letters;
    llvm::SmallVector<llvm::StringRef, 5> names;
    list.split(names, ',');
    for (llvm::StringRef name : names) {
      name = name.trim();
      if (name.size() != 1)
        return std::string();
      letters += llvm::StringSwitch<char>(name)
                     .Case("b", 'n')
                     .Cases({"f", "i"}, 'c')
                     .Case("o", 'o')
                     .Default('0');
    }
    return letters;
  };
  auto [before, rest] = llvm::StringRef(text).split("]x[");
  return {lettersIn(before.rsplit('[').second),
          lettersIn(rest.split(']').first)};
}

ConvolutionLetters convolutionLetters(mlir::Operation *op) {
  if (mlir::Attribute dimensions = op->getAttr("dimension_numbers"))
    return lettersOf(dimensions);
  // Named ops say it in their name: `conv_2d_nhwc_hwcf`.
  llvm::StringRef name = op->getName().getStringRef();
  if (name.contains("_nhwc"))
    return {"n00c", name.contains("_hwcf")   ? "00co"
                    : name.contains("_fhwc") ? "o00c"
                                             : ""};
  if (name.contains("_nchw"))
    return {"nc00", name.contains("_fchw") ? "oc00" : ""};
  if (name == "tosa.conv2d")
    return {"n00c", "o00c"};
  return {};
}

/// The largest of an array of integers; absent where there is none.
std::optional<int64_t> largestOf(mlir::Attribute attribute) {
  std::optional<int64_t> largest;
  auto consider = [&](int64_t value) {
    largest = std::max(largest.value_or(value), value);
  };
  if (auto array =
          mlir::dyn_cast_if_present<mlir::DenseI64ArrayAttr>(attribute))
    llvm::for_each(array.asArrayRef(), consider);
  else if (auto dense =
               mlir::dyn_cast_if_present<mlir::DenseIntElementsAttr>(attribute))
    for (const llvm::APInt &value : dense)
      consider(value.getSExtValue());
  return largest;
}

void addConvolution(mlir::Operation *op, SubjectValues &subjects) {
  if (op->getNumOperands() < 2)
    return;
  ConvolutionLetters letters = convolutionLetters(op);
  llvm::ArrayRef<int64_t> image = shapeOf(op->getOperand(0));
  llvm::ArrayRef<int64_t> kernel = shapeOf(op->getOperand(1));
  size_t channels = letters.image.find('c');
  if (channels != std::string::npos) {
    if (image.size() == letters.image.size())
      subjects.set("channels", image[channels]);
    if (letters.image == "n00c")
      subjects.set("image_layout", llvm::StringRef("nhwc"));
    else if (letters.image == "nc00")
      subjects.set("image_layout", llvm::StringRef("nchw"));
  }
  if (!letters.kernel.empty() && kernel.size() == letters.kernel.size()) {
    int64_t elements = 1;
    for (auto [letter, extent] : llvm::zip_equal(letters.kernel, kernel))
      if (letter == '0')
        elements *= extent;
    subjects.set("window_elements", elements);
  }
  if (auto groups = op->getAttrOfType<mlir::IntegerAttr>("feature_group_count"))
    subjects.set("feature_groups", groups.getInt());
  for (llvm::StringRef name : {"rhs_dilation", "dilations", "dilation"})
    if (std::optional<int64_t> dilation = largestOf(op->getAttr(name)))
      subjects.set("dilation", *dilation);
}

/// Rows that are reduced, and elements of each.
void addReduction(mlir::Operation *op, SubjectValues &subjects) {
  if (op->getNumOperands() == 0 || op->getNumResults() == 0)
    return;
  KnownOr<Count> whole = elementCount(op->getOperand(0).getType()),
                 rows = elementCount(op->getResult(0).getType());
  if (!whole || !rows || rows->isZero() || whole->isZero())
    return;
  set(subjects, "rows", *rows);
  subjects.set("columns", whole->asDouble() / rows->asDouble());
}

/// Rows along the dimension that an attribute names, else the last one.
void addRowsAlong(mlir::Operation *op, llvm::StringRef attribute,
                  SubjectValues &subjects) {
  if (op->getNumOperands() == 0)
    return;
  llvm::ArrayRef<int64_t> shape = shapeOf(op->getOperand(0));
  if (shape.empty())
    return;
  int64_t dim = static_cast<int64_t>(shape.size()) - 1;
  if (auto named = op->getAttrOfType<mlir::IntegerAttr>(attribute))
    dim = named.getInt();
  if (dim < 0 || dim >= static_cast<int64_t>(shape.size()) || shape[dim] <= 0)
    return;
  int64_t elements = mlir::cast<mlir::ShapedType>(op->getOperand(0).getType())
                         .getNumElements();
  subjects.set("columns", shape[dim]);
  subjects.set("rows", elements / shape[dim]);
}

/// Devices of one group of an exchange.
void addDevices(mlir::Operation *op, SubjectValues &subjects) {
  auto groups = op->getAttrOfType<mlir::DenseIntElementsAttr>("replica_groups");
  if (groups && groups.getType().getRank() == 2 &&
      groups.getType().getDimSize(1) > 0)
    subjects.set("devices", groups.getType().getDimSize(1));
}

} // namespace

void addOpSubjects(mlir::Operation *op, llvm::StringRef pattern,
                   const KnownOr<Demand> &demand, SubjectValues &subjects) {
  llvm::SmallVector<mlir::Value, 4> values(op->getOperands());
  llvm::append_range(values, op->getResults());
  addExtents(values, subjects);
  if (pattern == "convolution" || pattern == "dynamic_conv")
    addConvolution(op, subjects);
  else if (demand && demand->contraction)
    addContraction(op, *demand, subjects);
  if (pattern == "ragged_dot" && op->getNumOperands() > 1)
    if (llvm::ArrayRef<int64_t> rhs = shapeOf(op->getOperand(1));
        rhs.size() == 3)
      subjects.set("experts", rhs.front());
  if (pattern == "reduce" || pattern == "arg_max")
    addReduction(op, subjects);
  if (pattern == "sort")
    addRowsAlong(op, "dimension", subjects);
  if (pattern == "top_k") {
    addRowsAlong(op, "", subjects);
    if (auto chosen = op->getAttrOfType<mlir::IntegerAttr>("k"))
      subjects.set("chosen", chosen.getInt());
  }
  if (demand && demand->structure == Structure::Collective)
    addDevices(op, subjects);
}

void addShapeSubjects(const KernelShape &shape, SubjectValues &subjects) {
  std::visit(
      [&](const auto &form) {
        using Form = std::decay_t<decltype(form)>;
        if constexpr (std::is_same_v<Form, GemmShape>) {
          subjects.set("batch", form.batch);
          subjects.set("m", form.m);
          subjects.set("n", form.n);
          subjects.set("k", form.k);
        } else if constexpr (std::is_same_v<Form, AttentionShape>) {
          subjects.set("batch", form.batch);
          subjects.set("queries", form.queries);
          subjects.set("context", form.context);
          subjects.set("query_heads", form.queryHeads);
          subjects.set("kv_heads", form.kvHeads);
          if (form.kvHeads > 0)
            subjects.set("head_group", form.queryHeads / form.kvHeads);
          subjects.set("head_dim", form.headDim);
          subjects.set("kv_layout", llvm::StringRef("nd"));
          // A mask that is not known may still be causal.
          if (form.isCausal)
            subjects.set("causal", llvm::StringRef("yes"));
          else if (form.isMaskKnown && form.queries > 1)
            subjects.set("causal", llvm::StringRef("no"));
          subjects.set("window", form.window);
        } else if constexpr (std::is_same_v<Form, StreamingShape>) {
          subjects.set("rows", form.rows);
          subjects.set("columns", form.columns);
        }
      },
      shape);
}

} // namespace roofline
