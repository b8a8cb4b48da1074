//===- RooflineAttrs.cpp - Attributes of the roofline dialect -------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All attributes print as `key = value` lists in one order and parse the keys
// in any order, each at most once.
//
//===----------------------------------------------------------------------===//

#include "roofline/IR/RooflineDialect.h"

#include "mlir/IR/OpImplementation.h"

#include "llvm/ADT/APInt.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Format.h"

#include <cmath>

using mlir::AsmParser;
using mlir::AsmPrinter;
using mlir::Attribute;
using mlir::failure;
using mlir::LogicalResult;
using mlir::success;

namespace roofline {

//===----------------------------------------------------------------------===//
// Seconds
//===----------------------------------------------------------------------===//

namespace {

/// `%.3e` always has a dot, which the parser of floats insists on.
std::string secondsText(double seconds) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.3e", seconds);
  return text;
}

/// What a text can hold: neither infinite nor not a number.
bool isTime(Seconds seconds) {
  return std::isfinite(seconds.value()) && seconds.value() >= 0;
}

} // namespace

Seconds::Seconds(double seconds)
    : seconds(std::strtod(secondsText(seconds).c_str(), nullptr)) {}

llvm::hash_code hash_value(Seconds seconds) {
  return llvm::hash_value(llvm::bit_cast<uint64_t>(seconds.seconds));
}

llvm::hash_code hash_value(const ContractionShape &shape) {
  return llvm::hash_combine(shape.batch, shape.m, shape.n, shape.k);
}

llvm::hash_code hash_value(const Exchange &exchange) {
  return llvm::hash_combine(exchange.kind, exchange.ranks);
}

llvm::hash_code hash_value(const Bound &bound) {
  std::optional<UnitType> where = bound.unitType();
  if (!where)
    return llvm::hash_value(-1);
  return llvm::hash_combine(where->unit, where->type);
}

//===----------------------------------------------------------------------===//
// Parsing
//===----------------------------------------------------------------------===//

namespace {

mlir::FailureOr<Count> parseCount(AsmParser &parser) {
  llvm::SMLoc loc = parser.getCurrentLocation();
  llvm::APInt value;
  mlir::OptionalParseResult result = parser.parseOptionalInteger(value);
  if (!result.has_value() || failed(*result) || value.isNegative()) {
    parser.emitError(loc, "expected a non-negative integer");
    return failure();
  }
  llvm::SmallString<40> digits;
  value.toString(digits, 10, /*Signed=*/false);
  std::optional<Count> count = Count::parse(digits);
  if (!count) {
    parser.emitError(loc, "expected an integer below 2^128 - 1");
    return failure();
  }
  return *count;
}

mlir::FailureOr<Seconds> parseSeconds(AsmParser &parser) {
  double seconds;
  if (parser.parseFloat(seconds))
    return failure();
  return Seconds(seconds);
}

/// Parses a bare word that `read` knows.
template <typename T>
mlir::FailureOr<T> parseWord(AsmParser &parser, llvm::StringRef what,
                             std::optional<T> (*read)(llvm::StringRef)) {
  llvm::SMLoc loc = parser.getCurrentLocation();
  llvm::StringRef word;
  if (parser.parseKeyword(&word))
    return failure();
  if (std::optional<T> value = read(word))
    return *value;
  parser.emitError(loc) << "unknown " << what << " '" << word << "'";
  return failure();
}

/// Parses `key = value` pairs up to and including the closing `>`;
/// `parseValue` parses the value of a key that it knows and returns nullopt for
/// one that it does not.
LogicalResult
parsePairs(AsmParser &parser, bool leadingComma,
           llvm::function_ref<std::optional<LogicalResult>(llvm::StringRef)>
               parseValue) {
  llvm::StringSet<> seen;
  if (leadingComma) {
    if (succeeded(parser.parseOptionalGreater()))
      return success();
    if (parser.parseComma())
      return failure();
  }
  do {
    llvm::SMLoc loc = parser.getCurrentLocation();
    llvm::StringRef key;
    if (parser.parseKeyword(&key) || parser.parseEqual())
      return failure();
    if (!seen.insert(key).second)
      return parser.emitError(loc) << "key '" << key << "' is given twice";
    std::optional<LogicalResult> result = parseValue(key);
    if (!result)
      return parser.emitError(loc) << "unknown key '" << key << "'";
    if (failed(*result))
      return failure();
  } while (succeeded(parser.parseOptionalComma()));
  return parser.parseGreater();
}

/// Stores a parsed value; for use as the result of a key.
template <typename T> LogicalResult store(mlir::FailureOr<T> parsed, T &value) {
  if (failed(parsed))
    return failure();
  value = *parsed;
  return success();
}
template <typename T>
LogicalResult store(mlir::FailureOr<T> parsed, std::optional<T> &value) {
  if (failed(parsed))
    return failure();
  value.emplace(*parsed);
  return success();
}

} // namespace

