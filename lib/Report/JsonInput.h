//===- JsonInput.h - Values of a saved report -------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads typed values out of JSON, and keeps the first thing that is wrong with
// them and its place in the document.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_JSONINPUT_H
#define ROOFLINE_LIB_REPORT_JSONINPUT_H

#include "roofline/Report/Report.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace roofline {

/// `text`, which messages call `file`, as the parser can take it: integers
/// beyond 64 bits become strings of their digits, because it would round them.
/// Fails where brackets nest deeper than in any report, because it recurses
/// once per bracket.
llvm::Expected<std::string> prepareJson(llvm::StringRef text,
                                        llvm::StringRef file);

/// The first thing that is wrong with a report. What is read after it has no
/// meaning.
class JsonProblem {
public:
  bool isSet() const { return set; }
  void report(llvm::json::Path path, llvm::StringLiteral message) {
    if (!set)
      path.report(message);
    set = true;
  }

private:
  bool set = false;
};

/// One object of a report. Getters leave their argument alone where something
/// is wrong.
class JsonInput {
public:
  using Path = llvm::json::Path;
  using Value = llvm::json::Value;

  JsonInput(const Value &value, Path path, JsonProblem &problem);

  bool has(llvm::StringLiteral key) const { return object && object->get(key); }
  bool isNull(llvm::StringLiteral key);
  void require(llvm::StringLiteral key, llvm::StringLiteral message);

  void text(llvm::StringLiteral key, std::string &result);
  void textOrNull(llvm::StringLiteral key, std::string &result);
  void boolean(llvm::StringLiteral key, bool &result);
  void size(llvm::StringLiteral key, size_t &result);
  /// The reason of what is unknown in the object, if it is said.
  std::string reason();
  void count(llvm::StringLiteral key, Count &result);
  /// `null` is unknown because of `reason`.
  void count(llvm::StringLiteral key, KnownOr<Count> &result,
             llvm::StringRef reason = noReason);
  void number(llvm::StringLiteral key, double &result);
  void number(llvm::StringLiteral key, std::optional<double> &result);
  /// `null` is unknown because of `reason`.
  void number(llvm::StringLiteral key, KnownOr<double> &result,
              llvm::StringRef reason = noReason);
  void interval(llvm::StringLiteral key, std::optional<TimeInterval> &result);
  /// A value of which `parse` makes what it stands for.
  template <typename T, typename Parse>
  void word(llvm::StringLiteral key, T &result, Parse parse,
            llvm::StringLiteral expectation) {
    std::string spelling;
    textOrNull(key, spelling);
    if (problem.isSet())
      return;
    if (auto parsed = parse(spelling))
      result = *parsed;
    else
      problem.report(path.field(key), expectation);
  }
  void bound(llvm::StringLiteral key, std::optional<Bound> &result);
  void operations(llvm::StringLiteral key, WorkList &result);
  /// A place in one of as many source files as `files`.
  void place(llvm::StringLiteral key, std::optional<SourcePlace> &result,
             size_t files);
  void demand(Demand &result);

  /// The object at `key`.
  JsonInput fields(llvm::StringLiteral key);
  /// The values of the array at `key`, one by one.
  void array(llvm::StringLiteral key,
             llvm::function_ref<void(const Value &, Path)> readItem);
  /// The objects of the array at `key`.
  void objects(llvm::StringLiteral key,
               llvm::function_ref<void(JsonInput &)> readItem);
  void texts(llvm::StringLiteral key, std::vector<std::string> &result);
  void sizes(llvm::StringLiteral key, std::vector<size_t> &result);
  void counts(llvm::StringLiteral key, std::vector<Count> &result);
  void places(llvm::StringLiteral key,
              std::vector<std::optional<SourcePlace>> &result, size_t files);
  /// The members of the object at `key` in the order of their names.
  void members(llvm::StringLiteral key,
               llvm::function_ref<void(llvm::StringRef, const Value &, Path)>
                   readMember);
  /// Fails where `actual` entries of `key` are not one for each of what another
  /// key has.
  void expectSize(llvm::StringLiteral key, size_t actual, size_t expected);

private:
  /// What stands for reasons that JSON does not say.
  static constexpr llvm::StringLiteral noReason =
      "not known when the report was saved";

  const Value *get(llvm::StringLiteral key);
  void readText(const Value &value, Path place, std::string &result);
  void readNumber(const Value &value, Path place, double &result);
  void readCount(const Value &value, Path place, Count &result);
  void readPlace(const Value &value, Path place,
                 std::optional<SourcePlace> &result, size_t files);

  const llvm::json::Object *object;
  Path path;
  JsonProblem &problem;
};

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_JSONINPUT_H
