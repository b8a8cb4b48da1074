//===- TargetRegistry.cpp - Finding targets by name -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Target/TargetRegistry.h"

#include "Inheritance.h"
#include "TargetFamily.h"
#include "roofline/Model/NearestNames.h"
#include "roofline/Model/YamlFile.h"
#include "roofline/Target/BuiltinTargets.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

#include <map>
#include <mutex>

namespace roofline {

namespace {

constexpr llvm::StringLiteral fileExtension = ".yaml";
/// The built-in file that lists families instead of describing a target.
constexpr llvm::StringLiteral familiesFile = "families.yaml";
/// The folder of files that list kernels instead of describing a target.
constexpr llvm::StringLiteral catalogueFolder = "catalogue";

/// A file that provides a target.
struct Provider {
  std::string name;
  /// What diagnostics call it, and where it is read from unless built in.
  std::string path;
  /// The text of a built-in.
  std::optional<llvm::StringRef> text;
};

llvm::Expected<TargetDocument> readDocument(const Provider &provider) {
  if (provider.text)
    return readTargetDocument(*provider.text, provider.path);
  auto buffer = readYamlText(provider.path, "target file");
  if (!buffer)
    return buffer.takeError();
  return readTargetDocument((*buffer)->getBuffer(), provider.path);
}

/// Adds the target files of `directory` and of the folders right in it.
llvm::Error addDirectory(std::vector<Provider> &providers,
                         const std::string &directory) {
  std::vector<std::string> paths;
  std::vector<std::string> folders = {directory};
  for (size_t i = 0; i < folders.size(); ++i) {
    std::error_code code;
    llvm::sys::fs::directory_iterator entry(folders[i], code), end;
    for (; !code && entry != end; entry.increment(code)) {
      if (llvm::sys::path::extension(entry->path()) == fileExtension)
        paths.push_back(entry->path());
      else if (i == 0 && llvm::sys::fs::is_directory(entry->path()) &&
               llvm::sys::path::filename(entry->path()) != catalogueFolder)
        folders.push_back(entry->path());
    }
    if (code)
      return makeFileError({folders[i], 0, 0},
                           "cannot list directory: " + code.message() +
                               "; correct '" + TargetRegistry::pathVariable +
                               "'");
  }
  // The order of a directory's entries is not the same everywhere.
  llvm::sort(paths);
  for (std::string &path : paths) {
    if (llvm::sys::path::filename(path) == familiesFile)
      continue;
    std::string name = llvm::sys::path::stem(path).str();
    providers.push_back({std::move(name), std::move(path), std::nullopt});
  }
  return llvm::Error::success();
}

} // namespace

struct TargetRegistry::Impl {
  /// In search order.
  std::vector<Provider> providers;
  size_t firstBuiltin = 0;

  std::mutex mutex;
  // By provider; a map keeps addresses stable while others are added.
  std::map<size_t, ResolvedTarget> resolved;
  std::map<size_t, std::shared_ptr<const Target>> targets;

