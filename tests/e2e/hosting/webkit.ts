/** WebKitGTK: Debian's MiniBrowser on a display of its own that nobody sees, driven by WebDriver. */

import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Child } from '../support/children.ts';
import { output } from '../support/places.ts';
import { watchFaults } from './find.ts';
import { freePort } from './ports.ts';
import { webkitBrowser, webkitDriver, xvfb } from './programs.ts';
import { type Driven, type Engine, Tab } from './tab.ts';

/** The key under which WebDriver names an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

type Reference = Readonly<Record<typeof ELEMENT, string>>;

/** Starts WebKitGTK. */
export async function startWebKit(): Promise<Engine> {
  const folder = resolve(output, 'hosting/webkit');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const screen = ['-screen', '0', '1500x1000x24', '-nolisten', 'tcp'];
  const display = new Child('Xvfb', xvfb, ['-displayfd', '1', ...screen]);
  const children = [display];
  const stop = async () => {
    for (const child of children.toReversed()) {
      await child.stop();
    }
  };
  try {
    const number = await display.until((said) => /^(\d+)\s*$/m.exec(said)?.[1], 20);
    const port = await freePort();
    const environment = [
      `DISPLAY=:${number}`,
      `XDG_RUNTIME_DIR=${folder}`,
      `XDG_CACHE_HOME=${folder}`,
      `XDG_CONFIG_HOME=${folder}`,
      `XDG_DATA_HOME=${folder}`,
      'LANG=C.UTF-8',
      'NO_AT_BRIDGE=1',
      // Its sandbox needs rights that a container does not give; the only pages are the test's own.
      'WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1',
    ];
    const driver = new Child('WebKitWebDriver', '/usr/bin/env', [...environment, webkitDriver, `--port=${port}`]);
    children.push(driver);
    const wire = new Wire(`http://127.0.0.1:${port}`);
    await driver.until(() => wire.isUp(), 20);
    return await session(wire, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function session(wire: Wire, stop: () => Promise<void>): Promise<Engine> {
  await wire.start({
    acceptInsecureCerts: true,
    // Before everything has loaded, so that the faults of the console's start are seen too.
    pageLoadStrategy: 'eager',
    'webkitgtk:browserOptions': { binary: webkitBrowser, args: ['--automation'] },
  });
  await wire.post('/window/rect', { width: 1440, height: 950 });
  const tabs: Tab[] = [];
  return {
    tab: async () => {
      const handle =
        tabs.length === 0
          ? await wire.get<string>('/window')
          : (await wire.post<{ handle: string }>('/window/new', { type: 'tab' })).handle;
      const tab = new Tab(drive(wire, handle));
      tabs.push(tab);
      return tab;
    },
    faults: async () => {
      const all: string[] = [];
      for (const tab of tabs) {
        all.push(...(await tab.faults()));
      }
      return all;
    },
    close: async () => {
      // Without this the browser outlives its driver.
      await wire.end().finally(stop);
    },
  };
}

function drive(wire: Wire, handle: string): Driven<Reference> {
  // WebDriver speaks of one tab at a time.
  const here = async <R>(path: string, body: unknown): Promise<R> => {
    await wire.post('/window', { handle });
    return wire.post<R>(path, body);
  };
  const run = async <R>(script: string, args: readonly unknown[]): Promise<R> => here('/execute/sync', { script, args });
  const type = async (element: Reference, text: string) => {
    await here(`/element/${element[ELEMENT]}/value`, { text });
  };
  return {
    open: async (url) => {
      await here('/url', { url });
      await run(`return (${watchFaults})()`, []);
    },
    call: async (inside, value) => run(`return (${inside})(arguments[0])`, [value]),
    element: async (inside, value) => run<Reference | null>(`return (${inside})(arguments[0])`, [value]),
    ask: async (inside, element) => run(`return (${inside})(arguments[0])`, [element]),
    click: async (element) => {
      await here(`/element/${element[ELEMENT]}/click`, {});
    },
    type,
    // U+E009 is Ctrl, held until the end of the text.
    paste: async (element) => type(element, '\uE009v'),
  };
}

/** Commands of WebDriver. */
class Wire {
  readonly #server: string;
  #session = '';

  constructor(server: string) {
    this.#server = server;
  }

  /** Whether the driver answers; undefined while it does not. */
  async isUp(): Promise<true | undefined> {
    try {
      return (await fetch(`${this.#server}/status`)).ok ? true : undefined;
    } catch {
      return undefined;
    }
  }

  async start(alwaysMatch: Readonly<Record<string, unknown>>): Promise<void> {
    const body = { capabilities: { alwaysMatch } };
    const { sessionId } = await this.#send<{ sessionId: string }>('POST', '/session', body);
    this.#session = `/session/${sessionId}`;
  }

  async post<R = unknown>(path: string, body: unknown): Promise<R> {
    return this.#send('POST', this.#session + path, body);
  }

  async get<R>(path: string): Promise<R> {
    return this.#send('GET', this.#session + path);
  }

  async end(): Promise<void> {
    await this.#send('DELETE', this.#session);
  }

  async #send<R>(method: string, path: string, body?: unknown): Promise<R> {
    const answer = await fetch(this.#server + path, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
      // The driver waits without end for a browser that did not start.
      signal: AbortSignal.timeout(30_000),
    });
    const { value } = (await answer.json()) as { value: R };
    if (!answer.ok) {
      const { error, message } = value as { error: string; message: string };
      throw new Error(`WebKit: ${error}: ${message} (${method} ${path})`);
    }
    return value;
  }
}
