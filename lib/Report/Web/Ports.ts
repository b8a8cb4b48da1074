// Moving the graph to other targets, as the page needs it: findings that know the
// kernels that they are about, and what comes first.

import { counted, percent, seconds, times } from "./Format";
import { Kernel } from "./Kernels";
import { Days, FindingRow, PortRow, Report } from "./Report";

export interface Finding {
  row: FindingRow;
  port: Port;
  /// The row's, or `advice` where that is of no consequence for what runs.
  status: string;
  /// Rows of kernels that it is about, hottest first.
  kernels: Kernel[];
  /// What the filter searches, in lower case.
  searchText: string;
}

export interface Port {
  row: PortRow;
  /// Of the target that the graph is moved to, among those of the report.
  at: number;
  /// Worst first.
  findings: Finding[];
  /// By kernel, worst first.
  about: Map<Kernel, Finding[]>;
}

/// Whether it runs as it is, takes some work, or has no kernel at all.
export type Severity = "good" | "work" | "gap";

/// From the best to the worst.
const severityOf = new Map<string, Severity>([
  ["native", "good"], ["library", "good"], ["advice", "good"],
  ["missing-fusion", "work"], ["layout-change", "work"], ["parameter-change", "work"],
  ["precision-change", "work"], ["decompose", "work"],
  ["host-fallback", "gap"], ["rewrite", "gap"], ["unknown", "gap"], ["blocked", "gap"],
]);

/// A status that is not known is as bad as any.
export function severity(status: string): Severity { return severityOf.get(status) ?? "gap"; }

/// 0 is the best.
export function statusRank(status: string): number {
  const rank = [...severityOf.keys()].indexOf(status);
  return rank < 0 ? severityOf.size : rank;
}

export function portsOf(report: Report, kernels: Kernel[]): Port[] {
  const kernelAt = new Map<number, Kernel>();
  for (const kernel of kernels)
    for (const position of kernel.row.positions) kernelAt.set(position, kernel);
  return (report.ports ?? []).map(row => {
    const port: Port = { row, findings: [], about: new Map(),
      at: (report.targets ?? []).findIndex(target => target.name === row.to) };
    for (const findingRow of row.findings) {
      const about = [...new Set(findingRow.positions.flatMap(position =>
        kernelAt.get(position) ?? []))].sort((lhs, rhs) => lhs.index - rhs.index);
      const status = !findingRow.verdict && severity(findingRow.status) === "good"
        ? "advice" : findingRow.status;
      const finding = { row: findingRow, port, status, kernels: about, searchText:
        [findingRow.rule, findingRow.title, status, findingRow.op, findingRow.reason,
         findingRow.remedy, ...findingRow.locations].join("\n").toLowerCase() };
      port.findings.push(finding);
      for (const kernel of about) {
        const found = port.about.get(kernel);
        if (found) found.push(finding);
        else port.about.set(kernel, [finding]);
      }
    }
    return port;
  });
}

/// Blockers, what brings most for a day of work, and what else takes work.
export function firstSteps({ findings, row }: Port): Finding[] {
  return [...new Set([
    ...findings.filter(finding => finding.row.status === "blocked"),
    ...row.worklist.map(number => findings[number - 1]),
    ...findings.filter(finding => finding.row.effort.high_days > 0)])];
}

/// What takes no work but is good to know, such as what would be faster.
export function hints(port: Port): Finding[] {
  const first = new Set(firstSteps(port));
  return port.findings.filter(finding => !first.has(finding) &&
    (!finding.row.verdict || severity(finding.row.status) !== "good"));
}

/// `gemm f32`; of advice, which is given for many ops at once, its reason.
export function subjectOf({ row }: Finding): string {
  return row.verdict && row.op ? row.op : row.reason;
}

/// `0.5 to 2 days`; null where it takes none.
export function daysText(days: Days, unit = "days"): string | null {
  if (days.high_days <= 0) return null;
  return days.low_days === days.high_days ? `${days.high_days}\u00a0${unit}`
    : `${days.low_days} to ${days.high_days}\u00a0${unit}`;
}

/// Of all findings: `2 to 8 person-days and 1 blocker`.
export function effortText(port: Port): string {
  const days = daysText(port.row.effort, "person-days");
  const blockers = port.findings.filter(finding => finding.status === "blocked").length;
  if (blockers === 0) return days ?? "no work";
  return `${days ? `${days} and ` : ""}${counted(blockers, "blocker")}`;
}

/// What the remedy saves, in seconds; null where that is nothing, or not known.
export function savedBy({ row }: Finding): number | null {
  if (row.target_seconds === null || row.remedied_seconds === null) return null;
  const saved = row.target_seconds - row.remedied_seconds;
  return saved > 0 ? saved : null;
}

/// `0.5 to 2 days, saves 1.250 ms, 40.0 % of the time on h200, 3 launches`.
export function worthText(finding: Finding): string {
  const { row, port } = finding;
  const saved = savedBy(finding);
  return [
    row.status === "blocked" ? "no way is known" : daysText(row.remedy_effort) ?? "no work",
    saved !== null && `saves ${seconds(saved)}`,
    row.source_share !== null && `${percent(row.source_share)} of the time on ${port.row.from}`,
    row.launches !== null && row.launches > 0 && counted(row.launches, "launch", "launches"),
  ].filter(Boolean).join(", ");
}

/// `at most 0.50×`; null where it is not known.
export function speedText({ row }: Port): string | null {
  const speedUp = row.speed_up;
  return speedUp && `${speedUp.at_most ? "at most " : speedUp.at_least ? "at least " : ""}${
    times(speedUp.value)}`;
}
