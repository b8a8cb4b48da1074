// Where the time goes: families of kernels per target, on one scale.

import { Child, make, section, swatch, table } from "./Dom";
import { grouped, percent, scaled, seconds } from "./Format";
import { familyColours } from "./Kernels";
import { Report } from "./Report";
import { Selection } from "./Selection";

export function breakdown(report: Report, selection: Selection): HTMLElement | null {
  const rows = report.breakdown, targets = report.targets ?? [];
  if (!rows || rows.length === 0) return null;
  const colours = familyColours(report);
  // As shares are: by times, or by roofs where a target has no times.
  const heat = (row: typeof rows[0], at: number) =>
    (targets[at].times.kernels_seconds === null ? null : row.targets[at]?.seconds)
    ?? row.targets[at]?.roof_seconds ?? 0;
  const longest = Math.max(...targets.map((_, at) =>
    rows.reduce((sum, row) => sum + heat(row, at), 0)), Number.MIN_VALUE);

  const familyButton = (family: string) => make("button", {
    type: "button", class: "link", title: `Show ${family} only`,
    onclick: () => {
      selection.filterBy({ family });
      document.getElementById("kernels")?.scrollIntoView({ block: "start" });
    } }, family);

  const bars = targets.map((target, at) => {
    const bar = make("div", { class: "stack", role: "img", "aria-label":
      `${target.name}: ` + rows.map(row =>
        `${row.family} ${percent(row.targets[at]?.share)}`).join(", ") });
    for (const row of rows) {
      const width = heat(row, at) / longest;
      if (width <= 0) continue;
      const part = make("span", {
        title: `${row.family}: ${seconds(heat(row, at))}, ${percent(row.targets[at]?.share)}`,
      }, width > 0.09 ? make("span", null, row.family) : null);
      part.style.width = `${100 * width}%`;
      part.style.background = `var(${colours.get(row.family)})`;
      bar.appendChild(part);
    }
    return make("div", { class: "stack-row" }, make("span", { class: "stack-name" },
      target.name, " ", make("span", { class: "faint" },
        target.times.kernels_seconds === null ? "roofs"
          : seconds(target.times.kernels_seconds))), bar);
  });
  const body = rows.map((row): Child[] => [
    make("span", { class: "nowrap" }, swatch(colours.get(row.family)!),
         report.kernels ? familyButton(row.family) : row.family),
    grouped(row.launches),
    scaled(Object.values(row.operations).reduce(
      (sum: number | null, value) => sum === null || value === null ? null : sum + value, 0), ""),
    scaled(row.bytes, "B"),
    ...targets.flatMap((_, at): Child[] => [
      row.targets[at].seconds === null
        ? make("span", { title: row.targets[at].reason ?? null }, "unknown")
        : seconds(row.targets[at].seconds),
      row.left_out > 0 && row.left_out === row.kernels ? "unknown"
        : percent(row.targets[at].share)]),
  ]);
  return section("breakdown", "Where the time goes", ...bars,
    table("Families of kernels",
      ["family", "launches", "operations", "bytes",
       ...targets.flatMap(target => [target.name, "share"])],
      body, column => column > 0));
}
