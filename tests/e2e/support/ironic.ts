/**
 * A real OpenStack Ironic (see `tests/ironic/`) and the site before it: the console under `/console/`, its
 * `systems.json` beside it, and Ironic under `/boxes/metal/`.
 *
 * One Ironic runs per worker and keeps its records from test to test, so tests that change records use nodes of their
 * own. `nodes` says which node is good for what.
 */

import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from './children.ts';
import { repository } from './places.ts';
import type { Credentials } from './sign-in.ts';

const program = resolve(repository, 'tests/ironic');

/** The version that the tests' own calls ask for. */
const apiVersion = '1.90';

/** The most records that Ironic puts on a page here. */
export const pageLimit = 7;

/** How long `Ironic.hold` keeps a node locked, in seconds. A refusal takes two of them. */
export const lockSeconds = 8;

/** The seeded nodes by what they are for; `tests/ironic/nodes.json` has the numbers. */
export const nodes = {
  /** Powered off, with nine connectors and nine targets: more than a page. */
  many: 'cedar-01',
  /** Powered off, two records of each kind: to be edited. */
  editable: ['cedar-02', 'cedar-03', 'cedar-04', 'cedar-05'],
  /** In service and powered on: refuses edits and deletions. */
  inService: 'birch-01',
  /** Powered on, not in service: refuses edits only. */
  poweredOn: 'birch-02',
  /** Its power state is not known: refuses edits only. */
  unknownPower: 'birch-03',
  /** Powered off, two records of each kind: to be held locked. */
  lockable: ['maple-01', 'maple-02'],
  /** Powered off, without records. */
  empty: ['aspen-01', 'aspen-02', 'aspen-03'],
} as const;

/** How callers of Ironic say who they are. */
export type IronicAuth = 'noauth' | 'http_basic' | 'keystone';

/** What Ironic answered. */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** A node, as far as the tests read it. */
export interface Node {
  readonly uuid: string;
  readonly name: string;
  readonly power_state: string | null;
  readonly reservation: string | null;
}

/** A volume connector or target, as far as the tests read it. */
export interface VolumeRecord {
  readonly uuid: string;
  readonly node_uuid: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** A running Ironic. */
export class Ironic {
  /** Its own address, which a browser never asks. */
  readonly url: string;
  /** The root of the Keystone that it believes, where it asks for tokens. */
  readonly keystone: string | undefined;
  /** Who may do everything, where it asks who is calling. */
  readonly operator: Credentials | undefined = undefined;
  /** Who may look at everything and change nothing; only Keystone knows one. */
  readonly reader: Credentials | undefined = undefined;
  readonly #folder: string;
  readonly #child: Child;
  #token: string | undefined;

  private constructor(report: Report, child: Child) {
    const { url, folder, keystone, username, password, reader } = report;
    this.url = url;
    this.keystone = keystone;
    if (password !== undefined) {
      this.operator = username === undefined ? undefined : { username, password };
      this.reader = reader === undefined ? undefined : { username: reader, password };
    }
    this.#folder = folder;
    this.#child = child;
  }

  /** Starts an Ironic on a copy of the seeded database (about three seconds once it is installed; with Keystone ten). */
  static async start(auth: IronicAuth): Promise<Ironic> {
    const child = new Child('Ironic', 'python3', [
      program,
      'serve',
      ...['--auth', auth],
      ...['--max-limit', String(pageLimit)],
      ...['--lock-seconds', String(lockSeconds)],
    ]);
    const report = await child.until((output) => {
      const line = output.split('\n').find((candidate) => candidate.startsWith('{') && candidate.endsWith('}'));
      return line === undefined ? undefined : (JSON.parse(line) as Report);
    }, 100);
    return new Ironic(report, child);
  }

  /** Sends a request past the site, for arranging and checking what a test needs; any status is returned. */
  async send<T = unknown>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const headers = new Headers({ 'X-OpenStack-Ironic-API-Version': apiVersion });
    if (body !== undefined) {
      headers.set('Content-Type', 'application/json');
    }
    if (this.operator && this.keystone !== undefined) {
      this.#token ??= await systemToken(this.keystone, this.operator);
      headers.set('X-Auth-Token', this.#token);
    } else if (this.operator) {
      const { username, password } = this.operator;
      headers.set('Authorization', `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
    }
    const answer = await fetch(this.url + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  /** The node of that name. */
  async node(name: string): Promise<Node> {
    const answer = await this.send<Node>('GET', `/v1/nodes/${name}?fields=uuid,name,power_state,reservation`);
    if (answer.status !== 200) {
      throw new Error(`Ironic has no node ${name}: ${answer.status}`);
    }
    return answer.body;
  }

  /** Every connector or target of a node, all fields, in the order in which they were made. */
  async records(collection: 'connectors' | 'targets', node: string): Promise<VolumeRecord[]> {
    const found: VolumeRecord[] = [];
    for (;;) {
      const last = found.at(-1);
      const marker = last ? `&marker=${last.uuid}` : '';
      const path = `/v1/volume/${collection}?node=${node}&detail=True&limit=${pageLimit}${marker}`;
      const page = (await this.send<Record<string, VolumeRecord[]>>('GET', path)).body[collection] ?? [];
      found.push(...page);
      if (page.length < pageLimit) {
        return found;
      }
    }
  }

  /**
   * Holds a node locked for `lockSeconds` and returns once it is; `released` settles when it no longer is.
   *
   * Setting the boot device is what takes that long here; Ironic locks the node meanwhile, as it does for real hardware.
   */
  async hold(name: string): Promise<{ released: Promise<void> }> {
    const work = this.send('PUT', `/v1/nodes/${name}/management/boot_device`, { boot_device: 'pxe' });
    const released = work.then(({ status, body }) => {
      if (status !== 204) {
        throw new Error(`Ironic did not set the boot device of ${name}: ${status} ${JSON.stringify(body)}`);
      }
    });
    for (const end = Date.now() + 5_000; Date.now() < end; await sleep(50)) {
      if ((await this.node(name)).reservation !== null) {
        return { released };
      }
    }
    await released;
    throw new Error(`Ironic never locked ${name}`);
  }

  /** The properties of a target as they are stored, secrets included; the API shows stars in their place. */
  storedProperties(target: string): unknown {
    const text = execFileSync('python3', [program, 'stored', this.#folder, target], { encoding: 'utf8' });
    return JSON.parse(text) as unknown;
  }

  /** Stops it and forgets its records. */
  async stop(): Promise<void> {
    await this.#child.stop();
  }
}

/** The line that `tests/ironic serve` prints. */
interface Report {
  readonly url: string;
  readonly folder: string;
  readonly keystone?: string;
  readonly username?: string;
  readonly password?: string;
  readonly reader?: string;
}

/** Asks the Keystone at `root` for a token whose scope is the whole system. */
export async function systemToken(root: string, { username, password }: Credentials): Promise<string> {
  const user = { name: username, domain: { id: 'default' }, password };
  const answer = await fetch(`${root}/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      auth: { identity: { methods: ['password'], password: { user } }, scope: { system: { all: true } } },
    }),
  });
  const token = answer.headers.get('X-Subject-Token');
  if (token === null) {
    throw new Error(`Keystone gave ${username} no token: ${answer.status}`);
  }
  return token;
}
