/**
 * The `test` for the console on a real Ironic. `page.goto('./')` opens the console under its path prefix; `ironic` arranges
 * and checks past the browser; `site.forwarded` is what the browser really sent to Ironic.
 */

import { test as base } from './base.ts';
import { Ironic, type IronicAuth } from './ironic.ts';
import { dist } from './places.ts';
import { Site } from './site.ts';

/** Where the console is, on the site. */
export const consolePath = '/console/';

/** Where Ironic is, on the site. */
export const boxPath = '/boxes/metal/';

/** Where Keystone is, on the site, if Ironic asks for its tokens. */
export const identityPath = '/identity/';

interface WorkerFixtures {
  /** How callers of Ironic say who they are; a file that sets it gets an Ironic of its own. */
  ironicAuth: IronicAuth;
  ironic: Ironic;
  site: Site;
}

export const test = base.extend<object, WorkerFixtures>({
  ironicAuth: ['noauth', { option: true, scope: 'worker' }],
  ironic: [
    async ({ ironicAuth }, use) => {
      const ironic = await Ironic.start(ironicAuth);
      await use(ironic);
      await ironic.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  site: [
    async ({ ironic }, use) => {
      const { keystone } = ironic;
      const system = {
        name: 'metal',
        label: 'Bare metal',
        kind: 'ironic',
        address: '../boxes/metal/',
        ...(keystone === undefined ? {} : { options: { keystone: '../identity/' } }),
      };
      const site = await Site.start({
        folders: { [consolePath]: dist },
        documents: { [`${consolePath}systems.json`]: { systems: [system] } },
        boxes: { [boxPath]: ironic.url, ...(keystone === undefined ? {} : { [identityPath]: keystone }) },
      });
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site.origin + consolePath),
  origins: async ({ site }, use) => use([site.origin]),
});

export { expect } from './base.ts';
