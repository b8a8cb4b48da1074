// Bundles the page of the HTML report: head.html and tail.html, between which a
// report's JSON is written. The same sources give the same bytes.
//
// usage: node Build.mjs FOLDER

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const output = process.argv[2];

async function bundle(entry) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    bundle: true,
    charset: "ascii",
    format: "iife",
    legalComments: "none",
    minify: true,
    target: ["es2020"],
    write: false,
  });
  const text = result.outputFiles[0].text.trim();
  // Either would end the element that holds it.
  if (/<\/(script|style)|<!--/i.test(text))
    throw new Error(`${entry}: the bundle holds '</script', '</style' or '<!--'`);
  return text;
}

function hashOf(text) {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

const script = await bundle("Main.ts");
const style = await bundle("Page.css");
const notice = await readFile(
  path.join(here, "node_modules/uplot/LICENSE"), "utf8");
if (notice.includes("-->")) throw new Error("uPlot's licence ends a comment");

// What is in the page may run, and nothing else; nothing may be fetched.
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const pieces = { POLICY: policy, STYLE: style, SCRIPT: script,
                 NOTICE: notice.trim() };
const template = await readFile(path.join(here, "Page.html"), "utf8");
const [head, tail] = template
  .replace(/@([A-Z]+)@/g, (match, name) => pieces[name] ?? match)
  .split("@REPORT@");
await mkdir(output, { recursive: true });
await writeFile(path.join(output, "head.html"), head);
await writeFile(path.join(output, "tail.html"), tail);
