/** The records behind a page: one page of the server, or all of them in blocks that are read as they are needed. */

import { type Page, type Volume, readPage } from './api.ts';
import { usualSort } from './columns.ts';
import type { Settings } from './settings.ts';

/** How many rows ahead of the last visible one have to be there. */
const ahead = 500;

/** The records of a page. The latest request wins. */
export class Source {
  /** What the records are sorted by. */
  sort = usualSort;
  /** Number of the page that shows, counted from 1. */
  page = 1;
  /** How many records there are in all. */
  total = 0;
  /** Rows that can be scrolled through. */
  count = 0;
  readonly #settings: Settings;
  readonly #changed: () => void;
  #blocks = new Map<number, readonly Volume[]>();
  #asked = new Set<number>();
  #reading = new AbortController();

  /** @param changed called when the records are others, or more */
  constructor(settings: Settings, changed: () => void) {
    this.#settings = settings;
    this.#changed = changed;
  }

  /** The record of a row, if it is there. */
  get(row: number): Volume | undefined {
    const { size } = this.#settings;
    return this.#blocks.get(Math.floor(row / size))?.[row % size];
  }

  /** The records from the first one on, as far as they are there without a gap. */
  loaded(): readonly Volume[] {
    const all: Volume[] = [];
    for (let block = 0; this.#blocks.has(block); block += 1) {
      all.push(...(this.#blocks.get(block) ?? []));
    }
    return all;
  }

  /** Shows another page. */
  async go(page: number): Promise<void> {
    await this.#restart(page, this.sort);
  }

  /** Sorts by something else, from the beginning. */
  async sortBy(sort: string): Promise<void> {
    await this.#restart(1, sort);
  }

  /** Reads what is missing for these rows and some below them. */
  need(first: number, last: number): void {
    if (this.#settings.mode === 'page' || this.count === 0) {
      return;
    }
    const { size } = this.#settings;
    const end = Math.min(last + ahead, this.count - 1);
    for (let block = Math.floor(first / size); block <= Math.floor(end / size); block += 1) {
      if (!this.#asked.has(block)) {
        this.#asked.add(block);
        void this.#more(block);
      }
    }
  }

  async #restart(page: number, sort: string): Promise<void> {
    this.#reading.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const { size, mode } = this.#settings;
    const answer = await this.#read(page, sort, reading.signal);
    if (answer === undefined) {
      return;
    }
    this.#blocks = new Map([[0, answer.records]]);
    this.#asked = new Set([0]);
    this.total = answer.total;
    this.count = mode === 'page' ? answer.records.length : answer.total;
    this.page = mode === 'page' ? Math.min(page, Math.ceil(answer.total / size)) : 1;
    this.sort = sort;
    this.#changed();
  }

  async #more(block: number): Promise<void> {
    const { signal } = this.#reading;
    const answer = await this.#read(block + 1, this.sort, signal);
    if (answer !== undefined) {
      this.#blocks.set(block, answer.records);
      this.#changed();
    }
  }

  /** A page, or nothing where something newer was asked for meanwhile. */
  async #read(page: number, sort: string, signal: AbortSignal): Promise<Page | undefined> {
    try {
      const answer = await readPage(page, this.#settings.size, sort, signal);
      return signal.aborted ? undefined : answer;
    } catch (fault) {
      if (signal.aborted) {
        return undefined;
      }
      throw fault;
    }
  }
}
