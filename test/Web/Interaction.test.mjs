// The plot, the table and the details follow one another, by pointer and by keys.

import assert from "node:assert/strict";
import test from "node:test";

import { model, open, painted, report } from "./Browser.mjs";

const { file } = report(model("llama3-8b-decode.mlir"), "html",
                        "--target=h200,h20,ascend-910c");
const plot = name => `figure[data-target="${name}"]`;
const rowNames = page => page.locator("table.kernels tbody th").allTextContents();

/// Pixels of a plot that are of a colour of the theme.
function pixels(page, target, name) {
  return page.locator(`${plot(target)} canvas`).evaluate((canvas, name) => {
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name);
    probe.fillRect(0, 0, 1, 1);
    const wanted = probe.getImageData(0, 0, 1, 1).data;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4)
      if ([0, 1, 2].every(channel => data[at + channel] === wanted[channel])) ++count;
    return count;
  }, name);
}

test("every target has a plot with roofs and points", async () => {
  const { page, close } = await open(file);
  assert.equal(await page.locator("figure").count(), 3);
  for (const target of ["h200", "h20", "ascend-910c"]) {
    assert.ok(await pixels(page, target, "--roof") > 200, `${target}: roofs`);
    // Attention, the hottest family, takes half of the time; radius of at least 12.
    assert.ok(await pixels(page, target, "--family-1") > 300, `${target}: points`);
  }
  await close();
});

test("memory over time has a chart that is read under the pointer", async () => {
  const { page, close } = await open(file);
  const chart = page.locator(".timeline .u-over");
  const readout = page.locator(".timeline + p");
  assert.match(await readout.textContent(), /^Most is alive while /);
  await chart.scrollIntoViewIfNeeded();
  // The first kernel starts at the left end.
  await chart.hover({ position: { x: 1, y: 20 } });
  assert.match(await readout.textContent(), /^Kernels 1 to \d+: [\d.]+\s[kM]B\.$/);
  await close();
});

test("one target alone, and all side by side", async () => {
  const { page, close } = await open(file);
  await page.getByLabel("Targets shown").getByRole("button", { name: "ascend-910c" }).click();
  assert.equal(await page.locator("figure").count(), 1);
  assert.equal(await page.locator("figure").getAttribute("data-target"), "ascend-910c");
  const heads = await page.locator("table.kernels thead").textContent();
  assert.ok(heads.includes("ascend-910c") && !heads.includes("h200"), heads);
  await page.getByRole("button", { name: "Side by side" }).click();
  assert.equal(await page.locator("figure").count(), 3);
  await close();
});

test("the filter is of the table and of the plots", async () => {
  const { page, close } = await open(file);
  const before = await pixels(page, "h200", "--family-1");
  await page.getByLabel("Filter").fill("ffn gemm");
  const names = await rowNames(page);
  assert.ok(names.length > 0 && names.every(name => name === "gemm"), names.join());
  await painted(page);
  assert.ok(await pixels(page, "h200", "--family-1") < before / 4);
  await page.getByLabel("Filter").fill("no such kernel");
  assert.equal((await rowNames(page)).length, 0);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByLabel("Family").selectOption("normalization");
  assert.ok((await rowNames(page)).every(name => name.includes("norm")));
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByLabel("Bound").selectOption("hbm");
  assert.equal((await rowNames(page)).length > 5, true);
  await close();
});

test("a family of the breakdown filters", async () => {
  const { page, close } = await open(file);
  await page.locator("#breakdown").getByRole("button", { name: "rope" }).click();
  assert.deepEqual([...new Set(await rowNames(page))], ["rope"]);
  assert.equal(await page.getByLabel("Family").inputValue(), "rope");
  await close();
});

