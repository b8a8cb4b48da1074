//===- SourceText.cpp - What a model file is, before it is parsed ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Dialect/SourceText.h"

#include "roofline/Dialect/TolerantDialects.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

#include <algorithm>

using llvm::StringRef;

namespace roofline {

//===----------------------------------------------------------------------===//
// Kind
//===----------------------------------------------------------------------===//

static InputProblem problem(const llvm::Twine &message,
                            const llvm::Twine &remedy) {
  return {1, 1, message.str(), remedy.str()};
}

std::string bytecodeRemedy(StringRef producer) {
  if (producer.starts_with("StableHLO_"))
    return "convert it to text with 'stablehlo-translate --deserialize FILE -o "
           "FILE.mlir', or in Python with "
           "'jaxlib.mlir.dialects.stablehlo.deserialize_portable_artifact'";
  return "convert it to text with the opt tool of the project that wrote it, "
         "as "
         "'stablehlo-opt FILE -o FILE.mlir' or 'torch-mlir-opt FILE -o "
         "FILE.mlir'";
}

/// The zero-terminated producer string behind the magic and the version, which
/// is a variable-length integer.
static std::string readProducer(StringRef contents) {
  StringRef rest = contents.drop_front(4);
  if (rest.empty())
    return "";
  // The count of trailing zeros in the first byte is the number of bytes that
  // follow it.
  unsigned char first = rest.front();
  size_t length = first ? llvm::countr_zero(first) + 1 : 9;
  rest = rest.drop_front(std::min(length, rest.size()));
  return rest.take_until([](char c) { return c == '\0'; })
      .take_front(200)
      .str();
}

/// Recognises what is not MLIR. Returns false for what may be MLIR text.
static bool recogniseOther(StringRef contents, InputScan &scan) {
  StringRef text = contents.ltrim(" \t\r\n");
  auto refuse = [&](const llvm::Twine &message, const llvm::Twine &remedy) {
    scan.kind = InputKind::Other;
    scan.problem = problem(message, remedy);
    return true;
  };
  if (text.empty())
    return refuse("the file is empty", "expected MLIR text or bytecode");
  if (text.starts_with_insensitive("<!doctype") ||
      text.starts_with_insensitive("<html") || text.starts_with("<?xml"))
    return refuse("the file is a web page, not MLIR",
                  "download the file itself; on GitHub that is the 'Raw' link");
  if (contents.starts_with("version https://git-lfs"))
    return refuse("the file is a Git LFS pointer, not the model itself",
                  "fetch the model with 'git lfs pull'");
  if (text.starts_with("HloModule"))
    return refuse("the file is HLO text, not MLIR",
                  "convert it with 'hlo-translate -hlo-to-mlir FILE'");
  if (contents.starts_with("PK\x03\x04"))
    return refuse("the file is a zip archive, not MLIR",
                  "export a PyTorch program as StableHLO text instead, with "
                  "torch_xla's 'exported_program_to_stablehlo'");
  if (contents.starts_with("\x1f\x8b"))
    return refuse("the file is compressed with gzip",
                  "unpack it with 'gunzip'");
  if (contents.starts_with("\x28\xb5\x2f\xfd"))
    return refuse("the file is compressed with zstd",
                  "unpack it with 'unzstd'");
  if (contents.substr(4, 4) == "TFL3")
    return refuse("the file is a TensorFlow Lite model, not MLIR",
                  "export the model as StableHLO text instead");

  size_t zero = contents.find('\0');
  // The first field of an ONNX file is its version, one small number; the
  // second the producer.
  if (contents.size() > 2 && contents[0] == '\x08' && contents[1] < 16 &&
      (contents[2] == '\x12' || contents[2] == '\x3a') &&
      zero != StringRef::npos)
    return refuse("the file is an ONNX model, not MLIR",
                  "convert it with 'torch-mlir-import-onnx', then lower it to "
                  "StableHLO or linalg");
  if (zero == StringRef::npos)
    return false;
  refuse("the file is binary, not MLIR text or bytecode",
         "export the model as StableHLO or linalg text");
  StringRef before = contents.take_front(zero);
  scan.problem->line = before.count('\n') + 1;
  scan.problem->column = zero - (before.rfind('\n') + 1) + 1;
  return true;
}

//===----------------------------------------------------------------------===//
// Lines
//===----------------------------------------------------------------------===//

static bool isWordChar(char c) {
  return llvm::isAlnum(c) || c == '_' || c == '$' || c == '.' || c == '-';
}

/// Whether a word is an op of a dialect that stands at top level in real files.
static bool namesKnownOp(StringRef word) {
  static constexpr llvm::StringLiteral upstream[] = {
      "affine",    "arith",  "bufferization", "builtin", "cf",     "dlti",
      "emitc",     "func",   "gpu",           "irdl",    "linalg", "llvm",
      "math",      "memref", "ml_program",    "onnx",    "pdl",    "scf",
      "shape",     "shard",  "spirv",         "tensor",  "torch",  "tosa",
      "transform", "vector"};
  auto [name, op] = word.split('.');
  return !op.empty() && (llvm::is_contained(upstream, name) ||
                         llvm::is_contained(tolerantNamespaces(), name));
}

/// Whether a line outside every bracket may belong to an MLIR file. A line that
/// nearly does counts, too: an error in it is the parser's to report.
static bool looksLikeMlir(StringRef line, bool afterMlir) {
  // After the first op, what is indented goes on with the line before.
  if (afterMlir && llvm::isSpace(line.front()))
    return true;
  line = line.trim();
  StringRef first = line.take_while(isWordChar);
  StringRef rest = line.drop_front(first.size()).ltrim();
  switch (line.front()) {
  case '}':
  case ')':
    return afterMlir;
  case '-':
    return afterMlir && line.starts_with("->");
  case '%':
    return line.size() > 1 && isWordChar(line[1]);
  case '"': {
    // "dialect.op"(
    auto [name, tail] = line.drop_front().split('"');
    return name.contains('.') && llvm::all_of(name, isWordChar) &&
           tail.ltrim().starts_with("(");
  }
  case '{':
    return line.starts_with("{-#");
  case '#':
  case '!': {
    // An alias.
    StringRef name = line.drop_front().take_while(isWordChar);
    return !name.empty() &&
           line.drop_front(1 + name.size()).ltrim().starts_with("=");
  }
  default:
    break;
  }
  if (first == "module" || first == "func")
    return rest.empty() || StringRef("@{a(p").contains(rest.front());
  if (afterMlir && (first == "attributes" || first == "loc"))
    return true;
  if (line.ends_with("{") &&
      (line.contains('@') || first.edit_distance("module") <= 2))
    return true;
  if (namesKnownOp(first))
    return true;
  // An op of another dialect: `dialect.op @symbol`, `dialect.op %value`.
  size_t dot = first.find('.');
  if (dot == 0 || dot == StringRef::npos || dot + 1 == first.size() ||
      !llvm::isLower(first.front()))
    return false;
  for (StringRef modifier : {"private ", "public ", "nested ", "mutable "})
    if (rest.consume_front(modifier))
      rest = rest.ltrim();
  return rest.starts_with("@") || rest.starts_with("%");
}

namespace {

/// Follows brackets through text, over strings and comments.
class BracketDepth {
public:
  /// The bracket depth after what was read.
  size_t get() const { return round + angle; }
  bool isOutside() const { return round == 0; }
  void reset() { round = angle = 0; }

