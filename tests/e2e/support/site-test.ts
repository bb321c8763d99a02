/** The `test` for sites that serve the console in other ways than the simulator does, beside a box of their own. */

import { test as base } from './base.ts';
import { dist } from './places.ts';
import { Simulator } from './simulator.ts';
import { Site, type SiteOptions } from './site.ts';

interface Fixtures {
  /** Starts a site that serves the console and is stopped after the test. */
  serve: (options: Partial<SiteOptions>) => Promise<Site>;
}

interface WorkerFixtures {
  /** An InfiniBox at its own root. */
  box: Simulator;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  box: [
    async ({}, use) => {
      const box = await Simulator.startBox('infinibox', 200);
      await use(box);
      await box.stop();
    },
    { scope: 'worker' },
  ],
  serve: async ({ faults }, use) => {
    const sites: Site[] = [];
    await use(async (options) => {
      const site = await Site.start({ folders: { '/': dist }, ...options });
      sites.push(site);
      faults.allow(site.origin);
      return site;
    });
    await Promise.all(sites.map((site) => site.stop()));
  },
});

export { expect } from './base.ts';
