// The rooflines of the targets shown, side by side on the same scales.

import { make, replace, section, swatch } from "./Dom";
import { counted } from "./Format";
import { familyColours } from "./Kernels";
import { Report } from "./Report";
import { Ranges, RooflinePlot, wholeRanges } from "./RooflinePlot";
import { Selection } from "./Selection";

/// Least width at which plots stand side by side, in CSS pixels.
const leastWidth = 340;
const gap = 12;

export class Rooflines {
  readonly element: HTMLElement;

  private readonly grid = make("div", { class: "plots" });
  private readonly reset = make("button", { type: "button", hidden: true }, "Whole range");
  private readonly note = make("p", { class: "faint" });
  private plots: RooflinePlot[] = [];
  private ranges: Ranges = { x: [1, 10], y: [1, 10] };

  constructor(private readonly report: Report, private readonly selection: Selection) {
    this.reset.addEventListener("click", () => this.zoom(null));
    this.element = section("roofline", "Roofline", this.controls(), this.legend(), this.grid,
      this.note);
    this.grid.addEventListener("dblclick", () => this.zoom(null));
    selection.on("hover", () => this.mark());
    selection.on("selection", () => this.mark());
    selection.on("filter", () => this.redraw());
    selection.on("theme", () => this.redraw());
    selection.on("targets", () => this.build());
  }

  /// Draws for the first time; the element must be in the document.
  start(): void {
    this.build();
    let width = this.grid.clientWidth;
    new ResizeObserver(() => {
      // Without a width it is out of the document: another model is shown.
      if (this.grid.clientWidth === width || this.grid.clientWidth === 0) return;
      width = this.grid.clientWidth;
      const size = this.size();
      for (const plot of this.plots) plot.resize(...size);
    }).observe(this.grid);
  }

  private controls(): HTMLElement {
    const targets = this.report.targets!;
    const buttons = targets.map((target, at) => make("button", {
      type: "button", onclick: () => this.choose([at]) }, target.name));
    const all = targets.length > 1 ? make("button", { type: "button", onclick: () =>
      this.choose(targets.map((_, at) => at)) }, "Side by side") : null;
    const press = () => {
      const { targets: shown } = this.selection;
      const isAll = shown.length > 1;
      buttons.forEach((button, at) => button.setAttribute("aria-pressed",
        String(!isAll && shown[0] === at)));
      all?.setAttribute("aria-pressed", String(isAll));
    };
    this.selection.on("targets", press);
    press();
    return make("div", { class: "controls", role: "group", "aria-label": "Targets shown" },
      ...buttons, all, this.reset);
  }

  private choose(targets: number[]): void { this.selection.show(targets); }

  private legend(): HTMLElement {
    const present = new Set(this.selection.kernels
      .filter(kernel => kernel.points.some(Boolean)).map(kernel => kernel.row.family));
    return make("p", { class: "legend faint" },
      "A point is a kernel, or as many as are alike; its area is its share of the time. ",
      ...[...familyColours(this.report)].filter(([family]) => present.has(family))
        .map(([family, name]) =>
          make("span", { class: "nowrap" }, swatch(name), family, " ")));
  }

  private size(): [number, number] {
    const width = this.grid.clientWidth;
    const columns = Math.max(1, Math.min(this.plots.length || this.selection.targets.length,
      Math.floor((width + gap) / (leastWidth + gap))));
    const each = Math.floor((width - gap * (columns - 1)) / columns);
    return [each, Math.round(Math.min(Math.max(each * 0.75, 280), 460))];
  }

  private build(): void {
    const { report, selection } = this;
    for (const plot of this.plots) plot.destroy();
    this.plots = [];
    this.ranges = wholeRanges(report, selection.kernels, selection.targets);
    this.reset.hidden = true;
    const [width, height] = this.size();
    const colours = familyColours(report);
    this.plots = selection.targets.map(at => new RooflinePlot(report, selection, at,
      () => this.ranges, colours, width, height, ranges => this.zoom(ranges)));
    replace(this.grid, ...this.plots.map(plot => plot.element));
    const undrawn = selection.kernels.filter(kernel =>
      selection.targets.some(at => !kernel.points[at]) && kernel.row.family !== "scalar").length;
    this.note.textContent = "Heights are of the unit that is busiest, so no point is above " +
      "its roof. Drag to zoom, double-click for the whole." +
      (undrawn > 0 ? ` Not drawn, because their time or size is unknown: ${
        counted(undrawn, "row")}.` : "");
  }

  private zoom(ranges: Ranges | null): void {
    this.ranges = ranges ??
      wholeRanges(this.report, this.selection.kernels, this.selection.targets);
    this.reset.hidden = ranges === null;
    this.redraw();
  }

  private redraw(): void { for (const plot of this.plots) plot.redraw(); }
  private mark(): void { for (const plot of this.plots) plot.mark(); }
}
