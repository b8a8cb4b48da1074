// What the page shows is what the JSON view says.

import assert from "node:assert/strict";
import test from "node:test";

import { assertShows, model, open, report } from "./Browser.mjs";

const targets = ["h200", "h20", "ascend-910c"];
const option = `--target=${targets}`;
const decode = model("llama3-8b-decode.mlir");
const html = report(decode, "html", option);
const json = JSON.parse(report(decode, "json", option, "--from=h200").text);

test("the document is that of the JSON view, of the hottest ops and first places", async () => {
  const { page, close } = await open(html.file);
  const { packed_kernels: packed, ...shown } =
    JSON.parse(await page.locator("#report").textContent());
  // As docs/Html.md has it.
  const unpack = value => !Array.isArray(value) ? value
    : value[0] === 0 ? value.slice(1).map(unpack)
    : Object.fromEntries(packed.keys[value[0] - 1].map((key, at) =>
        [key, unpack(value[at + 1])]));
  shown.kernels = unpack(packed.rows);
  assert.ok(json.ops.length > 100);
  assert.equal(json.ports.length, 2);
  const ports = json.ports.map((port) => ({
    ...port,
    findings: port.findings.map((finding) => ({
      ...finding,
      locations: finding.locations.slice(0, 20),
      places: finding.places.slice(0, 20),
    })),
  }));
  assert.deepEqual(shown, { ...json, ops: json.ops.slice(0, 100), ports });
  await close();
});

test("equal input gives equal bytes", () => {
  assert.equal(report(decode, "html", option).text, html.text);
});

test("the cards show the times of the targets", async () => {
  const { page, close } = await open(html.file);
  const big = await page.locator(".card .big").allTextContents();
  assert.equal(big.length, targets.length);
  json.targets.forEach((target, at) => assertShows(big[at], target.times.kernels_seconds));
  const verdict = await page.locator(".verdict").textContent();
  assert.match(verdict, /Memory bounds most of the time on h200, h20 and ascend-910c\./);
  const ratio = json.targets[2].times.kernels_seconds / json.targets[0].times.kernels_seconds;
  assert.ok(verdict.includes(`ascend-910c takes ${ratio.toFixed(2)}×`), verdict);
  await close();
});

test("the table shows the kernels, hottest first", async () => {
  const { page, close } = await open(html.file);
  const heads = await page.locator("#kernels thead").last().locator("th").allTextContents();
  const column = name => heads.findIndex(head => head.replace(/ [▾▴]$/, "") === name);
  const rows = page.locator("table.kernels tbody tr");
  assert.equal(await rows.count(), json.kernels.length);
  for (let at = 0; at < json.kernels.length; ++at) {
    const cells = await rows.nth(at).locator("th, td").allTextContents();
    const kernel = json.kernels[at];
    assert.equal(cells[0], kernel.name);
    assert.equal(cells[column("launches")], String(kernel.launches));
    assertShows(cells[column("bytes")], kernel.read_bytes + kernel.written_bytes);
    kernel.targets.forEach((on, index) =>
      assertShows(cells[column(targets[index])], on.seconds));
  }
  await close();
});

test("families, and what the numbers rest on, are in the page", async () => {
  const { page, close } = await open(html.file);
  const rows = page.locator("#breakdown tbody tr");
  assert.equal(await rows.count(), json.breakdown.length);
  for (let at = 0; at < json.breakdown.length; ++at) {
    const cells = await rows.nth(at).locator("th, td").allTextContents();
    assert.equal(cells[0], json.breakdown[at].family);
    json.breakdown[at].targets.forEach((on, index) =>
      assertShows(cells[4 + 2 * index], on.seconds));
  }
  const basis = await page.locator("#basis").textContent();
  assert.ok(json.assumptions.length > 0);
  for (const { id, text } of json.assumptions)
    assert.ok(basis.includes(id) && basis.includes(text), id);
  assert.match(basis, /Modelled: ops 100\.0\s%/);
  await close();
});

test("what is kept in memory, and whether it fits", async () => {
  const { page, close } = await open(html.file);
  const { memory } = json;
  assertShows(await page.locator("#memory strong").first().textContent(), memory.total_bytes);
  const legend = await page.locator("#memory .legend .nowrap").allTextContents();
  ["weight", "cache", "input", "result", "intermediate"].forEach((part, at) =>
    assertShows(/[\d.]+\s[kMG]?B$/u.exec(legend[at])[0], memory[`${part}_bytes`]));
  const fits = await page.locator("#memory li").allTextContents();
  json.targets.forEach((target, at) => {
    assert.equal(target.memory_fit.devices, 1);
    assert.match(fits[at], new RegExp(`^${target.name}: fits into`));
  });
  await close();
});

test("no point lies above its roof", async () => {
  // The least of the peak and of the bandwidth times the intensity bounds the rate;
  // seconds are printed with seven digits.
  const peakOf = (target, unitType) => {
    const [unit] = unitType.split("_");
    for (let name = unitType; name; name = `${unit}_${target.substitutes[name]}`)
      if (target.rates[name]) return target.rates[name];
  };
  for (const [at, target] of json.targets.entries())
    for (const kernel of json.kernels) {
      const { seconds } = kernel.targets[at];
      if (!seconds) continue;
      const bytes = kernel.read_bytes + kernel.written_bytes;
      const slack = 1 + 1e-6;
      assert.ok(bytes * kernel.launches / seconds <= target.memory[0].bytes_per_second * slack);
      for (const [unitType, operations] of Object.entries(kernel.operations))
        assert.ok(operations * kernel.launches / seconds <= peakOf(target, unitType) * slack,
          `${kernel.name} on ${target.name}`);
    }
});
