// Reports that lack something: the page says so and shows the rest.

import assert from "node:assert/strict";
import test from "node:test";

import { model, open, report, write } from "./Browser.mjs";

test("without targets", async () => {
  const { file } = report(model("linalg-mlp.mlir"), "html");
  const { page, close } = await open(file);
  assert.equal(await page.locator("figure, .card").count(), 0);
  assert.ok(await page.locator("table.kernels tbody tr").count() > 0);
  await close();
});

for (const view of ["summary", "kernels", "breakdown", "coverage", "hotspots",
                    "summary,kernels", "breakdown,kernels"])
  test(`the view ${view} alone`, async () => {
    const { file } = report(model("linalg-mlp.mlir"), "html", "--target=h200,h20",
                            `--view=${view}`);
    const { page, close } = await open(file);
    assert.ok((await page.locator("main").textContent()).includes("linalg-mlp.mlir"));
    await close();
  });

test("what is unknown is called so", async () => {
  const { file } = report(write("unknown.mlir", `
func.func public @main(%x: tensor<8x64xbf16>, %n: tensor<i32>) -> tensor<8x64xbf16> {
  %w = stablehlo.constant dense<1.0> : tensor<64x64xbf16>
  %a = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
    : (tensor<8x64xbf16>, tensor<64x64xbf16>) -> tensor<8x64xbf16>
  %b = "mine.op"(%a) : (tensor<8x64xbf16>) -> tensor<8x64xbf16>
  %i = stablehlo.constant dense<0> : tensor<i32>
  %r:2 = stablehlo.while(%j = %i, %v = %b) : tensor<i32>, tensor<8x64xbf16>
    cond {
      %c = stablehlo.compare LT, %j, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %c : tensor<i1>
    } do {
      %one = stablehlo.constant dense<1> : tensor<i32>
      %k = stablehlo.add %j, %one : tensor<i32>
      %t = stablehlo.dot_general %v, %w, contracting_dims = [1] x [0]
        : (tensor<8x64xbf16>, tensor<64x64xbf16>) -> tensor<8x64xbf16>
      stablehlo.return %k, %t : tensor<i32>, tensor<8x64xbf16>
    }
  return %r#1 : tensor<8x64xbf16>
}
`), "html", "--target=h200,ascend-910c");
  const { page, close } = await open(file);
  const text = await page.locator("main").textContent();
  assert.match(text, /Not modelled, left out of every total/);
  assert.match(text, /mine\.op/);
  assert.match(text, /run an unknown number of times/);
  assert.match(text, /--trip-count=@main\/while#0=N/);
  const card = await page.locator(".card").first().textContent();
  assert.match(card, /≥/);
  // What is missing comes before what costs time.
  assert.match(await page.locator(".card ol").first().locator("li").first().textContent(),
    /^unknown: 1\sop not modelled, such as mine\.op/);
  assert.match(text, /Not drawn, because their time or size is unknown: 1\srow/);
  // Sorted last, whichever way.
  const last = page.locator("table.kernels tbody tr").last();
  assert.match(await last.textContent(), /unknown/);
  await close();
});

test("no kernel has a time", async () => {
  const { file } = report(write("dynamic.mlir", `
func.func public @main(%x: tensor<?x64xbf16>) -> tensor<?x64xbf16> {
  %a = stablehlo.add %x, %x : tensor<?x64xbf16>
  return %a : tensor<?x64xbf16>
}
`), "html", "--target=h200");
  const { page, close } = await open(file);
  assert.match(await page.locator(".verdict").textContent(), /The time on h200 is not known\./);
  assert.equal(await page.locator("figure").count(), 0);
  await close();
});

test("an empty function", async () => {
  const { file } = report(write("empty.mlir", "func.func public @main() {\n  return\n}\n"),
                          "html", "--target=h200");
  const { page, close } = await open(file);
  assert.equal(await page.locator(".card").count(), 1);
  await close();
});
