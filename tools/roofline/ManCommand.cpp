//===- ManCommand.cpp - roofline man --------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "CommonOptions.h"
#include "OptionTable.h"

#include "roofline/Driver/Output.h"
#include "roofline/Driver/Version.h"
#include "roofline/Model/NearestNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;

namespace roofline {

namespace {

cl::SubCommand subcommand("man", "write manual pages");

cl::opt<std::string> name(cl::Positional, cl::desc("[command]"),
                          cl::sub(subcommand), cl::cat(optionCategory()));

cl::opt<std::string>
    output("o", cl::value_desc("file"),
           cl::desc("File to write, or FOLDER/ for the pages of all commands; "
                    "- is standard output"),
           cl::init("-"), cl::sub(subcommand), cl::cat(optionCategory()));

/// Text in which nothing is a request of roff.
std::string roff(llvm::StringRef text) {
  std::string result;
  bool isLineStart = true;
  for (char c : text) {
    if (isLineStart && (c == '.' || c == '\''))
      result += "\\&";
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else
      result += c;
    isLineStart = c == '\n';
  }
  return result;
}

void printHead(llvm::raw_ostream &os, llvm::StringRef page,
               llvm::StringRef description) {
  os << ".TH " << page.upper() << " 1 \"\" \"roofline " << toolVersion()
     << "\" \"roofline\"\n.SH NAME\n"
     << roff(page) << " \\- " << roff(description) << "\n.SH SYNOPSIS\n";
}

void printPreformatted(llvm::raw_ostream &os, llvm::StringRef lines) {
  os << ".nf\n" << roff(lines.rtrim()) << "\n.fi\n";
}

void printExitStatus(llvm::raw_ostream &os) {
  os << ".SH EXIT STATUS\n" << roff(exitCodesText) << ".\n";
}

void printCommand(llvm::raw_ostream &os, const CommandEntry &command) {
  printHead(os, "roofline-" + command.name, command.description);
  os << "\\fBroofline " << roff(command.name) << "\\fR [\\fIoptions\\fR]";
  if (!command.operandText.empty())
    os << " \\fI" << roff(command.operandText) << "\\fR";
  os << "\n.SH DESCRIPTION\n" << roff(command.text) << "\n";
  os << ".SH OPTIONS\n";
  for (const OptionEntry &option : command.options) {
    os << ".TP\n\\fB" << roff(option.name) << "\\fR";
    if (option.hasValue())
      os << (option.name.size() > 2 ? "=" : " ") << "\\fI"
         << roff(option.value.valueName) << "\\fR";
    os << "\n" << roff(option.description) << "\n";
    if (option.value.values.empty())
      continue;
    os << ".RS\n";
    for (const OptionValue &value : option.value.values)
      os << ".TP\n\\fB" << roff(value.name) << "\\fR\n"
         << roff(value.description) << "\n";
    os << ".RE\n";
  }
  if (!command.examples.empty()) {
    os << ".SH EXAMPLES\n";
    printPreformatted(os, command.examples);
  }
  printExitStatus(os);
  os << ".SH SEE ALSO\n\\fBroofline\\fR(1)\n";
}

void printOverview(llvm::raw_ostream &os,
                   llvm::ArrayRef<CommandEntry> commands) {
  printHead(os, "roofline", "what a model graph costs on a chip, and why");
  os << "\\fBroofline\\fR \\fIcommand\\fR [\\fIoptions\\fR] "
        "[\\fIarguments\\fR]\n.SH COMMANDS\n";
  for (const CommandEntry &command : commands)
    os << ".TP\n\\fB" << roff(command.name) << "\\fR\n"
       << roff(command.description) << ": \\fBroofline\\-" << roff(command.name)
       << "\\fR(1)\n";
  os << ".SH OPTIONS\n"
        ".TP\n\\fB\\-\\-help\\fR\nShow the commands, or the options of one\n"
        ".TP\n\\fB\\-\\-version\\fR\nShow the version of the tool and of the "
        "model data\n";
  printExitStatus(os);
  os << ".SH ENVIRONMENT\n"
        ".TP\n\\fBROOFLINE_TARGET_PATH\\fR\nFolders of target files that come "
        "before the built\\-in ones, separated by colons\n"
        ".TP\n\\fBNO_COLOR\\fR\nWhere it is set, nothing is coloured unless "
        "\\fB\\-\\-color\\fR says so\n";
}

llvm::Error writePages(llvm::ArrayRef<CommandEntry> commands) {
  if (std::error_code code = llvm::sys::fs::create_directories(output))
    return llvm::createStringError(code, "cannot make the folder '%s': %s",
                                   output.c_str(), code.message().c_str());
  auto place = [](const std::string &page) {
    llvm::SmallString<128> path(output);
    llvm::sys::path::append(path, page + ".1");
    return path;
  };
  for (const CommandEntry &command : commands)
    if (llvm::Error error = writeOutput(
            place("roofline-" + command.name),
            [&](llvm::raw_ostream &os) { printCommand(os, command); }))
      return error;
  return writeOutput(place("roofline"), [&](llvm::raw_ostream &os) {
    printOverview(os, commands);
  });
}

int run() {
  std::vector<CommandEntry> commands = commandTable();
  auto wanted = llvm::find_if(commands, [](const CommandEntry &command) {
    return command.name == name;
  });
  if (!name.empty() && wanted == commands.end()) {
    std::vector<llvm::StringRef> names;
    for (const CommandEntry &command : commands)
      names.push_back(command.name);
    return fail(
        llvm::createStringError("no command '%s'; %s", name.c_str(),
                                suggestName(name, names, "commands").c_str()));
  }
  llvm::Error error = llvm::StringRef(output).ends_with("/")
                          ? writePages(commands)
                          : writeOutput(output, [&](llvm::raw_ostream &os) {
                              if (name.empty())
                                printOverview(os, commands);
                              else
                                printCommand(os, *wanted);
                            });
  if (error)
    return fail(std::move(error));
  return exitFine;
}

} // namespace

const Command &manCommand() {
  static const Command command = {
      &subcommand,
      "Writes the manual page of a command, or of roofline itself. An "
      "installed "
      "roofline has them in place.\n\n"
      "Examples:\n"
      "  roofline man report | man -l -\n"
      "  roofline man -o ~/.local/share/man/man1/\n",
      run};
  return command;
}

} // namespace roofline
