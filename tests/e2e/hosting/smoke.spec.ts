/** The smoke journey in every engine that Debian has, on the servers of `deploy/`. */

import { startChromium } from './chromium.ts';
import { startFirefox } from './firefox.ts';
import { type Served, person } from './servers.ts';
import { smoke } from './smoke.ts';
import type { Engine } from './tab.ts';
import { expect, test } from './test.ts';
import { startWebKit } from './webkit.ts';

/** Uses a browser, and ends it whatever happens. */
async function within<R>(starting: Promise<Engine>, use: (engine: Engine) => Promise<R>): Promise<R> {
  const engine = await starting;
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

test('Chromium on nginx; the copied link also opens on a server of plain files', async ({ nginx, files }) => {
  const link = await within(startChromium(nginx.origin), (engine) => smoke(engine, nginx));
  const place = new URL(link).hash;
  await within(startChromium(files.origin), (engine) => opens(engine, files, place));
});

test('Chromium on Caddy', async ({ caddy }) => {
  await within(startChromium(caddy.origin), (engine) => smoke(engine, caddy));
});

test('Firefox ESR on nginx', async ({ nginx }) => {
  await within(startFirefox(nginx.origin), (engine) => smoke(engine, nginx));
});

test('WebKitGTK on nginx', async ({ nginx }) => {
  await within(startWebKit(), (engine) => smoke(engine, nginx));
});

test('people sign in to a box with one account by names of their own', async ({ nginx }) => {
  await within(startChromium(nginx.origin), async (engine) => {
    const tab = await engine.tab();
    await tab.open(`${nginx.console}#/objects/groups`);
    await tab.sees({ role: 'heading', name: 'Sign in to Object store' });
    await tab.type({ role: 'field', name: 'User name' }, person.username);
    await tab.type({ role: 'field', name: 'Password' }, person.password);
    await tab.click({ role: 'button', name: 'Sign in' });
    await tab.sees({ role: 'heading', name: 'Groups' });
    expect(await engine.faults()).toEqual([]);
  });
});

/** The place opens as far as it can without a box: its system asks for the sign-in, or is said to be no such box. */
async function opens(engine: Engine, site: Pick<Served, 'console'>, place: string): Promise<void> {
  const tab = await engine.tab();
  await tab.open(site.console + place);
  await tab.sees({ role: 'heading', name: 'Sign in to North site' });
  expect(await engine.faults()).toEqual([]);
}
