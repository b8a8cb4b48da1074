// What moving to other targets takes: grade, effort, steps and findings, linked with
// the kernels that they are about.

import assert from "node:assert/strict";
import test from "node:test";

import { assertLegible, assertShows, model, open, report, write } from "./Browser.mjs";

const option = "--target=h200,h20,ascend-910c";

// A product that Ascend has for other types only, one that it has for none, a
// transform that its host computes, a sort that it has, and a call that nobody knows.
const hard = write("hard.mlir", `
func.func public @main(%x: tensor<512x1024xf8E4M3FN>, %w: tensor<1024x2048xf8E4M3FN>,
                       %d: tensor<64x64xf64>, %c: tensor<8x64x64xcomplex<f32>>,
                       %k: tensor<4096xi32>)
    -> (tensor<64x64xf64>, tensor<8x64x64xcomplex<f32>>, tensor<4096xi32>,
        tensor<512x2048xbf16>) {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
    : (tensor<512x1024xf8E4M3FN>, tensor<1024x2048xf8E4M3FN>) -> tensor<512x2048xbf16>
    loc("mlp/dot")
  %1 = stablehlo.dot_general %d, %d, contracting_dims = [1] x [0]
    : (tensor<64x64xf64>, tensor<64x64xf64>) -> tensor<64x64xf64> loc("stats/dot")
  %2 = stablehlo.fft %c, type = FFT, length = [64]
    : (tensor<8x64x64xcomplex<f32>>) -> tensor<8x64x64xcomplex<f32>> loc("spectral/fft")
  %3 = "stablehlo.sort"(%k) ({
    ^bb0(%a: tensor<i32>, %b: tensor<i32>):
      %lt = stablehlo.compare LT, %a, %b : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %lt : tensor<i1>
  }) {dimension = 0 : i64} : (tensor<4096xi32>) -> tensor<4096xi32> loc("topk/sort")
  %4 = stablehlo.custom_call @my_kernel(%0)
    : (tensor<512x2048xbf16>) -> tensor<512x2048xbf16> loc("fused/custom")
  return %1, %2, %3, %4 : tensor<64x64xf64>, tensor<8x64x64xcomplex<f32>>,
    tensor<4096xi32>, tensor<512x2048xbf16>
}
`);
const html = report(hard, "html", option).file;
const json = JSON.parse(report(hard, "json", option, "--from=h200").text);
const port = json.ports.find(one => one.to === "ascend-910c");
const rows = page => page.locator("table.findings tbody tr:not(.unfolded)");
const kernelNames = page => page.locator("table.kernels tbody th").allTextContents();

test("grade, speed and effort of the port that takes most", async () => {
  const { page, close } = await open(html);
  assert.equal(await page.locator("#porting h2").textContent(), "Moving from h200");
  assert.equal(await page.getByRole("group", { name: "Moved to" })
    .getByRole("button", { name: "ascend-910c" }).getAttribute("aria-pressed"), "true");
  const values = await page.locator("#porting .tile .value").allTextContents();
  assert.equal(values[0], port.grade);
  assert.equal(values[1], `at most ${port.speed_up.value.toFixed(2)}×`);
  const { low_days: low, high_days: high } = port.effort;
  assert.equal(values[2], `${low} to ${high}\u00a0person-days and 1\u00a0blocker`);
  const text = await page.locator("#porting").textContent();
  for (const reason of [port.grade_reason, ...port.reasons])
    assert.ok(text.includes(reason), reason);
  await page.getByRole("group", { name: "Moved to" }).getByRole("button", { name: "h20" }).click();
  assert.equal((await page.locator("#porting .tile .value").allTextContents())[2], "no work");
  assert.match(await page.locator("#porting").textContent(), /Nothing: all of it runs as it is/);
  await close();
});

test("blockers come first, then the worklist, then what else takes work", async () => {
  const { page, close } = await open(html);
  const order = [
    ...port.findings.filter(finding => finding.status === "blocked"),
    ...port.worklist.map(number => port.findings[number - 1]),
    ...port.findings.filter(finding => finding.effort.high_days > 0),
  ];
  const wanted = [...new Set(order)];
  assert.ok(wanted.length >= 5);
  const steps = await page.locator("#porting .steps > li").allTextContents();
  assert.equal(steps.length, wanted.length);
  wanted.forEach((finding, at) => {
    assert.ok(steps[at].includes(finding.title), steps[at]);
    assert.ok(steps[at].includes(finding.remedy), steps[at]);
  });
  // The card says the first of them, and how many more there are.
  const card = await page.locator(".card").nth(2).textContent();
  assert.match(card, /Moving from h200: grade E, something is blocked; .* and 1\sblocker\./);
  assert.ok(card.indexOf("to move:blocked gemm f64") > 0, card);
  assert.match(card, /2 more/);
  assert.doesNotMatch(await page.locator(".card").nth(1).textContent(), /to move:/);
  assert.match(await page.locator(".verdict").textContent(),
    /Moving from h200 to h20 takes no work \(grade A\), to ascend-910c .* \(grade E\)\./);
  await close();
});

test("the table has every finding, with the numbers of the JSON view", async () => {
  const { page, close } = await open(html);
  assert.equal(await rows(page).count(), port.findings.length);
  for (const finding of port.findings) {
    const row = rows(page).filter({ hasText: `${finding.rule} ${finding.title}` })
      .filter({ hasText: finding.verdict ? finding.op : finding.reason });
    const cells = await row.locator("th, td").allTextContents();
    assert.equal(cells[1], finding.verdict || finding.status !== "library"
      ? finding.status : "advice");
    [finding.source_seconds, finding.target_seconds, finding.remedied_seconds]
      .forEach((time, at) => time === null ? assert.equal(cells[4 + at], "unknown")
        : assertShows(cells[4 + at], time));
    assert.equal(cells[8], String(finding.occurrences));
  }
  await close();
});

