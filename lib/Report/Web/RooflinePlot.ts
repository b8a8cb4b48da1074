// The roofline of a target: operations per second over operations per byte. uPlot
// has the axes, the scales and the dragging; roofs and points are drawn here.

import uPlot from "uplot";

import { make, replace } from "./Dom";
import { boundText, percent, roughly, scaled, seconds } from "./Format";
import { heatOf, Kernel, peakOf, Point, roofShare } from "./Kernels";
import { Report, Target } from "./Report";
import { Selection } from "./Selection";
import { colour, fontFamily } from "./Theme";

export interface Ranges { x: [number, number]; y: [number, number] }

/// Radius of a point that takes all of the time, and of the least, in CSS pixels.
const largestRadius = 28;
const leastRadius = 2.5;
/// How far beside a point still hits it, in CSS pixels.
const hitDistance = 8;
/// Names of roofs make way for points of this radius, by steps of so much.
const labelledRadius = 5;
const labelStep = 16;
/// Points that bear their name.
const maxLabels = 5;

interface Placed { kernel: Kernel; point: Point; x: number; y: number; radius: number }

interface Box { left: number; top: number; right: number; bottom: number }

function overlaps(lhs: Box, rhs: Box): boolean {
  return lhs.left < rhs.right && rhs.left < lhs.right &&
    lhs.top < rhs.bottom && rhs.top < lhs.bottom;
}

/// Roofs of units that kernels are drawn under: highest first.
export function peaksOf(target: Target, kernels: Kernel[], at: number): [string, number][] {
  const peaks = new Map<string, number>();
  for (const kernel of kernels) {
    const unitType = kernel.points[at]?.unitType;
    if (!unitType || peaks.has(unitType)) continue;
    const peak = peakOf(target, unitType);
    if (peak) peaks.set(unitType, peak);
  }
  return [...peaks].sort((lhs, rhs) => rhs[1] - lhs[1]);
}

/// Where kernels without operations stand: at the left, as high as the memory roof
/// has it for their bytes per second.
export function gutterOf(ranges: Ranges): number { return ranges.x[0] * 1.6; }

/// Ranges that hold all points and roofs of the targets.
export function wholeRanges(report: Report, kernels: Kernel[], shown: number[]): Ranges {
  let least = Infinity, most = 0, slowest = Infinity, fastest = 0;
  let slowestBytes = Infinity, hasGutter = false;
  for (const at of shown) {
    const target = report.targets![at];
    const bandwidth = target.memory[0]?.bytes_per_second;
    for (const [, peak] of peaksOf(target, kernels, at)) {
      fastest = Math.max(fastest, peak);
      if (bandwidth) most = Math.max(most, peak / bandwidth);
    }
    for (const kernel of kernels) {
      const point = kernel.points[at];
      if (!point) continue;
      if (point.intensity === 0) {
        hasGutter = true;
        slowestBytes = Math.min(slowestBytes, point.rate);
        continue;
      }
      least = Math.min(least, point.intensity);
      most = Math.max(most, point.intensity);
      slowest = Math.min(slowest, point.rate);
      fastest = Math.max(fastest, point.rate);
    }
  }
  if (!Number.isFinite(least)) [least, most] = [0.1, Math.max(most, 100)];
  const x: [number, number] = [least / (hasGutter ? 8 : 2), most * 4];
  if (hasGutter) slowest = Math.min(slowest, slowestBytes * x[0] * 1.6);
  if (!Number.isFinite(slowest)) [slowest, fastest] = [1e9, Math.max(fastest, 1e12)];
  return { x, y: [slowest / 3, fastest * 4] };
}

/// Powers of ten, with halves and fifths where there are few.
function ticks(least: number, most: number): number[] {
  const steps = Math.log10(most / least) < 2 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil(Math.log10(most / least) / 7));
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); ++power)
    if (power % every === 0)
      values.push(...steps.map(step => Number(`${step}e${power}`)));
  return values.filter(value => value >= least && value <= most);
}

export class RooflinePlot {
  readonly element: HTMLElement;

