//===- NsysTrace.cpp - Exports of Nsight Systems --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The SQLite export, with tables and columns as NVIDIA's "SQLite Schema
// Reference" of Nsight Systems lists them. Tables are there only where there
// was something to write into them.
//
//===----------------------------------------------------------------------===//

#include "TraceBuilder.h"

#include "llvm/ADT/Twine.h"

#include <sqlite3.h>

#include <memory>

namespace roofline {

namespace {

/// An open data base in the memory of a file that nobody writes to.
class Database {
public:
  static llvm::Expected<Database> open(llvm::StringRef text,
                                       llvm::StringRef file);

  /// Whether there is a table of this name. Views and virtual tables are none:
  /// they compute, and an export has only what was recorded.
  llvm::Expected<bool> hasTable(llvm::StringRef name) const;
  /// Whether table `table` has a column of this name.
  llvm::Expected<bool> hasColumn(llvm::StringRef table,
                                 llvm::StringRef name) const;

  /// Calls `read` with every row of `query`.
  llvm::Error
  visit(const llvm::Twine &query,
        llvm::function_ref<llvm::Error(sqlite3_stmt *row)> read) const;

private:
  Database(sqlite3 *handle, llvm::StringRef file)
      : handle(handle, sqlite3_close), file(file.str()) {}

  llvm::Error error(const llvm::Twine &message) const {
    return makeFileError({file, 0, 0}, message);
  }
  llvm::Error failure() const {
    return error("cannot be read as a SQLite file: " +
                 printableLine(sqlite3_errmsg(handle.get())) +
                 "; export it again");
  }

  std::unique_ptr<sqlite3, int (*)(sqlite3 *)> handle;
  std::string file;
};

llvm::Expected<Database> Database::open(llvm::StringRef text,
                                        llvm::StringRef file) {
  sqlite3 *handle = nullptr;
  int code = sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE,
                             /*zVfs=*/nullptr);
  Database database(handle, file);
  if (code != SQLITE_OK)
    return database.failure();
  // What a schema may make a reader run does not run.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // Names of kernels are long, but no schema makes values of gigabytes.
  constexpr int maxBytes = 1 << 24;
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, maxBytes);
  // Nothing is written to the bytes of a data base that is read only.
  auto *bytes = const_cast<unsigned char *>(
      reinterpret_cast<const unsigned char *>(text.data()));
  auto size = static_cast<sqlite3_int64>(text.size());
  if (sqlite3_deserialize(handle, "main", bytes, size, size,
                          SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
    return database.failure();
  return database;
}

llvm::Error
Database::visit(const llvm::Twine &query,
                llvm::function_ref<llvm::Error(sqlite3_stmt *row)> read) const {
  std::string text = query.str();
  sqlite3_stmt *prepared = nullptr;
  if (sqlite3_prepare_v2(handle.get(), text.c_str(), int(text.size()) + 1,
                         &prepared, nullptr) != SQLITE_OK)
    return failure();
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt *)> statement(
      prepared, sqlite3_finalize);
  while (true) {
    int code = sqlite3_step(prepared);
    if (code == SQLITE_DONE)
      return llvm::Error::success();
    if (code != SQLITE_ROW)
      return failure();
    if (llvm::Error stop = read(prepared))
      return stop;
  }
}

llvm::Expected<bool> Database::hasTable(llvm::StringRef name) const {
  bool found = false;
  if (llvm::Error stop = visit(
          "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '" +
              name + "' AND sql LIKE 'CREATE TABLE %'",
          [&](sqlite3_stmt *) {
            found = true;
            return llvm::Error::success();
          }))
    return stop;
  return found;
}

llvm::Expected<bool> Database::hasColumn(llvm::StringRef table,
                                         llvm::StringRef name) const {
  bool found = false;
  if (llvm::Error stop = visit("SELECT 1 FROM pragma_table_info('" + table +
                                   "') WHERE name = '" + name + "'",
                               [&](sqlite3_stmt *) {
                                 found = true;
                                 return llvm::Error::success();
                               }))
    return stop;
  return found;
}

llvm::StringRef textOf(sqlite3_stmt *row, int column) {
  const unsigned char *text = sqlite3_column_text(row, column);
  if (!text)
    return "";
  return {reinterpret_cast<const char *>(text),
          static_cast<size_t>(sqlite3_column_bytes(row, column))};
}

class NsysReader {
public:
  NsysReader(Database database, llvm::StringRef file)
      : database(std::move(database)), file(file),
        builder(file, "Nsight Systems") {}

  llvm::Expected<KernelTrace> read();

private:
  llvm::Error error(const llvm::Twine &message) const {
    return makeFileError({file.str(), 0, 0}, message);
  }
  llvm::Error checkColumns(llvm::StringRef table,
                           llvm::ArrayRef<llvm::StringLiteral> names) const;
  llvm::Expected<TraceSpan> readSpan(sqlite3_stmt *row,
                                     llvm::StringRef table) const;
  llvm::Error readLaunches(llvm::StringRef table, const llvm::Twine &name,
                           const llvm::Twine &join, bool isRequired);
  llvm::Error readRanges();
  llvm::Error noKernels() const;

