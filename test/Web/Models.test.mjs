// A page of several models: a list to choose from, and the page of each.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";

import { assertShows, model, open, painted, report, write } from "./Browser.mjs";

const inputs = [model("llama3-8b-decode.mlir"), model("vit-b16.mlir"),
                write("<b>small.mlir", `
func.func public @main(%x: tensor<8x64xbf16>) -> tensor<8x64xbf16> {
  %0 = stablehlo.add %x, %x : tensor<8x64xbf16>
  return %0 : tensor<8x64xbf16>
}
`)];
const targets = ["h200", "ascend-910c"];
const several = (format, ...options) => {
  const file = write(`several.${format}`, "");
  execFileSync(process.env.ROOFLINE, ["report", ...inputs, `--target=${targets}`,
    `--format=${format}`, "-o", file, ...options]);
  return file;
};
const file = several("html");
const each = inputs.map(input =>
  JSON.parse(report(input, "json", `--target=${targets}`, "--from=h200").text));

test("the list has the time of every model on every target", async () => {
  const { page, close } = await open(file);
  const rows = await page.locator("#models tbody tr").all();
  assert.equal(rows.length, each.length);
  for (const [at, row] of rows.entries()) {
    const cells = await row.locator("th, td").allTextContents();
    assert.ok(each[at].model.file.endsWith(cells[0]), cells[0]);
    each[at].targets.forEach((target, index) =>
      assertShows(cells[3 + 2 * index], target.times.kernels_seconds));
    assert.match(cells[6], new RegExp(`, grade ${each[at].ports[0].grade}$`));
  }
  assert.equal(await page.locator("b").count(), 0);
  await close();
});

test("a model is chosen by keys, and is the page then", async () => {
  const { page, close } = await open(file);
  assert.equal(await page.locator("h1").textContent(), "llama3-8b-decode.mlir");
  await page.locator("#models").getByRole("button", { name: "vit-b16.mlir" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("h1").textContent(), "vit-b16.mlir");
  assert.match(await page.title(), /^vit-b16\.mlir/);
  assert.equal(await page.locator("table.kernels tbody tr").count(), each[1].kernels.length);
  assert.equal(await page.locator("#models [aria-current]").textContent(), "vit-b16.mlir");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "vit-b16.mlir");
  // What listens is the page that is shown, and the theme stays.
  await page.getByRole("button", { name: "Use the dark" }).click();
  await page.locator("#models").getByRole("button", { name: "small.mlir" }).click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await painted(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390);
  await page.getByRole("button", { name: "Use the light" }).click();
  await close();
});

test("equal input gives equal bytes, whatever the number of threads", () => {
  const first = readFileSync(file);
  assert.ok(first.equals(readFileSync(several("html", "-j", "3"))));
});
