// Kernels as the page needs them: rows of the report with what follows from them.

import { KernelOnTarget, KernelRow, Report, Target } from "./Report";

/// Where a kernel is on a target's plot.
export interface Point {
  /// Operations per byte; 0 where the kernel does no operations.
  intensity: number;
  /// Operations per second, or bytes per second where there are none.
  rate: number;
  /// `"matrix_bf16"`: whose operations these are; null where there are none.
  unitType: string | null;
  /// True where the time is the roof, because no other is known.
  isRoof: boolean;
}

export interface Kernel {
  /// Position in the report, hottest first.
  index: number;
  row: KernelRow;
  /// All units and types; null where one is unknown.
  operations: number | null;
  bytes: number | null;
  /// The place of the first kernel of the row, and how many others there are.
  place: string;
  /// What the filter searches, in lower case.
  searchText: string;
  /// In the order of the targets; null where no time is known.
  points: (Point | null)[];
}

function sum(values: (number | null)[]): number | null {
  let total = 0;
  for (const value of values) {
    if (value === null) return null;
    total += value;
  }
  return total;
}

/// The peak of operations on a target, those of a substitute where it has none.
export function peakOf(target: Target, unitType: string): number | null {
  const unit = unitType.slice(0, unitType.indexOf("_"));
  // The file's loader refuses cycles; the limit keeps the page from trusting it.
  for (let name = unitType, steps = 0; steps < 16; ++steps) {
    const rate = target.rates[name];
    if (rate) return rate;
    const substitute = target.substitutes[name];
    if (!substitute) return null;
    name = `${unit}_${substitute}`;
  }
  return null;
}

/// Operations of the unit that is busiest, so that no point lies above its roof.
function busiestWork(row: KernelRow, target: Target): [string, number] | null {
  let busiest: [string, number] | null = null;
  let most = 0;
  for (const [unitType, operations] of Object.entries(row.operations)) {
    const peak = peakOf(target, unitType);
    if (!operations || !peak || operations / peak <= most) continue;
    most = operations / peak;
    busiest = [unitType, operations];
  }
  return busiest;
}

function pointOf(row: KernelRow, bytes: number | null, on: KernelOnTarget,
                 target: Target): Point | null {
  const seconds = on.seconds ?? on.roof_seconds;
  if (!seconds || !row.launches || bytes === null) return null;
  const work = busiestWork(row, target);
  const isRoof = on.seconds === null;
  if (!work || bytes === 0)
    return work ? null
      : { intensity: 0, rate: bytes * row.launches / seconds, unitType: null, isRoof };
  return { intensity: work[1] / bytes, rate: work[1] * row.launches / seconds,
           unitType: work[0], isRoof };
}

/// `layer1/attention/values` of `layer1/attention/values/dot_general`, `7:8` of a place
/// in the model's own file.
function placeOf(row: KernelRow, file: string): string {
  const location = row.locations[0] ?? "";
  const end = location.lastIndexOf("/");
  const first = location.startsWith(`${file}:`) ? location.slice(file.length + 1)
    : end > 0 ? location.slice(0, end) : location;
  const others = row.locations.length - 1;
  return others > 0 ? `${first} +${others}` : first;
}

/// The last part of the path of a model.
export function fileNameOf(report: Pick<Report, "model">): string {
  return report.model.file.replace(/^.*\//, "");
}

export function kernelsOf(report: Report): Kernel[] {
  const targets = report.targets ?? [];
  const file = fileNameOf(report);
  return (report.kernels ?? []).map((row, index) => {
    const bytes = sum([row.read_bytes, row.written_bytes]);
    return {
      index, row, bytes, place: placeOf(row, file),
      operations: sum(Object.values(row.operations)),
      searchText: [row.name, row.family, ...row.locations,
                   ...Object.keys(row.op_names)].join("\n").toLowerCase(),
      points: targets.map((target, at) =>
        row.targets[at] ? pointOf(row, bytes, row.targets[at], target) : null),
    };
  });
}

/// Time of all launches; the roof where no time is known, as in the totals.
export function heatOf(kernel: Kernel, target: number): number | null {
  const on = kernel.row.targets[target];
  return on ? on.seconds ?? on.roof_seconds : null;
}

/// Share of the roof that is reached: 1 is as fast as the hardware allows.
export function roofShare(on: KernelOnTarget): number | null {
  return on.seconds && on.roof_seconds !== null ? on.roof_seconds / on.seconds : null;
}

/// Seconds that kernels of each bound take, most first.
export function timeByBound(kernels: Kernel[], target: number): [string, number][] {
  const byBound = new Map<string, number>();
  for (const kernel of kernels) {
    const on = kernel.row.targets[target];
    const heat = heatOf(kernel, target);
    if (on?.bound && heat)
      byBound.set(on.bound, (byBound.get(on.bound) ?? 0) + heat);
  }
  return [...byBound].sort((lhs, rhs) => rhs[1] - lhs[1]);
}

/// Names of colours of the theme: the families that the report lists first have one
/// of their own, the others share one.
export function familyColours(report: Report): Map<string, string> {
  const own = 8;
  const families = report.breakdown?.map(row => row.family) ??
    [...new Set((report.kernels ?? []).map(row => row.family))];
  return new Map(families.map((family, at) =>
    [family, at < own ? `--family-${at + 1}` : "--family-other"]));
}