  /// Reads from `begin` to the end of the line (and on, inside a string).
  /// Returns the offset of the bracket that goes beyond the limit, or npos.
  /// `begin` becomes the offset of the line end.
  size_t readLine(StringRef text, size_t &begin) {
    size_t i = begin, e = text.size();
    for (; i != e; ++i) {
      if (text[i] != '-')
        signs = 0;
      switch (text[i]) {
      case '-':
        // A sign takes what follows as a bracket does.
        if (++signs > maxBracketNesting)
          return i;
        break;
      case '\n':
        begin = i;
        return StringRef::npos;
      case '"':
        // An unterminated string ends with its line, as for MLIR's lexer.
        for (++i; i != e && text[i] != '"' && text[i] != '\n'; ++i)
          if (text[i] == '\\' && i + 1 != e && text[i + 1] != '\n')
            ++i;
        if (i == e || text[i] == '\n')
          --i;
        break;
      case '/':
        // MLIR's lexer ends a comment at either line end.
        if (i + 1 != e && text[i + 1] == '/')
          i = std::min(text.find_first_of("\r\n", i), e) - 1;
        break;
      case '(':
      case '[':
      case '{':
        ++round;
        if (get() > maxBracketNesting)
          return i;
        break;
      case '<':
        ++angle;
        if (get() > maxBracketNesting)
          return i;
        break;
      case ')':
      case ']':
      case '}':
        round -= round != 0;
        break;
      case '>':
        // Not a bracket in `->` and `>=`.
        if (i != 0 && text[i - 1] != '-' && (i + 1 == e || text[i + 1] != '='))
          angle -= angle != 0;
        break;
      default:
        break;
      }
    }
    begin = e;
    return StringRef::npos;
  }

private:
  size_t round = 0, angle = 0;
  /// Minus signs in a row.
  size_t signs = 0;
};

} // namespace

static void refuseDepth(StringRef text, size_t bracket, InputScan &scan) {
  StringRef before = text.take_front(bracket);
  scan.logLines.clear();
  scan.problem = problem(
      "brackets nest deeper than " + llvm::Twine(maxBracketNesting) + " levels",
      "flatten the expression; no exporter writes such text");
  scan.problem->line = before.count('\n') + 1;
  scan.problem->column = bracket - (before.rfind('\n') + 1) + 1;
}

static void scanText(StringRef text, InputScan &scan) {
  BracketDepth depth;
  bool seenMlir = false;
  // Lines that may turn out to be the tail of the file.
  llvm::SmallVector<LogLine, 0> candidates;
  size_t lineNumber = 0;
  for (size_t offset = 0, e = text.size(); offset < e; ++offset) {
    ++lineNumber;
    size_t end = std::min(text.find('\n', offset), e);
    StringRef line = text.slice(offset, end).rtrim();
    // A comment ends at a carriage return, too; what follows counts.
    while (line.ltrim().starts_with("//") && line.contains('\r'))
      line = line.split('\r').second;
    if (line.empty()) {
      offset = end;
      continue;
    }
    if (line.ltrim().starts_with("//")) {
      // The chunks of a split file stand alone.
      if (line.starts_with("// -----"))
        depth.reset();
      offset = end;
      continue;
    }
    if (depth.isOutside()) {
      if (!looksLikeMlir(line, seenMlir)) {
        candidates.push_back({lineNumber, offset, end - offset});
        offset = end;
        continue;
      }
      // What stands between MLIR lines is for the parser to judge.
      if (seenMlir)
        candidates.clear();
      else
        scan.logLines = std::move(candidates);
      seenMlir = true;
      candidates.clear();
      depth.reset();
    }
    size_t tooDeep = depth.readLine(text, offset);
    if (tooDeep != StringRef::npos)
      return refuseDepth(text, tooDeep, scan);
  }
  if (seenMlir) {
    scan.logLines.append(candidates.begin(), candidates.end());
    return;
  }
  // The parser will say what is wrong, if it gets as far as that.
  scan.logLines.clear();
  depth.reset();
  for (size_t offset = 0; offset < text.size(); ++offset) {
    size_t tooDeep = depth.readLine(text, offset);
    if (tooDeep != StringRef::npos)
      return refuseDepth(text, tooDeep, scan);
  }
}

InputScan scanInput(StringRef contents) {
  InputScan scan;
  if (contents.starts_with("ML\xefR")) {
    scan.kind = InputKind::Bytecode;
    scan.producer = readProducer(contents);
    if (StringRef(scan.producer).starts_with("StableHLO_"))
      scan.problem =
          problem("the file is a portable StableHLO artifact (bytecode written "
                  "by '" +
                      scan.producer + "'), which cannot be read here",
                  bytecodeRemedy(scan.producer));
    return scan;
  }
  if (recogniseOther(contents, scan))
    return scan;
  scanText(contents, scan);
  return scan;
}

std::unique_ptr<llvm::MemoryBuffer>
blankLogLines(const llvm::MemoryBuffer &buffer,
              llvm::ArrayRef<LogLine> logLines) {
  std::unique_ptr<llvm::WritableMemoryBuffer> copy =
      llvm::WritableMemoryBuffer::getNewUninitMemBuffer(
          buffer.getBufferSize(), buffer.getBufferIdentifier());
  llvm::copy(buffer.getBuffer(), copy->getBufferStart());
  for (const LogLine &line : logLines)
    std::fill_n(copy->getBufferStart() + line.offset, line.length, ' ');
  return copy;
}

void printProblem(llvm::raw_ostream &os, StringRef fileName,
                  const InputProblem &problem) {
  os << fileName << ":" << problem.line << ":" << problem.column
     << ": error: " << problem.message << "\n";
  if (!problem.remedy.empty())
    os << fileName << ":" << problem.line << ":" << problem.column
       << ": note: " << problem.remedy << "\n";
}

void printLogLineRemarks(llvm::raw_ostream &os, StringRef fileName,
                         llvm::ArrayRef<LogLine> logLines) {
  while (!logLines.empty()) {
    size_t first = logLines.front().line, last = first;
    logLines = logLines.drop_front();
    // Blank lines in between do not start another run.
    while (!logLines.empty() && logLines.front().line <= last + 2) {
      last = logLines.front().line;
      logLines = logLines.drop_front();
    }
    os << fileName << ":" << first << ":1: remark: ignored ";
    if (first == last)
      os << "line " << first << ", which is not MLIR\n";
    else
      os << "lines " << first << " to " << last << ", which are not MLIR\n";
  }
}

} // namespace roofline
