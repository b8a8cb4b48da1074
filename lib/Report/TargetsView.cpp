//===- TargetsView.cpp - Targets as table, listing and JSON ---------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Report/TargetsView.h"

#include "JsonText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <fmt/format.h>

#include <algorithm>

namespace roofline {

namespace {

/// The name and version of the JSON forms; the version rises when a key changes
/// its meaning or goes away.
constexpr llvm::StringLiteral tableSchema = "roofline.targets";
constexpr llvm::StringLiteral targetSchema = "roofline.target";
constexpr int schemaVersion = 1;

constexpr char absent[] = "-";
constexpr size_t lineWidth = 100;

constexpr ElementType shownTypes[] = {
    ElementType::F64, ElementType::TF32, ElementType::BF16, ElementType::F16,
    ElementType::F8,  ElementType::I8,   ElementType::F4};

fmt::string_view view(llvm::StringRef text) {
  return {text.data(), text.size()};
}

/// A number of at most five digits in units of `scale`, or the sign of absence.
std::string number(std::optional<double> value, double scale) {
  return value ? fmt::format("{:.5g}", *value / scale) : absent;
}

/// The matrix rate of `type` that the machine has itself. Where f32 is reduced
/// another way than to tf32, that is its answer to tf32.
std::optional<double> ownMatrixRate(const Machine &machine, ElementType type) {
  auto find = [&](ElementType wanted) -> std::optional<double> {
    auto it = machine.rates.find({Unit::Matrix, wanted});
    if (it == machine.rates.end())
      return std::nullopt;
    return it->second;
  };
  if (std::optional<double> rate = find(type))
    return rate;
  return type == ElementType::TF32 ? find(ElementType::HF32) : std::nullopt;
}

/// The peak that the ridge point is of: bf16, or what it runs as.
constexpr UnitType ridgeWork = {Unit::Matrix, ElementType::BF16};

std::optional<double> ridgePoint(const Target &target) {
  KnownOr<double> ridge = target.getMachine().ridgePoint(ridgeWork);
  return ridge ? std::optional<double>(*ridge) : std::nullopt;
}

/// `low`, or the weaker confidence of the two figures that decide most times.
std::string overallConfidence(const Target &target) {
  if (target.isLowConfidence())
    return "low";
  std::optional<Confidence> weakest;
  auto include = [&](llvm::StringRef path) {
    if (const TargetFact *fact = target.findFact(path))
      weakest =
          weakest ? std::max(*weakest, fact->confidence) : fact->confidence;
  };
  if (KnownOr<Rate> rate = target.getMachine().rate(ridgeWork))
    include(("units.matrix.rates." + stringify(rate->runsAs)).str());
  include("memory.bandwidth");
  return weakest ? stringify(*weakest).str() : absent;
}

/// The capacity that the product is known by.
std::optional<double> namedCapacity(const Target &target) {
  if (std::optional<double> value =
          target.getValue("memory.advertised_capacity"))
    return value;
  return target.getValue("memory.capacity");
}

/// By vendor, then by name.
std::vector<const Target *> sorted(TargetList targets) {
  std::vector<const Target *> list;
  for (const std::shared_ptr<const Target> &target : targets)
    list.push_back(target.get());
  llvm::sort(list, [](const Target *lhs, const Target *rhs) {
    return std::pair(lhs->getVendor(), lhs->getName()) <
           std::pair(rhs->getVendor(), rhs->getName());
  });
  return list;
}

/// Columns of text, the first one left and the rest right aligned.
class TextTable {
public:
  void addRow(std::vector<std::string> cells) {
    widths.resize(std::max(widths.size(), cells.size()));
    for (auto [width, cell] : llvm::zip(widths, cells))
      width = std::max(width, cell.size());
    rows.push_back(std::move(cells));
  }