  private readonly plot: uPlot;
  private placed: Placed[] = [];
  /// Those that names of roofs make way for.
  private large: Placed[] = [];
  private readonly ring = make("div", { class: "ring" });
  private readonly tip = make("div", { class: "tip", "aria-hidden": "true", hidden: true });
  private readonly target: Target;
  private readonly total: number;
  private readonly byHeat: Kernel[];

  /// `zoomed` is told the ranges that the reader drags over.
  constructor(report: Report, private readonly selection: Selection,
              private readonly at: number, private readonly ranges: () => Ranges,
              private readonly colours: Map<string, string>,
              width: number, height: number, zoomed: (ranges: Ranges) => void) {
    this.target = report.targets![at];
    const { kernels } = selection;
    this.total = kernels.reduce((sum, kernel) => sum + (heatOf(kernel, at) ?? 0), 0);
    this.byHeat = [...kernels].sort((lhs, rhs) =>
      (heatOf(rhs, at) ?? 0) - (heatOf(lhs, at) ?? 0));
    const host = make("div", { class: "plot" });
    this.element = make("figure", { tabindex: 0, "data-target": this.target.name,
      "aria-label": `Roofline of ${this.target.name}. Arrow keys go through the kernels, ` +
        "hottest first; Escape leaves them. The table below has the same numbers." },
      make("figcaption", null, make("strong", null, this.target.name), " ",
        make("span", { class: "faint" }, this.target.title)), host);
    const axis = (label: string, size: number,
                  text: (value: number) => string): uPlot.Axis => ({
      label, labelSize: 18, size, gap: 4, labelFont: `12px ${fontFamily}`,
      font: `11px ${fontFamily}`, stroke: () => colour("--faint"),
      grid: { stroke: () => colour("--grid"), width: 1 },
      ticks: { stroke: () => colour("--grid"), width: 1, size: 4 },
      splits: (_plot, _axis, least, most) => ticks(least, most),
      filter: (_plot, splits) => splits,
      values: (_plot, splits) => splits.map(text),
    });
    const { x, y } = this.ranges();
    this.plot = new uPlot({
      width, height, padding: [8, 8, 0, 0],
      scales: {
        x: { time: false, distr: 3, range: () => this.ranges().x },
        y: { distr: 3, range: () => this.ranges().y },
      },
      axes: [
        axis("operations per byte", 30,
             value => value < 1 ? String(value) : scaled(value, "", 1)),
        axis("operations per second", 44, value => scaled(value, "", 1)),
      ],
      series: [{}, { paths: () => null, points: { show: false } }],
      legend: { show: false },
      cursor: { drag: { x: true, y: true, uni: 20, setScale: false }, points: { show: false } },
      hooks: {
        draw: [() => this.draw()],
        setSelect: [plot => {
          const { left, top, width: across, height: down } = plot.select;
          if (across < 5 && down < 5) return;
          const whole = this.ranges();
          zoomed({
            x: across < 5 ? whole.x
              : [plot.posToVal(left, "x"), plot.posToVal(left + across, "x")],
            y: down < 5 ? whole.y
              : [plot.posToVal(top + down, "y"), plot.posToVal(top, "y")],
          });
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        }],
      },
    }, [x, y] as unknown as uPlot.AlignedData, host);
    this.element.style.width = `${width}px`;
    this.plot.over.append(this.ring, this.tip);
    this.listen();
  }

  resize(width: number, height: number): void {
    this.element.style.width = `${width}px`;
    if (width !== this.plot.width || height !== this.plot.height)
      this.plot.setSize({ width, height });
  }

  /// Draws again, with the ranges of now.
  redraw(): void {
    const { x, y } = this.ranges();
    this.plot.batch(() => {
      this.plot.setScale("x", { min: x[0], max: x[1] });
      this.plot.setScale("y", { min: y[0], max: y[1] });
    });
    this.plot.redraw(false, true);
  }

  destroy(): void { this.plot.destroy(); }

