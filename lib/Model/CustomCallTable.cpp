//===- CustomCallTable.cpp - What custom calls cost, by target ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Model/CustomCallTable.h"

#include "roofline/Model/NearestNames.h"
#include "roofline/Model/YamlFile.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"

#include <map>

namespace roofline {

namespace {

/// A word for `cost`. Those with numbers of their own are functions that the
/// table knows; the general kinds take theirs from the row.
struct CostName {
  llvm::StringLiteral name;
  CallCost cost;
  CallOps perElement;
  CallOps perLine;
  llvm::StringLiteral meaning;
};

constexpr CostName costNames[] = {
    {"view", CallCost::View, {}, {}, "a marker: neither work nor traffic"},
    {"data_movement",
     CallCost::DataMovement,
     {},
     {},
     "no work; operands are read and results written once"},
    {"elementwise",
     CallCost::Elementwise,
     {},
     {},
     "`vector` and `special` operations per element of result 0"},
    {"reduction",
     CallCost::Reduction,
     {},
     {},
     "`vector` and `special` operations per element of operand 0, "
     "`vector_per_line` and `special_per_line` per line along its last "
     "dimension"},
    {"fixed",
     CallCost::Fixed,
     {},
     {},
     "the operations in `work`, whatever the shapes are"},
    {"opaque",
     CallCost::Opaque,
     {},
     {},
     "not known; takes back a row that is built in"},

    // Functions of one line (A32).
    //   maximum, subtraction, sum, division; exponential
    {"softmax", CallCost::Reduction, {4, 1}, {}, "softmax"},
    //   the same, and a logarithm per line
    {"log_softmax", CallCost::Reduction, {4, 1}, {0, 1}, "its logarithm"},
    //   mean: add; variance: subtract, multiply, add; scaled by the reciprocal
    //   root; scale and shift. Per line two divisions, an addition, a root
    {"layer_norm",
     CallCost::Reduction,
     {7, 0},
     {3, 1},
     "layer normalisation with scale and shift"},
    //   square, add; by the reciprocal root; scale. Per line a division, an
    //   addition, a root
    {"rms_norm",
     CallCost::Reduction,
     {4, 0},
     {2, 1},
     "root-mean-square normalisation with a scale"},
    //   square, add; by the reciprocal root. Per line an addition, a root
    {"l2_norm", CallCost::Reduction, {3, 0}, {1, 1}, "division by the norm"},
    //   comparison, selection of the index
    {"arg_max",
     CallCost::Reduction,
     {2, 0},
     {},
     "the largest or smallest with its index"},
    //   scale, add, two multiplications; error function or tanh
    {"gelu", CallCost::Elementwise, {4, 1}, {}, "GELU"},

    // Functions that need more than numbers.
    {"add_all", CallCost::AddAll, {}, {}, "the sum of all operands"},
    {"attention",
     CallCost::Attention,
     {},
     {},
     "attention of query `[..., s, d]`, key `[..., t, d]`, value "
     "`[..., t, e]`: operands 0 to 2 (A33)"},
    {"attention_bshd",
     CallCost::AttentionBshd,
     {},
     {},
     "attention of query `[b, s, h, d]`, key `[b, t, g, d]`, value "
     "`[b, t, g, e]`: operands 0 to 2 (A33)"},
    {"cache_update",
     CallCost::CacheUpdate,
     {},
     {},
     "operand 1 overwrites a part of operand 0, in place where that is dead "
     "(A24)"},
    {"matmul",
     CallCost::MatMul,
     {},
     {},
     "operand 0 `[..., m, k]` times operand 1, in whatever layout or packing, "
     "gives result 0 `[..., m, n]` (A2)"},
    {"threefry",
     CallCost::Threefry,
     {},
     {},
     "random bits by Threefry2x32-20 (A30)"},
    {"top_k",
     CallCost::TopK,
     {},
     {},
     "the largest elements; the shapes of operand 0 and result 0 say of which "
     "dimension how many (A26)"},
};

constexpr llvm::StringLiteral rowKeys[] = {
    "cost", "vector", "special", "vector_per_line", "special_per_line",
    "work", "note",   "source",
};

/// More operations per element than any function needs.
constexpr unsigned maxOpsPerElement = 1000000;

/// The costs that a key of numbers goes with; null for keys of every row.
const char *costsWith(llvm::StringRef key) {
  return llvm::StringSwitch<const char *>(key)
      .Cases({"vector", "special"}, "elementwise reduction")
      .Cases({"vector_per_line", "special_per_line"}, "reduction")
      .Case("work", "fixed")
      .Default(nullptr);
}

/// Reads the rows of one file.
class RowReader {
public:
  RowReader(llvm::StringRef text, llvm::StringRef file)
      : yaml(text, file, "custom call file", "my_kernel") {}

