//===- PortFields.h - Attributes of ports -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What JSON views write of moving a graph to another target, each under one
// name.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_LIB_REPORT_PORTFIELDS_H
#define ROOFLINE_LIB_REPORT_PORTFIELDS_H

#include "JsonFields.h"

namespace roofline {

class PortFields : protected JsonFields {
protected:
  using JsonFields::JsonFields;

  /// Person-days.
  void days(llvm::StringRef key, Days value);
  void speedUp(const std::optional<SpeedUp> &value);
  void coverage(const PortingCoverage &coverage);
  /// `community` and `releases`.
  void software(bool includesCommunity,
                llvm::ArrayRef<std::pair<std::string, std::string>> releases);
  /// Numbers, from 1, of the findings at `indices`.
  void worklist(llvm::ArrayRef<size_t> indices);
  /// With the first `maxPlaces` places of each finding.
  void port(const PortSummary &port, size_t maxPlaces);

private:
  void finding(const PortFinding &finding, size_t maxPlaces);
};

} // namespace roofline

#endif // ROOFLINE_LIB_REPORT_PORTFIELDS_H
