// The hottest ops, each as if it were alone: what a compiler engineer looks for.

import { make, section, table } from "./Dom";
import { boundText, grouped, percent, scaled } from "./Format";
import { Report } from "./Report";

const maxRows = 10;

export function ops(report: Report): HTMLElement | null {
  const rows = report.ops ?? [], target = report.targets?.[0];
  if (rows.length === 0) return null;
  const total = target?.op_roof_seconds;
  const shown = rows.slice(0, maxRows);
  return section("ops", "Hottest ops",
    make("p", { class: "faint" }, `${grouped(shown.length)} of ${grouped(report.rows.ops)}, ${
      target ? `by op roof on ${target.name}` : "by traffic"
      }, as if nothing were fused; --format=json has all.`),
    table("Hottest ops", ["op", "location", "executions", "operations", "bytes",
      ...(target ? ["bound", "share"] : [])],
      shown.map(row => [row.name, make("span", { class: "location", title: row.location },
          row.location), grouped(row.count),
        scaled(Object.values(row.operations).reduce((sum: number | null, value) =>
          sum === null || value === null ? null : sum + value, 0), ""),
        scaled(row.read_bytes === null || row.written_bytes === null ? null
          : row.read_bytes + row.written_bytes, "B"),
        ...(target ? [boundText(row.targets[0]?.bound ?? null),
          total && row.targets[0]?.roof_seconds != null
            ? percent(row.targets[0].roof_seconds / total) : "unknown"] : [])]),
      column => column >= 2 && column !== 5));
}
