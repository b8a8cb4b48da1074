//===- TargetFamily.cpp - Names that stand for several targets ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetFamily.h"

#include "roofline/Model/YamlFile.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

namespace roofline {

llvm::Expected<std::vector<TargetFamily>>
readTargetFamilies(llvm::StringRef text, llvm::StringRef file) {
  YamlFile yaml(text, file, "family file", "ascend-910b");
  std::vector<TargetFamily> families;
  auto readFamily = [&](llvm::StringRef name, const FileLocation &where,
                        llvm::yaml::Node &value) -> llvm::Error {
    llvm::Expected<llvm::yaml::MappingNode *> mapping =
        yaml.getMapping(value, name);
    if (!mapping)
      return mapping.takeError();
    TargetFamily family;
    family.name = name.str();
    auto readKey = [&](llvm::StringRef key, const FileLocation &keyWhere,
                       llvm::yaml::Node &node) -> llvm::Error {
      if (key == "reason")
        return yaml.getText(node, key, "write the reason")
            .moveInto(family.reason);
      if (key != "members")
        return makeFileError(keyWhere,
                             "unknown key '" + key + "' in '" + name +
                                 "'; known keys are 'reason' and 'members'");
      llvm::Expected<std::string> members =
          yaml.getText(node, key, "write the names, separated by spaces");
      if (!members)
        return members.takeError();
      llvm::SmallVector<llvm::StringRef> list;
      llvm::SplitString(*members, list);
      for (llvm::StringRef member : list)
        family.members.push_back(member.str());
      return llvm::Error::success();
    };
    if (llvm::Error error = yaml.readMapping(**mapping, name, readKey))
      return error;
    if (family.reason.empty() || family.members.empty())
      return makeFileError(where, "family '" + name +
                                      "' needs 'reason' and 'members'");
    families.push_back(std::move(family));
    return llvm::Error::success();
  };
  if (llvm::Error error = yaml.read(readFamily))
    return error;
  return families;
}

} // namespace roofline
