// Light and dark. Style sheets follow the attribute `data-theme`, which the system
// decides until the reader does; paper is always light.

import { make } from "./Dom";

/// Of letters in plots.
export const fontFamily = "system-ui, sans-serif";

type Theme = "light" | "dark";

const system = matchMedia("(prefers-color-scheme: dark)");
const print = matchMedia("print");

/// A button that changes the theme, and calls `changed` whenever it is another one.
export function themeButton(changed: () => void): HTMLElement {
  let chosen: Theme | null = null;
  const button = make("button", { type: "button", class: "theme", onclick: () => {
    chosen = wanted() === "dark" ? "light" : "dark";
    apply();
  } });
  const wanted = (): Theme => chosen ?? (system.matches ? "dark" : "light");
  const apply = () => {
    const theme = print.matches ? "light" : wanted();
    button.textContent = wanted() === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-label", `Use the ${button.textContent.toLowerCase()} theme`);
    if (document.documentElement.dataset.theme === theme) return;
    document.documentElement.dataset.theme = theme;
    changed();
  };
  system.addEventListener("change", apply);
  print.addEventListener("change", apply);
  apply();
  return button;
}

/// The value of a colour of the theme: `colour("--text")`.
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
