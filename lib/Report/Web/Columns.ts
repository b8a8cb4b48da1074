// Columns of a table that sorts by each of them.

import { append, Child, make, replace } from "./Dom";

export interface Column<Row> {
  title: string;
  /// What the header says more of it.
  hint: string;
  numeric: boolean;
  /// Null sorts last either way.
  key(row: Row): number | string | null;
  cell(row: Row): Child;
}

/// The head of a table, and the order that it asks for.
export class Columns<Row> {
  readonly head = make("thead");

  private columns: Column<Row>[] = [];
  private sortedBy = 0;
  private descending = true;

  /// `changed` is called when the reader asks for another order.
  constructor(private readonly changed: () => void) {}

  /// Shows other columns. The order stays that of the same title, where it is still
  /// there, else it is that of `title`.
  show(columns: Column<Row>[], title: string): void {
    const previous = this.columns[this.sortedBy]?.title;
    this.columns = columns;
    const kept = columns.findIndex(column => column.title === previous);
    this.sortedBy = kept >= 0 ? kept
      : Math.max(0, columns.findIndex(column => column.title === title));
    if (kept < 0) this.descending = columns[this.sortedBy].numeric;
    this.drawHead();
  }

  get count(): number { return this.columns.length; }

  /// What is equal keeps its order.
  sorted(rows: readonly Row[]): Row[] {
    const column = this.columns[this.sortedBy];
    const sign = this.descending ? -1 : 1;
    return rows.map(row => ({ row, key: column.key(row) })).sort((lhs, rhs) => {
      if (lhs.key === rhs.key) return 0;
      if (lhs.key === null) return 1;
      if (rhs.key === null) return -1;
      return lhs.key < rhs.key ? -sign : sign;
    }).map(({ row }) => row);
  }

  row(row: Row): HTMLTableRowElement {
    return make("tr", null, ...this.columns.map((column, index) => {
      const cell = make(index === 0 ? "th" : "td",
        { scope: index === 0 ? "row" : null, class: column.numeric ? "number" : null });
      append(cell, column.cell(row));
      return cell;
    }));
  }

  private sortBy(column: number): void {
    this.descending = column === this.sortedBy ? !this.descending
      : this.columns[column].numeric;
    this.sortedBy = column;
    this.drawHead();
    this.changed();
    this.head.querySelectorAll("button")[column]?.focus();
  }

  private drawHead(): void {
    replace(this.head, make("tr", null, ...this.columns.map((each, index) =>
      make("th", {
        scope: "col", class: each.numeric ? "number" : null,
        "aria-sort": index !== this.sortedBy ? null
          : this.descending ? "descending" : "ascending",
      }, make("button", { type: "button", title: `Sort by ${each.hint}`,
                          onclick: () => this.sortBy(index) },
        each.title, index === this.sortedBy ? (this.descending ? " ▾" : " ▴") : "")))));
  }
}
