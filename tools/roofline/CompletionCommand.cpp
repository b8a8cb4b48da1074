//===- CompletionCommand.cpp - roofline completion ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "OptionTable.h"

#include "roofline/Driver/Output.h"
#include "roofline/Target/TargetRegistry.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("completion", "write the completion of a shell");

cl::opt<std::string> shell(cl::Positional, cl::desc("<bash|zsh>"),
                           cl::sub(subcommand), cl::cat(optionCategory()));

OutputOption output(subcommand);

/// `text` as one word of a shell.
std::string quoted(llvm::StringRef text) {
  std::string result = "'";
  for (char c : text)
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::string namesOf(llvm::ArrayRef<OptionValue> values) {
  return llvm::join(
      llvm::map_range(values,
                      [](const OptionValue &value) { return value.name; }),
      " ");
}

/// What bash is to do with a word: sets `values`, `is_list` and `is_file`.
std::string bashActions(const WordEntry &word) {
  switch (word.kind) {
  case ValueKind::Listed:
    return "values=" + quoted(namesOf(word.values)) +
           (word.isList ? " is_list=1" : "");
  case ValueKind::Target:
    return std::string("values=$targets") + (word.isList ? " is_list=1" : "");
  case ValueKind::File:
    return "is_file=1";
  case ValueKind::Other:
    return ":";
  }
  return ":";
}

constexpr llvm::StringLiteral bashBegin =
    R"(# bash completion of roofline, written by 'roofline completion bash'.

_roofline() {
  local word=${COMP_WORDS[COMP_CWORD]} before='' command=''
  local option='' stem='' values='' is_list='' is_file=''
  ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]}
  ((COMP_CWORD > 0)) && before=${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
)";

constexpr llvm::StringLiteral bashMiddle = R"(
  # A value is a word of its own, or follows '=', which is one for most shells.
  if [[ $word == --*=* ]]; then
    option=${word%%=*} stem=$option=
    word=${word#*=}
  elif [[ $word == = ]]; then
    option=$before word=
  elif [[ $before == = ]]; then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  elif [[ $before == -* ]]; then
    option=$before
  fi
)";

constexpr llvm::StringLiteral bashEnd = R"(
  if [[ $is_list && $word == *,* ]]; then
    stem+=${word%,*},
    word=${word##*,}
  fi
  if [[ $is_file ]]; then
    compopt -o filenames 2> /dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word")
  fi
  COMPREPLY=("${COMPREPLY[@]/#/$stem}")
  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2> /dev/null
  fi
}
complete -F _roofline roofline
)";

void printBash(llvm::raw_ostream &os, llvm::ArrayRef<CommandEntry> commands,
               llvm::ArrayRef<std::string> targets) {
  os << bashBegin << "  local targets=" << quoted(llvm::join(targets, " "))
     << "\n"
     << bashMiddle;
  // An option that takes no value ends nothing.
  os << "\n  case \"$command $option\" in\n";
  for (const CommandEntry &command : commands)
    for (const OptionEntry &option : command.options)
      if (option.hasValue())
        os << "  " << quoted(command.name + " " + option.name) << ") "
           << bashActions(option.value) << " ;;\n";
  os << "  *)\n    option=\n    case \"$command $word\" in\n";
  for (const CommandEntry &command : commands) {
    os << "    " << quoted(command.name + " -") << "*) values='--help";
    for (const OptionEntry &option : command.options)
      os << ' ' << option.name
         << (option.hasValue() && option.name.size() > 2 ? "=" : "");
    os << "' ;;\n";
  }
  for (const CommandEntry &command : commands)
    os << "    " << quoted(command.name + " ") << "*) "
       << bashActions(command.operand) << " ;;\n";
  os << "    ' '*) values='--help --version";
  for (const CommandEntry &command : commands)
    os << ' ' << command.name;
  os << "' ;;\n    esac\n    ;;\n  esac\n" << bashEnd;
}

