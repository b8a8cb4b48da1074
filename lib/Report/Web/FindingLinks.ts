// What leads from findings to kernels and back, and says how bad they are.

import { Child, make } from "./Dom";
import { counted } from "./Format";
import { Finding, severity, subjectOf } from "./Ports";
import { Selection } from "./Selection";

/// The status, by word and by colour.
export function statusBadge({ status }: Finding): HTMLElement {
  return make("span", { class: `badge ${severity(status)}` }, status);
}

/// Chooses the kernels that a finding is about; null where the page has none.
export function kernelsButton(selection: Selection, finding: Finding): Child {
  const rows = finding.kernels.length;
  if (rows === 0) return null;
  return make("button", { type: "button", class: "link", title: "Show them in the table",
    onclick: () => {
      selection.filterBy({ finding });
      selection.select(finding.kernels[0]);
      document.getElementById("kernels")?.scrollIntoView({ block: "start" });
    } }, counted(rows, "row"));
}

/// Opens a finding in the table of all.
export function findingButton(selection: Selection, finding: Finding): HTMLElement {
  return make("button", { type: "button", class: "link", title: subjectOf(finding),
    onclick: () => selection.open(finding) }, finding.row.title);
}
