// Every pattern of the catalogs, put before the engine that forms ask: whether a whole text matches. A pattern that the
// engine does not take would forbid nothing, and an example that the pattern forbids would send people the wrong way.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

const catalogs = new URL("../../catalogs/", import.meta.url);

/** Every object of a catalog file that has a pattern, with the name of the file. */
async function* patterns() {
  for (const file of await readdir(catalogs, { recursive: true })) {
    if (file.endsWith(".json")) {
      yield* within(JSON.parse(await readFile(new URL(file, catalogs), "utf8")), file);
    }
  }
}

function* within(value, file) {
  if (typeof value !== "object" || value === null) {
    return;
  }
  if (typeof value.pattern === "string") {
    yield { file, field: value };
  }
  for (const inner of Object.values(value)) {
    yield* within(inner, file);
  }
}

test("patterns are expressions, and the examples beside them match", async () => {
  const kinds = new Set();
  for await (const { file, field } of patterns()) {
    const expression = new RegExp(`^(?:${field.pattern})$`, "u");
    kinds.add(file.split("/")[0]);
    if (field.example) {
      assert.match(field.example, expression, `${file}: the example of ${field.name}`);
    }
  }
  assert.ok(kinds.size >= 3, `patterns of ${[...kinds]} only`);
});
