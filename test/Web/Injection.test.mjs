// Whatever a model or a target file calls things is text.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";

import { open, report, unfoldFindings, write } from "./Browser.mjs";

const hostile = [
  `</script><img src=x onerror=alert(1)>`,
  `<!--<script>alert(2)</script>`,
  `"><svg onload=alert(3)>`,
  `javascript:alert(4)`,
  `&lt;b&gt; &amp; \u2028\u2029 {{x}} \${x} ]]>`,
  `<style>body{display:none}</style>`,
];

/// Without the two separators, which MLIR's strings cannot hold as they are.
const cleaned = name => name.replace(/[\u2028\u2029]/g, "");

function graph(names) {
  const ops = names.map((name, at) =>
    // Products of sizes that differ are rows of their own, where nothing is fused.
    `  %w${at} = stablehlo.constant dense<1.0> : tensor<64x${64 + at}xbf16>
  %r${at} = stablehlo.dot_general %x, %w${at}, contracting_dims = [1] x [0]
    : (tensor<8x64xbf16>, tensor<64x${64 + at}xbf16>) -> tensor<8x${64 + at}xbf16>
    loc(${JSON.stringify(cleaned(name))})
  "mine.op"(%r${at}) {a = ${JSON.stringify(cleaned(name))}}
    : (tensor<8x${64 + at}xbf16>) -> ()
  stablehlo.custom_call @${JSON.stringify(cleaned(name))}(%x)
    : (tensor<8x64xbf16>) -> tensor<8x64xbf16>`).join("\n");
  return `func.func public @main(%x: tensor<8x64xbf16>) {\n${ops}\n  return\n}\n`;
}

test("names in a model are shown as they are", async () => {
  const file = write(`<img src=x onerror=alert(0)>&.mlir`.replace("/", ""), graph(hostile));
  const { file: html, text } = report(file, "html", "--target=h200,ascend-910c",
                                      "--fusion=none");
  assert.equal(text.match(/<script/g).length, 2);
  const { page, close } = await open(html);
  assert.equal(await page.locator("img, svg, style:not(head style), iframe, #page script").count(), 0);
  assert.equal(await page.evaluate(() => document.scripts.length), 2);
  assert.ok((await page.locator("#basis").textContent()).includes(hostile[0]), "unmodelled");
  assert.ok((await page.locator("h1").textContent()).startsWith("<img src=x"));
  let details = "";
  for (const row of await page.locator("table.kernels tbody tr").all()) {
    await row.click();
    details += await page.locator("#details").textContent();
  }
  for (const name of hostile) assert.ok(details.includes(cleaned(name)), name);
  // Findings name custom calls and places.
  await unfoldFindings(page);
  const porting = await page.locator("#porting").textContent();
  for (const name of hostile) assert.ok(porting.includes(cleaned(name)), name);
  assert.equal(await page.locator("img, svg, iframe").count(), 0);
  await close();
});

test("names in a target file are shown as they are", async () => {
  const source = readFileSync(
    path.join(process.env.ROOFLINE_SOURCE, "docs/examples/my-chip.yaml"), "utf8");
  const title = "</script><img src=x onerror=alert(5)>";
  const target = write("my-chip.yaml", source.replace(/^title:.*$/m, `title: '${title}'`));
  const name = /^name: *(\S+)/m.exec(source)[1];
  const file = write("plain.mlir", graph(["a", "b"]));
  const { file: html } = report(file, "html", `--target-file=${target}`,
    `--target=${name}`, "--allow-low-confidence");
  const { page, close } = await open(html);
  assert.ok((await page.locator(".card h3").textContent()).includes(title));
  assert.equal(await page.locator("img").count(), 0);
  await close();
});

test("names in a catalogue are shown as they are, and only addresses are links", async () => {
  const title = "</script><img src=x onerror=alert(6)>";
  const catalogue = write("catalogue.yaml", `source: us
sources:
  us: {title: '${title}', url: 'javascript:alert(7)', date: 2026-03, confidence: measured}
rows:
  our-sort:
    patterns: [sort]
    generations: [ascend-a3]
    support: library
    kernel: '<svg onload=alert(8)>'
    stack: cann
    types: [i32]
`);
  const { file: html } = report(write("sort.mlir", `
func.func public @main(%k: tensor<4096xi32>) -> tensor<4096xi32> {
  %0 = "stablehlo.sort"(%k) ({
    ^bb0(%a: tensor<i32>, %b: tensor<i32>):
      %lt = stablehlo.compare LT, %a, %b : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %lt : tensor<i1>
  }) {dimension = 0 : i64} : (tensor<4096xi32>) -> tensor<4096xi32>
  return %0 : tensor<4096xi32>
}
`), "html", "--target=h200,ascend-910c", "--from=h200", `--catalogue=${catalogue}`);
  const { page, close } = await open(html);
  await unfoldFindings(page);
  const porting = await page.locator("#porting").textContent();
  for (const text of [title, "<svg onload=alert(8)>", "javascript:alert(7)"])
    assert.ok(porting.includes(text), text);
  assert.equal(await page.locator("#porting a, img, svg").count(), 0);
  await close();
});

test("the policy of the page lets nothing in", async () => {
  const { file: html } = report(write("plain.mlir", graph(["a"])), "html", "--target=h200");
  const { page } = await open(html);
  const result = await page.evaluate(async () => {
    const refused = [];
    document.addEventListener("securitypolicyviolation", event =>
      refused.push(event.effectiveDirective));
    const image = document.createElement("div");
    image.innerHTML = `<img src="https://example.invalid/x.png" onerror="window.ran = true">`;
    document.body.append(image);
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    await fetch("https://example.invalid/").catch(() => null);
    await new Promise(resolve => setTimeout(resolve, 200));
    return { refused: refused.sort(), ran: window.ran ?? false };
  });
  assert.equal(result.ran, false);
  for (const directive of ["connect-src", "img-src", "script-src-elem"])
    assert.ok(result.refused.includes(directive), `${directive}: ${result.refused}`);
  await page.context().close();
});
