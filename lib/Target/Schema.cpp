//===- Schema.cpp - The keys of a target file -----------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Target/Schema.h"

#include "Calibrations.h"
#include "roofline/Model/ElementType.h"
#include "roofline/Model/TimeModel.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <tuple>
#include <utility>

namespace roofline {

namespace {

/// Large kernels reach a third of a peak and more; far less is a slip, or a
/// peak that does not apply.
constexpr double lowestEfficiency = 0.05;

// Plausible values reach from well below the smallest accelerator of the last
// ten years to about a thousand times the largest announced one: they catch a
// slipped prefix or decimal point, not a surprising product.
constexpr SchemaField plainFields[] = {
    {"process", Dimension::Text, 0, 0, "manufacturing process and die"},
    {"devices", Dimension::Count, 1, 64,
     "devices that software sees in the package"},
    {"cores.<core>", Dimension::Count, 1, 1e5,
     "cores that hold units of the kind; on a GPU both are the SM"},
    {"clocks.<core>", Dimension::Frequency, 1e8, 1e10,
     "clock at which the advertised peak holds"},
    {"units.<unit>.rates.<type>", Dimension::OpRate, 1e9, 1e18,
     "dense peak that the model uses; one multiply-add is two operations"},
    {"units.<unit>.per_clock.<type>", Dimension::OpsPerClock, 1, 1e6,
     "dense operations of one core per clock"},
    {"units.<unit>.advertised.<type>", Dimension::OpRate, 1e9, 1e18,
     "dense peak that the vendor advertises, where it is another one"},
    {"units.<unit>.measured.<type>", Dimension::OpRate, 1e8, 1e18,
     "best published measurement"},
    {"units.<unit>.efficiency.<type>", Dimension::Number, lowestEfficiency, 1,
     "fraction of the peak that large kernels of libraries reach"},
    {"units.<unit>.substitute.<type>", Dimension::Type, 0, 0,
     "what an absent type runs as on the same unit"},
    {"units.<unit>.sparsity", Dimension::Number, 1, 8,
     "factor of structured sparsity over the dense peak"},
    {"units.<unit>.instruction", Dimension::Text, 0, 0,
     "shape of the instruction"},
    {"memory.technology", Dimension::Text, 0, 0, "off-chip memory: kind"},
    {"memory.capacity", Dimension::Bytes, 1e8, 1e14,
     "off-chip memory: bytes that software can use"},
    {"memory.advertised_capacity", Dimension::Bytes, 1e8, 1e14,
     "off-chip memory: capacity as advertised, where it is another one"},
    {"memory.bandwidth", Dimension::ByteRate, 1e9, 1e15,
     "off-chip memory: peak bandwidth"},
    {"memory.bus_width", Dimension::Bits, 8, 1e6, "off-chip memory: data pins"},
    {"memory.pin_rate", Dimension::BitRate, 1e8, 1e12,
     "off-chip memory: rate of one pin"},
    {"memory.measured_bandwidth", Dimension::ByteRate, 1e8, 1e15,
     "off-chip memory: best published measurement"},
    {"memory.efficiency", Dimension::Number, lowestEfficiency, 1,
     "off-chip memory: fraction of the bandwidth that large kernels reach"},
    {"l2.capacity", Dimension::Bytes, 1e3, 1e11,
     "last-level cache: bytes of the whole device"},
    {"l2.bandwidth", Dimension::ByteRate, 1e9, 1e16,
     "last-level cache: bandwidth of the whole device"},
    {"core_memories.<core>.<memory>.capacity", Dimension::Bytes, 1e3, 1e9,
     "memory of one core: bytes"},
    {"core_memories.<core>.<memory>.bandwidth", Dimension::BytesPerClock, 1,
     1e5, "memory of one core: bytes per clock"},
    {"links.<link>.technology", Dimension::Text, 0, 0, "link: kind"},
    {"links.<link>.topology", Dimension::Text, 0, 0,
     "link: topology; `full mesh` is a part of it between each two devices"},
    {"links.<link>.peers", Dimension::Count, 2, 1e6,
     "link: devices that it joins, this one included"},
    {"links.<link>.bandwidth", Dimension::ByteRate, 1e8, 1e14,
     "link: bandwidth of one device in one direction"},
    {"links.<link>.latency", Dimension::Time, 1e-8, 1e-2,
     "link: latency of the smallest message"},
    {"tdp", Dimension::Power, 1, 1e5, "thermal design power"},
    {"launch.floor", Dimension::Time, 1e-8, 1e-2,
     "shortest time on the device of any kernel"},
    {"launch.submit", Dimension::Time, 1e-8, 1e-2,
     "time that the host takes to submit one kernel"},
    {"tpp", Dimension::Number, 1, 1e7,
     "total processing performance: dense TOP/s times bits, largest over the "
     "types"},
};

/// The plain fields and those of calibrations.
const std::vector<SchemaField> &allFields() {
  static const std::vector<SchemaField> fields = [] {
    std::vector<SchemaField> list(std::begin(plainFields),
                                  std::end(plainFields));
    llvm::append_range(list, calibrationFields());
    return list;
  }();
  return fields;
}

constexpr HeaderKey header[] = {
    {"name", true, "the name that users type; that of the file"},
    {"title", true, "the product's full name; inherited if not given"},
    {"vendor", true, "the vendor in lower case; inherited if not given"},
    {"architecture", false,
     "the generation that kernels are written for; inherited if not given"},
    {"extends", false,
     "the target whose facts hold where this file states none"},
    {"confidence", false,
     "'low' where times are to be refused unless the user allows them"},
    {"reason", false, "why confidence is low"},
    {"source", false, "the source of facts that name none themselves"},
    {"sources", false, "the publications, each under the name it is cited by"},
};

constexpr HeaderKey fact[] = {
    {"value", true, "the number with its unit, or the words"},
    {"source", false, "the source; that of the section or file if not given"},
    {"date", false, "when it held; the source's if not given"},
    {"confidence", false,
     "datasheet, paper, measured, third-party or inferred; the source's if not "
     "given"},
    {"note", false, "anything a reader should know"},
    {"deviation", false,
     "why a self-check fails on it; an error where none does"},
};

constexpr HeaderKey source[] = {
    {"title", true, "what it is and who published it"},
    {"url", false, "where it is"},
    {"date", false,
     "when it was published or read, as YYYY, YYYY-MM or "
     "YYYY-MM-DD"},
    {"confidence", true, "the confidence of what is taken from it"},
};

constexpr llvm::StringLiteral coreNames[] = {"matrix", "vector"};
constexpr llvm::StringLiteral linkNames[] = {"scale_up", "die_to_die",
                                             "scale_out", "host"};

bool isPlaceholder(llvm::StringRef segment) { return segment.starts_with("<"); }

/// The keys that `segment` of a field's path stands for; none for a name of
/// the file's own.
std::vector<llvm::StringRef> keysOf(llvm::StringRef segment) {
  std::vector<llvm::StringRef> keys;
  if (segment == "<unit>") {
    for (Unit unit : allUnits())
      keys.push_back(stringify(unit));
  } else if (segment == "<type>") {
    for (ElementType type : allElementTypes())
      keys.push_back(stringify(type));
  } else if (segment == "<core>") {
    keys.assign(std::begin(coreNames), std::end(coreNames));
  } else if (segment == "<link>") {
    keys.assign(std::begin(linkNames), std::end(linkNames));
  } else if (!isPlaceholder(segment)) {
    keys.push_back(segment);
  } else {
    for (const CalibrationKey &key : calibrationKeys())
      if (segment.drop_front().drop_back() == key.model->name)
        keys.push_back(key.name);
  }
  return keys;
}

/// A name that a file may give to something of its own.
bool isFreeName(llvm::StringRef key) {
  return !key.empty() && llvm::isLower(key.front()) &&
         llvm::all_of(key, [](char c) {
           return llvm::isLower(c) || llvm::isDigit(c) || c == '_';
         });
}

/// The fields as a tree of keys with every placeholder but `<memory>` spelt
/// out, so that looking up a key is a walk. Children keep the schema's order.
class SchemaTree {
public:
  struct Node {
    const SchemaField *field = nullptr;
    std::vector<std::pair<llvm::StringRef, unsigned>> children;
    /// The child for a name of the file's own.
    std::optional<unsigned> freeChild;
  };

