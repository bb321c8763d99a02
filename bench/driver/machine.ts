/** Where and when a run was made. */

import { cpus, loadavg, totalmem } from 'node:os';
import type { Browser } from '@playwright/test';

/** A machine at a moment. */
export interface Machine {
  /** Day of the run, as year-month-day. */
  readonly date: string;
  readonly cores: number;
  readonly processor: string;
  /** Memory, in bytes. */
  readonly memory: number;
  readonly browser: string;
  /** How many processes wanted to run, on average over the minute before. */
  readonly load: number;
  /** The same at the end. */
  readonly loadAfter?: number;
}

/** What there is to say of this machine now. */
export function machine(browser: Browser): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memory: totalmem(),
    browser: `Chromium ${browser.version()}`,
    load: loadavg()[0] ?? 0,
  };
}
