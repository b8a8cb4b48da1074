//===- Constraint.cpp - What a kernel asks of shapes and layouts ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Porting/Constraint.h"

#include "roofline/Model/FileError.h"
#include "roofline/Model/NearestNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/Twine.h"

namespace roofline {

namespace {

constexpr llvm::StringLiteral shapeWords[] = {"static"};
constexpr llvm::StringLiteral layoutWords[] = {"nz", "nd"};
constexpr llvm::StringLiteral imageWords[] = {"nhwc", "nchw", "nc1hwc0"};
constexpr llvm::StringLiteral yesNoWords[] = {"yes", "no"};
constexpr llvm::StringLiteral precisionWords[] = {"default", "highest"};

constexpr ConstraintSubject subjects[] = {
    {"rank", "dimensions of the largest operand"},
    {"elements", "elements of the largest operand"},
    {"rows", "lines that are reduced, sorted or normalised"},
    {"columns", "elements of one such line"},
    {"batch", "independent products or sequences"},
    {"m", "rows of a product's left operand"},
    {"n", "columns of a product's right operand"},
    {"k", "extent that a product sums over"},
    {"queries", "new rows of each sequence of an attention"},
    {"context", "keys of each sequence of an attention"},
    {"query_heads", "heads of the queries"},
    {"kv_heads", "heads of the keys and values"},
    {"window", "keys of which a query of an attention sees the last ones only"},
    {"head_group", "query heads that share one head of keys"},
    {"head_dim", "elements of one query or key of one head"},
    {"value_dim", "elements of one value of one head"},
    {"latent_dim", "elements of the latent row of a latent attention, without "
                   "the rotated part"},
    {"rope_dim", "elements that a rotary embedding rotates"},
    {"block_size", "rows of one block of a paged cache"},
    {"chosen", "experts or elements that are chosen per row"},
    {"experts", "experts of a mixture"},
    {"group_size", "elements that share one scale of a quantisation"},
    {"window_elements", "elements of a window, or of a convolution's kernel"},
    {"channels", "input channels of a convolution"},
    {"feature_groups", "groups of a convolution"},
    {"dilation", "largest dilation of a convolution or window"},
    {"devices", "devices that take part"},
    {"shapes", "whether extents are known when it is compiled", shapeWords},
    {"weight_layout", "layout of a product's right operand", layoutWords},
    {"kv_layout", "layout of the cached keys and values", layoutWords},
    {"image_layout", "layout of the operands of a convolution", imageWords},
    {"transposed_weights", "whether a product's right operand is transposed",
     yesNoWords},
    {"causal", "whether a query sees no later keys", yesNoWords},
    {"precision", "what the graph asks of f32 products", precisionWords},
};

std::vector<llvm::StringRef> toRefs(llvm::ArrayRef<llvm::StringLiteral> words) {
  return {words.begin(), words.end()};
}

} // namespace

llvm::ArrayRef<ConstraintSubject> constraintSubjects() { return subjects; }

const ConstraintSubject *findConstraintSubject(llvm::StringRef name) {
  const auto *it = llvm::find_if(
      subjects, [&](const ConstraintSubject &s) { return s.name == name; });
  return it == std::end(subjects) ? nullptr : it;
}

llvm::Expected<std::vector<Constraint>>
Constraint::parse(const ConstraintSubject &subject, llvm::StringRef text) {
  std::vector<Constraint> constraints;
  Constraint constraint;
  constraint.subject = &subject;
  if (!subject.isNumber()) {
    const auto *word = llvm::find(subject.words, text);
    if (word == subject.words.end())
      return makeFileError("'" + subject.name + "' is " +
                           quotedList(toRefs(subject.words)) + ", got '" +
                           text + "'");
    constraint.relation = Relation::OneOf;
    constraint.word = *word;
    constraints.push_back(std::move(constraint));
    return constraints;
  }
  llvm::SmallVector<llvm::StringRef, 4> parts;
  text.split(parts, ',');
  for (llvm::StringRef part : parts) {
    llvm::StringRef rest = part.trim();
    constraint.values.clear();
    if (rest.consume_front("<="))
      constraint.relation = Relation::AtMost;
    else if (rest.consume_front(">="))
      constraint.relation = Relation::AtLeast;
    else if (rest.consume_front("multiple of "))
      constraint.relation = Relation::MultipleOf;
    else {
      rest.consume_front("one of ");
      constraint.relation = Relation::OneOf;
    }
    llvm::SmallVector<llvm::StringRef, 8> numbers;
    rest.split(numbers, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
    for (llvm::StringRef number : numbers) {
      int64_t value = 0;
      if (number.getAsInteger(10, value) || value < 1) {
        constraint.values.clear();
        break;
      }
      constraint.values.push_back(value);
    }
    if (constraint.values.empty() || (constraint.relation != Relation::OneOf &&
                                      constraint.values.size() > 1))
      return makeFileError("'" + part.trim() + "' is not a condition on '" +
                           subject.name +
                           "'; write '<= 512', '>= 2', 'multiple of 16', "
                           "'128' or 'one of 64 128', with commas between");
    constraints.push_back(constraint);
  }
  return constraints;
}

bool Constraint::holds(int64_t value) const {
  switch (relation) {
  case Relation::AtMost:
    return value <= values.front();
  case Relation::AtLeast:
    return value >= values.front();
  case Relation::MultipleOf:
    return value % values.front() == 0;
  case Relation::OneOf:
    break;
  }
  return llvm::is_contained(values, value);
}

std::string Constraint::str() const {
  std::string text = subject->name.str();
  if (!subject->isNumber())
    return text + " " + word.str();
  switch (relation) {
  case Relation::AtMost:
    text += " <=";
    break;
  case Relation::AtLeast:
    text += " >=";
    break;
  case Relation::MultipleOf:
    text += " a multiple of";
    break;
  case Relation::OneOf:
    text += values.size() > 1 ? " one of" : " =";
    break;
  }
  for (int64_t value : values)
    text += " " + std::to_string(value);
  return text;
}

} // namespace roofline
