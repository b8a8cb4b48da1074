//===- ChromeTrace.cpp - Traces as Chrome shows them ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The Trace Event Format: a list of events, alone or as "traceEvents". Traces
// have millions of them, so that each is parsed for itself and forgotten: only
// the text of the file, which is mapped, and the launches are in memory.
//
//===----------------------------------------------------------------------===//

#include "TraceBuilder.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/JSON.h"

#include <map>
#include <set>

namespace roofline {

namespace {

constexpr int64_t nanosecondsPerMicrosecond = 1000;

/// Events nest their arguments two deep; more than this is no trace, and would
/// be too deep for a recursive parser in the end.
constexpr unsigned maxDepth = 64;

//===----------------------------------------------------------------------===//
// Finding events
//===----------------------------------------------------------------------===//

/// Finds the events in the text of a trace. What is beside them is passed over
/// by its brackets and quotes.
class EventScanner {
public:
  using EventReader = llvm::function_ref<llvm::Error(llvm::StringRef event)>;

  EventScanner(llvm::StringRef text, llvm::StringRef file)
      : text(text), file(file) {
    if (text.starts_with("\xef\xbb\xbf"))
      position = 3;
  }

  /// Calls `read` with the text of each event.
  llvm::Error visit(EventReader read) {
    skipSpace();
    if (peek() == '[') {
      if (llvm::Error error = visitEvents(read))
        return error;
    } else if (llvm::Error error = visitMembers(read)) {
      return error;
    }
    skipSpace();
    if (position < text.size())
      return error(position, "unexpected text behind the end of the trace");
    return llvm::Error::success();
  }

  /// An error at `offset` of the text.
  llvm::Error error(size_t offset, const llvm::Twine &message) const {
    llvm::StringRef before = text.take_front(offset);
    size_t lineEnd = before.rfind('\n');
    size_t lineBegin = lineEnd == llvm::StringRef::npos ? 0 : lineEnd + 1;
    return makeFileError({file.str(), unsigned(before.count('\n') + 1),
                          unsigned(offset - lineBegin + 1)},
                         message);
  }

  size_t offsetOf(llvm::StringRef part) const {
    return size_t(part.data() - text.data());
  }

private:
  /// The next character; 0 at the end.
  char peek() const { return position < text.size() ? text[position] : '\0'; }

  void skipSpace() {
    while (position < text.size() && llvm::isSpace(text[position]))
      ++position;
  }

  llvm::Error tooShort() const {
    return makeFileError(
        {file.str(), 0, 0},
        "the file ends within the trace: it is not complete; let the profiler "
        "finish writing it, or record it again");
  }

  /// Passes over a string.
  llvm::Error skipString() {
    ++position;
    while (true) {
      position = text.find_first_of("\"\\", position);
      if (position >= text.size())
        return tooShort();
      if (text[position] == '"')
        break;
      position += 2;
    }
    ++position;
    return llvm::Error::success();
  }

  /// Passes over one value.
  llvm::Error skipValue() {
    unsigned depth = 0;
    const size_t begin = position;
    while (true) {
      position = text.find_first_of("\"[]{},", position);
      if (position >= text.size())
        return tooShort();
      char c = text[position];
      // What closes the value around this one, or separates it.
      bool isEnd = c == ',' || c == ']' || c == '}';
      if (depth == 0 && isEnd)
        break;
      if (c == '"') {
        if (llvm::Error failure = skipString())
          return failure;
        continue;
      }
      if ((c == '[' || c == '{') && ++depth > maxDepth)
        return error(position, "brackets nest too deep for a profiler trace");
      ++position;
      if ((c == ']' || c == '}') && --depth == 0)
        break;
    }
    if (position == begin)
      return error(position, "expected a value");
    return llvm::Error::success();
  }

  llvm::Error visitEvents(EventReader read) {
    ++position;
    skipSpace();
    if (peek() == ']') {
      ++position;
      return llvm::Error::success();
    }
    while (true) {
      skipSpace();
      if (position >= text.size())
        return tooShort();
      if (peek() != '{')
        return error(position, "expected an event of a trace, in braces");
      size_t begin = position;
      if (llvm::Error failure = skipValue())
        return failure;
      if (llvm::Error failure = read(text.slice(begin, position)))
        return failure;
      skipSpace();
      if (position >= text.size())
        return tooShort();
      char c = text[position++];
      if (c == ']')
        return llvm::Error::success();
      if (c != ',')
        return error(position - 1,
                     "expected a comma or the end of the list behind an event");
    }
  }