//===----------------------------------------------------------------------===//
// WorkAttr
//===----------------------------------------------------------------------===//

Attribute WorkAttr::parse(AsmParser &parser, mlir::Type) {
  llvm::SMLoc loc = parser.getCurrentLocation();
  std::optional<Unit> unit;
  std::optional<ElementType> type;
  std::optional<Count> ops;
  if (parser.parseLess() ||
      failed(parsePairs(
          parser, /*leadingComma=*/false,
          [&](llvm::StringRef key) -> std::optional<LogicalResult> {
            if (key == "unit")
              return store(parseWord(parser, "unit", parseUnit), unit);
            if (key == "type")
              return store(parseWord(parser, "element type", parseElementType),
                           type);
            if (key == "ops")
              return store(parseCount(parser), ops);
            return std::nullopt;
          })))
    return {};
  if (!unit || !type || !ops) {
    parser.emitError(loc, "expected 'unit', 'type' and 'ops'");
    return {};
  }
  return get(parser.getContext(), *unit, *type, *ops);
}

void WorkAttr::print(AsmPrinter &printer) const {
  printer << "<unit = " << stringify(getUnit())
          << ", type = " << stringify(getType()) << ", ops = " << getOps().str()
          << ">";
}

//===----------------------------------------------------------------------===//
// DemandAttr
//===----------------------------------------------------------------------===//

DemandAttr DemandAttr::get(mlir::MLIRContext *context, const Demand &demand) {
  llvm::SmallVector<WorkAttr> work;
  for (const Work &entry : demand.work)
    work.push_back(
        WorkAttr::get(context, entry.where.unit, entry.where.type, entry.ops));
  return get(context, demand.structure, demand.contraction, work,
             demand.readBytes, demand.writtenBytes, demand.exchange);
}

Demand DemandAttr::asDemand() const {
  Demand demand;
  demand.structure = getStructure();
  demand.contraction = getContraction();
  for (WorkAttr entry : getWork())
    demand.work.add(entry.getUnit(), entry.getType(), entry.getOps());
  demand.readBytes = getReadBytes();
  demand.writtenBytes = getWrittenBytes();
  demand.exchange = getExchange();
  return demand;
}

Attribute DemandAttr::parse(AsmParser &parser, mlir::Type) {
  if (parser.parseLess())
    return {};
  llvm::SMLoc loc = parser.getCurrentLocation();
  mlir::FailureOr<Structure> structure =
      parseWord(parser, "structure", parseStructure);
  if (failed(structure))
    return {};

  Demand demand;
  demand.structure = *structure;
  std::optional<Count> batch, m, n, k, ranks;
  std::optional<CollectiveKind> exchange;
  LogicalResult pairs = parsePairs(
      parser, /*leadingComma=*/true,
      [&](llvm::StringRef key) -> std::optional<LogicalResult> {
        if (key == "batch")
          return store(parseCount(parser), batch);
        if (key == "m")
          return store(parseCount(parser), m);
        if (key == "n")
          return store(parseCount(parser), n);
        if (key == "k")
          return store(parseCount(parser), k);
        if (key == "exchange")
          return store(parseWord(parser, "collective", parseCollectiveKind),
                       exchange);
        if (key == "ranks")
          return store(parseCount(parser), ranks);
        if (key == "read_bytes")
          return store(parseCount(parser), demand.readBytes);
        if (key == "written_bytes")
          return store(parseCount(parser), demand.writtenBytes);
        if (key == "work")
          return parser.parseCommaSeparatedList(
              AsmParser::Delimiter::Square, [&]() -> LogicalResult {
                WorkAttr entry;
                if (parser.parseAttribute(entry))
                  return failure();
                demand.work.add(entry.getUnit(), entry.getType(),
                                entry.getOps());
                return success();
              });
        return std::nullopt;
      });
  if (failed(pairs))
    return {};

  if (m || n || k || batch) {
    bool mayContract = demand.structure == Structure::Contraction ||
                       demand.structure == Structure::Convolution ||
                       demand.structure == Structure::Attention;
    if (!m || !n || !k || !mayContract) {
      parser.emitError(loc, "expected 'm', 'n' and 'k' together, and only for "
                            "a contraction, convolution or attention");
      return {};
    }
    demand.contraction = ContractionShape{batch.value_or(1), *m, *n, *k};
  }
  if (exchange || ranks) {
    if (!exchange || !ranks || demand.structure != Structure::Collective) {
      parser.emitError(loc,
                       "expected 'exchange' and 'ranks' together, and only "
                       "for a collective");
      return {};
    }
    demand.exchange = Exchange{*exchange, *ranks};
  }
  return get(parser.getContext(), demand);
}

