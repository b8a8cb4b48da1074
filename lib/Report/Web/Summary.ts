// What a reader wants to know first, in words: per target how long, what bounds it,
// what differs from the first target, and where to begin.

import { append, Child, make, swatch } from "./Dom";
import { findingButton, statusBadge } from "./FindingLinks";
import { boundText, counted, grouped, percent, roughly, seconds, times } from "./Format";
import { heatOf, Kernel, peakOf, roofShare, timeByBound } from "./Kernels";
import { keepsText } from "./Memory";
import { daysText, effortText, Finding, firstSteps, Port, subjectOf } from "./Ports";
import { LeftOut, Report, Target } from "./Report";
import { Selection } from "./Selection";

/// Kernels that reach this share of their roof leave little to tune.
const nearRoof = 0.8;
/// As-is is worth a line where it is this much slower than kernels.
const worthFusing = 1.1;
/// Steps of moving to a target that its card names.
const maxSteps = 3;
/// A share of the time below which a bound or a gain is not worth a line.
const worthSaying = 0.02;

const strong = (text: string) => make("strong", null, text);

/// Whether it fits, and what it takes at most to run it once.
function memoryLine(report: Report, target: Target): Child {
  const keeps = keepsText(report, target);
  return keeps && make("p", { class: target.memory_fit?.devices === 1 ? null : "warning" },
    keeps, target.energy?.joules != null ? `; at most ${roughly(target.energy.joules, "J")} of energy.` : ".");
}

function boundPart(report: Report, kernels: Kernel[], at: number): Child[] {
  const target = report.targets![at];
  const parts: Child[] = [];
  const byBound = timeByBound(kernels, at);
  const total = byBound.reduce((sum, [, heat]) => sum + heat, 0);
  const roof = target.roof_seconds;
  if (total > 0)
    parts.push(make("p", null, ...byBound
      .filter(([, heat], rank) => rank === 0 || heat / total >= worthSaying)
      .flatMap(([bound, heat], rank): Child[] => [
        rank > 0 ? ", " : "",
        rank === 0 ? strong(boundText(bound)) : boundText(bound),
        `\u00a0${percent(heat / total)}`]), " of the kernels' time."));
  else
    parts.push(make("p", null, strong(
      target.bound || target.complete ? boundText(target.bound) : "unknown")));
  if (roof) {
    const reached = target.times.kernels_seconds;
    const next = Object.entries(target.resources)
      .filter(([resource]) => resource !== target.bound)
      .sort((lhs, rhs) => (rhs[1] ?? 0) - (lhs[1] ?? 0))[0];
    parts.push(make("p", null, `Graph roof ${roughly(roof, "s")}, by ${
      boundText(target.bound)}`,
      next?.[1] ? `; ${boundText(next[0])} is busy ${percent(next[1] / roof)} of it` : "",
      reached ? `; kernels reach ${percent(roof / reached)}.` : "."));
  }
  parts.push(memoryLine(report, target));
  return parts;
}

function ratioOf(value: number | null | undefined,
                 base: number | null | undefined): number | null {
  return value && base ? value / base : null;
}

/// Peaks that matter to the graph, against those of the first target.
function peaksLine(report: Report, at: number): Child {
  const target = report.targets![at], first = report.targets![0];
  const speeds: [string, number | null, number | null, string][] = [
    ["memory", target.memory[0]?.bytes_per_second, first.memory[0]?.bytes_per_second, "B/s"],
    ...Object.keys(report.demand?.operations ?? {})
      .filter(unitType => unitType.startsWith("matrix_"))
      .map((unitType): [string, number | null, number | null, string] =>
        [boundText(unitType), peakOf(target, unitType), peakOf(first, unitType), "op/s"]),
  ];
  const texts = speeds.flatMap(([name, speed, base, unit]) => speed && base
    ? [`${name} ${roughly(speed, unit)} (${times(speed / base)})`] : []);
  return texts.length > 0 ? make("p", null, `Peaks: ${texts.join(", ")}.`) : null;
}

