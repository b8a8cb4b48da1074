// The findings of a port as a table that sorts, filters and unfolds.

import { Column, Columns } from "./Columns";
import { Child, make, replace } from "./Dom";
import { kernelsButton, statusBadge } from "./FindingLinks";
import { counted, grouped, percent, seconds } from "./Format";
import { daysText, Finding, Port, statusRank, subjectOf } from "./Ports";
import { Place, Report } from "./Report";
import { Selection } from "./Selection";

const pageRows = 50;
const maxLocations = 6;

function columnsOf(port: Port, selection: Selection,
                   toggle: (finding: Finding) => HTMLElement): Column<Finding>[] {
  const time = (title: string, hint: string,
                value: (finding: Finding) => number | null): Column<Finding> =>
    ({ title, hint, numeric: true, key: value, cell: finding => seconds(value(finding)) });
  return [
    { title: "finding", hint: "rule", numeric: false, key: finding => finding.row.rule,
      cell: toggle },
    { title: "status", hint: "status, worst first", numeric: false,
      key: finding => -statusRank(finding.status),
      cell: finding => statusBadge(finding) },
    { title: "op or subject", hint: "op", numeric: false, key: subjectOf,
      cell: finding => make("span", { class: "subject", title: subjectOf(finding) },
        subjectOf(finding)) },
    { title: "share", hint: `share of the time on ${port.row.from}`, numeric: true,
      key: finding => finding.row.source_share, cell: finding =>
        finding.row.source_share === null ? "–" : percent(finding.row.source_share) },
    time(port.row.from, `time on ${port.row.from}`, finding => finding.row.source_seconds),
    time(port.row.to, `time on ${port.row.to}`, finding => finding.row.target_seconds),
    time("remedied", "time with the remedy", finding => finding.row.remedied_seconds),
    { title: "days", hint: "person-days", numeric: true,
      key: finding => finding.row.effort.high_days,
      cell: finding => daysText(finding.row.effort, "")?.trim() ?? "–" },
    { title: "times", hint: "occurrences in the text", numeric: true,
      key: finding => finding.row.occurrences, cell: finding => grouped(finding.row.occurrences) },
    { title: "kernels", hint: "rows of kernels", numeric: true,
      key: finding => finding.kernels.length,
      cell: finding => kernelsButton(selection, finding) ?? "–" },
  ];
}

/// A source's address as a link, where it is one that browsers fetch.
function link(url: string): Child {
  return /^https?:\/\//i.test(url)
    ? make("a", { href: url, rel: "noreferrer", target: "_blank" }, url) : url;
}

/// `layer0/mul (net.py:12:3)`.
function placeText(report: Report, location: string, place: Place | null): string {
  if (!place) return location;
  const [file, line, column] = place;
  const text = `${report.source_files[file]}:${line}:${column}`;
  return location === text || text.endsWith(`/${location}`) ? text : `${location} (${text})`;
}

function detailsOf(report: Report, finding: Finding): HTMLElement {
  const { row, port } = finding;
  const fact = (name: string, ...values: Child[]): Child[] =>
    values.length === 0 ? [] : [make("dt", null, name), make("dd", null, ...values)];
  const places = row.locations.slice(0, maxLocations).map((location, at) =>
    placeText(report, location, row.places[at]));
  const work = daysText(row.remedy_effort);
  return make("dl", { class: "facts" },
    ...fact(row.verdict ? "op or kernel" : "such as", row.op || "–"),
    ...fact("why", row.reason),
    ...fact("remedy", row.remedy, work ? ` (${work})` : ""),
    ...fact("times", `${seconds(row.source_seconds)} on ${port.row.from}, ${
      seconds(row.target_seconds)} on ${port.row.to}, ${
      seconds(row.remedied_seconds)} there with the remedy; ${
      row.launches === null ? "an unknown number of launches"
        : counted(row.launches, "launch", "launches")}`),
    ...(row.substitute_times.length > 0 ? fact("instead", row.substitute_times
      .map(time => `${time.type}: ${seconds(time.target_seconds)}`).join(", ")) : []),
    ...row.evidence.flatMap(evidence => fact("evidence",
      evidence.kernels.length > 0 ? `${evidence.kernels.join(", ")}: ` : "",
      `${evidence.source}, ${evidence.date} (${evidence.row}) `, link(evidence.url))),
    ...(places.length > 0 ? fact("where", places.join(", "),
      row.occurrences > places.length ? ` …, ${grouped(row.occurrences)} in all` : "") : []));
}

