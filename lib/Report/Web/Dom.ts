// Makes elements. Whatever a report says becomes text, never markup.

export type Child = Node | string | null | undefined | false;

type Attributes = Record<string, string | number | boolean | null | undefined |
                                 ((event: any) => void)>;

/// An element with attributes and children; `onclick: f` adds a listener, `false`
/// and `null` leave an attribute out.
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes | null = null,
  ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function")
      element.addEventListener(name.replace(/^on/, ""), value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, ...children);
  return element;
}

export function append(parent: Node, ...children: Child[]): void {
  for (const child of children)
    if (child !== null && child !== undefined && child !== false)
      parent.appendChild(
        typeof child === "string" ? document.createTextNode(child) : child);
}

export function replace(parent: Element, ...children: Child[]): void {
  parent.textContent = "";
  append(parent, ...children);
}

/// A part of the page with a heading.
export function section(id: string, title: string, ...children: Child[]): HTMLElement {
  return make("section", { id, "aria-labelledby": `${id}-title` },
    make("h2", { id: `${id}-title` }, title), ...children);
}

/// A small square of a colour of the theme.
export function swatch(colour: string): HTMLElement {
  const mark = make("span", { class: "swatch", "aria-hidden": "true" });
  mark.style.background = `var(${colour})`;
  return mark;
}

/// A table; cells of `numeric` columns are aligned to the right.
export function table(caption: string, heads: string[], rows: Child[][],
                      numeric: (column: number) => boolean): HTMLElement {
  const align = (column: number) => (numeric(column) ? "number" : null);
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    make("table", null,
      make("caption", { class: "hidden" }, caption),
      make("thead", null, make("tr", null, ...heads.map((head, column) =>
        make("th", { scope: "col", class: align(column) }, head)))),
      make("tbody", null, ...rows.map(row => make("tr", null,
        ...row.map((cell, column) => column === 0
          ? make("th", { scope: "row", class: align(column) }, cell)
          : make("td", { class: align(column) }, cell)))))));
}