/// A description in an argument of zsh's _arguments.
std::string zshText(llvm::StringRef text) {
  std::string result;
  for (char c : text) {
    if (llvm::StringRef("[]:\\").contains(c))
      result += '\\';
    result += c;
  }
  return result;
}

/// How zsh completes a word: `:message:action`.
std::string zshAction(const WordEntry &word,
                      llvm::ArrayRef<std::string> targets) {
  std::string message = ":" + zshText(word.valueName) + ":";
  std::string names;
  switch (word.kind) {
  case ValueKind::File:
    return message + "_files";
  case ValueKind::Other:
    return message;
  case ValueKind::Target:
    names = llvm::join(targets, " ");
    break;
  case ValueKind::Listed:
    names = namesOf(word.values);
    break;
  }
  if (word.isList)
    return message + "_sequence compadd - " + names;
  if (word.kind == ValueKind::Target)
    return message + "(" + names + ")";
  message += "((";
  for (const OptionValue &value : word.values)
    message +=
        zshText(value.name) + "\\:\"" + zshText(value.description) + "\" ";
  return message + "))";
}

void printZsh(llvm::raw_ostream &os, llvm::ArrayRef<CommandEntry> commands,
              llvm::ArrayRef<std::string> targets) {
  os << "#compdef roofline\n# zsh completion of roofline, written by 'roofline "
        "completion zsh'.\n\n_roofline() {\n  local -a commands=(\n";
  for (const CommandEntry &command : commands)
    os << "    " << quoted(command.name + ":" + command.description) << "\n";
  os << "  )\n"
        "  if ((CURRENT == 2)); then\n"
        "    _describe command commands\n"
        "    _arguments --help --version\n"
        "    return\n"
        "  fi\n"
        "  local command=$words[2]\n"
        "  shift words\n"
        "  ((CURRENT--))\n"
        "  case $command in\n";
  for (const CommandEntry &command : commands) {
    os << "  " << command.name
       << ")\n    _arguments '--help[show the options]'";
    for (const OptionEntry &option : command.options) {
      bool isLong = option.name.size() > 2;
      os << " \\\n      "
         << quoted("*" + option.name +
                   (option.hasValue() && isLong ? "=" : "") + "[" +
                   zshText(option.description) + "]" +
                   (option.hasValue() ? zshAction(option.value, targets) : ""));
    }
    if (!command.operandText.empty())
      os << " \\\n      " << quoted("*" + zshAction(command.operand, targets));
    os << "\n    ;;\n";
  }
  os << "  esac\n}\n\n"
        "# Read by compinit as the function itself, or by source.\n"
        "if [[ $funcstack[1] == _roofline ]]; then\n"
        "  _roofline \"$@\"\n"
        "else\n"
        "  compdef _roofline roofline\n"
        "fi\n";
}

int run() {
  if (shell != "bash" && shell != "zsh")
    return fail(llvm::createStringError(
        "expected bash or zsh, got '%s'; see roofline completion --help",
        shell.c_str()));
  // Those that everybody has, whatever the search path of this moment.
  llvm::Expected<TargetRegistry> registry = TargetRegistry::create({}, {});
  if (!registry)
    return fail(registry.takeError());
  std::vector<std::string> targets = registry->names();
  std::vector<CommandEntry> commands = commandTable();
  if (llvm::Error error = writeOutput(output, [&](llvm::raw_ostream &os) {
        (shell == "bash" ? printBash : printZsh)(os, commands, targets);
      }))
    return fail(std::move(error));
  return exitFine;
}

} // namespace

const Command &completionCommand() {
  static const Command command = {
      &subcommand,
      "Writes what makes a shell complete commands, options and their values. "
      "An installed roofline has it in place.\n\n"
      "Examples:\n"
      "  source <(roofline completion bash)\n"
      "  roofline completion zsh -o ~/.zfunc/_roofline\n",
      run};
  return command;
}

} // namespace roofline
