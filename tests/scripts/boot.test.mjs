// Tests of public/boot.js in a small stand-in for the browser: what may become HTML, the theme, and the screens for what
// goes wrong. How a real browser takes it is the end-to-end tests' business.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import vm from "node:vm";

// A script in a sandbox cannot import, so the one import is called by another name.
const text = await readFile(new URL("../../public/boot.js", import.meta.url), "utf8");
const source = text.replace("import(address(js))", "importModule(address(js))");
assert.notEqual(source, text);

const FOUND = { ok: true, status: 200, statusText: "OK" };

/** An element that remembers what was put into it. */
class Element {
  constructor(name) {
    Object.assign(this, { name, children: [], attributes: {}, dataset: {}, listeners: {}, textContent: "" });
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  append(...nodes) {
    this.children.push(...nodes);
  }
  replaceChildren(...nodes) {
    this.children = nodes;
  }
  addEventListener(name, handler) {
    this.listeners[name] = handler;
  }
  focus() {
    this.focused = true;
  }
  text() {
    return [this.textContent, ...this.children.map((child) => child.text())].join(" ").trim();
  }
}

/** Runs boot.js in a page and returns what it did. */
function boot({ stored = {}, languages = ["en-GB"], storageForbidden = false, answer = FOUND, start = () => {} } = {}) {
  const page = { listeners: {}, policies: {}, fetched: [] };
  const root = new Element("html");
  const body = new Element("body");
  const line = new Element("p");
  const waiting = { remove: () => (page.removed = true) };
  const context = {
    URL,
    WebAssembly,
    addEventListener: (name, handler) => (page.listeners[name] = handler),
    document: {
      baseURI: "https://box.example/console/",
      body,
      createElement: (name) => new Element(name),
      currentScript: { dataset: { js: "./app.js", wasm: "./app.wasm" } },
      documentElement: root,
      getElementById: () => waiting,
      querySelector: () => line,
      readyState: "complete",
      title: "Boxdeck",
    },
    fetch: (address) => {
      page.fetched.push(address);
      return Promise.resolve(answer);
    },
    importModule: (address) => {
      page.fetched.push(address);
      return Promise.resolve({ default: (options) => Promise.resolve(start(options)) });
    },
    localStorage: {
      getItem: (key) => {
        if (storageForbidden) throw new Error("forbidden");
        return stored[key] ?? null;
      },
    },
    navigator: { languages },
    location: { reload: () => (page.reloaded = true) },
    trustedTypes: { createPolicy: (name, rules) => (page.policies[name] = rules) },
  };
  page.done = new Promise((resolve) => setTimeout(resolve, 20));
  vm.runInNewContext(source, context);
  return Object.assign(page, { root, body, line, document: context.document });
}

const refuses = (page, html) => assert.throws(() => page.policies.default.createHTML(html), undefined, html);

test("template HTML passes unchanged", () => {
  const page = boot();
  for (const html of [
    "<p class=\"note\">On a box<!></p>",
    "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"M0 0h16\"/></svg>",
    "<a href=\"#/systems\">Systems</a>",
    "<a href=\"https://docs.example/guide\">Guide</a>",
    "<button type=\"button\" aria-label=\"Close\" data-on=\"x\"></button>",
    "",
  ]) {
    assert.equal(page.policies.default.createHTML(html), html);
  }
});

test("HTML that could run or load something is refused", () => {
  const page = boot();
  for (const html of [
    "<script>alert(1)</script>",
    "<SCRIPT src=x>",
    "< script>",
    "<img src=x onerror=alert(1)>",
    "<img/onerror=alert(1) src=x>",
    "<svg><animate attributeName=href values=x></svg>",
    "<svg><foreignObject></foreignObject></svg>",
    "<iframe srcdoc='x'></iframe>",
    "<p style='color:red'>",
    "<base href='https://other.example/'>",
    "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=x>",
    "<a href='javascript:alert(1)'>",
    "<a href='java&#115;cript:alert(1)'>",
    "<a href=data:text/html,x>",
    "<a xlink:href='javascript:alert(1)'>",
    "<form action='https://other.example/'>x</form><button formaction=x>",
    "<object data=x></object>",
  ]) {
    refuses(page, html);
  }
});

test("no rule turns text into a script", () => {
  assert.deepEqual(Object.keys(boot().policies.default), ["createHTML"]);
});

test("a stored theme is set before the program loads, anything else is ignored", () => {
  assert.equal(boot({ stored: { "boxdeck.theme": "dark" } }).root.dataset.theme, "dark");
  assert.equal(boot({ stored: { "boxdeck.theme": "pink" } }).root.dataset.theme, undefined);
  assert.equal(boot({ storageForbidden: true }).root.dataset.theme, undefined);
});

test("the page speaks the chosen language, else the browser's first that it knows, else English", async () => {
  const chosen = (tag) => ({ "boxdeck.language": tag });
  const spoken = (options) => boot(options).root.lang;
  assert.equal(spoken({ languages: ["fr-FR", "de-AT", "en-GB"] }), "de");
  assert.equal(spoken({ languages: ["fr-FR"] }), "en");
  assert.equal(spoken({ languages: null, storageForbidden: true }), "en");
  assert.equal(spoken({ languages: ["de-DE"], stored: chosen("en") }), "en");
  assert.equal(spoken({ stored: chosen("de") }), "de");
  assert.equal(spoken({ languages: ["de-DE"], stored: chosen("constructor") }), "de");
  const page = boot({ languages: ["de-DE"], answer: { ok: false, status: 404, statusText: "Not Found" } });
  await page.done;
  assert.equal(page.line.textContent, "Konsole wird geladen…");
  assert.match(page.body.text(), /ließ sich nicht laden.*Neu laden.*404 Not Found/s);
  assert.equal(page.document.title, "Die Konsole ließ sich nicht laden · Boxdeck");
});

test("both languages say the same things", () => {
  const [, table] = /const WORDS = (\{.*?\n {2}\});/s.exec(text);
  const words = vm.runInNewContext(`(${table})`);
  assert.deepEqual(Object.keys(words.de), Object.keys(words.en));
});

test("the program is fetched from beside the page, once, and takes the place of the waiting screen", async () => {
  let given;
  const page = boot({ start: (options) => (given = options) });
  await page.done;
  assert.deepEqual(page.fetched, ["https://box.example/console/app.js", "https://box.example/console/app.wasm"]);
  assert.equal(given.module_or_path, FOUND);
  assert.ok(page.removed);
  assert.equal(page.body.children.length, 0);
});

test("a program that the browser does not accept is told apart from one that stops", async () => {
  const fails = (fault) => async () => {
    throw fault;
  };
  const refused = boot({ start: fails(new WebAssembly.CompileError("not allowed")) });
  const trapped = boot({ start: fails(new WebAssembly.RuntimeError("unreachable")) });
  await Promise.all([refused.done, trapped.done]);
  assert.match(refused.body.text(), /could not be started.*not allowed/s);
  assert.match(trapped.body.text(), /The console stopped.*unreachable/s);
});

test("a program that does not arrive leads to a screen with a way on", async () => {
  const page = boot({ answer: { ok: false, status: 404, statusText: "Not Found" } });
  await page.done;
  assert.match(page.body.text(), /could not be loaded.*404 Not Found/s);
  const [screen] = page.body.children;
  assert.equal(screen.attributes.role, "alert");
  const button = screen.children.find((child) => child.name === "button");
  assert.ok(button.focused);
  button.listeners.click();
  assert.ok(page.reloaded);
});

test("a panic and a trap end on the same screen, and the first one counts", () => {
  const page = boot();
  page.listeners.error({ error: new TypeError("somewhere in an extension") });
  assert.equal(page.body.children.length, 0);
  page.listeners["boxdeck:failure"]({ detail: "panicked at the edge" });
  page.listeners.unhandledrejection({ reason: new WebAssembly.RuntimeError("unreachable") });
  assert.equal(page.body.children.length, 1);
  assert.match(page.body.text(), /The console stopped.*panicked at the edge/s);
  assert.doesNotMatch(page.body.text(), /unreachable/);
});
