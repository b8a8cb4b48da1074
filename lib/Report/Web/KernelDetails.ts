// The kernel under the pointer, or the chosen one: everything the report says of it.

import { Child, make, replace, swatch, table } from "./Dom";
import { findingButton, statusBadge } from "./FindingLinks";
import { boundText, counted, grouped, intensity, percent, scaled, seconds, times } from "./Format";
import { familyColours, Kernel, roofShare } from "./Kernels";
import { Port } from "./Ports";
import { Report } from "./Report";
import { Selection } from "./Selection";

const maxLocations = 2;

function fact(name: string, ...value: Child[]): Child[] {
  return [make("dt", null, name), make("dd", null, ...value)];
}

/// What moving it to a target means: a line for each port.
function findings(kernel: Kernel, selection: Selection, ports: Port[]): Child[] {
  return ports.flatMap(port => {
    const about = port.about.get(kernel) ?? [];
    return about.length === 0 ? [] : fact(`on ${port.row.to}`,
      ...about.flatMap((finding, index): Child[] => [
        index > 0 ? ", " : "", statusBadge(finding), " ",
        findingButton(selection, finding)]));
  });
}

function details(kernel: Kernel, colour: string, selection: Selection,
                 ports: Port[]): Child[] {
  const { row, operations, bytes } = kernel;
  const shape = row.contraction;
  const others = row.locations.length - maxLocations;
  const first = row.targets[0]?.seconds;
  return [
    make("h3", null, swatch(colour), row.name, " ",
      make("span", { class: "faint" }, row.family)),
    make("div", { class: "details-body" }, make("dl", { class: "facts" },
      ...fact("where", row.locations.slice(0, maxLocations).join(", "),
        others > 0 ? ` and ${grouped(others)} more` : ""),
      ...fact("launches", grouped(row.launches), `, of ${counted(row.locations.length, "kernel")}`),
      ...fact("ops", `${grouped(row.ops)}: `, Object.entries(row.op_names)
        .map(([name, count]) => count > 1 ? `${grouped(count)} × ${name}` : name).join(", ")),
      ...(shape ? fact("shape", `${shape.batch === 1 ? "" : `${grouped(shape.batch)} × `
        }m ${grouped(shape.m)}, n ${grouped(shape.n)}, k ${grouped(shape.k)}`) : []),
      ...fact("a launch", ...[
        ...Object.entries(row.operations).map(([unitType, count]) =>
          `${scaled(count, "op")} of ${boundText(unitType)}`),
        `${scaled(row.read_bytes, "B")} read`, `${scaled(row.written_bytes, "B")} written`,
        operations && bytes ? `${intensity(operations / bytes)} op/B` : "",
      ].filter(Boolean).join(", "))),
    make("div", null, row.targets.length > 0 && table("Times of all launches",
      ["target", "time", "80 % within", "ratio", "roof", "of roof", "bound", "by"],
      row.targets.map(on => [
        on.name,
        on.seconds === null ? `unknown: ${on.reason ?? ""}` : seconds(on.seconds),
        on.interval_seconds
          ? `${seconds(on.interval_seconds.low)} to ${seconds(on.interval_seconds.high)}` : "–",
        on.seconds && first ? times(on.seconds / first) : "–",
        seconds(on.roof_seconds), on.seconds ? percent(roofShare(on)) : "–",
        boundText(on.bound),
        on.seconds === null ? "–" : on.calibration ?? "plain figures",
      ]), column => column >= 1 && column <= 5),
      make("dl", { class: "facts" }, ...findings(kernel, selection, ports)))),
  ];
}

/// A panel that follows the selection.
export function kernelDetails(report: Report, selection: Selection,
                              ports: Port[]): HTMLElement {
  const colours = familyColours(report);
  const panel = make("div", { id: "details", class: "details", role: "status", tabindex: 0,
                              "aria-live": "polite", "aria-label": "Kernel" });
  const show = () => {
    const kernel = selection.current() ?? selection.kernels[0];
    if (!kernel) return;
    panel.classList.toggle("chosen", kernel === selection.selected);
    replace(panel, ...details(kernel, colours.get(kernel.row.family) ?? "--family-other",
                             selection, ports));
  };
  selection.on("hover", show);
  selection.on("selection", show);
  show();
  return panel;
}
