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

  // --- Words -------------------------------------------------------------------------------------------------------

  // What is said before the program speaks, or when it no longer can. The program's own texts are in messages/; these are
  // few and have to be here when nothing else is.
  const WORDS = {
    en: {
      loading: "Loading the console…",
      reload: "Load again",
      details: "Technical details",
      stopped: "The console stopped",
      stoppedText:
        "A fault in the console itself ended it. Nothing is sent to the system any more; a change that was under way may " +
        "or may not have been made. Load again and check.",
      noProgram: "This browser cannot run the console",
      noProgramText:
        "WebAssembly is switched off or missing. Use a current browser, or ask who manages this one to allow it.",
      notLoaded: "The console could not be loaded",
      notLoadedText:
        "A part of it did not arrive. The network may be down, or the files on the server may have just been replaced.",
      notStarted: "The console could not be started",
      notStartedText:
        "It arrived, but this browser did not accept it. Use a current browser; if it is current, the files on the " +
        "server may be damaged or the server's security policy may forbid WebAssembly.",
    },
    de: {
      loading: "Konsole wird geladen…",
      reload: "Neu laden",
      details: "Technische Einzelheiten",
      stopped: "Die Konsole wurde beendet",
      stoppedText:
        "Ein Fehler in der Konsole selbst hat sie beendet. An das System wird nichts mehr gesendet; eine laufende Änderung " +
        "wurde vielleicht ausgeführt, vielleicht nicht. Neu laden und nachsehen.",
      noProgram: "In diesem Browser läuft die Konsole nicht",
      noProgramText:
        "WebAssembly ist abgeschaltet oder fehlt. Nötig ist ein aktueller Browser oder die Freigabe durch die zuständige " +
        "Verwaltung.",
      notLoaded: "Die Konsole ließ sich nicht laden",
      notLoadedText:
        "Ein Teil kam nicht an. Vielleicht ist das Netz gestört, oder die Dateien auf dem Server wurden gerade ersetzt.",
      notStarted: "Die Konsole ließ sich nicht starten",
      notStartedText:
        "Sie kam an, aber dieser Browser nahm sie nicht an. Nötig ist ein aktueller Browser; ist er aktuell, sind vielleicht " +
        "die Dateien auf dem Server beschädigt, oder dessen Sicherheitsrichtlinie verbietet WebAssembly.",
    },
  };

  // As in the program: what a person chose, else the first of the browser's languages that there are texts in.
  const LANGUAGE_KEY = "boxdeck.language";
  const known = (tag) => {
    const base = String(tag).split("-")[0].toLowerCase();
    return Object.hasOwn(WORDS, base) ? base : undefined;
  };
  let chosen;
  try {
    chosen = known(localStorage.getItem(LANGUAGE_KEY));
  } catch {
    // As for the theme.
  }
  const language = chosen ?? (navigator.languages ?? []).map(known).find(Boolean) ?? "en";
  const say = WORDS[language];
  root.lang = language;

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
    const reload = element("button", "boot-button", say.reload);
    reload.type = "button";
    reload.addEventListener("click", () => location.reload());
    screen.append(element("h1", "boot-title", title), element("p", "", advice), reload);
    if (detail) {
      const details = element("details", "boot-details");
      details.append(element("summary", "", say.details), element("pre", "", detail));
      screen.append(details);
    }
    document.title = `${title} · Boxdeck`;
    document.body.replaceChildren(screen);
    reload.focus();
  };

  const stopped = (detail) => fail(say.stopped, say.stoppedText, detail);

  // The released program traps without a word: where it was is all there is to tell. One that was built for development
  // announces its panic first, with its text.
  addEventListener("boxdeck:failure", (event) => stopped(String(event.detail ?? "")));
  const trace = (fault) => fault.stack ?? String(fault);
  const trap = (fault) => {
    if (fault instanceof WebAssembly.RuntimeError) stopped(trace(fault));
  };
  addEventListener("error", (event) => trap(event.error));
  addEventListener("unhandledrejection", (event) => trap(event.reason));

  // --- Loading -----------------------------------------------------------------------------------------------------

  const bodyIsThere = new Promise((resolve) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve, { once: true });
    else resolve();
  });

  // The page's own line is English; it changes as soon as it is there.
  void bodyIsThere.then(() => {
    const line = document.querySelector(".boot-line");
    if (line) line.textContent = say.loading;
  });

  const load = async () => {
    if (typeof WebAssembly !== "object") {
      await bodyIsThere;
      fail(say.noProgram, say.noProgramText);
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
      fail(say.notLoaded, say.notLoadedText, String(fault));
      return;
    }
    try {
      await program.module.default({ module_or_path: program.bytes });
      if (!failed) document.getElementById("boot")?.remove();
    } catch (fault) {
      if (fault instanceof WebAssembly.RuntimeError) stopped(trace(fault));
      else fail(say.notStarted, say.notStartedText, String(fault));
    }
  };
  void load();
})();
