// The models of a page that has several: how long each takes where, and which is shown.

import { Child, make, section, table } from "./Dom";
import { boundText, grouped, seconds } from "./Format";
import { fileNameOf } from "./Kernels";
import { Document } from "./Report";

export class Models {
  readonly element: HTMLElement;

  private readonly buttons: HTMLElement[];

  /// `choose` is told the model that the reader asks for.
  constructor(documents: Document[], choose: (at: number) => void) {
    this.buttons = documents.map((document, at) => make("button", {
      type: "button", class: "link", title: document.model.file,
      onclick: () => choose(at) }, fileNameOf(document)));
    const targets = [...new Set(documents.flatMap(({ targets = [] }) =>
      targets.map(target => target.name)))];
    const rows = documents.map((document, at): Child[] => [
      this.buttons[at], document.model.entry || "module", grouped(document.model.ops),
      ...targets.flatMap((name): Child[] => {
        const target = document.targets?.find(target => target.name === name);
        const port = document.ports?.find(port => port.to === name);
        return [!target ? "–" : `${target.complete ? "" : "≥\u00a0"}${
            seconds(target.times.kernels_seconds)}`,
          target ? `${boundText(target.bound)}${port ? `, grade ${port.grade}` : ""}` : "–"];
      })]);
    this.element = section("models", "Models", table("Models", ["model", "entry", "ops",
      ...targets.flatMap(name => [name, "bound"])], rows,
      column => column === 2 || (column > 2 && column % 2 === 1)));
  }

  /// Marks the model that is shown.
  mark(shown: number): void {
    this.buttons.forEach((button, at) => {
      if (at === shown) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
  }

  focus(shown: number): void { this.buttons[shown].focus({ preventScroll: true }); }
}