void DemandAttr::print(AsmPrinter &printer) const {
  printer << "<" << stringify(getStructure());
  if (const std::optional<ContractionShape> &shape = getContraction()) {
    if (shape->batch != Count(1))
      printer << ", batch = " << shape->batch.str();
    printer << ", m = " << shape->m.str() << ", n = " << shape->n.str()
            << ", k = " << shape->k.str();
  }
  if (const std::optional<Exchange> &exchange = getExchange())
    printer << ", exchange = " << stringify(exchange->kind)
            << ", ranks = " << exchange->ranks.str();
  if (!getWork().empty()) {
    printer << ", work = [";
    llvm::interleaveComma(getWork(), printer, [&](WorkAttr entry) {
      printer.printAttribute(entry);
    });
    printer << "]";
  }
  printer << ", read_bytes = " << getReadBytes().str()
          << ", written_bytes = " << getWrittenBytes().str() << ">";
}

//===----------------------------------------------------------------------===//
// UnknownAttr
//===----------------------------------------------------------------------===//

Attribute UnknownAttr::parse(AsmParser &parser, mlir::Type) {
  if (parser.parseLess())
    return {};
  mlir::FailureOr<UnknownKind> kind =
      parseWord(parser, "kind of unknown", parseUnknownKind);
  std::string reason;
  if (failed(kind) || parser.parseComma() || parser.parseString(&reason) ||
      parser.parseGreater())
    return {};
  return get(parser.getContext(), *kind, reason);
}

void UnknownAttr::print(AsmPrinter &printer) const {
  printer << "<" << stringify(getKind()) << ", ";
  printer.printString(getReason());
  printer << ">";
}

//===----------------------------------------------------------------------===//
// KernelAttr
//===----------------------------------------------------------------------===//

KernelAttr KernelAttr::get(mlir::MLIRContext *context, KernelFamily family,
                           llvm::StringRef name, uint64_t ops,
                           const KnownOr<Demand> &demand) {
  Attribute attribute;
  if (demand)
    attribute = DemandAttr::get(context, *demand);
  else
    attribute = UnknownAttr::get(context, demand.unknown());
  return get(context, family, name, ops, attribute);
}

KnownOr<Demand> KernelAttr::asDemand() const {
  if (auto unknown = mlir::dyn_cast<UnknownAttr>(getDemand()))
    return unknown.asUnknown();
  return mlir::cast<DemandAttr>(getDemand()).asDemand();
}

LogicalResult
KernelAttr::verify(llvm::function_ref<mlir::InFlightDiagnostic()> emitError,
                   KernelFamily family, llvm::StringRef name, uint64_t ops,
                   Attribute demand) {
  if (name.empty())
    return emitError() << "expected a 'name' that is not empty";
  if (ops == 0)
    return emitError() << "expected 'ops' to be 1 or more";
  if (!mlir::isa_and_present<DemandAttr, UnknownAttr>(demand))
    return emitError()
           << "expected 'demand' to be #roofline.demand or #roofline.unknown";
  return success();
}

