// What the numbers rest on: what is modelled and what is not, loops, notes and
// assumptions. Never folded away.

import { Child, make, section, table } from "./Dom";
import { grouped, percent, scaled } from "./Format";
import { LeftOut, Report } from "./Report";

/// Reports of odd graphs list thousands of ops; the JSON view has all.
const maxRows = 100;

function leftOut(title: string, rows: LeftOut[]): Child[] {
  if (rows.length === 0) return [];
  return [make("h3", { class: "warning" }, title),
    table(title, ["op", "ops", "bytes", "reason"],
      rows.slice(0, maxRows).map(row =>
        [row.op, grouped(row.count), scaled(row.bytes, "B"), row.reason]),
      column => column === 1 || column === 2),
    rows.length > maxRows && make("p", { class: "faint" },
      `and ${grouped(rows.length - maxRows)} rows more; --format=json lists all`)];
}

/// `ops 100.0 %, bytes 100.0 %, operations unknown`.
export function coverageText(report: Report): string | null {
  const coverage = report.coverage;
  return coverage ? `ops ${percent(coverage.ops)}, bytes ${percent(coverage.bytes)
    }, operations ${percent(coverage.operations)}` : null;
}

export function isWhole(report: Report): boolean {
  const coverage = report.coverage;
  return !coverage || (coverage.unmodelled.length === 0 && coverage.uncounted.length === 0);
}

function calibrations(report: Report): Child[] {
  return (report.targets ?? []).map(target => {
    const share = target.times.calibrated_share;
    const lenders = Object.entries(target.times.borrowed_calibrations);
    if (share === null && target.missing_rates.length === 0) return null;
    return make("li", null, make("strong", null, target.name), ": ",
      share === null ? "no calibrated times"
        : `${percent(share)} of the kernels' time by calibrated models`,
      lenders.length > 0 ? `; borrowed ${lenders.map(([key, lender]) =>
        `${key} from ${lender}`).join(", ")}` : "",
      ...target.missing_rates.map(missing =>
        `; no rate for ${scaled(missing.operations, "op")} of ${missing.unit_type}: ${
        missing.reason}`));
  });
}

export function coverage(report: Report): HTMLElement {
  const whole = coverageText(report);
  return section("basis", "What the numbers rest on",
    whole && make("p", null, "Modelled: ", make("strong", null, whole), "."),
    ...leftOut("Not modelled, left out of every total", report.coverage?.unmodelled ?? []),
    ...leftOut("Modelled, but run an unknown number of times; left out of totals",
               report.coverage?.uncounted ?? []),
    make("ul", null, ...calibrations(report)),
    (report.notes?.length ?? 0) > 0 && make("h3", null, "Notes"),
    make("ul", null, ...(report.notes ?? []).map(note => make("li", null, note))),
    (report.loops?.length ?? 0) > 0 && make("h3", null, "Loops"),
    (report.loops?.length ?? 0) > 0 && table("Loops", ["loop", "location", "trips"],
      report.loops!.slice(0, maxRows).map(loop => [loop.name, loop.location,
        loop.trip_count === null
          ? `unknown: ${loop.reason ?? ""}; give it with --trip-count=${loop.name}=N`
          : grouped(loop.trip_count) + (loop.bound_by_user ? ", as given" : "")]),
      () => false),
    (report.assumptions?.length ?? 0) > 0 && make("h3", null, "Assumed"),
    make("dl", { class: "assumptions" }, ...(report.assumptions ?? []).flatMap(
      ({ id, text }) => [make("dt", null, id), make("dd", null, text)])));
}