  /// Rings the kernel that is hovered over or chosen.
  mark(): void {
    const kernel = this.selection.current();
    const found = kernel && this.placed.find(placed => placed.kernel === kernel);
    this.ring.hidden = this.tip.hidden = !found;
    if (!found) return;
    const radius = found.radius + 4;
    this.ring.style.transform = `translate(${found.x - radius}px, ${found.y - radius}px)`;
    this.ring.style.width = this.ring.style.height = `${2 * radius}px`;
    const on = found.kernel.row.targets[this.at];
    replace(this.tip, make("strong", null, found.kernel.row.name),
      on.seconds === null ? ` ≥\u00a0${seconds(on.roof_seconds)}` : ` ${seconds(on.seconds)}`,
      on.seconds ? `, ${percent(roofShare(on))} of ${boundText(on.bound)}` : "");
  }

  private listen(): void {
    const { over } = this.plot;
    const kernelAt = (event: MouseEvent) => {
      const { left, top } = over.getBoundingClientRect();
      return this.nearest(event.clientX - left, event.clientY - top);
    };
    over.addEventListener("mousemove", event => {
      const kernel = kernelAt(event);
      over.style.cursor = kernel ? "pointer" : "";
      this.selection.hover(kernel);
    });
    over.addEventListener("mouseleave", () => this.selection.hover(null));
    over.addEventListener("click", event => {
      const kernel = kernelAt(event);
      if (kernel) this.selection.select(kernel);
    });
    this.element.addEventListener("keydown", event => {
      if (event.key === "Escape") return this.selection.select(null);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const drawn = this.byHeat.filter(kernel =>
        kernel.points[this.at] && this.selection.visible[kernel.index]);
      if (step === undefined || drawn.length === 0) return;
      event.preventDefault();
      const at = this.selection.selected ? drawn.indexOf(this.selection.selected) : -1;
      this.selection.select(
        drawn[Math.min(Math.max(at < 0 ? 0 : at + step, 0), drawn.length - 1)]);
    });
  }

  /// The point at a place; of several the smallest, which lies on top.
  private nearest(x: number, y: number): Kernel | null {
    let best: Kernel | null = null, bestGap = hitDistance, bestRadius = Infinity;
    for (const placed of this.placed) {
      if (!this.selection.visible[placed.kernel.index]) continue;
      const gap = Math.max(0, Math.hypot(placed.x - x, placed.y - y) - placed.radius);
      if (gap < bestGap || (gap === bestGap && placed.radius < bestRadius && gap < hitDistance)) {
        [best, bestGap, bestRadius] = [placed.kernel, gap, placed.radius];
      }
    }
    return best;
  }

  private draw(): void {
    const { ctx, bbox } = this.plot;
    const scale = devicePixelRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    // From here on in CSS pixels of the plotting area.
    ctx.translate(bbox.left, bbox.top);
    ctx.scale(scale, scale);
    this.place();
    const labels: Box[] = [];
    this.drawRoofs(ctx);
    this.drawPoints(ctx);
    this.drawRoofNames(ctx, labels);
    this.drawLabels(ctx, labels);
    ctx.restore();
    this.mark();
  }

  private across(value: number): number { return this.plot.valToPos(value, "x"); }
  private down(value: number): number { return this.plot.valToPos(value, "y"); }

  /// Largest first, so that small ones lie on top.
  private place(): void {
    const gutter = gutterOf(this.ranges());
    this.placed = [];
    for (const kernel of this.byHeat) {
      const point = kernel.points[this.at];
      if (!point) continue;
      const share = this.total > 0 ? (heatOf(kernel, this.at) ?? 0) / this.total : 0;
      const x = point.intensity || gutter;
      this.placed.push({
        kernel, point, x: this.across(x),
        y: this.down(point.intensity ? point.rate : point.rate * gutter),
        radius: Math.max(leastRadius, largestRadius * Math.sqrt(share)),
      });
    }
    this.large = this.placed.filter(({ radius }) => radius >= labelledRadius);
  }

