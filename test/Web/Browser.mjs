// What the tests share: reports made by the built tool, opened in Chromium.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.ROOFLINE_PACKAGES, "package.json"));
const { chromium } = require("playwright-core");

const folder = mkdtempSync(path.join(os.tmpdir(), "roofline-web-"));
const browser = await chromium.launch({
  executablePath: process.env.ROOFLINE_CHROMIUM,
  // The sandbox refuses to run as root, which is who tests in containers.
  args: ["--no-sandbox"],
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/// A graph of the project's.
export function model(name) {
  return path.join(process.env.ROOFLINE_SOURCE, "test/models", name);
}

/// A file of this test's.
export function write(name, text) {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/// Writes a report and gives its text and where it is.
export function report(input, format, ...options) {
  const file = path.join(folder, `report.${format}`);
  execFileSync(process.env.ROOFLINE,
    ["report", input, `--format=${format}`, "-o", file, ...options]);
  return { file, text: readFileSync(file, "utf8") };
}

/// Opens a report. What a page must never do fails the test in `close`: errors on the
/// console, requests, dialogs.
export async function open(file, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", message => {
    // A test that reads pixels is told of a faster way.
    if (["error", "warning"].includes(message.type()) &&
        !message.text().includes("willReadFrequently"))
      problems.push(message.text());
  });
  page.on("pageerror", error => problems.push(error.stack));
  page.on("dialog", dialog => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const address = pathToFileURL(file).href;
  page.on("request", request => {
    if (request.url() !== address) problems.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return {
    page,
    async close() {
      await context.close();
      assert.deepEqual(problems, []);
    },
  };
}

/// The frame after next: what was changed before has been painted by then.
export function painted(page) {
  return page.evaluate(() => new Promise(resolve =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)))));
}

/// Shows all that is said of each finding.
export async function unfoldFindings(page) {
  const folded = page.locator("table.findings [aria-expanded=false]");
  while (await folded.count() > 0) await folded.first().click();
}

/// Seconds, bytes and so on of `4.251 ms`, with the largest rounding error.
export function parseScaled(text) {
  const match = /^(?:≥\s)?([\d.]+)\s?([fpnµmkMGTPE]?)[sB]?$/u.exec(text.trim());
  assert.ok(match, `a number with a unit: '${text}'`);
  const factor = { f: 1e-15, p: 1e-12, n: 1e-9, "µ": 1e-6, m: 1e-3, "": 1,
    k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 }[match[2]];
  const decimals = match[1].split(".")[1]?.length ?? 0;
  return { value: Number(match[1]) * factor,
           error: 0.5001 * 10 ** -decimals * factor };
}

/// Asserts that a text shows a number, as far as its digits go.
export function assertShows(text, value) {
  const shown = parseScaled(text);
  assert.ok(Math.abs(shown.value - value) <= shown.error, `'${text}' shows ${value}`);
}

/// Relative luminance of `rgb(r, g, b)`, by WCAG 2.
export function luminance(colour) {
  const [red, green, blue] = colour.match(/\d+/g).slice(0, 3).map(Number)
    .map(value => value / 255)
    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/// Asserts that text is told from its ground: 4.5 to 1 at least, by WCAG 2's level AA.
export async function assertLegible(page, selector) {
  const colours = await page.evaluate(selector =>
    [...document.querySelectorAll(selector)].map(element => {
      let ground = element;
      while (/rgba\(0, 0, 0, 0\)/.test(getComputedStyle(ground).backgroundColor))
        ground = ground.parentElement;
      return [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor];
    }), selector);
  for (const [text, ground] of colours) {
    const [less, more] = [luminance(text), luminance(ground)].sort((lhs, rhs) => lhs - rhs);
    assert.ok((more + 0.05) / (less + 0.05) >= 4.5, `${text} on ${ground}`);
  }
}