  SchemaTree() : nodes(1) {
    for (const SchemaField &field : allFields()) {
      llvm::SmallVector<llvm::StringRef, 4> segments;
      field.path.split(segments, '.');
      insert(0, segments, field);
    }
  }

  /// The node of `path`, or null.
  const Node *find(llvm::StringRef path) const {
    const Node *node = &nodes.front();
    while (node && !path.empty()) {
      llvm::StringRef key;
      std::tie(key, path) = path.split('.');
      node = child(*node, key);
    }
    return node;
  }

  const Node &root() const { return nodes.front(); }

  const Node *child(const Node &node, llvm::StringRef key) const {
    if (size_t rank = rankOf(node, key); rank != node.children.size())
      return &nodes[node.children[rank].second];
    if (node.freeChild && isFreeName(key))
      return &nodes[*node.freeChild];
    return nullptr;
  }

  /// The place of `key` among its siblings; their number for a free name.
  static size_t rankOf(const Node &node, llvm::StringRef key) {
    auto it = llvm::find_if(
        node.children, [&](const auto &entry) { return entry.first == key; });
    return it - node.children.begin();
  }

private:
  void insert(unsigned index, llvm::ArrayRef<llvm::StringRef> segments,
              const SchemaField &field) {
    if (segments.empty()) {
      nodes[index].field = &field;
      return;
    }
    if (segments.front() == "<memory>") {
      unsigned child = nodes[index].freeChild.value_or(nodes.size());
      if (child == nodes.size())
        nodes.emplace_back();
      nodes[index].freeChild = child;
      insert(child, segments.drop_front(), field);
      return;
    }
    for (llvm::StringRef key : keysOf(segments.front())) {
      size_t rank = rankOf(nodes[index], key);
      if (rank == nodes[index].children.size()) {
        nodes.emplace_back();
        nodes[index].children.push_back({key, nodes.size() - 1});
      }
      insert(nodes[index].children[rank].second, segments.drop_front(), field);
    }
  }

