// What the reader looks at, shared by the parts of the page.

import { Kernel } from "./Kernels";
import { Finding } from "./Ports";

export interface Filter {
  text: string;
  /// Empty is any.
  family: string;
  /// Of the first target shown; empty is any.
  bound: string;
  /// What the kernels are about; null is any.
  finding: Finding | null;
}

const everything: Filter = { text: "", family: "", bound: "", finding: null };

type Change = "filter" | "hover" | "selection" | "targets" | "finding" | "theme";

export class Selection {
  filter: Filter = everything;
  /// Under the pointer or the focus.
  hovered: Kernel | null = null;
  /// Chosen by a click, until another one is.
  selected: Kernel | null = null;
  /// The finding that was asked for last.
  opened: Finding | null = null;
  /// By index: what passes the filter.
  visible: boolean[];

  private listeners: [Change, () => void][] = [];

  /// `targets` are indices of those shown, at least one where the report has any.
  constructor(readonly kernels: Kernel[], public targets: number[]) {
    this.visible = kernels.map(() => true);
  }

  on(change: Change, listener: () => void): void {
    this.listeners.push([change, listener]);
  }

  emit(change: Change): void {
    for (const [of, listener] of this.listeners)
      if (of === change) listener();
  }

  /// The kernel whose details are shown.
  current(): Kernel | null { return this.hovered ?? this.selected; }

  /// Leaves out what `filter` does not let pass, and nothing else.
  filterBy(filter: Partial<Filter>): void { this.setFilter({ ...everything, ...filter }); }

  /// Changes a part of the filter.
  setFilter(part: Partial<Filter>): void {
    this.filter = { ...this.filter, ...part };
    this.update();
    this.emit("filter");
  }

  private update(): void {
    const about = this.filter.finding && new Set(this.filter.finding.kernels);
    const words = this.filter.text.toLowerCase().split(/\s+/).filter(Boolean);
    const target = this.targets[0];
    this.visible = this.kernels.map(kernel =>
      (!about || about.has(kernel)) &&
      (!this.filter.family || kernel.row.family === this.filter.family) &&
      (!this.filter.bound || kernel.row.targets[target]?.bound === this.filter.bound) &&
      words.every(word => kernel.searchText.includes(word)));
  }

  hover(kernel: Kernel | null): void {
    if (this.hovered === kernel) return;
    this.hovered = kernel;
    this.emit("hover");
  }

  select(kernel: Kernel | null): void {
    this.selected = kernel;
    this.hovered = null;
    this.emit("selection");
  }

  open(finding: Finding): void {
    this.opened = finding;
    this.emit("finding");
  }

  show(targets: number[]): void {
    this.targets = targets;
    this.update();
    this.emit("targets");
  }
}