  void print(llvm::raw_ostream &os) const {
    for (const std::vector<std::string> &row : rows) {
      std::string line;
      for (auto [index, cell] : llvm::enumerate(row))
        line += index == 0 ? fmt::format("{:<{}}", cell, widths[index])
                           : fmt::format("  {:>{}}", cell, widths[index]);
      os << llvm::StringRef(line).rtrim() << '\n';
    }
  }

private:
  std::vector<size_t> widths;
  std::vector<std::vector<std::string>> rows;
};

/// Breaks `text` into lines of at most `width` characters, at spaces.
std::vector<std::string> wrap(llvm::StringRef text, size_t width) {
  std::vector<std::string> lines(1);
  llvm::SmallVector<llvm::StringRef> words;
  llvm::SplitString(text, words);
  for (llvm::StringRef word : words) {
    if (!lines.back().empty() && lines.back().size() + 1 + word.size() > width)
      lines.emplace_back();
    if (!lines.back().empty())
      lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

void printWrapped(llvm::raw_ostream &os, size_t indent, llvm::StringRef text) {
  for (const std::string &line : wrap(text, lineWidth - indent))
    os.indent(indent) << line << '\n';
}

llvm::json::Value orNull(std::optional<double> value) {
  return value ? llvm::json::Value(*value) : llvm::json::Value(nullptr);
}

llvm::json::Value orNull(llvm::StringRef text) {
  return text.empty() ? llvm::json::Value(nullptr)
                      : llvm::json::Value(jsonText(text));
}

llvm::json::Value schemaToJson(llvm::StringRef name) {
  return llvm::json::Object{{"name", name}, {"version", schemaVersion}};
}

/// What both JSON forms say about a target.
llvm::json::Object summaryToJson(const Target &target) {
  const Machine &machine = target.getMachine();
  llvm::json::Object rates;
  for (const auto &[where, rate] : machine.rates)
    rates[where.str()] = rate;
  llvm::json::Object efficiencies;
  for (const auto &[where, efficiency] : machine.efficiencies)
    efficiencies[where.str()] = efficiency;
  llvm::json::Object substitutes;
  for (const auto &[where, type] : machine.substitutes)
    substitutes[where.str()] = stringify(type);
  llvm::json::Array links;
  for (const Link &link : machine.links)
    links.push_back(
        llvm::json::Object{{"name", link.name},
                           {"bytes_per_second", orNull(link.bytesPerSecond)},
                           {"latency_seconds", orNull(link.latencySeconds)}});
  return llvm::json::Object{
      {"name", target.getName().str()},
      {"title", target.getTitle().str()},
      {"vendor", target.getVendor().str()},
      {"architecture", orNull(target.getArchitecture())},
      {"confidence", overallConfidence(target)},
      {"low_confidence_reason", orNull(target.getLowConfidenceReason())},
      {"memory_bytes", orNull(machine.hbm.capacityBytes)},
      {"advertised_memory_bytes",
       orNull(target.getValue("memory.advertised_capacity"))},
      {"memory_bytes_per_second", orNull(machine.hbm.bytesPerSecond)},
      {"operations_per_second", std::move(rates)},
      {"efficiencies", std::move(efficiencies)},
      {"memory_efficiency", orNull(machine.hbmEfficiency)},
      {"launch_seconds", orNull(machine.launchSeconds)},
      {"submit_seconds", orNull(machine.submitSeconds)},
      {"substitutes", std::move(substitutes)},
      {"ridge_point_matrix_bf16", orNull(ridgePoint(target))},
      {"links", std::move(links)},
      {"tpp", orNull(target.getTpp())}};
}

llvm::json::Value factToJson(const TargetFact &fact) {
  return llvm::json::Object{
      {"path", jsonText(fact.path)},
      {"text", jsonText(fact.text)},
      {"value", orNull(fact.value)},
      {"unit", orNull(baseUnit(fact.dimension))},
      {"source", llvm::json::Object{{"title", jsonText(fact.source->title)},
                                    {"url", orNull(fact.source->url)},
                                    {"date", orNull(fact.source->date)}}},
      {"date", orNull(fact.date)},
      {"confidence", stringify(fact.confidence)},
      {"note", orNull(fact.note)},
      {"deviation", orNull(fact.deviation)},
      {"stated_by", jsonText(fact.statedBy)}};
}

} // namespace

void printTargetsTable(llvm::raw_ostream &os, TargetList targets) {
  TextTable table;
  std::vector<std::string> head = {"target", "memory", "bandwidth"};
  std::vector<std::string> units = {"", "GB", "GB/s"};
  for (ElementType type : shownTypes) {
    head.push_back(stringify(type).str() +
                   (type == ElementType::TF32 ? "*" : ""));
    units.push_back("TOP/s");
  }
  for (const char *name : {"ridge", "link", "TPP", "confidence"})
    head.push_back(name);
  for (const char *unit : {"OP/B", "GB/s", "", ""})
    units.push_back(unit);
  table.addRow(std::move(head));
  table.addRow(std::move(units));

  for (const Target *target : sorted(targets)) {
    const Machine &machine = target->getMachine();
    std::vector<std::string> row = {target->getName().str(),
                                    number(namedCapacity(*target), 1e9),
                                    number(machine.hbm.bytesPerSecond, 1e9)};
    for (ElementType type : shownTypes)
      row.push_back(number(ownMatrixRate(machine, type), 1e12));
    std::optional<double> ridge = ridgePoint(*target);
    row.push_back(ridge ? fmt::format("{:.0f}", *ridge) : absent);
    row.push_back(number(target->getValue("links.scale_up.bandwidth"), 1e9));
    row.push_back(number(target->getTpp(), 1));
    row.push_back(overallConfidence(*target));
    table.addRow(std::move(row));
  }
  table.print(os);
  os << "\n"
        "memory      capacity as advertised\n"
        "f64 ... f4  dense peak of the matrix unit that the model uses; * hf32 "
        "where there is no tf32\n"
        "ridge       matrix operations per byte, bf16 (f16 where there is no "
        "bf16), at which compute starts to bound\n"
        "link        scale-up, one device, one direction\n"
        "TPP         total processing performance: advertised dense TOP/s x "
        "bits\n"
        "confidence  weaker one of bf16 peak and bandwidth; 'low' targets give "
        "no times unless allowed\n"
        "-           not known or not present\n";
}

void printTarget(llvm::raw_ostream &os, const Target &target) {
  os << target.getName() << ": " << target.getTitle() << '\n';
  os << "  vendor        " << target.getVendor() << '\n';
  if (!target.getArchitecture().empty())
    os << "  architecture  " << target.getArchitecture() << '\n';
  os << "  file          " << target.getLocation().file << '\n';
  if (std::optional<double> ridge = ridgePoint(target))
    os << fmt::format(
        "  ridge point   {:.1f} matrix bf16 operations per byte\n", *ridge);
  if (target.isLowConfidence()) {
    os << "  confidence    low\n";
    printWrapped(os, 16, target.getLowConfidenceReason());
  }

  // Sources are numbered in the order of their first use.
  std::vector<const Source *> sources;
  auto numberOf = [&](const TargetFact &fact) {
    auto it = llvm::find(sources, fact.source.get());
    if (it == sources.end())
      it = sources.insert(sources.end(), fact.source.get());
    return it - sources.begin() + 1;
  };
  size_t pathWidth = 5, textWidth = 5;
  for (const TargetFact &fact : target.getFacts()) {
    pathWidth = std::max(pathWidth, fact.path.size());
    if (isQuantity(fact.dimension))
      textWidth = std::max(textWidth, fact.text.size());
  }
  os << '\n'
     << fmt::format("{:<{}}  {:<{}}  {:<6}  {:<10}  {}\n", "field", pathWidth,
                    "value", textWidth, "source", "date", "confidence");
  for (const TargetFact &fact : target.getFacts()) {
    bool isLong = fact.text.size() > textWidth;
    os << fmt::format("{:<{}}  {:<{}}  {:<6}  {:<10}  {}", fact.path, pathWidth,
                      isLong ? "..." : fact.text, textWidth,
                      fmt::format("[{}]", numberOf(fact)),
                      fact.date.empty() ? absent : fact.date,
                      view(stringify(fact.confidence)));
    os << (fact.statedBy == target.getName() ? std::string()
                                             : ", from " + fact.statedBy)
       << '\n';
    if (isLong)
      printWrapped(os, 4, fact.text);
    if (!fact.note.empty())
      printWrapped(os, 4, fact.note);
    if (!fact.deviation.empty())
      printWrapped(os, 4, "deviation: " + fact.deviation);
  }

  os << "\nsources\n";
  for (auto [index, source] : llvm::enumerate(sources)) {
    std::vector<std::string> lines = wrap(source->title, lineWidth - 6);
    os << fmt::format("{:>4}  {}\n", fmt::format("[{}]", index + 1),
                      lines.front());
    for (const std::string &line : llvm::drop_begin(lines))
      os.indent(6) << line << '\n';
    if (!source->url.empty())
      os.indent(6) << source->url << '\n';
  }
}

llvm::json::Value targetsToJson(TargetList targets) {
  llvm::json::Array list;
  for (const Target *target : sorted(targets))
    list.push_back(summaryToJson(*target));
  return llvm::json::Object{{"schema", schemaToJson(tableSchema)},
                            {"targets", std::move(list)}};
}

llvm::json::Value targetToJson(const Target &target) {
  llvm::json::Object object = summaryToJson(target);
  object["schema"] = schemaToJson(targetSchema);
  object["file"] = jsonText(target.getLocation().file);
  llvm::json::Array facts;
  for (const TargetFact &fact : target.getFacts())
    facts.push_back(factToJson(fact));
  object["facts"] = std::move(facts);
  return object;
}

} // namespace roofline