  Database database;
  llvm::StringRef file;
  TraceBuilder builder;
};

llvm::Error
NsysReader::checkColumns(llvm::StringRef table,
                         llvm::ArrayRef<llvm::StringLiteral> names) const {
  for (llvm::StringRef name : names) {
    llvm::Expected<bool> found = database.hasColumn(table, name);
    if (!found)
      return found.takeError();
    if (!*found)
      return error("table '" + table + "' has no column '" + name +
                   "'; expected an export of Nsight Systems: nsys export "
                   "--type=sqlite");
  }
  return llvm::Error::success();
}

/// The first two columns are begin and end.
llvm::Expected<TraceSpan> NsysReader::readSpan(sqlite3_stmt *row,
                                               llvm::StringRef table) const {
  std::optional<int64_t> times[2];
  for (int column : {0, 1})
    if (sqlite3_column_type(row, column) == SQLITE_INTEGER)
      times[column] = parseNanoseconds(
          std::to_string(sqlite3_column_int64(row, column)), 1);
  if (!times[0] || !times[1])
    return error("table '" + table +
                 "' has a row whose start or end is no time in nanoseconds");
  if (*times[1] < *times[0])
    return error("table '" + table + "' has a row that ends before it starts");
  return TraceSpan{*times[0], *times[1] - *times[0]};
}

llvm::Error NsysReader::readLaunches(llvm::StringRef table,
                                     const llvm::Twine &name,
                                     const llvm::Twine &join, bool isRequired) {
  llvm::Expected<bool> found = database.hasTable(table);
  if (!found)
    return found.takeError();
  if (!*found)
    return isRequired ? noKernels() : llvm::Error::success();
  if (llvm::Error missing =
          checkColumns(table, {"start", "end", "deviceId", "streamId"}))
    return missing;
  return database.visit(
      "SELECT t.start, t.\"end\", t.deviceId, t.streamId, " + name +
          " FROM main." + table + " t " + join + " ORDER BY t.start, t.rowid",
      [&](sqlite3_stmt *row) -> llvm::Error {
        llvm::Expected<TraceSpan> span = readSpan(row, table);
        if (!span)
          return span.takeError();
        builder.addKernel(builder.addName(textOf(row, 4), ""), textOf(row, 2),
                          sqlite3_column_int64(row, 3), *span);
        return llvm::Error::success();
      });
}

llvm::Error NsysReader::noKernels() const {
  llvm::Expected<bool> graphs =
      database.hasTable("CUPTI_ACTIVITY_KIND_GRAPH_TRACE");
  if (!graphs)
    return graphs.takeError();
  if (*graphs)
    return error("CUDA graphs are recorded as a whole, without their kernels; "
                 "record with nsys profile --cuda-graph-trace=node");
  return error("no table 'CUPTI_ACTIVITY_KIND_KERNEL'; record with nsys "
               "profile --trace=cuda and export with nsys export "
               "--type=sqlite");
}

/// NVTX ranges are of the host's time. Those of the device are from the first
/// to the last launch that the host asked for within them, on the same thread.
llvm::Error NsysReader::readRanges() {
  for (llvm::StringRef table : {"NVTX_EVENTS", "CUPTI_ACTIVITY_KIND_RUNTIME"}) {
    llvm::Expected<bool> found = database.hasTable(table);
    if (!found)
      return found.takeError();
    if (!*found)
      return llvm::Error::success();
  }
  if (llvm::Error missing =
          checkColumns("NVTX_EVENTS", {"start", "end", "text", "globalTid"}))
    return missing;
  if (llvm::Error missing =
          checkColumns("CUPTI_ACTIVITY_KIND_RUNTIME",
                       {"start", "correlationId", "globalTid"}))
    return missing;
  if (llvm::Error missing =
          checkColumns("CUPTI_ACTIVITY_KIND_KERNEL", {"correlationId"}))
    return missing;
  llvm::Expected<bool> hasTextId = database.hasColumn("NVTX_EVENTS", "textId");
  if (!hasTextId)
    return hasTextId.takeError();
  llvm::StringRef text =
      *hasTextId
          ? "coalesce(n.text, (SELECT value FROM main.StringIds WHERE id = "
            "n.textId))"
          : "n.text";

  // Calls by thread and start, so that those within a range are found by
  // search and not by a join of everything with everything.
  struct Call {
    int64_t start;
    int64_t correlation;
  };
  std::map<int64_t, std::vector<Call>> callsOf;
  if (llvm::Error stop = database.visit(
          "SELECT globalTid, start, correlationId FROM "
          "main.CUPTI_ACTIVITY_KIND_RUNTIME ORDER BY start",
          [&](sqlite3_stmt *row) {
            callsOf[sqlite3_column_int64(row, 0)].push_back(
                {sqlite3_column_int64(row, 1), sqlite3_column_int64(row, 2)});
            return llvm::Error::success();
          }))
    return stop;
  struct Launch {
    std::string device;
    TraceSpan span;
  };
  std::multimap<int64_t, Launch> launchesOf;
  if (llvm::Error stop = database.visit(
          "SELECT start, \"end\", deviceId, correlationId FROM "
          "main.CUPTI_ACTIVITY_KIND_KERNEL",
          [&](sqlite3_stmt *row) -> llvm::Error {
            llvm::Expected<TraceSpan> span =
                readSpan(row, "CUPTI_ACTIVITY_KIND_KERNEL");
            if (!span)
              return span.takeError();
            launchesOf.emplace(sqlite3_column_int64(row, 3),
                               Launch{textOf(row, 2).str(), *span});
            return llvm::Error::success();
          }))
    return stop;

  return database.visit(
      "SELECT n.start, n.\"end\", n.globalTid, " + text +
          " FROM main.NVTX_EVENTS n WHERE n.\"end\" IS NOT NULL ORDER BY "
          "n.start, n.rowid",
      [&](sqlite3_stmt *row) -> llvm::Error {
        llvm::StringRef name = textOf(row, 3);
        auto calls = callsOf.find(sqlite3_column_int64(row, 2));
        if (name.empty() || calls == callsOf.end())
          return llvm::Error::success();
        int64_t begin = sqlite3_column_int64(row, 0);
        int64_t end = sqlite3_column_int64(row, 1);
        auto call =
            std::lower_bound(calls->second.begin(), calls->second.end(), begin,
                             [](const Call &entry, int64_t start) {
                               return entry.start < start;
                             });
        std::map<std::string, std::pair<int64_t, int64_t>> spans;
        for (; call != calls->second.end() && call->start < end; ++call) {
          auto [first, last] = launchesOf.equal_range(call->correlation);
          for (auto it = first; it != last; ++it) {
            const auto &[device, span] = it->second;
            auto [entry, isNew] = spans.try_emplace(device, span.begin,
                                                    span.begin + span.duration);
            if (isNew)
              continue;
            entry->second.first = std::min(entry->second.first, span.begin);
            entry->second.second =
                std::max(entry->second.second, span.begin + span.duration);
          }
        }
        if (spans.empty())
          builder.addHostRange(name);
        for (const auto &[device, span] : spans)
          builder.addRange(name, device,
                           {span.first, span.second - span.first});
        return llvm::Error::success();
      });
}

llvm::Expected<KernelTrace> NsysReader::read() {
  llvm::Expected<bool> hasStrings = database.hasTable("StringIds");
  if (!hasStrings)
    return hasStrings.takeError();
  llvm::Expected<bool> hasKernels =
      database.hasTable("CUPTI_ACTIVITY_KIND_KERNEL");
  if (!hasKernels)
    return hasKernels.takeError();
  if (!*hasKernels)
    return noKernels();
  if (!*hasStrings)
    return error("no table 'StringIds', which names the kernels; export again: "
                 "nsys export --type=sqlite");
  if (llvm::Error missing = checkColumns("StringIds", {"id", "value"}))
    return missing;
  if (llvm::Error missing =
          checkColumns("CUPTI_ACTIVITY_KIND_KERNEL", {"demangledName"}))
    return missing;
  if (llvm::Error stop =
          readLaunches("CUPTI_ACTIVITY_KIND_KERNEL", "s.value",
                       "LEFT JOIN main.StringIds s ON s.id = t.demangledName",
                       /*isRequired=*/true))
    return stop;
  if (!builder.hasKernels())
    return noKernels();
  // Kinds by CUPTI's enumeration CUpti_ActivityMemcpyKind.
  llvm::Expected<bool> hasKind =
      database.hasColumn("CUPTI_ACTIVITY_KIND_MEMCPY", "copyKind");
  if (!hasKind)
    return hasKind.takeError();
  if (llvm::Error stop = readLaunches(
          "CUPTI_ACTIVITY_KIND_MEMCPY",
          *hasKind ? "CASE t.copyKind WHEN 1 THEN '[CUDA memcpy HtoD]' WHEN 2 "
                     "THEN '[CUDA memcpy DtoH]' WHEN 8 THEN '[CUDA memcpy "
                     "DtoD]' WHEN 10 THEN '[CUDA memcpy PtoP]' ELSE '[CUDA "
                     "memcpy]' END"
                   : "'[CUDA memcpy]'",
          "", /*isRequired=*/false))
    return stop;
  if (llvm::Error stop =
          readLaunches("CUPTI_ACTIVITY_KIND_MEMSET", "'[CUDA memset]'", "",
                       /*isRequired=*/false))
    return stop;
  if (llvm::Error stop = readRanges())
    return stop;
  return builder.finish();
}

} // namespace

llvm::Expected<KernelTrace> readNsysTrace(llvm::StringRef text,
                                          llvm::StringRef file) {
  llvm::Expected<Database> database = Database::open(text, file);
  if (!database)
    return database.takeError();
  return NsysReader(std::move(*database), file).read();
}

} // namespace roofline