function comparedPart(report: Report, kernels: Kernel[], port: Port | undefined,
                      at: number): Child[] {
  const target = report.targets![at], first = report.targets![0];
  const parts: Child[] = [];
  const ratio = ratioOf(target.times.kernels_seconds, first.times.kernels_seconds);
  const roofRatio = ratioOf(target.roof_seconds, first.roof_seconds);
  if (ratio && roofRatio)
    parts.push(make("p", null, strong(times(ratio)), ` the time. The hardware explains ${
      times(roofRatio)}; the other ${times(ratio / roofRatio)} is that kernels reach ${
      ratio > roofRatio ? "less" : "more"} of it.`));
  else if (roofRatio)
    parts.push(make("p", null, strong(times(roofRatio)), " the roof; times of kernels are unknown."));
  parts.push(port && portLine(port), peaksLine(report, at));
  const families = (report.breakdown ?? []).flatMap(row => {
    const familyRatio = ratioOf(row.targets[at]?.seconds, row.targets[0]?.seconds);
    const share = row.targets[at]?.share ?? 0;
    return familyRatio && share >= worthSaying ? [{ row, familyRatio }] : [];
  }).sort((lhs, rhs) => rhs.familyRatio - lhs.familyRatio);
  if (families.length > 0)
    parts.push(make("p", null, "By family: ", families.slice(0, 4)
      .map(({ row, familyRatio }) => `${row.family}\u00a0${times(familyRatio)}`)
      .join(", "), "."));
  let changed = 0, changedHeat = 0, total = 0;
  for (const kernel of kernels) {
    const heat = heatOf(kernel, at) ?? 0;
    total += heat;
    const [from, to] = [kernel.row.targets[0]?.bound, kernel.row.targets[at]?.bound];
    if (!from || !to || from === to) continue;
    changed += kernel.row.locations.length;
    changedHeat += heat;
  }
  if (changed > 0)
    parts.push(make("p", null, `${counted(changed, "kernel")} changed bound (${
      percent(total > 0 ? changedHeat / total : null)} of the time).`));
  const substitutes = Object.entries(target.substitutes);
  if (substitutes.length > 0)
    parts.push(make("p", null, `Runs ${substitutes
      .map(([asked, runsAs]) => `${boundText(asked)} as ${runsAs}`).join(", ")}.`));
  return parts;
}

/// What is above the roof of kernels, most first.
function gains(kernels: Kernel[], at: number): { kernel: Kernel; gain: number }[] {
  return kernels.flatMap(kernel => {
    const on = kernel.row.targets[at];
    return on?.seconds && on.roof_seconds !== null
      ? [{ kernel, gain: on.seconds - on.roof_seconds }] : [];
  }).sort((lhs, rhs) => rhs.gain - lhs.gain);
}

/// What keeps times from being known comes first: nothing else can be relied on.
function unknownItems(report: Report, at: number): Child[] {
  const items: Child[] = [];
  const { unmodelled = [], uncounted = [] } = report.coverage ?? {};
  const ops = (rows: LeftOut[]) => rows.reduce((sum, row) => sum + row.count, 0);
  const basis = (text: string) => make("a", { href: "#basis" }, text);
  if (unmodelled.length > 0)
    items.push(make("li", null, strong("unknown: "), basis(counted(ops(unmodelled), "op")),
      ` not modelled, such as ${unmodelled[0].op}: ${unmodelled[0].reason}.`));
  if (uncounted.length > 0)
    items.push(make("li", null, strong("unknown: "), "how often ",
      basis(counted(ops(uncounted), "op")), ` ${ops(uncounted) === 1 ? "runs" : "run"}: ${
      uncounted[0].reason}.`));
  const missing = report.targets![at].missing_rates[0];
  if (missing)
    items.push(make("li", null, strong("unknown: "), `${boundText(missing.unit_type)}: ${
      missing.reason}.`));
  return items;
}

/// The first of what it takes to move to a target, blockers before all.
function portItem(selection: Selection, port: Port): Child {
  const steps = firstSteps(port);
  if (steps.length === 0) return null;
  const one = (finding: Finding): Child[] => {
    const days = daysText(finding.row.remedy_effort);
    return [statusBadge(finding), finding.row.verdict ? ` ${subjectOf(finding)}: ` : " ",
      findingButton(selection, finding), days ? ` (${days})` : ""];
  };
  if (steps.length === 1) return make("li", null, strong("to move: "), ...one(steps[0]));
  const others = steps.length - maxSteps;
  return make("li", null, strong("to move:"), make("ul", null,
    ...steps.slice(0, maxSteps).map(step => make("li", null, ...one(step))),
    others > 0 && make("li", null, make("a", { href: "#porting" }, `${grouped(others)} more`))));
}

