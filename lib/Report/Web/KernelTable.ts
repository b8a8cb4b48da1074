// Kernels as a table that sorts and filters. A page of rows is in the document at a
// time: thousands would make every change slow.

import { Column, Columns } from "./Columns";
import { make, replace, section, swatch } from "./Dom";
import { findingButton } from "./FindingLinks";
import { boundText, counted, grouped, intensity, percent, scaled, seconds } from "./Format";
import { familyColours, heatOf, Kernel, roofShare } from "./Kernels";
import { Report } from "./Report";
import { Selection } from "./Selection";

const pageRows = 50;

function columnsOf(report: Report, shown: number[],
                   colours: Map<string, string>): Column<Kernel>[] {
  const number = (title: string, hint: string, key: Column<Kernel>["key"],
                  cell: Column<Kernel>["cell"]): Column<Kernel> =>
    ({ title, hint, numeric: true, key, cell });
  const columns: Column<Kernel>[] = [
    { title: "kernel", hint: "name of the kernel", numeric: false, key: kernel => kernel.row.name,
      cell: kernel => make("span", { class: "kernel-name", title: kernel.row.name },
        swatch(colours.get(kernel.row.family) ?? "--family-other"),
        make("button", { type: "button", class: "link", tabindex: -1 }, kernel.row.name)) },
  ];
  for (const at of shown) {
    const target = report.targets![at];
    const total = target.times.kernels_seconds;
    columns.push(
      number(target.name, `time of all launches on ${target.name}`,
        kernel => heatOf(kernel, at), kernel => {
          const on = kernel.row.targets[at];
          const heat = heatOf(kernel, at);
          if (heat === null) return make("span", { title: on?.reason ?? null }, "unknown");
          const bar = total ? make("span", { class: "bar", "aria-hidden": "true" }) : null;
          if (bar && total) bar.style.width = `${Math.min(100 * heat / total, 100)}%`;
          return make("span", { class: "bar-cell",
            title: on.seconds === null ? `at its roof: ${on.reason ?? ""}`
              : total ? `${percent(heat / total)} of the time of all kernels` : null },
            on.seconds === null ? `≥\u00a0${seconds(heat)}` : seconds(heat), bar);
        }),
      number("of roof", `share of the roof that is reached on ${target.name}`,
        kernel => kernel.row.targets[at] ? roofShare(kernel.row.targets[at]) : null,
        kernel => {
          const on = kernel.row.targets[at];
          return make("span", null, on?.seconds ? percent(roofShare(on)) : "–",
            on?.bound && make("span", { class: "faint" }, ` ${boundText(on.bound)}`));
        }));
  }
  columns.push(
    { title: "location", hint: "place of the op that stands for it", numeric: false,
      key: kernel => kernel.row.locations[0] ?? null,
      cell: kernel => make("span", { class: "location", title: kernel.row.locations[0] ?? null },
        kernel.place) },
    number("launches", "launches of all of them", kernel => kernel.row.launches,
      kernel => grouped(kernel.row.launches)),
    number("fuses", "ops that run in one launch", kernel => kernel.row.ops,
      kernel => grouped(kernel.row.ops)),
    number("ops", "operations of one launch", kernel => kernel.operations,
      kernel => scaled(kernel.operations, "")),
    number("bytes", "bytes that enter and leave in one launch", kernel => kernel.bytes,
      kernel => scaled(kernel.bytes, "B")),
    number("op/B", "operations per byte",
      kernel => kernel.operations === null || !kernel.bytes ? null
        : kernel.operations / kernel.bytes,
      kernel => kernel.operations === null || !kernel.bytes ? "–"
        : intensity(kernel.operations / kernel.bytes)));
  return columns;
}

export class KernelTable {
  readonly element: HTMLElement;

  private readonly colours: Map<string, string>;
  private readonly columns = new Columns<Kernel>(() => {
    this.rowsShown = pageRows;
    this.sort();
  });
  /// As sorted, whether they pass the filter or not.
  private order: Kernel[];
  private rowsShown = pageRows;
  private readonly body = make("tbody", { tabindex: 0 });
  private readonly count = make("p", { class: "faint", role: "status" });
  private readonly more = make("button", { type: "button", class: "more" });
  /// The finding that the kernels shown are about.
  private readonly about = make("span", { class: "about" });
  private rowOf = new Map<Kernel, HTMLTableRowElement>();
  private kernelOf = new Map<Element, Kernel>();

  constructor(private readonly report: Report, private readonly selection: Selection,
              details: HTMLElement) {
    this.colours = familyColours(report);
    this.order = [...selection.kernels];
    this.more.addEventListener("click", () => {
      this.rowsShown += pageRows;
      this.fill();
    });
    this.listen();
    this.element = section("kernels", "Kernels", details,
      this.controls(), this.count,
      make("div", { class: "scroll tall" },
        make("table", { class: "sortable kernels" },
          make("caption", { class: "hidden" }, "Kernels; arrow keys go through the rows"),
          this.columns.head, this.body)),
      this.more);
    this.showTargets();
    selection.on("filter", () => { this.rowsShown = pageRows; this.fill(); });
    selection.on("targets", () => this.showTargets());
    selection.on("hover", () => this.mark());
    selection.on("selection", () => { this.reveal(); this.mark(); });
  }

