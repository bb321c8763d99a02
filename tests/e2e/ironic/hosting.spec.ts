/** The console behind a proxy, in a folder of its own with a `systems.json` beside it. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expectAccessible } from '../support/accessibility.ts';
import { boxPath, consolePath, expect, test } from '../support/ironic-test.ts';
import { dist } from '../support/places.ts';

test('the console opens under a path prefix', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);
});

test('the build names no absolute path of its own', () => {
  const index = readFileSync(resolve(dist, 'index.html'), 'utf8');
  expect(index).not.toMatch(/(?:href|src|data-js|data-wasm)="?\//);
});

test('nothing but the console is asked for on opening', async ({ page, site }) => {
  const asked: string[] = [];
  const before = site.forwarded.length;
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(asked.filter((path) => !path.startsWith(consolePath) && !path.startsWith(boxPath))).toEqual([]);
  expect(site.forwarded.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
});