Attribute KernelAttr::parse(AsmParser &parser, mlir::Type) {
  llvm::SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  mlir::FailureOr<KernelFamily> family =
      parseWord(parser, "kernel family", parseKernelFamily);
  if (failed(family))
    return {};
  std::string name;
  uint64_t ops = 0;
  Attribute demand;
  if (failed(
          parsePairs(parser, /*leadingComma=*/true,
                     [&](llvm::StringRef key) -> std::optional<LogicalResult> {
                       if (key == "name")
                         return LogicalResult(parser.parseString(&name));
                       if (key == "ops")
                         return LogicalResult(parser.parseInteger(ops));
                       if (key == "demand")
                         return LogicalResult(parser.parseAttribute(demand));
                       return std::nullopt;
                     })))
    return {};
  return getChecked([&] { return parser.emitError(loc); }, parser.getContext(),
                    *family, llvm::StringRef(name), ops, demand);
}

void KernelAttr::print(AsmPrinter &printer) const {
  printer << "<" << stringify(getFamily()) << ", name = ";
  printer.printString(getName());
  printer << ", ops = " << getOps() << ", demand = ";
  printer.printAttribute(getDemand());
  printer << ">";
}

//===----------------------------------------------------------------------===//
// EstimateAttr
//===----------------------------------------------------------------------===//

EstimateAttr EstimateAttr::get(mlir::MLIRContext *context,
                               llvm::StringRef target,
                               const KnownOr<Roof> &roof) {
  if (!roof)
    return get(context, target, std::nullopt, std::nullopt, std::nullopt,
               std::nullopt, std::nullopt,
               UnknownAttr::get(context, roof.unknown()));
  return get(context, target, std::nullopt, std::nullopt, std::nullopt,
             Seconds(roof->seconds), roof->bound, UnknownAttr());
}

EstimateAttr EstimateAttr::get(mlir::MLIRContext *context,
                               llvm::StringRef target,
                               const KnownOr<Roof> &roof,
                               const KnownOr<KernelTime> &time) {
  if (!roof)
    return get(context, target, roof);
  if (!time)
    return get(context, target, std::nullopt, std::nullopt, std::nullopt,
               Seconds(roof->seconds), roof->bound,
               UnknownAttr::get(context, time.unknown()));
  return get(context, target, Seconds(time->seconds), Seconds(time->low),
             Seconds(time->high), Seconds(roof->seconds), roof->bound,
             UnknownAttr());
}

LogicalResult
EstimateAttr::verify(llvm::function_ref<mlir::InFlightDiagnostic()> emitError,
                     llvm::StringRef target, std::optional<Seconds> seconds,
                     std::optional<Seconds> low, std::optional<Seconds> high,
                     std::optional<Seconds> roofSeconds,
                     std::optional<Bound> bound, UnknownAttr unknown) {
  if (target.empty())
    return emitError() << "expected 'target'";
  if (!roofSeconds && !unknown)
    return emitError() << "expected 'roof_seconds' or 'unknown'";
  if (bound && !roofSeconds)
    return emitError() << "expected no 'bound' where the roof is unknown";
  if (roofSeconds && !isTime(*roofSeconds))
    return emitError()
           << "expected 'roof_seconds' to be finite and not negative";
  if (low.has_value() != high.has_value() || (low && !seconds))
    return emitError() << "expected 'low' and 'high' together, with 'seconds'";
  if (!seconds)
    return success();
  if (!roofSeconds || unknown)
    return emitError()
           << "expected 'seconds' with 'roof_seconds' and without 'unknown'";
  if (!isTime(*seconds) || seconds->value() < roofSeconds->value())
    return emitError()
           << "expected 'seconds' to be finite and no less than 'roof_seconds'";
  if (low &&
      !(isTime(*low) && isTime(*high) && roofSeconds->value() <= low->value() &&
        low->value() <= seconds->value() && seconds->value() <= high->value()))
    return emitError() << "expected 'roof_seconds', 'low', 'seconds' and "
                          "'high' in ascending order";
  return success();
}