  private controls(): HTMLElement {
    const { selection, report } = this;
    const search = make("input", { type: "search", id: "filter", placeholder:
      "name, location, op …", oninput: () => selection.setFilter({ text: search.value }) });
    const choice = (id: string, any: string, values: [string, string][],
                    part: "family" | "bound") => {
      const select = make("select", { id, onchange: () =>
        selection.setFilter({ [part]: select.value }) },
        make("option", { value: "" }, any),
        ...values.map(([value, text]) => make("option", { value }, text)));
      selection.on("filter", () => { select.value = selection.filter[part]; });
      return select;
    };
    selection.on("filter", () => {
      if (search.value !== selection.filter.text) search.value = selection.filter.text;
    });
    const families = [...new Set(selection.kernels.map(kernel => kernel.row.family))];
    const bounds = [...new Set(selection.kernels.flatMap(kernel =>
      kernel.row.targets.map(on => on.bound)))].filter((bound): bound is string => !!bound);
    return make("div", { class: "controls" },
      make("label", null, "Filter ", search),
      make("label", null, "Family ", choice("family", "all",
        families.map(family => [family, family]), "family")),
      (report.targets?.length ?? 0) > 0 && make("label", null, "Bound ",
        choice("bound", "all", bounds.map(bound => [bound, boundText(bound)]), "bound")),
      make("button", { type: "button", onclick: () =>
        selection.filterBy({}) }, "Clear"),
      this.about);
  }

  private listen(): void {
    const kernelAt = (event: Event) => {
      const row = (event.target as Element).closest("tr");
      return row ? this.kernelOf.get(row) ?? null : null;
    };
    this.body.addEventListener("mouseover", event => this.selection.hover(kernelAt(event)));
    this.body.addEventListener("mouseleave", () => this.selection.hover(null));
    this.body.addEventListener("click", event => {
      const kernel = kernelAt(event);
      if (kernel) this.selection.select(kernel);
    });
    this.body.addEventListener("keydown", event => {
      const rows = [...this.body.rows];
      const at = rows.findIndex(row => this.kernelOf.get(row) === this.selection.selected);
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
      if (step === undefined || rows.length === 0) return;
      event.preventDefault();
      const next = Math.min(Math.max(at < 0 ? 0 : at + step, 0), rows.length - 1);
      this.selection.select(this.kernelOf.get(rows[next])!);
    });
  }

  /// Columns follow the targets shown; the order is by time on the first of them.
  private showTargets(): void {
    const { report, selection } = this;
    this.columns.show(columnsOf(report, selection.targets, this.colours),
      report.targets?.[selection.targets[0]]?.name ?? "bytes");
    this.sort();
  }

  private sort(): void {
    this.order = this.columns.sorted(this.selection.kernels);
    this.fill();
  }

  private fill(): void {
    const passing = this.order.filter(kernel => this.selection.visible[kernel.index]);
    const shown = passing.slice(0, this.rowsShown);
    this.rowOf.clear();
    this.kernelOf.clear();
    const rows = shown.map(kernel => {
      const row = this.columns.row(kernel);
      this.rowOf.set(kernel, row);
      this.kernelOf.set(row, kernel);
      return row;
    });
    this.body.replaceChildren(...rows);
    const { finding } = this.selection.filter;
    replace(this.about, ...(finding ? [`Only of ${finding.row.rule}, moving to ${
      finding.port.row.to}: `, findingButton(this.selection, finding)] : []));
    this.more.hidden = shown.length === passing.length;
    this.more.textContent = `Show ${Math.min(pageRows, passing.length - shown.length)} more`;
    const all = this.selection.kernels.length, ranked = this.report.rows.kernels;
    this.count.textContent = `${counted(passing.length, "row")} of ${grouped(all)}` +
      (ranked > all ? `, the hottest of ${grouped(ranked)}; --top=0 lists all` : "") +
      "; kernels that nothing but their place tells apart are one row.";
    this.mark();
  }

  /// Puts the chosen kernel into the rows shown, where it passes the filter.
  private reveal(): void {
    const kernel = this.selection.selected;
    if (!kernel || !this.selection.visible[kernel.index]) return;
    if (!this.rowOf.has(kernel)) {
      const at = this.order.filter(other => this.selection.visible[other.index]).indexOf(kernel);
      this.rowsShown = Math.ceil((at + 1) / pageRows) * pageRows;
      this.fill();
    }
    // Scrolls the table only, not the page under the reader.
    const row = this.rowOf.get(kernel), box = this.body.closest(".scroll");
    if (!row || !box) return;
    const top = row.offsetTop - this.columns.head.offsetHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = row.offsetTop + row.offsetHeight - box.clientHeight;
  }

  private mark(): void {
    for (const row of this.body.querySelectorAll(".hovered, .selected"))
      row.classList.remove("hovered", "selected");
    const { hovered, selected } = this.selection;
    if (hovered) this.rowOf.get(hovered)?.classList.add("hovered");
    if (selected) this.rowOf.get(selected)?.classList.add("selected");
  }
}
