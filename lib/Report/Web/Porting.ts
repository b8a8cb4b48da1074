// What it takes to move the graph to other targets: grade, speed and effort of each,
// what to do first, and every finding.

import { Child, make, replace, section } from "./Dom";
import { findingButton, kernelsButton, statusBadge } from "./FindingLinks";
import { FindingTable } from "./FindingTable";
import { counted, grouped, percent, seconds, times } from "./Format";
import { keepsText } from "./Memory";
import {
  effortText, Finding, firstSteps, hints, Port, speedText, subjectOf, worthText,
} from "./Ports";
import { Report } from "./Report";
import { Selection } from "./Selection";

/// Steps, and hints, that are spelled out; the table has all.
const maxSteps = 8;

function tile(title: string, value: string, ...more: Child[]): HTMLElement {
  return make("div", { class: "tile" }, make("h4", null, title),
    make("p", { class: "value" }, value), make("p", { class: "faint" }, ...more));
}

function tiles(report: Report, port: Port): HTMLElement {
  const { row } = port;
  const source = report.targets?.find(target => target.name === row.from);
  const target = report.targets?.[port.at];
  const keeps = target && keepsText(report, target);
  const speedUp = row.speed_up;
  const working = port.findings.filter(finding => finding.row.effort.high_days > 0).length;
  const remedied = row.remedied_seconds !== null && row.target_seconds !== null &&
    row.remedied_seconds < row.target_seconds;
  return make("div", { class: "tiles" },
    tile("Grade", row.grade, `of A to E: ${row.grade_reason}.`),
    tile("Speed", speedText(port) ?? "unknown",
      speedUp ? `that of ${row.from}, within ${times(speedUp.low)} to ${
        times(speedUp.high)}. ` : "",
      `Kernels take ${row.reasons.length > 0 ? "at least " : ""}${seconds(row.target_seconds)}`,
      source ? `, on ${row.from} ${seconds(source.times.kernels_seconds)}` : "",
      remedied ? `; ${seconds(row.remedied_seconds)} with every remedy done` : "", "."),
    tile("Effort", effortText(port), working === 0 ? "No finding takes work."
      : `${grouped(working)} of ${counted(port.findings.length, "finding")} ${
        working === 1 ? "takes" : "take"} work.`),
    keeps ? tile("Devices", grouped(target.memory_fit!.devices), `${keeps}.`) : "");
}

function step(selection: Selection, finding: Finding): HTMLElement {
  const kernels = kernelsButton(selection, finding);
  return make("li", null, statusBadge(finding), " ",
    findingButton(selection, finding), `: ${subjectOf(finding)}`,
    make("p", null, finding.row.remedy),
    make("p", { class: "faint" }, worthText(finding), kernels ? ", " : "", kernels,
      kernels ? " of kernels" : ""));
}

function steps(selection: Selection, port: Port): Child[] {
  const first = firstSteps(port);
  const others = first.length - maxSteps;
  return [make("h3", null, "What to do first"),
    first.length === 0 ? make("p", null, "Nothing: all of it runs as it is.")
      : make("ol", { class: "steps" },
        ...first.slice(0, maxSteps).map(finding => step(selection, finding))),
    others > 0 && make("p", { class: "faint" }, `and ${grouped(others)} more in the table`)];
}

function goodToKnow(selection: Selection, port: Port): Child[] {
  const all = hints(port);
  const others = all.length - maxSteps;
  return all.length === 0 ? [] : [make("h3", null, "Good to know"),
    make("ul", null, ...all.slice(0, maxSteps).map(finding => make("li", null,
      findingButton(selection, finding), `: ${subjectOf(finding)}`,
      finding.row.source_share !== null && make("span", { class: "faint" },
        `, ${percent(finding.row.source_share)} of the time`)))),
    others > 0 && make("p", { class: "faint" }, `and ${grouped(others)} more in the table`)];
}

/// What the effort and the kernels rest on.
function basis({ row }: Port): HTMLElement {
  const releases = Object.entries(row.software.releases)
    .map(([stack, version]) => `${stack} ${version}`).join(", ");
  return make("p", { class: "faint" }, `Person-days of a finding by ${
    row.effort_file || "the tool's own judgement"}: ${row.days
      .filter(days => days.high_days > 0)
      .map(days => `${days.of} ${days.low_days} to ${days.high_days}`).join(", ")
    }. Software: ${releases ? `${releases}, else ` : ""}the latest releases, ${
    row.software.community ? "with" : "without"} what communities have.`);
}

/// The one that a reader is most likely to ask about.
function hardest(ports: Port[]): Port {
  return ports.reduce((worst, port) =>
    port.row.grade > worst.row.grade || (port.row.grade === worst.row.grade &&
      port.row.effort.high_days > worst.row.effort.high_days) ? port : worst);
}

export function porting(report: Report, selection: Selection,
                        ports: Port[]): HTMLElement | null {
  if (ports.length === 0) return null;
  const { from, to } = ports[0].row;
  const body = make("div");
  const buttons = ports.map(port => make("button", {
    type: "button", onclick: () => show(port) }, port.row.to));
  const show = (port: Port, opened: Finding | null = null) => {
    buttons.forEach((button, at) =>
      button.setAttribute("aria-pressed", String(ports[at] === port)));
    const table = new FindingTable(report, selection, port);
    replace(body, ports.length > 1 && make("h3", null, `To ${port.row.to} `,
        make("span", { class: "faint" }, report.targets?.[port.at]?.title)),
      tiles(report, port),
      port.row.reasons.length > 0 && make("p", { class: "warning" },
        `Times are lower bounds: ${port.row.reasons.join("; ")}.`),
      ...steps(selection, port), ...goodToKnow(selection, port), table.element, basis(port));
    if (opened) table.open(opened);
  };
  show(hardest(ports));
  selection.on("finding", () => {
    if (selection.opened) show(selection.opened.port, selection.opened);
  });
  return section("porting", `Moving from ${from}${ports.length === 1 ? ` to ${to}` : ""}`,
    ports.length > 1 && make("div", {
      class: "controls", role: "group", "aria-label": "Moved to" }, "To ", ...buttons),
    body);
}