  /// The first provider of `name` from `start` on.
  std::optional<size_t> findProvider(llvm::StringRef name,
                                     size_t start = 0) const;
  /// Reads a provider's file and what it extends. `chain` holds the providers
  /// that wait for this one.
  llvm::Expected<const ResolvedTarget *>
  resolve(size_t index, llvm::SmallVectorImpl<size_t> &chain);
  llvm::Expected<size_t> findBase(size_t index, const Reference &extends,
                                  llvm::ArrayRef<size_t> chain) const;
  /// What to say about a name that no provider has.
  llvm::Error unknownName(llvm::StringRef name) const;
  std::vector<llvm::StringRef> names() const;
};

std::optional<size_t> TargetRegistry::Impl::findProvider(llvm::StringRef name,
                                                         size_t start) const {
  for (size_t i = start; i < providers.size(); ++i)
    if (providers[i].name == name)
      return i;
  return std::nullopt;
}

std::vector<llvm::StringRef> TargetRegistry::Impl::names() const {
  std::vector<llvm::StringRef> names;
  names.reserve(providers.size());
  for (const Provider &provider : providers)
    names.push_back(provider.name);
  llvm::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

llvm::Error TargetRegistry::Impl::unknownName(llvm::StringRef name) const {
  for (const BuiltinFile &file : builtinTargetFiles()) {
    if (file.path != familiesFile)
      continue;
    llvm::Expected<std::vector<TargetFamily>> families =
        readTargetFamilies(file.text, ("<built-in>/" + file.path).str());
    if (!families)
      return families.takeError();
    for (const TargetFamily &family : *families)
      if (llvm::StringRef(family.name).equals_insensitive(name)) {
        std::vector<llvm::StringRef> members(family.members.begin(),
                                             family.members.end());
        return makeFileError("target '" + name + "' is a family: " +
                             family.reason + "; choose " + quotedList(members));
      }
  }
  return makeFileError("unknown target '" + name + "'; " +
                       suggestName(name, names(), "targets"));
}

llvm::Expected<size_t>
TargetRegistry::Impl::findBase(size_t index, const Reference &extends,
                               llvm::ArrayRef<size_t> chain) const {
  // A file that extends its own name corrects the one further down the search.
  // A built-in means built-ins: a user's h100 must not change our h200.
  size_t start = 0;
  if (extends.name == providers[index].name)
    start = index + 1;
  else if (providers[index].text)
    start = firstBuiltin;
  std::optional<size_t> base = findProvider(extends.name, start);
  if (!base) {
    std::vector<llvm::StringRef> candidates = names();
    llvm::erase(candidates, llvm::StringRef(providers[index].name));
    return makeFileError(extends.where,
                         "'extends' names the unknown target '" + extends.name +
                             "'; " +
                             suggestName(extends.name, candidates, "targets"));
  }
  if (llvm::is_contained(chain, *base)) {
    std::string cycle;
    for (size_t link : chain)
      cycle += providers[link].name + " -> ";
    return makeFileError(extends.where, "'extends' leads back to itself: " +
                                            cycle + providers[*base].name +
                                            "; let one of them stand alone");
  }
  return *base;
}

llvm::Expected<const ResolvedTarget *>
TargetRegistry::Impl::resolve(size_t index,
                              llvm::SmallVectorImpl<size_t> &chain) {
  if (auto it = resolved.find(index); it != resolved.end())
    return &it->second;
  const Provider &provider = providers[index];
  llvm::Expected<TargetDocument> document = readDocument(provider);
  if (!document)
    return document.takeError();
  if (document->name.name != provider.name)
    return makeFileError(document->name.where,
                         "file is named '" + provider.name +
                             "' but states the name '" + document->name.name +
                             "'; make them the same");
  const ResolvedTarget *base = nullptr;
  if (const std::optional<Reference> &extends = document->extends) {
    chain.push_back(index);
    llvm::Expected<size_t> baseIndex = findBase(index, *extends, chain);
    if (!baseIndex)
      return baseIndex.takeError();
    if (llvm::Error error = resolve(*baseIndex, chain).moveInto(base))
      return error;
    chain.pop_back();
  }
  llvm::Expected<ResolvedTarget> target =
      resolveTarget(std::move(*document), base);
  if (!target)
    return target.takeError();
  return &resolved.emplace(index, std::move(*target)).first->second;
}

TargetRegistry::TargetRegistry(std::unique_ptr<Impl> impl)
    : impl(std::move(impl)) {}
TargetRegistry::TargetRegistry(TargetRegistry &&) = default;
TargetRegistry &TargetRegistry::operator=(TargetRegistry &&) = default;
TargetRegistry::~TargetRegistry() = default;

llvm::Expected<TargetRegistry>
TargetRegistry::create(llvm::ArrayRef<std::string> files,
                       llvm::ArrayRef<std::string> searchPath) {
  auto impl = std::make_unique<Impl>();
  for (const std::string &path : files) {
    Provider provider{std::string(), path, std::nullopt};
    llvm::Expected<TargetDocument> document = readDocument(provider);
    if (!document)
      return document.takeError();
    provider.name = document->name.name;
    if (std::optional<size_t> earlier = impl->findProvider(provider.name))
      return makeFileError(document->name.where,
                           "target '" + provider.name +
                               "' is given by two files, this one and '" +
                               impl->providers[*earlier].path +
                               "'; leave one of them out");
    impl->providers.push_back(std::move(provider));
  }
  for (const std::string &directory : searchPath)
    if (llvm::Error error = addDirectory(impl->providers, directory))
      return error;
  impl->firstBuiltin = impl->providers.size();
  for (const BuiltinFile &file : builtinTargetFiles())
    if (file.path != familiesFile)
      impl->providers.push_back({llvm::sys::path::stem(file.path).str(),
                                 ("<built-in>/" + file.path).str(), file.text});
  return TargetRegistry(std::move(impl));
}

std::vector<std::string> TargetRegistry::searchPathFromEnvironment() {
  std::vector<std::string> directories;
  std::optional<std::string> variable =
      llvm::sys::Process::GetEnv(pathVariable);
  if (!variable)
    return directories;
  llvm::SmallVector<llvm::StringRef> parts;
  llvm::StringRef(*variable).split(parts, llvm::sys::EnvPathSeparator,
                                   /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef part : parts)
    directories.push_back(part.str());
  return directories;
}

llvm::Expected<std::shared_ptr<const Target>>
TargetRegistry::find(llvm::StringRef name) const {
  std::optional<size_t> index = impl->findProvider(name);
  if (!index)
    return impl->unknownName(name);
  std::lock_guard<std::mutex> lock(impl->mutex);
  if (auto it = impl->targets.find(*index); it != impl->targets.end())
    return it->second;
  llvm::SmallVector<size_t> chain;
  llvm::Expected<const ResolvedTarget *> resolved =
      impl->resolve(*index, chain);
  if (!resolved)
    return resolved.takeError();
  llvm::Expected<std::shared_ptr<const Target>> target =
      Target::create((*resolved)->contents);
  if (target)
    impl->targets.emplace(*index, *target);
  return target;
}

std::vector<std::string> TargetRegistry::names() const {
  std::vector<std::string> names;
  for (llvm::StringRef name : impl->names())
    names.push_back(name.str());
  return names;
}

} // namespace roofline