  llvm::Error visitMembers(EventReader read) {
    bool hasEvents = false;
    ++position;
    for (skipSpace(); peek() != '}'; skipSpace()) {
      if (position >= text.size())
        return tooShort();
      size_t begin = position;
      if (peek() != '"')
        return error(position, "expected a key in quotes");
      if (llvm::Error failure = skipString())
        return failure;
      llvm::StringRef key = text.slice(begin, position);
      skipSpace();
      if (position >= text.size())
        return tooShort();
      if (text[position++] != ':')
        return error(position - 1, "expected a colon behind a key");
      skipSpace();
      bool isEvents = key == "\"traceEvents\"" && peek() == '[';
      hasEvents |= isEvents;
      if (llvm::Error failure = isEvents ? visitEvents(read) : skipValue())
        return failure;
      skipSpace();
      if (peek() == ',')
        ++position;
      else if (position < text.size() && peek() != '}')
        return error(position, "expected a comma or the end of the object");
    }
    ++position;
    if (!hasEvents)
      return makeFileError(
          {file.str(), 0, 0},
          "no list 'traceEvents': this is JSON, but no profiler trace");
    return llvm::Error::success();
  }

  llvm::StringRef text;
  llvm::StringRef file;
  size_t position = 0;
};

//===----------------------------------------------------------------------===//
// Reading events
//===----------------------------------------------------------------------===//

/// What an event of category `cat` is; PyTorch up to 1.10 wrote the names that
/// begin with a capital.
enum class Category { Kernel, DeviceRange, HostRange, None, Other };

Category parseCategory(llvm::StringRef text) {
  return llvm::StringSwitch<Category>(text)
      .Cases({"kernel", "gpu_memcpy", "gpu_memset"}, Category::Kernel)
      .Cases({"Kernel", "Memcpy", "Memset"}, Category::Kernel)
      .Case("gpu_user_annotation", Category::DeviceRange)
      .Case("user_annotation", Category::HostRange)
      .Case("", Category::None)
      .Default(Category::Other);
}

/// True where a task of an Ascend device works, by its `Task Type`: what cores,
/// copies and collectives do, not waiting for and recording events.
bool isAscendWork(llvm::StringRef type) {
  return type.starts_with("AI_") || type.starts_with("MIX_") ||
         type.starts_with("KERNEL_") || type.starts_with("AIV_") ||
         type.contains("MEMCPY") || type.contains("DMA") ||
         type.starts_with("HCCL") || type.starts_with("COMMUNICATION");
}

/// A number of a process or thread as text: some profilers write strings.
std::string numberText(const llvm::json::Value *value) {
  if (!value)
    return "";
  if (std::optional<llvm::StringRef> text = value->getAsString())
    return text->str();
  if (std::optional<int64_t> number = value->getAsInteger())
    return std::to_string(*number);
  return "";
}

/// A time in microseconds, as a number or as text.
std::optional<int64_t> readTime(const llvm::json::Value *value) {
  if (!value)
    return std::nullopt;
  if (std::optional<llvm::StringRef> text = value->getAsString())
    return parseNanoseconds(*text, nanosecondsPerMicrosecond);
  if (std::optional<int64_t> number = value->getAsInteger())
    return parseNanoseconds(std::to_string(*number), nanosecondsPerMicrosecond);
  if (std::optional<double> number = value->getAsNumber())
    return toNanoseconds(*number, nanosecondsPerMicrosecond);
  return std::nullopt;
}

class ChromeReader {
public:
  ChromeReader(llvm::StringRef text, llvm::StringRef file)
      : scanner(text, file), file(file), builder(file, "Kineto") {}

  llvm::Expected<KernelTrace> read();

private:
  llvm::Error readEvent(llvm::StringRef text);
  void readMetadata(const llvm::json::Object &event, llvm::StringRef name);
  llvm::Expected<TraceSpan> readSpan(const llvm::json::Object &event,
                                     llvm::StringRef text,
                                     llvm::StringRef name);
  void addDeviceLines();

  /// What may have run on a device, if the name of its line says so (XLA).
  struct Candidate {
    std::string process, thread;
    uint32_t name;
    TraceSpan span;
  };

