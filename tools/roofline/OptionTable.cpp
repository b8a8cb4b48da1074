//===- OptionTable.cpp - The options of every command ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OptionTable.h"

#include "CommandLine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <unistd.h>

namespace cl = llvm::cl;

namespace roofline {

namespace {

/// What an option prints about itself in the help: the only place where LLVM
/// shows the values that an option of any type takes. It prints to standard
/// output, which leads into a pipe meanwhile; what one option says is far less
/// than a pipe holds. Empty where the system has no pipe to give.
std::string helpOf(const cl::Option &option) {
  int ends[2];
  llvm::outs().flush();
  int saved = ::dup(STDOUT_FILENO);
  if (saved < 0)
    return "";
  if (::pipe(ends) != 0) {
    ::close(saved);
    return "";
  }
  ::dup2(ends[1], STDOUT_FILENO);
  ::close(ends[1]);
  option.printOptionInfo(option.getOptionWidth());
  llvm::outs().flush();
  ::dup2(saved, STDOUT_FILENO);
  ::close(saved);
  std::string text;
  char buffer[4096];
  for (ssize_t count; (count = ::read(ends[0], buffer, sizeof(buffer))) > 0;)
    text.append(buffer, size_t(count));
  ::close(ends[0]);
  return text;
}

/// The values in lines such as `    =none   -   every op by itself`.
std::vector<OptionValue> valuesOf(const cl::Option &option) {
  std::vector<OptionValue> values;
  std::string help = helpOf(option);
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(help).split(lines, '\n');
  for (llvm::StringRef line : lines) {
    line = line.trim();
    if (!line.consume_front("="))
      continue;
    auto [name, description] = line.split(" ");
    description = description.ltrim();
    description.consume_front("-");
    values.push_back({name.str(), description.trim().str()});
  }
  return values;
}

ValueKind kindOf(llvm::StringRef name, llvm::StringRef valueName) {
  if (name == "target" || valueName.starts_with("target"))
    return ValueKind::Target;
  if (valueName.starts_with("file"))
    return ValueKind::File;
  return ValueKind::Other;
}

OptionEntry entryOf(const cl::Option &option) {
  OptionEntry entry;
  llvm::StringRef name = option.ArgStr;
  entry.name = ((name.size() == 1 ? "-" : "--") + name).str();
  entry.description = option.HelpStr.str();
  WordEntry &value = entry.value;
  value.values = valuesOf(option);
  value.isList = option.getMiscFlags() & cl::CommaSeparated;
  value.valueName = option.ValueStr.str();
  if (!value.values.empty()) {
    value.kind = ValueKind::Listed;
    if (value.valueName.empty())
      value.valueName = "value";
  } else {
    value.kind = kindOf(name, value.valueName);
  }
  return entry;
}

/// `<model files or folders>`, `[target ...]`, `<bash|zsh>`.
WordEntry operandOf(llvm::StringRef text) {
  WordEntry operand;
  operand.valueName = text.trim("<>[]").str();
  llvm::SmallVector<llvm::StringRef> names;
  llvm::StringRef(operand.valueName).split(names, '|');
  if (names.size() > 1) {
    operand.kind = ValueKind::Listed;
    for (llvm::StringRef name : names)
      operand.values.push_back({name.str(), ""});
  } else if (llvm::StringRef(operand.valueName).contains("file")) {
    operand.kind = ValueKind::File;
  } else {
    operand.kind = kindOf("", operand.valueName);
  }
  return operand;
}

} // namespace

std::vector<CommandEntry> commandTable() {
  std::vector<CommandEntry> table;
  for (const Command *command : allCommands()) {
    CommandEntry entry;
    entry.name = command->options->getName().str();
    entry.description = command->options->getDescription().str();
    auto [text, examples] = command->examples.split("Examples:\n");
    entry.text = text.trim().str();
    entry.examples = examples.rtrim().str();
    for (const auto &[name, option] : command->options->OptionsMap)
      if (llvm::is_contained(option->Categories, &optionCategory()))
        entry.options.push_back(entryOf(*option));
    llvm::sort(entry.options,
               [](const OptionEntry &lhs, const OptionEntry &rhs) {
                 return llvm::StringRef(lhs.name).ltrim('-') <
                        llvm::StringRef(rhs.name).ltrim('-');
               });
    for (const cl::Option *option : command->options->PositionalOpts) {
      entry.operandText = option->HelpStr.str();
      entry.operand = operandOf(option->HelpStr);
      if (entry.operand.valueName == "command")
        for (const Command *other : allCommands())
          entry.operand.values.push_back(
              {other->options->getName().str(),
               other->options->getDescription().str()});
      if (!entry.operand.values.empty())
        entry.operand.kind = ValueKind::Listed;
    }
    table.push_back(std::move(entry));
  }
  llvm::sort(table, [](const CommandEntry &lhs, const CommandEntry &rhs) {
    return lhs.name < rhs.name;
  });
  return table;
}

} // namespace roofline
