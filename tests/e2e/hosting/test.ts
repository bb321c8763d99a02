/** The `test` for hosting: the boxes and the servers in front of them, once per worker. */

import { test as base } from '@playwright/test';
import { type Boxes, type Served, startBoxes, startCaddy, startNginx, startPython } from './servers.ts';

interface Servers {
  boxes: Boxes;
  nginx: Served;
  caddy: Served;
  /** A server of files and nothing else. */
  files: Omit<Served, 'noted'>;
}

export const test = base.extend<object, Servers>({
  boxes: [
    async ({}, use) => {
      const boxes = await startBoxes();
      await use(boxes);
      await boxes.stop();
    },
    { scope: 'worker' },
  ],
  nginx: [
    async ({ boxes }, use) => {
      const server = await startNginx(boxes);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  caddy: [
    async ({ boxes }, use) => {
      const server = await startCaddy(boxes);
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