  EventScanner scanner;
  llvm::StringRef file;
  TraceBuilder builder;
  size_t events = 0;
  size_t hostEvents = 0;
  size_t waits = 0;
  bool hasAscend = false;
  std::vector<Candidate> candidates;
  std::map<std::string, std::string> processNames;
  std::map<std::pair<std::string, std::string>, std::string> threadNames;
};

void ChromeReader::readMetadata(const llvm::json::Object &event,
                                llvm::StringRef name) {
  const llvm::json::Object *args = event.getObject("args");
  std::optional<llvm::StringRef> value;
  if (args)
    value = args->getString("name");
  if (!value)
    return;
  std::string process = numberText(event.get("pid"));
  if (name == "process_name")
    processNames[process] = value->str();
  else if (name == "thread_name")
    threadNames[{process, numberText(event.get("tid"))}] = value->str();
}

llvm::Expected<TraceSpan>
ChromeReader::readSpan(const llvm::json::Object &event, llvm::StringRef text,
                       llvm::StringRef name) {
  std::optional<int64_t> begin = readTime(event.get("ts"));
  std::optional<int64_t> duration = readTime(event.get("dur"));
  if (!begin || !duration)
    return scanner.error(scanner.offsetOf(text),
                         "'" + llvm::Twine(begin ? "dur" : "ts") + "' of '" +
                             printableLine(name) +
                             "' is no time; expected microseconds as a number");
  if (*duration < 0)
    return scanner.error(scanner.offsetOf(text), "'dur' of '" +
                                                     printableLine(name) +
                                                     "' is less than zero");
  return TraceSpan{*begin, *duration};
}

llvm::Error ChromeReader::readEvent(llvm::StringRef text) {
  ++events;
  std::string repaired;
  llvm::StringRef utf8 = text;
  if (!llvm::json::isUTF8(text)) {
    repaired = llvm::json::fixUTF8(text);
    utf8 = repaired;
  }
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(utf8);
  if (!value) {
    std::string message = llvm::toString(value.takeError());
    return scanner.error(scanner.offsetOf(text),
                         "this event is no valid JSON: " +
                             llvm::StringRef(message).split("]: ").second);
  }
  const llvm::json::Object *event = value->getAsObject();
  if (!event)
    return scanner.error(scanner.offsetOf(text), "expected an event");
  std::optional<llvm::StringRef> phase = event->getString("ph");
  std::optional<llvm::StringRef> name = event->getString("name");
  if (!phase || !name)
    return llvm::Error::success();
  if (*phase == "M") {
    readMetadata(*event, *name);
    return llvm::Error::success();
  }
  if (*phase != "X")
    return llvm::Error::success();

  Category category =
      parseCategory(event->getString("cat").value_or(llvm::StringRef()));
  if (category == Category::HostRange) {
    builder.addHostRange(*name);
    return llvm::Error::success();
  }
  const llvm::json::Object *args = event->getObject("args");
  std::optional<llvm::StringRef> task;
  if (args)
    task = args->getString("Task Type");
  bool isAscend = category == Category::None && task;
  if (isAscend && !isAscendWork(*task)) {
    ++waits;
    return llvm::Error::success();
  }
  if (category == Category::Other) {
    ++hostEvents;
    return llvm::Error::success();
  }
  // Marks without a category, and marks that have no length, have no part in
  // what ran.
  if (category == Category::None && !isAscend && !event->get("dur"))
    return llvm::Error::success();
  llvm::Expected<TraceSpan> span = readSpan(*event, text, *name);
  if (!span)
    return span.takeError();

  std::string device = numberText(event->get("pid"));
  if (category == Category::DeviceRange) {
    builder.addRange(*name, device, *span);
    return llvm::Error::success();
  }
  if (category == Category::None && !isAscend) {
    candidates.push_back({std::move(device), numberText(event->get("tid")),
                          builder.addName(*name, ""), *span});
    return llvm::Error::success();
  }
  hasAscend |= isAscend;
  int64_t stream = 0;
  for (llvm::StringRef key : {"stream", "Physic Stream Id", "Stream Id"})
    if (args)
      if (std::optional<int64_t> number = args->getInteger(key)) {
        stream = *number;
        break;
      }
  // Where the name is not that of an interface, it is the operator's.
  bool isOperator = isAscend && !name->starts_with("aclnn");
  builder.addKernel(builder.addName(*name, isOperator ? *name : ""), device,
                    stream, *span);
  return llvm::Error::success();
}

void ChromeReader::addDeviceLines() {
  for (const Candidate &candidate : candidates) {
    // XLA's lines of a GPU: `Stream #13(Compute)` is what ran, others repeat
    // it by op, module and step.
    llvm::StringRef process = processNames[candidate.process];
    llvm::StringRef thread = threadNames[{candidate.process, candidate.thread}];
    int64_t stream = 0;
    if (!process.starts_with("/device:GPU:") ||
        !thread.consume_front("Stream #") ||
        thread.take_while(llvm::isDigit).getAsInteger(10, stream)) {
      ++hostEvents;
      continue;
    }
    builder.setFormat("XLA");
    builder.addKernel(candidate.name, process, stream, candidate.span);
  }
}

llvm::Expected<KernelTrace> ChromeReader::read() {
  if (llvm::Error error = scanner.visit(
          [&](llvm::StringRef event) { return readEvent(event); }))
    return error;
  addDeviceLines();
  if (!builder.hasKernels()) {
    std::string message = "no kernels among " + std::to_string(events) +
                          " events; record with the device's activities "
                          "(ProfilerActivity.CUDA or NPU), and let something "
                          "run on it";
    return makeFileError({file.str(), 0, 0}, message);
  }
  if (hasAscend)
    builder.setFormat("Ascend trace");
  if (waits > 0)
    builder.addNote(std::to_string(waits) +
                    " tasks that wait for events or record them are left out");
  return builder.finish();
}

} // namespace

llvm::Expected<KernelTrace> readChromeTrace(llvm::StringRef text,
                                            llvm::StringRef file) {
  return ChromeReader(text, file).read();
}

} // namespace roofline
