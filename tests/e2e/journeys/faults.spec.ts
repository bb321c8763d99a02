/**
 * Reads that fail: what is known stays beside what went wrong, what may pass is tried again where it can be seen, and nobody
 * asks for a page that was left.
 */

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { expectPage, go, names, settled, table } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import type { Fault, Simulator } from '../support/simulator.ts';
import { expect, test } from '../support/test.ts';

test.use({ simulatorOptions: ['--close-connections'] });

const pools = 'READ /api/rest/pools';
const main = (page: Page) => page.getByRole('main');
const refresh = (page: Page) => page.getByRole('button', { name: 'Refresh', exact: true }).click();
const tryNow = (page: Page) => page.getByRole('button', { name: 'Try now' });

/** How often a path was asked for since `mark`, and what came of it: the fault, or the system's status. */
async function asked(simulator: Simulator, path: string, mark: number): Promise<(string | number | null)[]> {
  const received = await simulator.requests(mark);
  return received.filter((request) => request.path === path).map(({ fault, status }) => fault ?? status);
}

test('the last good rows stay when the box is gone, marked with what went wrong, and the box is tried again', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  const rows = await names(table(page, 'Pools'));
  const gone = faults.expectNoAnswer(/\/boxes\/north\//);
  await simulator.faults([{ fault: 'dropped', operation: pools }]);
  await refresh(page);
  const notice = main(page).getByText('The system does not answer');
  await expect(notice).toBeVisible();
  await expect(main(page).getByText(/^Trying again (in \d+ s|now)\.$/)).toBeVisible();
  await expect(main(page).getByText(/not up to date/)).toBeVisible();
  expect(await names(table(page, 'Pools'))).toEqual(rows);
  await expectAccessible(page);

  await simulator.faults([]);
  await expect(notice).toBeHidden({ timeout: 40_000 });
  gone.end();
  expect(await names(table(page, 'Pools'))).toEqual(rows);
  await expect(main(page).getByText(/not up to date/)).toBeHidden();
});

test('a list that was never read says what to do, and reads on demand', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  const gone = faults.expectNoAnswer(/\/boxes\/north\//);
  // The box asks for more patience than a person has.
  await simulator.faults([
    { fault: 'dropped', operation: 'READ /api/rest/hosts', times: 1 },
    { fault: 'status', status: 503, retry_after: 60, operation: 'READ /api/rest/hosts' },
  ]);
  const busy = faults.expectStatus(503, /\/hosts/);
  await go(page, '#/north/hosts');
  await expect(main(page).getByText('The system does not answer')).toBeVisible();
  await expectAccessible(page);
  await tryNow(page).click();
  await expect(main(page).getByText('The system is busy')).toBeVisible();
  await expect(main(page).getByText(/^Trying again in (60|6\d) s\.$/)).toBeVisible();
  gone.end();
  busy.end();
  await simulator.faults([]);
  await tryNow(page).click();
  await expect(table(page, 'Hosts').getByRole('link', { name: 'staging-new' })).toBeVisible();
});

test('a box that is busy for a moment, and a proxy that does not reach it, are asked again by themselves', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  const rows = await names(table(page, 'Pools'));
  faults.expectStatus(429, /\/pools/);
  faults.expectStatus(502, /\/pools/);
  const mark = await simulator.mark();
  await simulator.faults([
    { fault: 'status', status: 307, retry_after: 1, operation: pools, times: 1 },
    { fault: 'status', status: 429, retry_after: 1, operation: pools, times: 1 },
    { fault: 'status', status: 502, operation: pools, times: 1 },
  ]);
  await refresh(page);
  await expect(main(page).getByText('The system is busy')).toBeVisible();
  await expect.poll(() => asked(simulator, '/api/rest/pools', mark), { timeout: 20_000 }).toEqual(['status', 'status', 'status', 200]);
  await settled(page);
  await expect(main(page).getByRole('alert')).toHaveCount(0);
  expect(await names(table(page, 'Pools'))).toEqual(rows);
});

