// 5,000 kernels that differ, on four targets: the size of the file, and how fast the page is.

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import test from "node:test";

import { open, report, write } from "./Browser.mjs";

const kernels = 5000;
const maxBytes = 5e6;
const maxFirstPaint = 1000;
const maxInteraction = 100;

// A chain of products of growing sizes.
let graph = "func.func public @main(%x: tensor<64x4096xbf16>) -> tensor<64x4096xbf16> {\n";
let value = "%x";
for (let at = 0; at < kernels / 2; ++at) {
  // Not 4096 for any, where both would be alike.
  const size = 68 + 8 * at;
  graph += `  %w${at} = stablehlo.constant dense<0.5> : tensor<4096x${size}xbf16>
  %v${at} = stablehlo.constant dense<0.5> : tensor<${size}x4096xbf16>
  %a${at} = stablehlo.dot_general ${value}, %w${at}, contracting_dims = [1] x [0]
    : (tensor<64x4096xbf16>, tensor<4096x${size}xbf16>) -> tensor<64x${size}xbf16>
    loc("layer${at}/block/first_projection/dot_general")
  %b${at} = stablehlo.dot_general %a${at}, %v${at}, contracting_dims = [1] x [0]
    : (tensor<64x${size}xbf16>, tensor<${size}x4096xbf16>) -> tensor<64x4096xbf16>
    loc("layer${at}/block/second_projection/dot_general")
`;
  value = `%b${at}`;
}
graph += `  return ${value} : tensor<64x4096xbf16>\n}\n`;
const { file } = report(write("many.mlir", graph), "html", "--target=h200,h20,ascend-910c,ascend-910b2");

// Times depend on the machine and on what else it does: they are asked for, and no part of the
// tests that have to pass everywhere.
const untimed = !process.env.ROOFLINE_TIMED_TESTS && "ROOFLINE_TIMED_TESTS=1 times the page";

/// The least of three or more tries, because other work of the machine only ever adds.
async function leastOf(limit, measure) {
  let least = Infinity;
  for (let tries = 0; tries < 3 || (tries < 9 && least > limit); ++tries)
    least = Math.min(least, await measure());
  return least;
}

test("the file is small", () => {
  assert.ok(statSync(file).size <= maxBytes, `${statSync(file).size} bytes`);
});

test("the first paint is fast", { skip: untimed }, async t => {
  const least = await leastOf(maxFirstPaint, async () => {
    const { page, close } = await open(file);
    assert.match(await page.locator("#kernels").textContent(), /5,000\srows of 5,000/);
    const paint = await page.waitForFunction(() =>
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    const time = await paint.jsonValue();
    await close();
    return time;
  });
  t.diagnostic(`first paint ${least.toFixed(0)} ms`);
  assert.ok(least <= maxFirstPaint, `${least} ms`);
});

/// Milliseconds from an action in the page until what it changes is laid out and drawn.
const actions = {
  "filter": () => {
    const input = document.getElementById("filter");
    input.value = input.value === "" ? "second layer1" : "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  },
  "sort": () => [...document.querySelectorAll("table.kernels thead button")]
    .find(button => button.textContent.startsWith("bytes")).click(),
  "select": () => document.querySelectorAll("table.kernels tbody tr")[17].click(),
  "hover": () => {
    const over = document.querySelector(".u-over"), box = over.getBoundingClientRect();
    const place = Math.random();
    for (const step of [0.3, 0.5, 0.7])
      over.dispatchEvent(new MouseEvent("mousemove", { bubbles: true,
        clientX: box.left + box.width * step, clientY: box.top + box.height * (0.2 + place / 2) }));
  },
  "target": () => {
    const [first, second] = document.querySelectorAll("#roofline .controls button");
    (first.getAttribute("aria-pressed") === "true" ? second : first).click();
  },
  "finding": () => [...document.querySelectorAll("table.findings tbody tr")]
    .at(-1).querySelector("td:last-child button").click(),
  "unfold": () => document.querySelector("table.findings [aria-expanded]").click(),
  "port": () => {
    const [first, second] = document.querySelectorAll("#porting .controls button");
    (first.getAttribute("aria-pressed") === "true" ? second : first).click();
  },
  "theme": () => document.querySelector("button.theme").click(),
};
for (const [name, action] of Object.entries(actions))
  test(`${name} is fast`, { skip: untimed }, async t => {
    const { page, close } = await open(file);
    const least = await leastOf(maxInteraction, () => page.evaluate(`new Promise(resolve => {
      const start = performance.now();
      (${action})();
      // uPlot draws in a microtask; then the layout is forced.
      Promise.resolve().then(() => Promise.resolve()).then(() => {
        document.body.offsetHeight;
        resolve(performance.now() - start);
      });
    })`));
    t.diagnostic(`${name} ${least.toFixed(0)} ms`);
    assert.ok(least <= maxInteraction, `${least} ms`);
    await close();
  });