  std::vector<Node> nodes;
};

const SchemaTree &tree() {
  static const SchemaTree instance;
  return instance;
}

} // namespace

llvm::ArrayRef<SchemaField> schemaFields() { return allFields(); }
llvm::ArrayRef<HeaderKey> headerKeys() { return header; }
llvm::ArrayRef<HeaderKey> factKeys() { return fact; }
llvm::ArrayRef<HeaderKey> sourceKeys() { return source; }

const SchemaField *findSchemaField(llvm::StringRef path) {
  const SchemaTree::Node *node = tree().find(path);
  return node ? node->field : nullptr;
}

bool isSchemaSection(llvm::StringRef path) {
  const SchemaTree::Node *node = tree().find(path);
  return node && !node->field;
}

std::vector<llvm::StringRef> schemaKeysBelow(llvm::StringRef path) {
  std::vector<llvm::StringRef> keys;
  if (const SchemaTree::Node *node = tree().find(path))
    for (const auto &[key, index] : node->children)
      keys.push_back(key);
  return keys;
}

bool schemaOrderLess(llvm::StringRef lhs, llvm::StringRef rhs) {
  const SchemaTree::Node *node = &tree().root();
  while (node && !lhs.empty() && !rhs.empty()) {
    auto [lhsKey, lhsRest] = lhs.split('.');
    auto [rhsKey, rhsRest] = rhs.split('.');
    if (lhsKey != rhsKey) {
      size_t lhsRank = SchemaTree::rankOf(*node, lhsKey);
      size_t rhsRank = SchemaTree::rankOf(*node, rhsKey);
      return lhsRank != rhsRank ? lhsRank < rhsRank : lhsKey < rhsKey;
    }
    node = tree().child(*node, lhsKey);
    lhs = lhsRest;
    rhs = rhsRest;
  }
  return lhs.size() < rhs.size();
}

std::string schemaToMarkdown() {
  std::string text;
  llvm::raw_string_ostream os(text);
  auto printKeys = [&](llvm::ArrayRef<HeaderKey> keys) {
    os << "| key | required | meaning |\n|---|---|---|\n";
    for (const HeaderKey &key : keys)
      os << "| `" << key.name << "` | " << (key.isRequired ? "yes" : "")
         << " | " << key.meaning << " |\n";
  };
  os << "Keys of the file:\n\n";
  printKeys(header);
  os << "\nKeys of a source:\n\n";
  printKeys(source);
  os << "\nKeys of a fact written as a mapping:\n\n";
  printKeys(fact);
  os << "\nFacts:\n\n| key | value | plausible | meaning "
        "|\n|---|---|---|---|\n";
  for (const SchemaField &field : plainFields) {
    os << "| `" << field.path << "` | " << describe(field.dimension) << " | ";
    if (isQuantity(field.dimension))
      os << formatQuantity(field.lowest, field.dimension) << " to "
         << formatQuantity(field.highest, field.dimension);
    os << " | " << field.meaning << " |\n";
  }
  os << calibrationsToMarkdown();
  return text;
}

} // namespace roofline
