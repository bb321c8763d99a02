/**
 * The `test` that every other one extends: a browser context whose faults fail the test (see `faults.ts`).
 *
 * `origins` are the origins that pages may ask; tests for a running server set it from that server.
 */

import { test as playwright } from '@playwright/test';
import { Faults } from './faults.ts';

interface Fixtures {
  /** Origins that pages may ask. */
  origins: readonly string[];
  /** The faults of this test's pages; use it to expect a refused or lost request. */
  faults: Faults;
}

export const test = playwright.extend<Fixtures>({
  origins: [[], { option: true }],
  faults: [
    async ({ context, origins }, use) => {
      const faults = new Faults(origins);
      await faults.watch(context);
      await use(faults);
      test.expect(faults.summary(), 'faults in the pages of this test').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
