/** What a run is told from outside; `cargo xtask measure` sets it. */

import { resolve } from 'node:path';

/** The options of a run. */
export interface Options {
  /** How often every job is done by every subject. */
  readonly rounds: number;
  /** How many volumes the simulated InfiniBox holds. */
  readonly records: number;
  /** The folder with the console and the pages under `bench/`. */
  readonly site: string;
  /** The simulator's program. */
  readonly simulator: string;
  /** The browser's program. */
  readonly chromium: string;
  /** The folder for the results. */
  readonly output: string;
  /** The commit that was built. */
  readonly commit: string;
}

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} is not set`);
  }
  return value;
}

function whole(name: string, usual: number, least: number): number {
  const value = Number(process.env[name] ?? usual);
  if (!Number.isInteger(value) || value < least) {
    throw new Error(`${name} is to be a whole number from ${least}`);
  }
  return value;
}

/** Reads the options from the environment. */
export function options(): Options {
  return {
    rounds: whole('BOXDECK_ROUNDS', 3, 1),
    records: whole('BOXDECK_RECORDS', 1_000_000, 20_000),
    site: resolve(given('BOXDECK_SITE')),
    simulator: resolve(given('BOXDECK_SIMULATOR')),
    chromium: resolve(given('BOXDECK_CHROMIUM')),
    output: resolve(given('BOXDECK_OUTPUT')),
    commit: process.env['BOXDECK_COMMIT'] ?? 'unknown',
  };
}