function firstPart(report: Report, selection: Selection, port: Port | undefined,
                   at: number): Child[] {
  const target = report.targets![at];
  const kernels = selection.kernels;
  const items: Child[] = [port && portItem(selection, port),
                          ...unknownItems(report, at)].filter(Boolean);
  const { as_is_seconds: asIs, kernels_seconds: now } = target.times;
  const totals = report.kernel_totals;
  if (asIs && now && asIs / now >= worthFusing)
    items.push(make("li", null, strong(`${roughly(asIs - now, "s")}: `),
      `fuse and queue. As it is, ${totals ? `${grouped(totals.as_is_launches)} launches ` : ""
      }one by one take ${roughly(asIs, "s")}${
      totals ? `; ${grouped(totals.launches)} fused ones ${roughly(now, "s")}` : ""}.`));
  const link = (kernel: Kernel) => make("button", {
    type: "button", class: "link", onclick: () => {
      selection.select(kernel);
      document.getElementById("roofline")?.scrollIntoView({ block: "start" });
    } }, kernel.row.name);
  for (const { kernel, gain } of gains(kernels, at).slice(0, 3)) {
    if (!now || gain / now < worthSaying) break;
    const on = kernel.row.targets[at];
    items.push(make("li", null, strong(`up to ${roughly(gain, "s")}: `), link(kernel),
      ` (${kernel.place}) takes ${roughly(on.seconds, "s")}; at the peak of ${
      boundText(on.bound)} ${roughly(on.roof_seconds, "s")}.`));
  }
  const hottest = [...kernels].sort((lhs, rhs) =>
    (heatOf(rhs, at) ?? 0) - (heatOf(lhs, at) ?? 0))[0];
  const on = hottest?.row.targets[at];
  if (on && (roofShare(on) ?? 0) >= nearRoof)
    items.push(make("li", null, link(hottest), ` is within ${
      percent(1 - roofShare(on)!)} of its roof: only ${
      on.bound === "hbm" ? "fewer bytes" : "fewer operations, or a faster type,"
      } make${on.bound === "hbm" ? "" : "s"} it faster.`));
  return items.length > 0 ? [make("ol", null, ...items)]
    : [make("p", null, "Nothing stands out.")];
}

/// Roof, kernels with their interval, and as-is, on a scale that all targets share.
function timeBar(target: Target, longest: number): HTMLElement {
  const { kernels_seconds: now, kernels_interval_seconds: interval,
          as_is_seconds: asIs } = target.times;
  const bar = make("div", { class: "timebar", "aria-hidden": "true" });
  const part = (name: string, from: number, to: number) => {
    const element = make("span", { class: name });
    element.style.left = `${100 * from / longest}%`;
    element.style.width = `${100 * Math.max(to - from, 0) / longest}%`;
    bar.appendChild(element);
  };
  if (asIs !== null) part("as-is", 0, asIs);
  if (now !== null) part("kernels", 0, now);
  if (target.roof_seconds !== null) part("roof", 0, target.roof_seconds);
  if (interval?.low && interval.high) part("interval", interval.low, interval.high);
  return bar;
}

/// How well a graph moves to a target, in a line.
function portLine(port: Port): HTMLElement {
  return make("p", null, make("a", { href: "#porting" }, `Moving from ${port.row.from}`), ": ",
    strong(`grade ${port.row.grade}`), `, ${port.row.grade_reason}; `,
    strong(effortText(port)), ".");
}

