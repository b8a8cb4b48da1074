// How targets differ: the kernels that take more or less time than on the first.

import { Child, make, section, table } from "./Dom";
import { boundText, percent, seconds, times } from "./Format";
import { Kernel, roofShare } from "./Kernels";
import { Report } from "./Report";
import { Selection } from "./Selection";

const maxRows = 8;

/// `+1.98 ms`, of a difference.
function signed(difference: number): string {
  return `${difference < 0 ? "−" : "+"}${seconds(Math.abs(difference))}`;
}

function rowsOf(selection: Selection, at: number): Child[][] {
  return selection.kernels.flatMap(kernel => {
    const from = kernel.row.targets[0], to = kernel.row.targets[at];
    return from?.seconds != null && to?.seconds != null && from.seconds !== to.seconds
      ? [{ kernel, from, to, difference: to.seconds - from.seconds }] : [];
  }).sort((lhs, rhs) => Math.abs(rhs.difference) - Math.abs(lhs.difference))
    .slice(0, maxRows)
    .map(({ kernel, from, to, difference }): Child[] => [
      kernelButton(selection, kernel),
      kernel.place,
      seconds(from.seconds), seconds(to.seconds), signed(difference),
      times(to.seconds! / from.seconds!),
      from.bound === to.bound ? boundText(from.bound)
        : make("strong", { class: "nowrap" }, `${boundText(from.bound)} → ${boundText(to.bound)}`),
      make("span", { class: "nowrap" },
        `${percent(roofShare(from))} → ${percent(roofShare(to))}`),
    ]);
}

export function kernelButton(selection: Selection, kernel: Kernel): HTMLElement {
  return make("button", { type: "button", class: "link", onclick: () => {
    selection.select(kernel);
    document.getElementById("roofline")?.scrollIntoView({ block: "start" });
  } }, kernel.row.name);
}

export function comparison(report: Report, selection: Selection): HTMLElement | null {
  const targets = report.targets ?? [];
  if (targets.length < 2 || selection.kernels.length === 0) return null;
  const first = targets[0].name;
  const parts = targets.slice(1).flatMap((target, index) => {
    const rows = rowsOf(selection, index + 1);
    return rows.length === 0 ? [] : [
      make("h3", null, `${first} → ${target.name}`),
      table(`Kernels that differ most between ${first} and ${target.name}`,
        ["kernel", "location", first, target.name, "difference", "ratio", "bound", "of roof"],
        rows, column => column >= 2 && column <= 5)];
  });
  if (parts.length === 0) return null;
  return section("comparison", "Where targets differ",
    make("p", { class: "faint" }, "Kernels by difference of the time of all launches."),
    ...parts);
}
