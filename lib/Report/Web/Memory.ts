// What one execution keeps in memory, whether that fits, and how much of it is alive
// while each kernel runs.

import uPlot from "uplot";

import { Child, make, section, swatch } from "./Dom";
import { counted, grouped, roughly, scaled } from "./Format";
import { Memory, Report, Target } from "./Report";
import { Selection } from "./Selection";
import { colour, fontFamily } from "./Theme";

const chartHeight = 180;

/// Parts of what is kept, with the colour of each.
const parts: [keyof Memory & `${string}_bytes`, string, string][] = [
  ["weight_bytes", "weights", "--family-1"],
  ["cache_bytes", "caches", "--family-2"],
  ["input_bytes", "inputs", "--family-3"],
  ["result_bytes", "results", "--family-4"],
  ["intermediate_bytes", "values between kernels", "--family-5"],
];

/// `fits into one device of 141 GB`.
export function fitText(target: Target): string {
  const { usable_bytes: usable, devices, reason } = target.memory_fit!;
  if (devices === null) return `devices needed unknown: ${reason ?? ""}`;
  return devices === 1 ? `fits into the ${roughly(usable, "B")} usable of one device`
    : `needs ${counted(devices, "device")} of ${roughly(usable, "B")} usable each`;
}

/// `Keeps 33.3 GB, which fits into ...`; null where the report does not say.
export function keepsText(report: Report, target: Target): string | null {
  if (!target.memory_fit || !report.memory) return null;
  const { total_bytes: total } = report.memory;
  return total === null ? "Memory unknown"
    : `Keeps ${roughly(total, "B")}, which ${fitText(target)}`;
}

function partsBar(memory: Memory): Child[] {
  const total = memory.total_bytes;
  const bar = make("div", { class: "stack", "aria-hidden": "true" });
  if (total)
    for (const [key, name, fill] of parts) {
      const bytes = memory[key];
      if (!bytes) continue;
      const part = make("span", { title: `${name}: ${scaled(bytes, "B")}` });
      part.style.width = `${100 * bytes / total}%`;
      part.style.background = `var(${fill})`;
      bar.appendChild(part);
    }
  return [total ? bar : null, make("p", { class: "legend" }, ...parts.map(([key, name, fill]) =>
    make("span", { class: "nowrap" }, swatch(fill), `${name} ${scaled(memory[key], "B")}`)))];
}

/// Starts of the stretches, and the end of the last one, with the bytes of each.
function steps(memory: Memory): [number[], number[]] {
  const starts: number[] = [], bytes: number[] = [];
  let kernel = 0;
  for (const stretch of memory.timeline) {
    starts.push(kernel);
    bytes.push(stretch.bytes ?? 0);
    kernel += stretch.kernels ?? 0;
  }
  starts.push(kernel);
  bytes.push(bytes[bytes.length - 1]);
  return [starts, bytes];
}

function chart(memory: Memory, host: HTMLElement): uPlot {
  const axis = (label: string, size: number, text: (value: number) => string): uPlot.Axis => ({
    label, size, labelSize: 18, gap: 4, font: `11px ${fontFamily}`,
    labelFont: `12px ${fontFamily}`, stroke: () => colour("--faint"),
    grid: { stroke: () => colour("--grid"), width: 1 },
    ticks: { stroke: () => colour("--grid"), width: 1, size: 4 },
    values: (_plot, splits) => splits.map(text),
  });
  return new uPlot({
    width: Math.max(host.clientWidth, 100), height: chartHeight, padding: [8, 8, 0, 0],
    scales: { x: { time: false }, y: { range: (_plot, _least, most) => [0, most * 1.1 || 1] } },
    axes: [axis("kernels, in the order that they run in", 30, grouped),
           axis("bytes", 64, value => roughly(value, "B"))],
    series: [{}, {
      paths: uPlot.paths.stepped!({ align: 1 }), points: { show: false }, width: 1.5,
      stroke: () => colour("--family-5"), fill: () => `${colour("--family-5")}40`,
    }],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false } },
  }, steps(memory), host);
}

/// The part of the page, and what draws its chart once it is in the document.
export function memory(report: Report, selection: Selection):
    { element: HTMLElement; start: () => void } | null {
  const kept = report.memory;
  if (!kept) return null;
  const host = make("div", { class: "timeline", role: "img", "aria-label":
    `Values between kernels take at most ${scaled(kept.intermediate_bytes, "B")}` });
  const readout = make("p", { class: "faint" });
  const peak = kept.peak_kernel && `Most is alive while ${kept.peak_kernel} (${
    kept.peak_location}) runs: ${scaled(kept.intermediate_bytes, "B")}.`;
  readout.textContent = peak;
  const element = section("memory", "Memory",
    make("p", null, "One execution keeps ", make("strong", null, scaled(kept.total_bytes, "B")),
      kept.of_one_device ? " on each device" : "",
      kept.reason ? `: ${kept.reason}` : "", "."),
    ...partsBar(kept),
    make("ul", null, ...(report.targets ?? []).map(target => target.memory_fit && make("li",
      { class: target.memory_fit.devices === 1 ? null : "warning" },
      make("strong", null, target.name), `: ${fitText(target)}.`))),
    kept.timeline.length > 0 && make("h3", null, "Values between kernels, over one execution"),
    kept.timeline.length > 0 && host,
    kept.timeline.length > 0 && readout);
  const start = () => {
    if (kept.timeline.length === 0) return;
    const plot = chart(kept, host);
    const [starts, bytes] = steps(kept);
    plot.over.addEventListener("mousemove", () => {
      const at = plot.valToIdx(plot.posToVal(plot.cursor.left ?? 0, "x"));
      // The nearest step; the one before it where the pointer is left of its start.
      const step = Math.max(0, starts[at] > plot.posToVal(plot.cursor.left ?? 0, "x")
        ? at - 1 : Math.min(at, starts.length - 2));
      readout.textContent = `Kernels ${grouped(starts[step] + 1)} to ${
        grouped(starts[step + 1])}: ${scaled(bytes[step], "B")}.`;
    });
    plot.over.addEventListener("mouseleave", () => { readout.textContent = peak; });
    selection.on("theme", () => plot.redraw(false, true));
    new ResizeObserver(() => {
      if (host.clientWidth > 0 && host.clientWidth !== plot.width)
        plot.setSize({ width: host.clientWidth, height: chartHeight });
    }).observe(host);
  };
  return { element, start };
}