Attribute EstimateAttr::parse(AsmParser &parser, mlir::Type) {
  std::string target;
  std::optional<Seconds> seconds, low, high, roofSeconds;
  std::optional<Bound> bound;
  UnknownAttr unknown;
  if (parser.parseLess() ||
      failed(parsePairs(
          parser, /*leadingComma=*/false,
          [&](llvm::StringRef key) -> std::optional<LogicalResult> {
            if (key == "target")
              return LogicalResult(parser.parseString(&target));
            if (key == "seconds")
              return store(parseSeconds(parser), seconds);
            if (key == "low")
              return store(parseSeconds(parser), low);
            if (key == "high")
              return store(parseSeconds(parser), high);
            if (key == "roof_seconds")
              return store(parseSeconds(parser), roofSeconds);
            if (key == "bound")
              return store(parseWord(parser, "bound", parseBound), bound);
            if (key == "unknown")
              return LogicalResult(parser.parseAttribute(unknown));
            return std::nullopt;
          })))
    return {};
  return getChecked([&] { return parser.emitError(parser.getNameLoc()); },
                    parser.getContext(), llvm::StringRef(target), seconds, low,
                    high, roofSeconds, bound, unknown);
}

void EstimateAttr::print(AsmPrinter &printer) const {
  printer << "<target = ";
  printer.printString(getTarget());
  if (std::optional<Seconds> seconds = getSeconds())
    printer << ", seconds = " << secondsText(seconds->value());
  if (std::optional<Seconds> low = getLow())
    printer << ", low = " << secondsText(low->value());
  if (std::optional<Seconds> high = getHigh())
    printer << ", high = " << secondsText(high->value());
  if (std::optional<Seconds> seconds = getRoofSeconds())
    printer << ", roof_seconds = " << secondsText(seconds->value());
  if (std::optional<Bound> bound = getBound())
    printer << ", bound = " << bound->str();
  if (UnknownAttr unknown = getUnknown()) {
    printer << ", unknown = ";
    printer.printAttribute(unknown);
  }
  printer << ">";
}

//===----------------------------------------------------------------------===//
// FindingAttr
//===----------------------------------------------------------------------===//

LogicalResult
FindingAttr::verify(llvm::function_ref<mlir::InFlightDiagnostic()> emitError,
                    llvm::StringRef rule, llvm::StringRef status,
                    llvm::StringRef target, llvm::StringRef op, llvm::StringRef,
                    std::optional<Seconds> seconds) {
  if (rule.empty() || status.empty() || target.empty() || op.empty())
    return emitError() << "expected 'rule', 'status', 'target' and 'op'";
  if (seconds && !isTime(*seconds))
    return emitError() << "expected 'seconds' to be finite and not negative";
  return success();
}

Attribute FindingAttr::parse(AsmParser &parser, mlir::Type) {
  std::string rule, status, target, op, reason;
  std::optional<Seconds> seconds;
  if (parser.parseLess() ||
      failed(
          parsePairs(parser, /*leadingComma=*/false,
                     [&](llvm::StringRef key) -> std::optional<LogicalResult> {
                       if (key == "rule")
                         return LogicalResult(parser.parseString(&rule));
                       if (key == "status")
                         return LogicalResult(parser.parseString(&status));
                       if (key == "target")
                         return LogicalResult(parser.parseString(&target));
                       if (key == "op")
                         return LogicalResult(parser.parseString(&op));
                       if (key == "reason")
                         return LogicalResult(parser.parseString(&reason));
                       if (key == "seconds")
                         return store(parseSeconds(parser), seconds);
                       return std::nullopt;
                     })))
    return {};
  return getChecked([&] { return parser.emitError(parser.getNameLoc()); },
                    parser.getContext(), llvm::StringRef(rule),
                    llvm::StringRef(status), llvm::StringRef(target),
                    llvm::StringRef(op), llvm::StringRef(reason), seconds);
}

void FindingAttr::print(AsmPrinter &printer) const {
  auto printText = [&](llvm::StringRef key, llvm::StringRef text) {
    printer << key << " = ";
    printer.printString(text);
  };
  printer << "<";
  printText("rule", getRule());
  printText(", status", getStatus());
  printText(", target", getTarget());
  printText(", op", getOp());
  if (!getReason().empty())
    printText(", reason", getReason());
  if (std::optional<Seconds> seconds = getSeconds())
    printer << ", seconds = " << secondsText(seconds->value());
  printer << ">";
}

} // namespace roofline
