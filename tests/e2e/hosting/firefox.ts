/** Firefox ESR, driven by WebDriver BiDi: the protocol that it speaks by itself, over one WebSocket. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { WebSocket } from 'ws';
import { Child } from '../support/children.ts';
import { output } from '../support/places.ts';
import { watchFaults } from './find.ts';
import { firefox as program } from './programs.ts';
import { type Driven, type Engine, Tab } from './tab.ts';

/** Nothing is asked of the browser's maker during a test. */
const preferences = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'intl.accept_languages': 'en-GB,en',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.enabled': false,
};

/** How an element is named on the wire. */
interface Shared {
  readonly sharedId: string;
}

/** What a function in the page came to. */
interface Evaluated {
  readonly type: 'success' | 'exception';
  readonly result?: { readonly type: string; readonly value?: unknown; readonly sharedId?: string };
  readonly exceptionDetails?: { readonly text: string };
}

/** Starts Firefox. Pages may ask `origin` only. */
export async function startFirefox(origin: string): Promise<Engine> {
  const profile = resolve(output, 'hosting/firefox');
  rmSync(profile, { recursive: true, force: true });
  mkdirSync(profile, { recursive: true });
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  writeFileSync(resolve(profile, 'user.js'), lines.join('\n'));
  const options = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'];
  const child = new Child('Firefox', program, options);
  try {
    const address = await child.until((said) => /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1], 60);
    return await session(await Wire.open(`${address}/session`), origin, child);
  } catch (error) {
    await child.stop();
    throw error;
  }
}

async function session(wire: Wire, origin: string, child: Child): Promise<Engine> {
  await wire.send('session.new', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
  const faults: string[] = [];
  wire.on('log.entryAdded', ({ level, text }) => {
    if (level === 'error') {
      faults.push(`console: ${String(text)}`);
    }
  });
  wire.on('network.beforeRequestSent', ({ request }) => {
    const url = new URL((request as { url: string }).url);
    if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== origin) {
      faults.push(`request to another origin: ${url.href}`);
    }
  });
  await wire.send('session.subscribe', { events: ['log.entryAdded', 'network.beforeRequestSent'] });
  await wire.send('script.addPreloadScript', { functionDeclaration: String(watchFaults) });
  const tabs: Tab[] = [];
  return {
    tab: async () => {
      const { context } = await wire.send<{ context: string }>('browsingContext.create', { type: 'tab' });
      await wire.send('browsingContext.setViewport', { context, viewport: { width: 1440, height: 900 } });
      const tab = new Tab(drive(wire, context));
      tabs.push(tab);
      return tab;
    },
    faults: async () => [...faults, ...(await Promise.all(tabs.map((tab) => tab.faults()))).flat()],
    close: async () => {
      wire.close();
      await child.stop();
    },
  };
}

function drive(wire: Wire, context: string): Driven<Shared> {
  const run = async (functionDeclaration: string, argument: unknown): Promise<NonNullable<Evaluated['result']>> => {
    const evaluated = await wire.send<Evaluated>('script.callFunction', {
      functionDeclaration,
      arguments: [argument],
      target: { context },
      awaitPromise: true,
      userActivation: false,
    });
    if (evaluated.type === 'exception' || evaluated.result === undefined) {
      throw new Error(`in the page: ${evaluated.exceptionDetails?.text ?? 'no result'}`);
    }
    return evaluated.result;
  };
  const json = (value: unknown) => ({ type: 'string', value: JSON.stringify(value) });
  const act = async (actions: readonly unknown[]) => wire.send('input.performActions', { context, actions });
  const click = async (element: Shared) => {
    await run(`(element) => element.scrollIntoView({ block: 'center', behavior: 'instant' })`, element);
    const origin = { type: 'element', element };
    const steps = [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await act([{ type: 'pointer', id: 'mouse', actions: steps }]);
  };
  const press = (value: string) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ];
  return {
    open: async (url) => {
      await wire.send('browsingContext.navigate', { context, url, wait: 'complete' });
      await wire.send('browsingContext.activate', { context });
    },
    call: async (inside, value) => {
      const { value: text } = await run(`(json) => JSON.stringify((${inside})(JSON.parse(json)) ?? null)`, json(value));
      return JSON.parse(String(text)) as ReturnType<typeof inside>;
    },
    element: async (inside, value) => {
      const { sharedId } = await run(`(json) => (${inside})(JSON.parse(json))`, json(value));
      return sharedId === undefined ? null : { sharedId };
    },
    ask: async (inside, element) => {
      const { value: text } = await run(`(element) => JSON.stringify((${inside})(element))`, element);
      return JSON.parse(String(text)) as ReturnType<typeof inside>;
    },
    click,
    type: async (element, text) => {
      await click(element);
      await act([{ type: 'key', id: 'keyboard', actions: [...text].flatMap(press) }]);
    },
    paste: async (element) => {
      await click(element);
      const control = '\uE009';
      const chord = [{ type: 'keyDown', value: control }, ...press('v'), { type: 'keyUp', value: control }];
      await act([{ type: 'key', id: 'keyboard', actions: chord }]);
    },
  };
}

interface Answer {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
}

/** Commands and events of WebDriver BiDi. */
class Wire {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { done: (result: unknown) => void; failed: (error: Error) => void }>();
  readonly #listeners = new Map<string, (params: Record<string, unknown>) => void>();
  #sent = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(JSON.parse(String(data)) as Answer));
    socket.on('close', () => {
      for (const { failed } of this.#waiting.values()) {
        failed(new Error('Firefox closed the connection'));
      }
    });
  }

  static async open(address: string): Promise<Wire> {
    const socket = new WebSocket(address);
    await new Promise<void>((opened, failed) => {
      socket.once('open', opened);
      socket.once('error', failed);
    });
    return new Wire(socket);
  }

  async send<R = unknown>(method: string, params: Record<string, unknown>): Promise<R> {
    this.#sent += 1;
    const id = this.#sent;
    const answered = new Promise<unknown>((done, failed) => this.#waiting.set(id, { done, failed }));
    this.#socket.send(JSON.stringify({ id, method, params }));
    return (await answered) as R;
  }

  on(method: string, listener: (params: Record<string, unknown>) => void): void {
    this.#listeners.set(method, listener);
  }

  close(): void {
    this.#socket.close();
  }

  #receive(answer: Answer): void {
    if (answer.id === undefined) {
      this.#listeners.get(answer.method ?? '')?.(answer.params ?? {});
      return;
    }
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.type === 'error') {
      waiting?.failed(new Error(`${answer.error}: ${answer.message}`));
    } else {
      waiting?.done(answer.result);
    }
  }
}
