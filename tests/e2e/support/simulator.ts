/**
 * The simulator as a program: one per worker, put back to its first state before every test. It serves the console from
 * `dist/`, the boxes under `/boxes/<name>/`, and below `/simulator/` what only tests need.
 */

import { Child } from './children.ts';
import { dist, existing, simulatorProgram } from './places.ts';

/** One request that a system of the simulator received. */
export interface Received {
  /** Counts up, also across a reset. */
  readonly sequence: number;
  /** The system's name. */
  readonly system: string;
  readonly method: string;
  /** Path as the system sees it: without the prefix under which the simulator serves it. */
  readonly path: string;
  /** Name and value of each parameter, in order, decoded. */
  readonly query: readonly (readonly [string, string])[];
  /** The system's own answer; null if a fault kept the request from it. */
  readonly status: number | null;
  /** The code of the refusal, if it was one. */
  readonly error: string | null;
  /** The fault that the request met, if it met one. */
  readonly fault: Fault['fault'] | null;
  /** The body as JSON with its secrets masked; null where it is no JSON. */
  readonly body: unknown;
  /** The body's length in bytes. */
  readonly body_bytes: number;
}

/** Something that goes wrong between the browser and a system; `crates/simulator/src/faults.rs` tells what each does. */
export interface Fault {
  readonly fault: 'slow' | 'lost' | 'dropped' | 'duplicated' | 'malformed' | 'truncated' | 'status';
  /** Which requests it strikes: a method, or `READ`, `WRITE`, `ANY`, and a path with `*` and `**`. */
  readonly operation?: string;
  /** How many requests are spared at first. */
  readonly skip?: number;
  /** How often it strikes; without a number, always. */
  readonly times?: number;
  /** Percent of the requests that it strikes. */
  readonly chance?: number;
  /** How long the answer is held back. */
  readonly milliseconds?: number;
  readonly status?: number;
  /** The system does it, although it is not the system that answers. */
  readonly executed?: boolean;
  /** Seconds. */
  readonly retry_after?: number;
  readonly location?: string;
}

/** What a list says about itself. */
export interface Metadata {
  readonly number_of_objects: number;
}

/** An answer of a system that speaks in envelopes. */
export interface Answered<T> {
  readonly status: number;
  readonly result: T;
  readonly metadata: Metadata;
}

/** A running simulator. */
export class Simulator {
  /** The origin, without a slash at the end. */
  readonly origin: string;
  /** The administrator of every box. */
  readonly administrator = { username: 'admin', password: 'boxdeck-demo' } as const;
  readonly #child: Child;

  private constructor(origin: string, child: Child) {
    this.origin = origin;
    this.#child = child;
  }

  /** Starts a simulator whose InfiniBox holds `records` volumes; `options` as on its command line. */
  static async start(records: number, options: readonly string[] = []): Promise<Simulator> {
    const program = existing(simulatorProgram, 'the simulator', 'cargo build --profile native -p boxdeck-simulator');
    const served = existing(dist, 'the built console', 'cargo xtask dist');
    return Simulator.#run(program, ['--dist', served, '--records', String(records), ...options]);
  }

  /** Starts one box at its real paths from the root, as a vendor's client would meet it; it serves no console. */
  static async startBox(kind: string, records: number): Promise<Simulator> {
    const program = existing(simulatorProgram, 'the simulator', 'cargo build --profile native -p boxdeck-simulator');
    return Simulator.#run(program, ['--kind', kind, '--records', String(records)]);
  }

  static async #run(program: string, args: readonly string[]): Promise<Simulator> {
    const child = new Child('the simulator', program, ['--listen', '127.0.0.1:0', ...args]);
    // Its first line says where it listens.
    const origin = await child.until((output) => /^(http:\/\/\S+)\/\s/m.exec(output)?.[1], 30);
    return new Simulator(origin, child);
  }

  /** Puts every box back to its first state and ends every session. */
  async reset(): Promise<void> {
    const answer = await fetch(`${this.origin}/simulator/reset`, { method: 'POST' });
    if (!answer.ok) {
      throw new Error(`the simulator did not reset: ${answer.status}`);
    }
  }

  /** Does to a system what its API does not offer, for tests of faults: the orders are the simulator's own. */
  async control(system: string, order: Readonly<Record<string, unknown>>): Promise<void> {
    const answer = await fetch(`${this.origin}/simulator/control/${system}`, {
      method: 'POST',
      body: JSON.stringify(order),
    });
    if (!answer.ok) {
      throw new Error(`the simulator refused the order: ${answer.status} ${await answer.text()}`);
    }
  }

  /** Lets these faults strike from now on, in place of those before; a reset takes them away. The first that strikes counts. */
  async faults(rules: readonly Fault[], seed = 0): Promise<void> {
    await this.control('faults', { seed, rules });
  }

  /** The requests that systems received after number `since`, oldest first. */
  async requests(since = 0): Promise<Received[]> {
    const answer = await fetch(`${this.origin}/simulator/requests?since=${since}`);
    if (!answer.ok) {
      throw new Error(`the simulator did not say what it received: ${answer.status}`);
    }
    return (await answer.json()) as Received[];
  }

  /**
   * Asks a system directly as its administrator, past the browser: to arrange a test, or to see what is really there.
   *
   * @param path from the system's root, such as `/api/rest/pools`
   */
  async send<T = unknown>(method: string, path: string, body?: unknown, system = 'north'): Promise<Answered<T>> {
    const { username, password } = this.administrator;
    const answer = await fetch(`${this.origin}/boxes/${system}${path}`, {
      method,
      headers: {
        Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: answer.status, ...((await answer.json()) as { result: T; metadata: Metadata }) };
  }

  /** The number of the latest request: what comes later is `requests(mark)`. */
  async mark(): Promise<number> {
    return (await this.requests()).at(-1)?.sequence ?? 0;
  }

  /** What was received after `since` other than reading, each as method, path and query: `DELETE /x/1?approved=yes`. */
  async writes(since = 0): Promise<string[]> {
    const received = await this.requests(since);
    return received
      .filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method))
      .map(({ method, path, query }) => {
        const parameters = query.map(([name, value]) => `${name}=${value}`).join('&');
        return `${method} ${path}${parameters === '' ? '' : `?${parameters}`}`;
      });
  }

  /** Stops it. */
  async stop(): Promise<void> {
    await this.#child.stop();
  }
}