test('answers that come out the same again are told and not asked for again, and the rows stay', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  const rows = await names(table(page, 'Pools'));
  faults.expectStatus(500, /\/pools/);
  faults.expectNoAnswer(/\/pools/);
  const sorts: readonly (readonly [Fault, string])[] = [
    [{ fault: 'status', status: 500 }, 'The system failed'],
    [{ fault: 'malformed' }, 'The answer cannot be understood'],
    [{ fault: 'truncated' }, 'The answer broke off before its end.'],
  ];
  for (const [rule, told] of sorts) {
    const mark = await simulator.mark();
    await simulator.faults([{ ...rule, operation: pools, times: 1 }]);
    await refresh(page);
    await expect(main(page).getByText(told).first()).toBeVisible();
    await expect(main(page).getByText(/Trying again/)).toHaveCount(0);
    await expectAccessible(page);
    expect(await names(table(page, 'Pools'))).toEqual(rows);
    expect(await asked(simulator, '/api/rest/pools', mark)).toHaveLength(1);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(main(page).getByText(told)).toHaveCount(0);
    expect(await asked(simulator, '/api/rest/pools', mark)).toHaveLength(2);
  }
});

test('nothing is tried again for a page that was left, or that nobody sees', async ({ page, simulator, faults }) => {
  await page.clock.install();
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  const gone = faults.expectNoAnswer(/\/boxes\/north\//);
  await simulator.faults([{ fault: 'dropped', operation: pools }]);
  const mark = await simulator.mark();
  const tries = () => asked(simulator, '/api/rest/pools', mark);
  await refresh(page);
  await expect(tryNow(page)).toBeVisible();
  const seen = (await tries()).length;

  const hide = (hidden: boolean) =>
    page.evaluate((hidden) => Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden }), hidden);
  await hide(true);
  await page.clock.runFor(60_000);
  expect((await tries()).length).toBe(seen);
  await hide(false);
  await page.clock.runFor(1_000);
  await expect.poll(async () => (await tries()).length).toBe(seen + 1);

  await go(page, '#/north/hosts');
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible();
  const left = (await tries()).length;
  await page.clock.runFor(120_000);
  expect((await tries()).length).toBe(left);
  gone.end();
});

test('requests of a page that was left are aborted, and the latest query wins over slower older ones', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  const aborted: string[] = [];
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'net::ERR_ABORTED') {
      aborted.push(decodeURIComponent(new URL(request.url()).search));
    }
  });
  const volumes = 'READ /api/rest/volumes';
  await simulator.faults([{ fault: 'slow', milliseconds: 20_000, operation: volumes, times: 2 }]);
  const mark = await simulator.mark();
  const arrived = async () => (await asked(simulator, '/api/rest/volumes', mark)).length;
  await go(page, '#/north/volumes?sort=name&size=50');
  await expect.poll(arrived).toBe(1);
  await go(page, '#/north/volumes?sort=-name&size=50');
  await expect.poll(arrived).toBe(2);
  await go(page, '#/north/volumes?sort=-size&size=50');
  await settled(page);
  await expect(table(page, 'Volumes').getByRole('columnheader', { name: /^Size/ })).toHaveAttribute('aria-sort', 'descending');
  await expect(table(page, 'Volumes').getByRole('rowheader').first()).toBeVisible();
  await expect.poll(() => aborted.length).toBe(2);

  await simulator.faults([{ fault: 'slow', milliseconds: 20_000, operation: pools }]);
  const late = page.waitForRequest(/\/rest\/pools\?/);
  await go(page, '#/north/pools');
  await late;
  await go(page, '#/north/hosts');
  await expectPage(page, 'Hosts');
  expect(aborted.length).toBeGreaterThanOrEqual(3);
});

test('a day on which every fourth read fails ends with every page read', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  faults.expectStatus(503, /\/boxes\/north\//, { optional: true });
  faults.expectNoAnswer(/\/boxes\/north\//, { optional: true });
  await simulator.faults(
    [
      { fault: 'status', status: 503, retry_after: 1, operation: 'READ /api/rest/**', chance: 15 },
      { fault: 'dropped', operation: 'READ /api/rest/**', chance: 10 },
      { fault: 'slow', milliseconds: 300, operation: 'READ /api/rest/**', chance: 30 },
    ],
    20,
  );
  for (const [place, title, row] of [
    ['#/north/hosts', 'Hosts', 'staging-new'],
    ['#/north/volumes?filter=name%3Alike%3Aerp', 'Volumes', /erp/],
    ['#/north/pools', 'Pools', 'production-sap'],
  ] as const) {
    await go(page, place);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(table(page, title).getByRole('rowheader', { name: row }).first()).toBeVisible({ timeout: 40_000 });
  }
});
