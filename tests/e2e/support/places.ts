/**
 * Where things are: the repository, what it built, and where the tests may write. A run writes below `target/e2e` only.
 */

import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The folder for everything that a run writes. */
export const output = resolve(repository, 'target/e2e');

/** The built console; `BOXDECK_DIST` names another folder. */
export const dist = resolve(repository, process.env['BOXDECK_DIST'] ?? 'dist');

/** The simulator's program; `BOXDECK_SIMULATOR` names another one. */
export const simulatorProgram = resolve(
  repository,
  process.env['BOXDECK_SIMULATOR'] ?? 'target/native/boxdeck-simulator',
);

/** The Chromium of the system; `BOXDECK_CHROMIUM` names another one. */
export const chromium = process.env['BOXDECK_CHROMIUM'] ?? '/usr/bin/chromium';

/** The server configurations that are shipped. */
export const deploy = resolve(repository, 'deploy');

/** Returns `path`, or throws an error that says what is missing and how to make it. */
export function existing(path: string, what: string, remedy: string): string {
  if (!existsSync(path)) {
    throw new Error(`${what} is missing at ${path}: ${remedy}`);
  }
  return path;
}
