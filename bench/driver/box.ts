/** The simulated systems, with the console and the pages in front of them; and what rows a list has to show. */

import { Child } from '../../tests/e2e/support/children.ts';
import type { Options } from './options.ts';

/** The administrator of every simulated system. */
export const administrator = { username: 'admin', password: 'boxdeck-demo' } as const;

/** A row that a list has to show. */
export interface Row {
  /** Its place in its page, counted from 0. */
  readonly index: number;
  /** Number of its page, counted from 1. */
  readonly page: number;
  /** Rows of a page. */
  readonly size: number;
  /** Texts that stand in it. */
  readonly texts: readonly string[];
}

/** Rows that prove that a list shows what was asked for: its first one, and one at the end of the visible part. */
const proofs = [0, 14] as const;

/** A running simulator. */
export class Box {
  /** The origin, without a slash at the end. */
  readonly origin: string;
  readonly #child: Child;
  /** What was asked for before: all subjects show the same rows, and to sort a million takes the box a while. */
  readonly #proofs = new Map<string, Promise<Row[]>>();

  private constructor(origin: string, child: Child) {
    this.origin = origin;
    this.#child = child;
  }

  /** Starts it; a million records take a few seconds. */
  static async start({ simulator, site, records }: Options): Promise<Box> {
    const args = ['--listen', '127.0.0.1:0', '--dist', site, '--records', `${records}`];
    const child = new Child('the simulator', simulator, args);
    const origin = await child.until((output) => /^(http:\/\/\S+)\/\s/m.exec(output)?.[1], 60);
    return new Box(origin, child);
  }

  /**
   * The rows that prove that a page of the volumes is there.
   *
   * @param last the column that stands last in the list: what is in it proves that the row is whole
   */
  proof(page: number, size: number, sort: string, last: 'name' | 'serial' = 'serial'): Promise<Row[]> {
    const key = [page, size, sort, last].join();
    const proof = this.#proofs.get(key) ?? this.#ask(page, size, sort, last);
    this.#proofs.set(key, proof);
    return proof;
  }

  async #ask(page: number, size: number, sort: string, last: 'name' | 'serial'): Promise<Row[]> {
    const { username, password } = administrator;
    const query = new URLSearchParams({ page: `${page}`, page_size: `${size}`, sort, fields: 'name,serial' });
    const answer = await fetch(`${this.origin}/boxes/north/api/rest/volumes?${query}`, {
      headers: { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
    });
    if (!answer.ok) {
      throw new Error(`the simulator refused a list: ${answer.status}`);
    }
    const { result } = (await answer.json()) as { result: { name: string; serial: string }[] };
    return proofs.map((index) => {
      const volume = result[index];
      if (volume === undefined) {
        throw new Error(`page ${page} of the volumes has no row ${index}`);
      }
      return { index, page, size, texts: [volume.name, volume[last]] };
    });
  }

  /** Stops it. */
  async stop(): Promise<void> {
    await this.#child.stop();
  }
}
