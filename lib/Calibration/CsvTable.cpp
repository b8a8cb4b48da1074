//===- CsvTable.cpp - Strict reading of comma-separated text --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/CsvTable.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/JSON.h"

namespace roofline {

namespace {

/// Splits text into records, one call a record.
class CsvScanner {
public:
  CsvScanner(llvm::StringRef text, llvm::StringRef file)
      : text(text), file(file) {
    // Spreadsheets begin UTF-8 with a byte order mark.
    if (text.starts_with("\xef\xbb\xbf"))
      position = lineBegin = 3;
  }

  bool atEnd() const { return position >= text.size(); }

  /// Reads the record that begins here into `record`, which stays empty where
  /// the line is.
  llvm::Error readRecord(CsvRecord &record) {
    record.clear();
    if (skipLineEnd())
      return llvm::Error::success();
    while (true) {
      CsvField field{{}, line, column()};
      if (llvm::Error error = text.drop_front(position).starts_with("\"")
                                  ? readQuoted(field)
                                  : readPlain(field))
        return error;
      record.push_back(std::move(field));
      if (atEnd() || skipLineEnd())
        return llvm::Error::success();
      // Both ways of reading a field stop at a comma or at the line's end.
      ++position;
    }
  }

  /// Passes over the rest of the line.
  void skipLine() {
    while (!atEnd() && !skipLineEnd())
      ++position;
  }

private:
  unsigned column() const { return unsigned(position - lineBegin + 1); }

  /// Passes over LF or CRLF, if that is what comes.
  bool skipLineEnd() {
    llvm::StringRef rest = text.drop_front(position);
    size_t length = rest.starts_with("\r\n") ? 2 : rest.starts_with("\n");
    if (length == 0)
      return false;
    position += length;
    lineBegin = position;
    ++line;
    return true;
  }

  llvm::Error error(const llvm::Twine &message) const {
    return makeFileError({file.str(), line, column()}, message);
  }

  /// True where a record ends: at the end of the line or of the text.
  bool atLineEnd() const {
    llvm::StringRef rest = text.drop_front(position);
    return rest.empty() || rest.starts_with("\n") || rest.starts_with("\r\n");
  }

  /// Passes over tabs where a field ends behind them.
  bool skipTabs() {
    size_t end = text.find_first_not_of('\t', position);
    bool isEnd = end == llvm::StringRef::npos || text[end] == ',' ||
                 text[end] == '\n' || text[end] == '\r';
    if (end == position || !isEnd)
      return false;
    position = end == llvm::StringRef::npos ? text.size() : end;
    return true;
  }

  /// Fails on what no table of text holds.
  llvm::Error checkCharacter() const {
    auto c = static_cast<unsigned char>(text[position]);
    if (c >= ' ' && c != 0x7f)
      return llvm::Error::success();
    return error("unexpected control character; is this comma-separated text?");
  }

  llvm::Error readPlain(CsvField &field) {
    size_t begin = position;
    while (!atLineEnd() && text[position] != ',') {
      if (text[position] == '"')
        return error("unexpected quote within a field; quote the whole field "
                     "and write '\"\"' for a quote in it");
      if (skipTabs())
        break;
      if (llvm::Error failure = checkCharacter())
        return failure;
      ++position;
    }
    field.text = text.slice(begin, position).rtrim('\t').str();
    return llvm::Error::success();
  }

  llvm::Error readQuoted(CsvField &field) {
    ++position;
    while (true) {
      // Names that span lines would span those of messages, too.
      if (atLineEnd())
        return makeFileError(
            {file.str(), field.line, field.column},
            "this quote is not closed on its line; close it, "
            "or write '\"\"' for a quote within a quoted field");
      if (text[position] == '"') {
        ++position;
        skipTabs();
        if (atLineEnd() || text[position] == ',')
          return llvm::Error::success();
        if (text[position] != '"')
          return error("unexpected text after a quoted field; expected a comma "
                       "or the end of the line");
      } else if (llvm::Error failure = checkCharacter()) {
        return failure;
      }
      field.text += text[position++];
    }
  }

  llvm::StringRef text;
  llvm::StringRef file;
  size_t position = 0;
  size_t lineBegin = 0;
  unsigned line = 1;
};

llvm::Error checkColumns(const CsvTable &table) {
  llvm::StringSet<> names;
  for (const CsvField &field : table.getHeader())
    if (!field.text.empty() && !names.insert(field.text).second)
      return makeFileError(table.locate(field),
                           "column '" + field.text +
                               "' is given twice; remove or rename one");
  return llvm::Error::success();
}

} // namespace

std::optional<size_t> CsvTable::findColumn(llvm::StringRef name) const {
  auto it = llvm::find_if(
      header, [&](const CsvField &field) { return field.text == name; });
  if (it == header.end())
    return std::nullopt;
  return it - header.begin();
}

llvm::Expected<CsvTable>
CsvTable::read(llvm::StringRef text, llvm::StringRef file,
               llvm::function_ref<bool(const CsvRecord &)> isHeader,
               llvm::StringRef noHeader) {
  CsvTable table;
  table.file = file.str();
  size_t wrongByte = 0;
  if (!llvm::json::isUTF8(text, &wrongByte)) {
    llvm::StringRef before = text.take_front(wrongByte);
    size_t lineEnd = before.rfind('\n');
    size_t lineBegin = lineEnd == llvm::StringRef::npos ? 0 : lineEnd + 1;
    return makeFileError({file.str(), unsigned(before.count('\n') + 1),
                          unsigned(wrongByte - lineBegin + 1)},
                         "not UTF-8; save the file as UTF-8 text");
  }

  CsvScanner scanner(text, file);
  for (unsigned passed = 0; !scanner.atEnd() && table.header.empty();) {
    // Messages before a header are no records: what does not scan is one.
    CsvRecord record;
    if (llvm::Error error = scanner.readRecord(record)) {
      llvm::consumeError(std::move(error));
      scanner.skipLine();
    } else if (!record.empty() && isHeader(record)) {
      table.header = std::move(record);
    }
    if (++passed > maxLinesBeforeHeader)
      break;
  }
  if (table.header.empty())
    return makeFileError({file.str(), 0, 0}, noHeader);
  if (llvm::Error error = checkColumns(table))
    return error;

  while (!scanner.atEnd()) {
    CsvRecord record;
    if (llvm::Error error = scanner.readRecord(record))
      return error;
    if (record.empty())
      continue;
    if (record.size() != table.header.size())
      return makeFileError(table.locate(record.size() > table.header.size()
                                            ? record[table.header.size()]
                                            : record.back()),
                           "row of " + llvm::Twine(record.size()) +
                               " fields where the header "
                               "has " +
                               llvm::Twine(table.header.size()) +
                               "; quote fields that contain commas");
    table.records.push_back(std::move(record));
  }
  return table;
}

} // namespace roofline
