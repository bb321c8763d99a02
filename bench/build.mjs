// Builds the pages into <site>/bench and the driver into <driver>. Usage: node build.mjs <site> <driver>

import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [site, driver] = process.argv.slice(2);
if (site === undefined || driver === undefined) {
  throw new Error("usage: node build.mjs <site> <driver>");
}

const pages = { dom: "main.ts", "react-tanstack": "main.tsx", "ag-grid": "main.ts" };
for (const [page, entry] of Object.entries(pages)) {
  const outdir = join(site, "bench", page);
  await mkdir(outdir, { recursive: true });
  await build({
    entryPoints: [join(here, page, entry)],
    outdir,
    bundle: true,
    minify: true,
    format: "esm",
    target: "chrome120",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
    logLevel: "warning",
  });
  await copyFile(join(here, page, "index.html"), join(outdir, "index.html"));
}

await build({
  entryPoints: [join(here, "driver/main.ts")],
  outfile: driver,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  external: ["@playwright/test"],
  logLevel: "warning",
});
