// Themes, widths and paper.

import assert from "node:assert/strict";
import test from "node:test";

import { assertLegible, luminance, model, open, painted, report } from "./Browser.mjs";

const { file } = report(model("llama3-8b-prefill.mlir"), "html",
                        "--target=h200,h20,ascend-910c");

const background = page =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);

for (const colorScheme of ["light", "dark"])
  test(`the system's ${colorScheme} theme, and the other at a click`, async () => {
    const { page, close } = await open(file, { colorScheme });
    const isDark = colorScheme === "dark";
    assert.equal(luminance(await background(page)) < 0.2, isDark);
    await assertLegible(page, "h1, .faint, .link, .card p, .badge");
    await page.getByRole("button", { name: isDark ? "Use the light" : "Use the dark" }).click();
    assert.equal(luminance(await background(page)) < 0.2, !isDark);
    await close();
  });

for (const width of [1280, 390])
  test(`nothing is wider than ${width} pixels`, async () => {
    const { page, close } = await open(file, { viewport: { width, height: 844 } });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width);
    assert.equal(await page.locator("figure").count(), width >= 900 ? 3 : 1);
    // Letters are large enough to read.
    const sizes = await page.evaluate(() => [...document.querySelectorAll("p, li, td, th, button")]
      .filter(element => element.offsetParent)
      .map(element => parseFloat(getComputedStyle(element).fontSize)));
    assert.ok(Math.min(...sizes) >= 12);
    for (const box of await page.locator("figure").all()) {
      const { x, width: across } = await box.boundingBox();
      assert.ok(x >= 0 && x + across <= width);
    }
    await close();
  });

test("plots follow the width of the window", async () => {
  const { page, close } = await open(file);
  const widthOf = async () => (await page.locator("figure").first().boundingBox()).width;
  const before = await widthOf();
  await page.setViewportSize({ width: 1000, height: 800 });
  await painted(page);
  assert.notEqual(await widthOf(), before);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 1000);
  await close();
});

test("paper is light, and has no controls", async () => {
  const { page, close } = await open(file, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await painted(page);
  assert.ok(luminance(await background(page)) > 0.8);
  assert.equal(await page.locator("#kernels .controls").isHidden(), true);
  assert.equal(await page.locator("#basis").isVisible(), true);
  // Nothing is cut off at the right.
  await page.setViewportSize({ width: 718, height: 1000 });
  assert.ok(await page.evaluate(() => Math.max(...[...document.querySelectorAll("table")]
    .map(table => table.getBoundingClientRect().right))) <= 718);
  const pdf = await page.pdf({ format: "A4" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  await close();
});
