// The pictures of docs/Html.md, into the folder that ROOFLINE_SCREENSHOTS names.

import path from "node:path";
import test from "node:test";

import { model, open, report } from "./Browser.mjs";

const folder = process.env.ROOFLINE_SCREENSHOTS;
const pictures = [
  { name: "report-1280.png", colorScheme: "light", viewport: { width: 1280, height: 1430 } },
  { name: "report-390.png", colorScheme: "dark", viewport: { width: 390, height: 844 } },
];

for (const { name, ...options } of pictures)
  test(name, { skip: folder === undefined && "ROOFLINE_SCREENSHOTS is not set" }, async () => {
    const { file } = report(model("llama3-8b-decode.mlir"), "html",
                            "--target=h200,h20,ascend-910c");
    const { page, close } = await open(file, options);
    await page.screenshot({ path: path.resolve(process.env.ROOFLINE_SOURCE, folder, name) });
    await close();
  });