export class FindingTable {
  readonly element: HTMLElement;

  private readonly columns = new Columns<Finding>(() => this.fill());
  private readonly opened = new Set<Finding>();
  private text = "";
  private status = "";
  private rowsShown = pageRows;
  private readonly body = make("tbody");
  private readonly count = make("p", { class: "faint", role: "status" });
  private readonly more = make("button", { type: "button", class: "more" });

  constructor(private readonly report: Report, selection: Selection,
              private readonly port: Port) {
    this.columns.show(columnsOf(port, selection, finding => this.toggle(finding)), "status");
    this.more.addEventListener("click", () => {
      this.rowsShown += pageRows;
      this.fill();
    });
    this.element = make("div", null, make("h3", null, "All findings"), this.controls(),
      this.count,
      make("div", { class: "scroll tall" }, make("table", { class: "sortable findings" },
        make("caption", { class: "hidden" }, `Findings of moving to ${port.row.to}`),
        this.columns.head, this.body)),
      this.more);
    this.fill();
  }

  /// Unfolds a finding, and goes there.
  open(finding: Finding): void {
    this.opened.add(finding);
    [this.text, this.status] = ["", ""];
    this.rowsShown = Infinity;
    this.fill();
    const button = this.body.querySelector<HTMLElement>(
      `[data-number="${this.port.findings.indexOf(finding)}"]`);
    button?.scrollIntoView({ block: "center" });
    button?.focus({ preventScroll: true });
  }

  private controls(): HTMLElement {
    const search = make("input", { type: "search", placeholder: "rule, op, reason …",
      oninput: () => { this.text = search.value; this.restart(); } });
    const statuses = [...new Set(this.port.findings.map(finding => finding.status))];
    const select = make("select", { onchange: () => {
      this.status = select.value;
      this.restart();
    } }, make("option", { value: "" }, "all"),
      ...statuses.map(status => make("option", { value: status }, status)));
    return make("div", { class: "controls" }, make("label", null, "Find ", search),
      make("label", null, "Status ", select));
  }

  private restart(): void {
    this.rowsShown = pageRows;
    this.fill();
  }

  /// The rule and its title: a button that unfolds the row.
  private toggle(finding: Finding): HTMLElement {
    return make("button", {
      type: "button", class: "link", "aria-expanded": String(this.opened.has(finding)),
      "data-number": this.port.findings.indexOf(finding),
      onclick: (event: MouseEvent) => {
        if (!this.opened.delete(finding)) this.opened.add(finding);
        const number = (event.currentTarget as HTMLElement).dataset.number;
        this.fill();
        this.body.querySelector<HTMLElement>(`[data-number="${number}"]`)?.focus();
      },
    }, `${finding.row.rule} ${finding.row.title}`);
  }

  private fill(): void {
    const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    const passing = this.columns.sorted(this.port.findings).filter(finding =>
      (!this.status || finding.status === this.status) &&
      words.every(word => finding.searchText.includes(word)));
    const shown = passing.slice(0, this.rowsShown);
    replace(this.body, ...shown.flatMap(finding => [this.columns.row(finding),
      this.opened.has(finding) && make("tr", { class: "unfolded" },
        make("td", { colspan: this.columns.count }, detailsOf(this.report, finding)))]));
    this.more.hidden = shown.length === passing.length;
    this.more.textContent = `Show ${Math.min(pageRows, passing.length - shown.length)} more`;
    this.count.textContent = `${counted(passing.length, "finding")} of ${
      grouped(this.port.findings.length)}; a finding unfolds to why, remedy, sources and places.`;
  }
}
