// Runs before the console: sets the theme, guards what may become HTML, loads the program, and says what went wrong
// when the program cannot start or stops. A classic script, because a module would run after the first paint.
(() => {
  "use strict";

  const { js, wasm } = document.currentScript.dataset;
  const root = document.documentElement;

  // --- Theme -------------------------------------------------------------------------------------------------------

  // The console stores a preference under this key; without one the style sheet follows the browser.
  const THEME_KEY = "boxdeck.theme";
  const THEMES = ["light", "dark", "contrast"];

  try {
    const stored = localStorage.getItem(THEME_KEY);
    if (THEMES.includes(stored)) root.dataset.theme = stored;
  } catch {
    // Storage can be forbidden by the browser's settings; the preference is then simply not there.
  }

  // --- Trusted Types -----------------------------------------------------------------------------------------------

  // Leptos clones static parts of its views from templates, and templates are filled by HTML text. This policy lets that
  // text through and nothing that could run or load something. There is deliberately no rule for scripts: turning text
  // into a script stays forbidden.
  const FORBIDDEN_TAG =
    /<\s*\/?\s*(?:script|iframe|frame|frameset|object|embed|applet|base|link|meta|style|portal|math|foreignobject|animate\w*|set)\b/i;
  const FORBIDDEN_ATTRIBUTE = /[\s"'/](?:on[a-z]+|srcdoc|style|formaction|ping)\s*=/i;
  const ADDRESS = /[\s"'/](?:xlink:)?(?:href|src|action|data|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*))/gi;
  // An address is a place in the console, a file beside it, or an https page; entities could hide a scheme.
  const HARMLESS_ADDRESS = /^(?:https:\/\/[^&\s]*|[^:&\\]*)$/i;

  const isHarmless = (html) =>
    !FORBIDDEN_TAG.test(html) &&
    !FORBIDDEN_ATTRIBUTE.test(html) &&
    [...html.matchAll(ADDRESS)].every((found) => HARMLESS_ADDRESS.test(found[1] ?? found[2] ?? found[3] ?? ""));

  // Browsers without Trusted Types go without this second belt; the policy on scripts and styles holds there too.
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML(html) {
      if (isHarmless(html)) return html;
      throw new TypeError("This HTML may not enter the page.");
    },
  });

  // --- Failure screen ----------------------------------------------------------------------------------------------

  let failed = false;

  const element = (name, className, text) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  };

  /** Replaces the page by one screen that says what happened; only the first failure counts. */
  const fail = (title, advice, detail) => {
    if (failed) return;
    failed = true;
    const screen = element("main", "boot boot-failed");
    screen.id = "boot";
    screen.setAttribute("role", "alert");
    const reload = element("button", "boot-button", "Load again");
    reload.type = "button";
    reload.addEventListener("click", () => location.reload());
    screen.append(element("h1", "boot-title", title), element("p", "", advice), reload);
    if (detail) {
      const details = element("details", "boot-details");
      details.append(element("summary", "", "Technical details"), element("pre", "", detail));
      screen.append(details);
    }
    document.title = `${title} · Boxdeck`;
    document.body.replaceChildren(screen);
    reload.focus();
  };

  const stopped = (detail) =>
    fail(
      "The console stopped",
      "A fault in the console itself ended it. Nothing is sent to the system any more; a change that was under way may " +
        "or may not have been made. Load again and check.",
      detail,
    );

  // The program announces its own panic; a trap without one shows up as an error of the WebAssembly runtime.
  addEventListener("boxdeck:failure", (event) => stopped(String(event.detail ?? "")));
  const trap = (fault) => {
    if (fault instanceof WebAssembly.RuntimeError) stopped(String(fault));
  };
  addEventListener("error", (event) => trap(event.error));
  addEventListener("unhandledrejection", (event) => trap(event.reason));

  // --- Loading -----------------------------------------------------------------------------------------------------

  const bodyIsThere = new Promise((resolve) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve, { once: true });
    else resolve();
  });

  const load = async () => {
    if (typeof WebAssembly !== "object") {
      await bodyIsThere;
      fail(
        "This browser cannot run the console",
        "WebAssembly is switched off or missing. Use a current browser, or ask who manages this one to allow it.",
      );
      return;
    }
    let program;
    try {
      const address = (path) => new URL(path, document.baseURI).href;
      // Both downloads start now; the program itself needs a body to draw into.
      const [module, bytes] = await Promise.all([import(address(js)), fetch(address(wasm))]);
      if (!bytes.ok) throw new Error(`${wasm}: ${bytes.status} ${bytes.statusText}`);
      await bodyIsThere;
      program = { module, bytes };
    } catch (fault) {
      await bodyIsThere;
      fail(
        "The console could not be loaded",
        "A part of it did not arrive. The network may be down, or the files on the server may have just been replaced.",
        String(fault),
      );
      return;
    }
    try {
      await program.module.default({ module_or_path: program.bytes });
      if (!failed) document.getElementById("boot")?.remove();
    } catch (fault) {
      if (fault instanceof WebAssembly.RuntimeError) stopped(String(fault));
      else {
        fail(
          "The console could not be started",
          "It arrived, but this browser did not accept it. Use a current browser; if it is current, the files on the " +
            "server may be damaged or the server's security policy may forbid WebAssembly.",
          String(fault),
        );
      }
    }
  };
  void load();
})();