  llvm::Error read(llvm::function_ref<llvm::Error(CustomCall)> addRow);

private:
  llvm::Error readRow(CustomCall &row, llvm::yaml::Node &value);
  llvm::Error readKey(CustomCall &row, llvm::StringRef key,
                      const FileLocation &where, llvm::yaml::Node &value);
  llvm::Error readWork(CustomCall &row, llvm::yaml::Node &value);
  llvm::Error readOps(unsigned &ops, llvm::StringRef key,
                      llvm::yaml::Node &value);
  llvm::Error check(const CustomCall &row);

  YamlFile yaml;
  /// Of the row that is read: its cost, and where its other keys are.
  const CostName *cost = nullptr;
  std::map<std::string, FileLocation> keys;
};

llvm::Error
RowReader::read(llvm::function_ref<llvm::Error(CustomCall)> addRow) {
  return yaml.read([&](llvm::StringRef target, const FileLocation &where,
                       llvm::yaml::Node &value) -> llvm::Error {
    CustomCall row;
    row.target = target.str();
    row.where = where;
    if (llvm::Error error = readRow(row, value))
      return error;
    return addRow(std::move(row));
  });
}

llvm::Error RowReader::readRow(CustomCall &row, llvm::yaml::Node &value) {
  llvm::Expected<llvm::yaml::MappingNode *> mapping =
      yaml.getMapping(value, row.target);
  if (!mapping)
    return mapping.takeError();
  cost = nullptr;
  keys.clear();
  if (llvm::Error error =
          yaml.readMapping(**mapping, row.target,
                           [&](llvm::StringRef key, const FileLocation &where,
                               llvm::yaml::Node &node) {
                             keys.try_emplace(key.str(), where);
                             return readKey(row, key, where, node);
                           }))
    return error;
  if (!cost)
    return makeFileError(row.where, "custom call '" + row.target +
                                        "' needs 'cost', such as 'cost: view'");
  row.cost = cost->cost;
  // The numbers of a named function; the row has none, which `check` sees to.
  if (cost->perElement.vector + cost->perElement.special > 0) {
    row.perElement = cost->perElement;
    row.perLine = cost->perLine;
  }
  return check(row);
}

llvm::Error RowReader::readKey(CustomCall &row, llvm::StringRef key,
                               const FileLocation &where,
                               llvm::yaml::Node &value) {
  if (key == "note")
    return yaml.getText(value, key, "write what the call does")
        .moveInto(row.note);
  if (key == "source")
    return yaml.getText(value, key, "write where that is known from")
        .moveInto(row.source);
  if (key == "vector")
    return readOps(row.perElement.vector, key, value);
  if (key == "special")
    return readOps(row.perElement.special, key, value);
  if (key == "vector_per_line")
    return readOps(row.perLine.vector, key, value);
  if (key == "special_per_line")
    return readOps(row.perLine.special, key, value);
  if (key == "work")
    return readWork(row, value);
  if (key != "cost") {
    // The rest of a note behind a comma passes for a key.
    if (key.contains(' '))
      return makeFileError(where, "unknown key '" + key + "' in '" +
                                      row.target +
                                      "'; put text with a comma in quotes");
    std::vector<llvm::StringRef> known(std::begin(rowKeys), std::end(rowKeys));
    return makeFileError(where, "unknown key '" + key + "' in '" + row.target +
                                    "'; " + suggestName(key, known, "keys"));
  }

  std::string text;
  if (llvm::Error error =
          yaml.getText(value, key, "write a cost such as 'view'")
              .moveInto(text))
    return error;
  std::vector<llvm::StringRef> names;
  for (const CostName &candidate : costNames) {
    if (candidate.name == text)
      cost = &candidate;
    names.push_back(candidate.name);
  }
  if (!cost)
    return makeFileError(yaml.locate(value),
                         "unknown cost '" + text + "' of '" + row.target +
                             "'; " + suggestName(text, names, "costs"));
  return llvm::Error::success();
}

llvm::Error RowReader::readOps(unsigned &ops, llvm::StringRef key,
                               llvm::yaml::Node &value) {
  constexpr llvm::StringLiteral expectation =
      "write a number of operations, such as 2";
  llvm::Expected<std::string> text = yaml.getText(value, key, expectation);
  if (!text)
    return text.takeError();
  if (llvm::StringRef(*text).getAsInteger(10, ops) || ops > maxOpsPerElement)
    return makeFileError(yaml.locate(value),
                         "'" + key + "' is a whole number up to " +
                             llvm::Twine(maxOpsPerElement) + ", got '" + *text +
                             "'; " + expectation);
  return llvm::Error::success();
}

llvm::Error RowReader::readWork(CustomCall &row, llvm::yaml::Node &value) {
  return yaml.readMapping(
      value, "work",
      [&](llvm::StringRef key, const FileLocation &where,
          llvm::yaml::Node &node) -> llvm::Error {
        std::optional<UnitType> unitType = parseUnitType(key);
        if (!unitType) {
          std::vector<std::string> spellings;
          for (Unit unit : allUnits())
            for (ElementType type : allElementTypes())
              spellings.push_back(UnitType{unit, type}.str());
          std::vector<llvm::StringRef> known(spellings.begin(),
                                             spellings.end());
          std::vector<llvm::StringRef> near = nearestNames(key, known);
          return makeFileError(
              where,
              "unknown unit and type '" + key + "'; " +
                  (near.empty() ? std::string("write them like "
                                              "'matrix_bf16'")
                                : "did you mean " + quotedList(near) + "?"));
        }
        llvm::Expected<std::string> text =
            yaml.getText(node, key, "write a number of operations");
        if (!text)
          return text.takeError();
        std::optional<Count> ops = Count::parse(*text);
        if (!ops)
          return makeFileError(yaml.locate(node),
                               "'" + key +
                                   "' is a whole number of operations of one "
                                   "call, got '" +
                                   *text + "'");
        row.work.add({*unitType, *ops});
        return llvm::Error::success();
      });
}

llvm::Error RowReader::check(const CustomCall &row) {
  for (const auto &[key, where] : keys) {
    const char *costs = costsWith(key);
    if (!costs)
      continue;
    llvm::SmallVector<llvm::StringRef, 2> allowed;
    llvm::StringRef(costs).split(allowed, ' ');
    if (!llvm::is_contained(allowed, llvm::StringRef(cost->name)))
      return makeFileError(where, "'" + key + "' does not go with cost '" +
                                      cost->name + "' of '" + row.target +
                                      "'; it goes with " + quotedList(allowed));
  }
  auto isZero = [](const CallOps &ops) {
    return ops.vector == 0 && ops.special == 0;
  };
  bool hasNoWork = cost->cost == CallCost::Fixed
                       ? row.work.empty()
                       : (cost->cost == CallCost::Elementwise ||
                          cost->cost == CallCost::Reduction) &&
                             isZero(row.perElement) && isZero(row.perLine);
  if (hasNoWork)
    return makeFileError(
        row.where,
        "cost '" + cost->name + "' of '" + row.target + "' needs " +
            (cost->cost == CallCost::Fixed ? "'work'"
                                           : "'vector' or 'special'") +
            "; a call that only moves data has the cost 'data_movement'");
  return llvm::Error::success();
}

} // namespace

llvm::Error CustomCallTable::addFile(llvm::StringRef text,
                                     llvm::StringRef file) {
  return RowReader(text, file).read([&](CustomCall row) -> llvm::Error {
    auto [entry, isNew] = indexOf.try_emplace(row.target, calls.size());
    if (!isNew)
      return makeFileError(row.where,
                           "custom call '" + row.target +
                               "' is given by two files, here and in " +
                               calls[entry->second].where.str() +
                               "; leave one of them out");
    calls.push_back(std::move(row));
    return llvm::Error::success();
  });
}

const CustomCall *CustomCallTable::lookup(llvm::StringRef target) const {
  auto it = indexOf.find(target);
  return it == indexOf.end() ? nullptr : &calls[it->second];
}

std::string callCostsToMarkdown() {
  std::string text = "| cost | meaning |\n|---|---|\n";
  for (const CostName &cost : costNames) {
    text += ("| `" + cost.name + "` | " + cost.meaning).str();
    if (cost.perElement.vector + cost.perElement.special > 0) {
      auto add = [&](const CallOps &ops, llvm::StringRef where) {
        if (ops.vector + ops.special == 0)
          return;
        text += "; ";
        if (ops.vector > 0)
          text += std::to_string(ops.vector) + " vector";
        if (ops.vector > 0 && ops.special > 0)
          text += " + ";
        if (ops.special > 0)
          text += std::to_string(ops.special) + " special";
        text += (" per " + where).str();
      };
      add(cost.perElement, "element");
      add(cost.perLine, "line");
    }
    text += " |\n";
  }
  return text;
}

} // namespace roofline