test("findings sort and filter", async () => {
  const { page, close } = await open(html);
  const statuses = () => page.locator("table.findings .badge").allTextContents();
  const worstFirst = await statuses();
  assert.deepEqual([worstFirst[0], worstFirst.at(-1)], ["blocked", "library"]);
  const head = page.locator("table.findings thead");
  await head.getByRole("button", { name: "status" }).click();
  assert.equal((await statuses())[0], "library");
  await head.getByRole("button", { name: "h200" }).click();
  // Unknown comes last, whichever way.
  assert.equal((await rows(page).last().locator("td").nth(3).textContent()), "unknown");
  await page.locator("#porting").getByLabel("Find").fill("spectral fft");
  assert.deepEqual(await statuses(), ["host-fallback"]);
  await page.locator("#porting").getByLabel("Find").fill("");
  await page.locator("#porting").getByLabel("Status").selectOption("precision-change");
  assert.deepEqual(await statuses(), ["precision-change"]);
  await close();
});

test("a finding unfolds by keys to why, remedy, substitutes, sources and places", async () => {
  const { page, close } = await open(html);
  const change = port.findings.find(finding => finding.status === "precision-change");
  const button = page.locator("table.findings")
    .getByRole("button", { name: `${change.rule} ${change.title}` });
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  await button.focus();
  await page.keyboard.press("Enter");
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  const text = await page.locator("tr.unfolded").textContent();
  for (const part of [change.reason, change.remedy, change.locations[0],
                      ...change.evidence.flatMap(({ source, date, row, kernels }) =>
                        [source, date, row, ...kernels]),
                      ...change.substitute_times.map(({ type }) => `${type}: `)])
    assert.ok(text.includes(part), part);
  const links = await page.locator("tr.unfolded a").evaluateAll(all =>
    all.map(link => [link.href, link.rel, link.textContent]));
  const sources = change.evidence.map(({ url }) => url);
  assert.ok(sources.length > 0);
  assert.deepEqual(links.map(([, , shown]) => shown), sources);
  for (const [address, relation] of links) {
    assert.match(address, /^https?:/);
    assert.equal(relation, "noreferrer");
  }
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("tr.unfolded").count(), 0);
  await close();
});

for (const colorScheme of ["light", "dark"])
  test(`statuses are legible in the ${colorScheme} theme`, async () => {
    const { page, close } = await open(html, { colorScheme });
    assert.ok(await page.locator(".badge.gap").count() > 0);
    assert.ok(await page.locator(".badge.work").count() > 0);
    await assertLegible(page, "#porting .badge, .card .badge, .tile p");
    await close();
  });

test("a finding chooses its kernels, and a kernel names its findings", async () => {
  const { page, close } = await open(html);
  const row = rows(page).filter({ hasText: "fft c64" });
  await row.getByRole("button", { name: "1 row" }).click();
  const [only] = await kernelNames(page);
  assert.equal(await page.locator("table.kernels tbody tr").count(), 1);
  const fft = json.kernels.find(kernel => kernel.locations.includes("spectral/fft"));
  assert.equal(only, fft.name);
  assert.match(await page.locator("#kernels .about").textContent(), /Only of RF1050/);
  assert.match(await page.locator("#details").textContent(),
    /on ascend-910c.*host-fallback only the host has it/);
  // The way back opens the finding.
  await page.locator("#details").getByRole("button", { name: "only the host has it" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-expanded")),
    "true");
  assert.match(await page.locator("tr.unfolded").textContent(), /on the host/);
  await page.locator("#kernels").getByRole("button", { name: "Clear" }).click();
  assert.equal((await kernelNames(page)).length, json.kernels.length);
  assert.equal(await page.locator("#kernels .about").isHidden(), true);
  await close();
});

test("a finding of the other port opens that port", async () => {
  const { page, close } = await open(html);
  await page.locator("table.kernels tbody tr").first().click();
  await page.locator("#details dd").last().scrollIntoViewIfNeeded();
  await page.locator("#details").getByRole("button", { name: "the same generation of chips" })
    .click();
  assert.equal(await page.getByRole("group", { name: "Moved to" })
    .getByRole("button", { name: "h20" }).getAttribute("aria-pressed"), "true");
  assert.equal(await page.locator("tr.unfolded").count(), 1);
  await close();
});

test("layers share a finding, which has the rows of all of them", async () => {
  const decode = model("llama3-8b-decode.mlir");
  const shown = report(decode, "html", option).file;
  const whole = JSON.parse(report(decode, "json", option, "--from=h200").text);
  const finding = whole.ports[1].findings.find(({ op, verdict }) =>
    verdict && op === "gemm bf16");
  // 32 layers of four products, and the head.
  assert.equal(finding.positions.length, 129);
  const about = whole.kernels.filter(({ positions }) =>
    positions.some(position => finding.positions.includes(position)));
  const { page, close } = await open(shown);
  await rows(page).filter({ hasText: "gemm bf16" }).getByRole("button", { name: /rows/ }).click();
  assert.deepEqual(await kernelNames(page), about.map(({ name }) => name));
  await close();
});

test("where the graph stays on its target there is nothing to move", async () => {
  const { page, close } = await open(report(hard, "html", "--target=h200").file);
  assert.equal(await page.locator("#porting").count(), 0);
  await close();
});
