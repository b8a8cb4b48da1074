// The page of a report: reads the document and puts the parts together.

import { breakdown } from "./Breakdown";
import { comparison } from "./Comparison";
import { coverage, coverageText, isWhole } from "./Coverage";
import { append, make, replace } from "./Dom";
import { counted, grouped, roughly } from "./Format";
import { kernelDetails } from "./KernelDetails";
import { KernelTable } from "./KernelTable";
import { fileNameOf, kernelsOf } from "./Kernels";
import { memory } from "./Memory";
import { Models } from "./Models";
import { ops } from "./Ops";
import { porting } from "./Porting";
import { portsOf } from "./Ports";
import { readDocuments, Report, unpacked } from "./Report";
import { Rooflines } from "./Rooflines";
import { Selection } from "./Selection";
import { summary } from "./Summary";
import { themeButton } from "./Theme";

/// Targets side by side from the start, where the window has room for them.
const widePixels = 900;
const mostSideBySide = 3;

function header(report: Report, theme: HTMLElement): HTMLElement {
  const { model, kernel_totals: totals } = report;
  const covered = coverageText(report);
  const facts = [
    model.entry || "module", counted(model.ops, "op"), model.stage,
    totals && `${grouped(totals.launches)} launches`,
    model.compulsory_bytes !== null && `${roughly(model.compulsory_bytes, "B")} must cross memory`,
    model.weight_bytes !== null && `${roughly(model.weight_bytes, "B")} of weights`,
  ].filter(Boolean).join(" · ");
  return make("header", null,
    make("div", { class: "title" }, make("h1", null, fileNameOf(report)), theme),
    make("p", { class: "faint" }, facts),
    make("p", { class: isWhole(report) ? "faint" : "warning" },
      covered && `Modelled: ${covered}. `,
      (report.assumptions?.length ?? 0) > 0 && make("a", { href: "#basis" },
        `${counted(report.assumptions!.length, "assumption")}${
          report.notes?.length ? `, ${counted(report.notes.length, "note")}` : ""}`)));
}

/// Makes the page of one model; gives what the reader looks at.
function show(page: HTMLElement, report: Report, theme: HTMLElement,
              models: HTMLElement | null): Selection {
  const targets = report.targets ?? [];
  const kernels = kernelsOf(report);
  const ports = portsOf(report, kernels);
  const all = targets.map((_, at) => at);
  const isWide = innerWidth >= widePixels;
  const selection = new Selection(kernels, isWide ? all.slice(0, mostSideBySide) : all.slice(0, 1));
  const details = kernels.length > 0 ? kernelDetails(report, selection, ports) : null;
  const hasPoints = kernels.some(kernel => kernel.points.some(Boolean));
  const rooflines = hasPoints ? new Rooflines(report, selection) : null;

  const kept = memory(report, selection);

  document.title = `${fileNameOf(report)} – roofline`;
  const contents = make("nav", { "aria-label": "Contents" });
  replace(page,
    models, header(report, theme), contents,
    targets.length > 0 && summary(report, selection, ports),
    rooflines?.element ?? (details && targets.length > 0 && make("p", { class: "warning" },
      "No roofline: no kernel has a known time and size.")),
    details && new KernelTable(report, selection, details).element,
    porting(report, selection, ports),
    breakdown(report, selection),
    comparison(report, selection),
    kept?.element,
    ops(report),
    coverage(report),
    make("footer", { class: "faint" },
      `roofline ${report.tool_version}; ${report.model.file}`));
  append(contents, ...[...page.querySelectorAll("section[id] > h2")].map(title =>
    make("a", { href: `#${title.parentElement!.id}` }, title.textContent)));
  rooflines?.start();
  kept?.start();
  return selection;
}

function start(): void {
  const page = document.getElementById("page")!;
  const documents = readDocuments();
  let selection: Selection | null = null;
  const theme = themeButton(() => selection?.emit("theme"));
  const choose = (at: number) => {
    models?.mark(at);
    selection = show(page, unpacked(documents[at]), theme, models?.element ?? null);
  };
  const models = documents.length > 1 ? new Models(documents, at => {
    choose(at);
    models!.focus(at);
  }) : null;
  choose(0);
}

start();
