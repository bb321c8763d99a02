// Puts a Brotli and a gzip copy beside every file of a folder that gains from it, for servers that send such copies, and
// prints the sizes as JSON: [{ file, raw, gzip, brotli }]. Usage: node compress.mjs <folder>

import { readFile, readdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

const COMPRESSIBLE = /\.(?:html|js|css|wasm|json|svg|txt|webmanifest)$/;
const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

const folder = process.argv[2];
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .sort();

const sizes = [];
for (const file of files) {
  const bytes = await readFile(file);
  const size = { file: relative(folder, file), raw: bytes.length, gzip: bytes.length, brotli: bytes.length };
  if (COMPRESSIBLE.test(file)) {
    const [small, smaller] = await Promise.all([
      gzip(bytes, { level: 9 }),
      brotli(bytes, {
        params: {
          [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
          [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
    ]);
    size.gzip = Math.min(small.length, bytes.length);
    size.brotli = Math.min(smaller.length, bytes.length);
    // A copy that is no smaller would only cost the server a look.
    if (small.length < bytes.length) await writeFile(`${file}.gz`, small);
    if (smaller.length < bytes.length) await writeFile(`${file}.br`, smaller);
  }
  sizes.push(size);
}
process.stdout.write(JSON.stringify(sizes));
