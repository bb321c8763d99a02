/** The `test` for hosting: the box and the servers in front of it, once per worker. */

import { test as base } from '@playwright/test';
import { type Box, type Served, startBox, startCaddy, startNginx, startPython } from './servers.ts';

interface Servers {
  box: Box;
  nginx: Served;
  caddy: Served;
  /** A server of files and nothing else. */
  files: Served;
}

export const test = base.extend<object, Servers>({
  box: [
    async ({}, use) => {
      const box = await startBox();
      await use(box);
      await box.stop();
    },
    { scope: 'worker' },
  ],
  nginx: [
    async ({ box }, use) => {
      const server = await startNginx(box);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  caddy: [
    async ({ box }, use) => {
      const server = await startCaddy(box);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  files: [
    async ({}, use) => {
      const server = await startPython();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