test("columns sort, and unknown comes last", async () => {
  const { page, close } = await open(file);
  const heads = await page.locator("table.kernels thead th").allTextContents();
  const place = heads.indexOf("launches") + 1;
  const launches = async () => (await page.locator(
    `table.kernels tbody tr > :nth-child(${place})`).allTextContents()).map(Number);
  const head = page.locator("table.kernels thead").getByRole("button", { name: "launches" });
  await head.click();
  const descending = await launches();
  assert.deepEqual(descending, [...descending].sort((lhs, rhs) => rhs - lhs));
  assert.equal(await page.locator("table.kernels th[aria-sort]").getAttribute("aria-sort"),
    "descending");
  await page.keyboard.press("Enter");
  assert.deepEqual(await launches(), [...descending].reverse());
  await close();
});

test("a point shows its kernel, and a click keeps it", async () => {
  const { page, close } = await open(file);
  // The ring of a kernel that is chosen in the table says where its point is.
  await page.locator("table.kernels tbody tr", { hasText: "gated_activation" }).first()
    .dispatchEvent("click");
  await page.locator(plot("h200")).scrollIntoViewIfNeeded();
  const ring = await page.locator(`${plot("h200")} .ring`).boundingBox();
  await page.locator(plot("h200")).press("Escape");
  assert.equal(await page.locator(`${plot("h200")} .ring`).isHidden(), true);
  const x = ring.x + ring.width / 2, y = ring.y + ring.height / 2;
  await page.mouse.move(x, y);
  assert.match(await page.locator("#details h3").textContent(), /gated_activation/);
  assert.match(await page.locator("tr.hovered").textContent(), /gated_activation/);
  // The same kernel on every target, with its time there.
  for (const target of ["h20", "ascend-910c"]) {
    assert.equal(await page.locator(`${plot(target)} .ring`).isVisible(), true);
    assert.match(await page.locator(`${plot(target)} .tip`).textContent(),
      /^gated_activation [\d.]+\s[µm]s, [\d.]+\s% of memory$/);
  }
  await page.mouse.click(x, y);
  await page.mouse.move(0, 0);
  assert.match(await page.locator("tr.selected").textContent(), /gated_activation/);
  const details = await page.locator("#details").textContent();
  for (const part of ["stablehlo.multiply", "read", "written", "op/B", "80 % within", "bound"])
    assert.ok(details.includes(part), part);
  await close();
});

test("a row that is hovered over is ringed in the plots", async () => {
  const { page, close } = await open(file);
  await page.locator("table.kernels tbody tr").nth(2).hover();
  assert.equal(await page.locator(`${plot("h200")} .ring`).isVisible(), true);
  await close();
});

test("everything is reached by keys", async () => {
  const { page, close } = await open(file);
  const reached = new Set();
  for (let presses = 0; presses < 80; ++presses) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => {
      const element = document.activeElement;
      return element.closest("figure")?.dataset.target ?? element.id ?? "";
    }) || await page.evaluate(() => document.activeElement.textContent));
  }
  for (const name of ["Dark", "h200", "Side by side", "ascend-910c", "filter", "family", "bound"])
    assert.ok(reached.has(name), `${name} of ${[...reached].join()}`);
  await page.locator(plot("h200")).focus();
  await page.keyboard.press("ArrowRight");
  const first = await page.locator("#details h3").textContent();
  assert.match(first, /attention/);
  await page.keyboard.press("ArrowRight");
  assert.match(await page.locator("#details h3").textContent(), /gemm/);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("tr.selected").count(), 0);
  await page.locator("table.kernels tbody").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator("table.kernels tbody tr").nth(1).getAttribute("class"),
    "selected");
  await close();
});

test("dragging zooms, a double click shows the whole range", async () => {
  const { page, close } = await open(file);
  await page.locator(plot("h200")).scrollIntoViewIfNeeded();
  const box = await page.locator(`${plot("h200")} .u-over`).boundingBox();
  const reset = page.getByRole("button", { name: "Whole range" });
  assert.equal(await reset.isHidden(), true);
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 140, { steps: 4 });
  await page.mouse.up();
  assert.equal(await reset.isVisible(), true);
  await page.mouse.dblclick(box.x + 20, box.y + box.height - 20);
  assert.equal(await reset.isHidden(), true);
  await close();
});
