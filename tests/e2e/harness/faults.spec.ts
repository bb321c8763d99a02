/** The harness itself: a fault in a page must not go unnoticed, and an expected one must really happen. */

import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { test as playwright, expect } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { Faults } from '../support/faults.ts';
import { directives, policyDirectives } from '../support/policy.ts';
import { repository } from '../support/places.ts';
import { Site } from '../support/site.ts';

const test = playwright.extend<{ faults: Faults }, { site: Site }>({
  site: [
    async ({}, use) => {
      const site = await Site.start({
        folders: { '/pages/': resolve(repository, 'tests/e2e/harness/pages') },
        documents: { '/pages/document.json': { served: 'from memory' } },
      });
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(`${site.origin}/pages/`),
  faults: async ({ context, site }, use) => {
    const faults = new Faults([site.origin]);
    await faults.watch(context);
    await use(faults);
  },
});

/** Opens the page that commits one fault. */
async function commit(page: Page, fault: string): Promise<void> {
  await page.goto(`faulty.html#${fault}`);
}

test('a sound page has no faults and is accessible under the strict policy', async ({ page, faults }) => {
  await page.goto('sound.html');
  await expect(page.getByRole('heading', { name: 'A sound page' })).toBeVisible();
  await expectAccessible(page);
  expect(faults.summary()).toEqual([]);
});

for (const [fault, said] of [
  ['console-error', /^console: something went wrong/],
  ['exception', /^uncaught: Error: thrown on purpose/],
  ['rejection', /^uncaught: Error: rejected on purpose/],
  ['inline-style', /^policy violation: style-src-attr blocked inline/],
  ['untrusted-html', /^policy violation: require-trusted-types-for blocked trusted-types-sink/],
  ['other-origin', /^request to another origin: GET http:\/\/localhost:9\/elsewhere/],
  ['refusal', /^console: Failed to load resource: .* 404 .*missing\.json/],
] as const) {
  test(`a fault of the sort "${fault}" is found`, async ({ page, faults }) => {
    await commit(page, fault);
    await expect.poll(() => faults.summary()).toContainEqual(expect.stringMatching(said));
  });
}

test('an expected refusal is no fault', async ({ page, faults }) => {
  faults.expectStatus(404, /\/missing\.json$/);
  await commit(page, 'refusal');
  await expect.poll(() => faults.summary()).toEqual([]);
});

test('an expectation that has ended allows nothing', async ({ page, faults }) => {
  faults.expectStatus(404, /\/missing\.json$/, { optional: true }).end();
  await commit(page, 'refusal');
  await expect.poll(() => faults.summary()).toHaveLength(1);
});

test('an expected refusal that does not happen is a fault', async ({ page, faults }) => {
  faults.expectStatus(404, /\/missing\.json$/);
  faults.expectStatus(409, /\/locked$/, { optional: true });
  await page.goto('sound.html');
  expect(faults.summary()).toEqual(['expected, but did not happen: an answer 404 from /\\/missing\\.json$/']);
});

test('a page that is not accessible is found', async ({ page }) => {
  await page.goto('faulty.html');
  const message = await expectAccessible(page).then(
    () => 'no violations',
    (error: Error) => error.message,
  );
  expect(message).toContain('html-has-lang');
  expect(message).toContain('button-name');
});

test('every static answer carries the strict headers', async ({ site }) => {
  for (const path of ['/pages/sound.html', '/pages/faulty.js', '/pages/document.json', '/pages/absent', '/', '/pages']) {
    const answer = await fetch(site.origin + path, { redirect: 'manual' });
    expect(directives(answer.headers.get('content-security-policy') ?? ''), path).toEqual([...policyDirectives].sort());
    expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff');
  }
});

test('nothing outside the folder is served', async ({ site }) => {
  for (const path of ['/pages/..%2ffaults.spec.ts', '/pages/%2e%2e%2f%2e%2e%2fREADME.md', '/pages/%2fetc%2fhostname']) {
    expect((await fetch(site.origin + path)).status, path).toBe(404);
  }
});
