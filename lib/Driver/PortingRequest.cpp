//===- PortingRequest.cpp - What a user names of a port -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Driver/Porting.h"

#include "roofline/Model/NearestNames.h"

#include "llvm/ADT/STLExtras.h"

namespace roofline {

namespace {

llvm::Expected<std::shared_ptr<const Target>>
findOne(const TargetRegistry &registry, llvm::StringRef option,
        const std::string &name, bool allowLowConfidence) {
  if (name.empty())
    return llvm::createStringError("expected a target in '%s', such as %s=h200",
                                   option.str().c_str(), option.str().c_str());
  llvm::Expected<std::shared_ptr<const Target>> target = registry.find(name);
  if (!target)
    return target;
  if (llvm::Error error = checkAllowedForTimes(**target, allowLowConfidence))
    return error;
  return target;
}

/// Reads `cann=8.2.RC1`.
llvm::Error readRelease(llvm::StringRef text, const Catalogue &catalogue,
                        PortingRequest &request) {
  auto [name, version] = text.split('=');
  std::vector<llvm::StringRef> stacks;
  for (const SoftwareStack &stack : catalogue.getStacks())
    stacks.push_back(stack.name);
  if (!catalogue.findStack(name))
    return llvm::createStringError("unknown software '%s' in release '%s'; %s",
                                   name.str().c_str(), text.str().c_str(),
                                   suggestName(name, stacks, "names").c_str());
  std::optional<SoftwareVersion> parsed = SoftwareVersion::parse(version);
  if (!parsed)
    return llvm::createStringError("'%s' is no version in release '%s'; %s",
                                   version.str().c_str(), text.str().c_str(),
                                   SoftwareVersion::expectation.data());
  if (llvm::any_of(request.releases,
                   [&](const auto &other) { return other.first == name; }))
    return llvm::createStringError("the release of '%s' is given twice",
                                   name.str().c_str());
  request.releases.emplace_back(name.str(), *parsed);
  return llvm::Error::success();
}

/// What `names` says of the target `to`, where it is asked for.
llvm::Expected<PortingRequest> resolve(const PortingNames &names, bool hasTo) {
  llvm::Expected<TargetRegistry> registry = TargetRegistry::create(
      names.targetFiles, TargetRegistry::searchPathFromEnvironment());
  if (!registry)
    return registry.takeError();
  PortingRequest request;
  llvm::Expected<std::shared_ptr<const Target>> from =
      findOne(*registry, "from", names.from, names.allowLowConfidence);
  if (!from)
    return from.takeError();
  request.from = std::move(*from);
  if (hasTo) {
    llvm::Expected<std::shared_ptr<const Target>> to =
        findOne(*registry, "to", names.to, names.allowLowConfidence);
    if (!to)
      return to.takeError();
    request.to = std::move(*to);
  }
  llvm::Expected<Catalogue> catalogue = Catalogue::create(names.catalogueFiles);
  if (!catalogue)
    return catalogue.takeError();
  request.catalogue = std::make_shared<const Catalogue>(std::move(*catalogue));
  for (const std::string &release : names.releases)
    if (llvm::Error error = readRelease(release, *request.catalogue, request))
      return error;
  request.includesCommunity = names.includesCommunity;
  if (!names.effortFile.empty()) {
    llvm::Expected<EffortTable> efforts = EffortTable::read(names.effortFile);
    if (!efforts)
      return efforts.takeError();
    request.efforts = std::move(*efforts);
  }
  return request;
}

} // namespace

llvm::Expected<PortingRequest> resolvePorting(const PortingNames &names) {
  return resolve(names, /*hasTo=*/true);
}

llvm::Expected<PortingRequest> resolvePortingFrom(const PortingNames &names) {
  return resolve(names, /*hasTo=*/false);
}

void addSource(TargetPtrs &targets, const PortingRequest &request) {
  if (llvm::none_of(targets, [&](const std::shared_ptr<const Target> &target) {
        return target->getName() == request.from->getName();
      }))
    targets.insert(targets.begin(), request.from);
}

} // namespace roofline