function card(report: Report, selection: Selection, port: Port | undefined, at: number,
              longest: number): HTMLElement {
  const target = report.targets![at];
  const { kernels_seconds: now, kernels_interval_seconds: interval,
          as_is_seconds: asIs } = target.times;
  const partial = target.complete ? "" : "≥\u00a0";
  // A roof of nothing that is known is no bound to speak of.
  const shown = now ?? (target.times.kernel_roof_seconds || target.roof_seconds ||
                        (target.complete ? 0 : null));
  const part = (title: string, children: Child[]) =>
    make("div", { class: "part" }, make("h4", null, title), ...children);
  return make("article", { class: "card" },
    make("h3", null, target.name, " ", make("span", { class: "faint" }, target.title)),
    make("p", { class: "time" }, make("span", { class: "big" },
      shown === null ? "" : partial, seconds(shown)),
      " ", make("span", { class: "faint" }, now === null
        ? shown === null ? "" : "at the roofs; no time is known"
        : interval ? `80 % within ${roughly(interval.low, "s")} to ${roughly(interval.high, "s")}`
        : "")),
    timeBar(target, longest),
    make("p", { class: "faint legend" },
      ...([["roof", target.roof_seconds], ["kernels", now], ["as-is", asIs]] as const)
        .map(([name, value]) => make("span", { class: "nowrap" }, swatch(`--bar-${name}`),
          `${name} ${roughly(value, "s")}`))),
    ...[...target.incomplete_reasons, ...target.times.reasons].map(reason =>
      make("p", { class: "warning" }, reason)),
    part("Bound by", boundPart(report, selection.kernels, at)),
    at > 0 ? part(`Compared with ${report.targets![0].name}`,
                  comparedPart(report, selection.kernels, port, at)) : null,
    part("Begin with", firstPart(report, selection, port, at)));
}

/// `h20 and h200`.
function listed(names: string[]): string {
  return names.length < 2 ? names.join("")
    : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/// In two sentences: what bounds the model where, and which target is fastest.
function verdict(report: Report, kernels: Kernel[]): string {
  const targets = report.targets!;
  const onBound = new Map<string, string[]>();
  const unknown: string[] = [];
  targets.forEach((target, at) => {
    const bound = timeByBound(kernels, at)[0]?.[0] ?? target.bound;
    if (target.times.kernels_seconds === null || bound === null) unknown.push(target.name);
    else onBound.set(boundText(bound), [...onBound.get(boundText(bound)) ?? [], target.name]);
  });
  const sentences = [...onBound].map(([bound, names], rank) =>
    `${bound} ${rank === 0 ? "bounds most of the time " : ""}on ${listed(names)}`);
  if (unknown.length > 0) sentences.push(`the time on ${listed(unknown)} is not known`);
  const text = sentences.join("; ");
  const first = text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  const timed = targets.flatMap(target => target.times.kernels_seconds
    ? [{ name: target.name, time: target.times.kernels_seconds }] : [])
    .sort((lhs, rhs) => lhs.time - rhs.time);
  if (timed.length < 2) return first;
  const slower = timed.slice(1).map(({ name, time }) =>
    `${name} takes ${times(time / timed[0].time)}`);
  return `${first} ${timed[0].name} is the fastest with ${roughly(timed[0].time, "s")}; ${
    listed(slower)} as long.`;
}

/// ` Moving from h200 to h20 takes no work (grade A), to ascend-910c 2 to 8 ...`.
function portsVerdict(ports: Port[]): string {
  if (ports.length === 0) return "";
  return ` Moving from ${ports[0].row.from} ${ports.map((port, index) =>
    `to ${port.row.to} ${index === 0 ? "takes " : ""}${effortText(port)} (grade ${
    port.row.grade})`).join(", ")}.`;
}

export function summary(report: Report, selection: Selection, ports: Port[]): HTMLElement {
  const targets = report.targets ?? [];
  const longest = Math.max(...targets.flatMap(target =>
    [target.times.as_is_seconds, target.times.kernels_interval_seconds?.high,
     target.times.kernels_seconds, target.roof_seconds]
      .map(value => value ?? 0)), Number.MIN_VALUE);
  const cards = make("div", { class: "cards" });
  append(cards, ...targets.map((_, at) => card(report, selection,
    ports.find(port => port.at === at), at, longest)));
  return make("section", { id: "summary", "aria-label": "Targets" },
    make("p", { class: "verdict" }, verdict(report, selection.kernels),
      portsVerdict(ports)), cards);
}