  private drawRoofs(ctx: CanvasRenderingContext2D): void {
    const { x, y } = this.ranges();
    const peaks = peaksOf(this.target, this.selection.kernels, this.at);
    const highest = peaks.length > 0 ? peaks[0][1] : y[1];
    const line = (isMain: boolean, dash: number[], from: [number, number],
                  to: [number, number]) => {
      ctx.strokeStyle = colour(isMain ? "--roof" : "--roof-faint");
      ctx.lineWidth = isMain ? 2 : 1;
      ctx.setLineDash(dash);
      ctx.beginPath();
      ctx.moveTo(this.across(from[0]), this.down(from[1]));
      ctx.lineTo(this.across(to[0]), this.down(to[1]));
      ctx.stroke();
    };
    this.target.memory.forEach(({ bytes_per_second: speed }, index) => {
      if (speed)
        line(index === 0, index === 0 ? [] : [4, 4], [x[0], speed * x[0]],
             [highest / speed, highest]);
    });
    const bandwidth = this.target.memory[0]?.bytes_per_second;
    peaks.forEach(([, peak], rank) =>
      line(rank === 0, [], [bandwidth ? peak / bandwidth : x[0], peak], [x[1], peak]));
    ctx.setLineDash([]);
  }

  /// Names of the roofs, over everything; where two would touch, of the first.
  private drawRoofNames(ctx: CanvasRenderingContext2D, labels: Box[]): void {
    const { x, y } = this.ranges();
    ctx.font = `11px ${fontFamily}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "bottom";
    const write = (text: string, left: number, bottom: number, isMain: boolean) => {
      ctx.lineWidth = 3;
      ctx.strokeStyle = colour("--background");
      ctx.strokeText(text, left, bottom);
      ctx.fillStyle = colour(isMain ? "--text" : "--faint");
      ctx.fillText(text, left, bottom);
    };
    const bandwidth = this.target.memory[0]?.bytes_per_second;
    const end = this.across(x[1]) - 4;
    peaksOf(this.target, this.selection.kernels, this.at).forEach(([unitType, peak], rank) => {
      const text = `${boundText(unitType)} ${roughly(peak, "op/s")}`;
      const height = this.down(peak), width = ctx.measureText(text).width;
      const start = this.across(bandwidth ? Math.max(peak / bandwidth, x[0]) : x[0]);
      // At the right end or left of the points that are there, above its line or below.
      const places = Math.max(1, Math.floor((end - width - start) / labelStep));
      const boxes = [height, height + 17].flatMap(bottom =>
        Array.from({ length: places }, (_, step) => {
          const right = end - labelStep * step;
          return { left: right - width, right, top: bottom - 15, bottom };
        }));
      const box = boxes.find(box => !this.hidesPoint(box)) ?? boxes[0];
      if (labels.some(label => overlaps(label, box))) return;
      labels.push(box);
      write(text, box.left, box.bottom - 3, rank === 0);
    });
    // Along their lines, from where these enter the field; all are parallel.
    const named: number[] = [];
    this.target.memory.forEach(({ name, bytes_per_second: speed }, index) => {
      if (!speed) return;
      const from = [this.across(x[0]), this.down(speed * x[0])];
      const angle = Math.atan2(this.down(speed * x[1]) - from[1], this.across(x[1]) - from[0]);
      const distance = from[1] * Math.cos(angle);
      if (named.some(other => Math.abs(other - distance) < 13)) return;
      named.push(distance);
      const below = Math.max(0, from[1] - this.down(y[0]) + 14);
      const least = 14 + Math.max(below / Math.max(-Math.sin(angle), 0.1),
                                  this.gutterEdge() / Math.cos(angle));
      const text = `${index === 0 ? "memory" : name} ${roughly(speed, "B/s")}`;
      // Squares along the name, which tell what it would hide.
      const squares = ([lift, below]: [number, number]): Box[] => {
        const count = Math.ceil(ctx.measureText(text).width / 12);
        return Array.from({ length: count + 1 }, (_, step) => {
          const along = lift + 12 * step, beside = below - 6;
          const across = from[0] + along * Math.cos(angle) - beside * Math.sin(angle);
          const down = from[1] + along * Math.sin(angle) + beside * Math.cos(angle);
          return { left: across - 6, right: across + 6, top: down - 6, bottom: down + 6 };
        });
      };
      // Above its line, or that of the lowest line below it.
      const places = (index === 0 ? [-3, 16] : [-3]).flatMap(below =>
        [0, 1, 2, 3, 4].map((step): [number, number] => [least + labelStep * step, below]));
      const place = places.find(place =>
        !squares(place).some(square => this.hidesPoint(square))) ?? places[0];
      labels.push(...squares(place));
      ctx.save();
      ctx.translate(from[0], from[1]);
      ctx.rotate(angle);
      write(text, ...place, index === 0);
      ctx.restore();
    });
    this.drawGutter(ctx, labels);
  }

  /// Whether a name would lie over a point that is large enough to be looked at.
  private hidesPoint(box: Box): boolean {
    return this.large.some(({ x, y, radius }) => overlaps(box,
      { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  }

  /// Right of the kernels without operations; 0 where there are none.
  private gutterEdge(): number {
    return this.placed.some(({ point }) => point.intensity === 0)
      ? this.across(gutterOf(this.ranges()) * 1.6) : 0;
  }

  private drawGutter(ctx: CanvasRenderingContext2D, labels: Box[]): void {
    const edge = this.gutterEdge();
    if (edge === 0) return;
    const bottom = this.plot.over.clientHeight;
    ctx.strokeStyle = colour("--grid");
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(edge, 0);
    ctx.lineTo(edge, bottom);
    ctx.stroke();
    ctx.save();
    ctx.translate(edge, bottom - 4);
    ctx.rotate(-Math.PI / 2);
    ctx.fillStyle = colour("--faint");
    ctx.textAlign = "left";
    ctx.fillText("no operations", 0, -2);
    ctx.restore();
    labels.push({ left: 0, right: edge, top: bottom - 90, bottom });
  }

  private drawPoints(ctx: CanvasRenderingContext2D): void {
    const fills = new Map([...this.colours].map(([family, name]) => [family, colour(name)]));
    const other = colour("--family-other"), hiddenFill = colour("--grid");
    const edge = colour("--background");
    ctx.lineWidth = 1;
    // What the filter leaves out is drawn first, below the rest.
    for (const passes of [false, true])
      for (const { kernel, point, x, y, radius } of this.placed) {
        if (this.selection.visible[kernel.index] !== passes) continue;
        const fill = passes ? fills.get(kernel.row.family) ?? other : hiddenFill;
        ctx.beginPath();
        ctx.arc(x, y, radius, 0, 2 * Math.PI);
        if (point.isRoof) {
          ctx.strokeStyle = fill;
          ctx.stroke();
          continue;
        }
        ctx.fillStyle = fill;
        ctx.fill();
        if (!passes) continue;
        ctx.strokeStyle = edge;
        ctx.stroke();
      }
  }

  /// Names of the hottest, each where there is room: right, left, above, below.
  private drawLabels(ctx: CanvasRenderingContext2D, labels: Box[]): void {
    const { clientWidth, clientHeight } = this.plot.over;
    ctx.font = `600 11px ${fontFamily}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    const names = new Set<string>();
    for (const { kernel, x, y, radius } of this.placed) {
      if (names.size === maxLabels) break;
      if (!this.selection.visible[kernel.index] || names.has(kernel.row.name)) continue;
      const width = ctx.measureText(kernel.row.name).width;
      const spots = [[x + radius + 4, y], [x - radius - 4 - width, y],
                     [x - width / 2, y - radius - 9], [x - width / 2, y + radius + 9]];
      for (const [left, middle] of spots) {
        const box = { left, right: left + width, top: middle - 7, bottom: middle + 7 };
        if (box.left < 0 || box.right > clientWidth || box.top < 0 ||
            box.bottom > clientHeight || labels.some(label => overlaps(label, box)))
          continue;
        labels.push(box);
        names.add(kernel.row.name);
        ctx.strokeStyle = colour("--background");
        ctx.strokeText(kernel.row.name, left, middle);
        ctx.fillStyle = colour("--text");
        ctx.fillText(kernel.row.name, left, middle);
        break;
      }
    }
  }
}
