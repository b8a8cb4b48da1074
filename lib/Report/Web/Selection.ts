// What the reader looks at, shared by the parts of the page.

import { Kernel } from "./Kernels";

export interface Filter {
  text: string;
  /// Empty is any.
  family: string;
  /// Of the first target shown; empty is any.
  bound: string;
}

type Change = "filter" | "hover" | "selection" | "targets" | "theme";

export class Selection {
  filter: Filter = { text: "", family: "", bound: "" };
  /// Under the pointer or the focus.
  hovered: Kernel | null = null;
  /// Chosen by a click, until another one is.
  selected: Kernel | null = null;
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

  setFilter(part: Partial<Filter>): void {
    this.filter = { ...this.filter, ...part };
    const words = this.filter.text.toLowerCase().split(/\s+/).filter(Boolean);
    const target = this.targets[0];
    this.visible = this.kernels.map(({ row, searchText }) =>
      (!this.filter.family || row.family === this.filter.family) &&
      (!this.filter.bound || row.targets[target]?.bound === this.filter.bound) &&
      words.every(word => searchText.includes(word)));
    this.emit("filter");
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

  show(targets: number[]): void {
    this.targets = targets;
    this.setFilter({});
    this.emit("targets");
  }
}
