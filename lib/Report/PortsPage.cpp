//===- PortsPage.cpp - What moving to other targets takes -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Page.h"
#include "PortingText.h"

#include "roofline/Report/ScaledUnits.h"

#include <fmt/format.h>

namespace roofline {

namespace {

/// Findings to list of each port; `roofline port` lists all.
constexpr size_t maxFindings = 5;

/// `at most 0.43x the speed of h200`.
std::string speedText(const PortSummary &port) {
  if (!port.speedUp)
    return "speed unknown";
  return fmt::format("{}{} the speed of {}", boundWords(*port.speedUp).str(),
                     factorText(port.speedUp->value), port.from);
}

/// Blockers, what brings most for a day of work, and what else takes work.
std::vector<const PortFinding *> firstFindings(const PortSummary &port) {
  std::vector<const PortFinding *> first;
  auto add = [&](const PortFinding &finding) {
    if (first.size() < maxFindings && !llvm::is_contained(first, &finding))
      first.push_back(&finding);
  };
  for (const PortFinding &finding : port.findings)
    if (finding.status == PortingStatus::Blocked)
      add(finding);
  for (size_t index : port.worklist)
    add(port.findings[index]);
  for (const PortFinding &finding : port.findings)
    if (finding.effort.high > 0)
      add(finding);
  return first;
}

std::string savedText(const PortFinding &finding) {
  if (!finding.targetSeconds || !finding.remediedSeconds)
    return "?";
  if (*finding.targetSeconds <= *finding.remediedSeconds)
    return "-";
  return scaled(*finding.targetSeconds - *finding.remediedSeconds, "s");
}

} // namespace

void writePorts(Page &page, const Report &report) {
  for (const PortSummary &port : report.ports) {
    page.heading(fmt::format("Moving from {} to {}", port.from, port.to));
    page.paragraph("grade",
                   fmt::format("{}: {}", std::string(stringify(port.grade)),
                               port.gradeReason));
    page.paragraph("speed",
                   fmt::format("{}: kernels take {}{}", speedText(port),
                               port.reasons.empty() ? "" : "at least ",
                               timeText(port.targetSeconds)));
    page.paragraph("effort", personDaysText(port.effort));
    std::vector<const PortFinding *> first = firstFindings(port);
    if (first.empty())
      continue;
    Table table;
    table.columns = {{"rule", 7, /*isRight=*/false},
                     {"status", 16, /*isRight=*/false},
                     {"share", 7},
                     {"days", 9},
                     {"saves", 10},
                     {"what to do first", 45, /*isRight=*/false,
                      Shortening::End, /*gap=*/2}};
    for (const PortFinding *finding : first)
      table.rows.push_back(
          {finding->rule, stringify(finding->status).str(),
           finding->sourceShare ? percent(*finding->sourceShare) : "?",
           daysText(finding->remedyEffort), savedText(*finding),
           finding->isVerdict ? finding->op + ": " + finding->title
                              : finding->title});
    page.table(table);
  }
}

} // namespace roofline
