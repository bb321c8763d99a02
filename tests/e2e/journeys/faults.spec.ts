/** Boxes that do not answer, answer late, or are busy: what is known stays, and nothing is claimed that is not known. */

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { dialog, expectPage, names, settled, table } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const box = '**/boxes/north/**';

/** From now on no request reaches the box, until the returned function is called. */
async function cutOff(page: Page): Promise<() => Promise<void>> {
  await page.route(box, (route) => route.abort('connectionrefused'));
  return () => page.unroute(box);
}

test('the last good rows stay when the box is gone, marked with what went wrong', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  const rows = await names(table(page, 'Pools'));
  const gone = faults.expectNoAnswer(/\/boxes\/north\//);
  const back = await cutOff(page);
  await page.getByRole('button', { name: 'Refresh' }).click();
  const notice = page.getByRole('main').getByText(/does not answer/).first();
  await expect(notice).toBeVisible();
  expect(await names(table(page, 'Pools'))).toEqual(rows);
  await expectAccessible(page);
  gone.end();
  await back();
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(notice).toBeHidden();
  expect(await names(table(page, 'Pools'))).toEqual(rows);
});

test('a list that was never read says what to do, and reads on demand', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  const gone = faults.expectNoAnswer(/\/boxes\/north\//);
  const back = await cutOff(page);
  await page.goto('./#/north/hosts');
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts' })).toBeVisible();
  await expect(page.getByRole('main').getByText(/does not answer/).first()).toBeVisible();
  await expectAccessible(page);
  gone.end();
  await back();
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(table(page, 'Hosts').getByRole('link', { name: 'staging-new' })).toBeVisible();
});

test('a box that reconfigures itself for a moment is asked again by itself', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  const rows = await names(table(page, 'Pools'));
  const mark = await simulator.mark();
  await simulator.control('north', { reconfigure_seconds: 1 });
  await page.getByRole('button', { name: 'Refresh' }).click();
  const answers = async () =>
    (await simulator.requests(mark)).filter(({ path }) => path === '/api/rest/pools').map(({ status }) => status);
  await expect.poll(answers).toContain(200);
  expect((await answers())[0]).toBe(307);
  await settled(page);
  expect(await names(table(page, 'Pools'))).toEqual(rows);
  await expect(page.getByText('The system is busy')).toHaveCount(0);
});

test('a box that stays busy says so, and the rows stay', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  const rows = await names(table(page, 'Pools'));
  // Busy without a word of when to come back: the console waits a second each time, and not forever.
  const busy = faults.expectStatus(503, /\/pools/);
  await page.route('**/api/rest/pools?*', (route) =>
    route.fulfill({ status: 503, json: { result: null, metadata: {}, error: { code: 'RECONFIGURING', message: 'In a moment' } } }),
  );
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText('The system is busy')).toBeVisible();
  expect(await names(table(page, 'Pools'))).toEqual(rows);
  await expectAccessible(page);
  busy.end();
  await page.unroute('**/api/rest/pools?*');
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await expect(page.getByText('The system is busy')).toBeHidden();
});

for (const [became, arrives, verdict] of [
  ['happened', true, 'It happened.'],
  ['did not happen', false, 'It did not happen.'],
] as const) {
  test(`the answer to a change is lost, and it ${became}: sent once, told as not known, then checked`, async ({ page, simulator, faults }) => {
    const pools = await simulator.send<{ id: number }[]>('GET', '/api/rest/pools?name=eq:production-sap');
    const { result } = await simulator.send<{ id: number }>('POST', '/api/rest/volumes?approved=yes', {
      name: 'journey-lost',
      pool_id: pools.result[0]?.id,
      size: 2_000_000_000,
    });
    await openSignedIn(page, faults, `#/north/volumes/${result.id}/~edit`, simulator.administrator);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('journey-lost-renamed');
    await settled(page);
    faults.expectNoAnswer(/\/volumes\//);
    let sent = 0;
    await page.route(`**/volumes/${result.id}*`, async (route) => {
      if (route.request().method() !== 'PUT') {
        await route.fallback();
        return;
      }
      sent += 1;
      if (arrives) {
        await route.fetch();
      }
      await route.abort('connectionreset');
    });
    await page.getByRole('main').getByRole('button', { name: 'Edit volume' }).click();
    await expect(page.getByText('It is not known whether this happened')).toBeVisible();
    await expectAccessible(page);
    expect(sent).toBe(1);
    await dialog(page).getByRole('button', { name: 'Check now' }).click();
    await expect(dialog(page)).toContainText(verdict);
    await expectAccessible(page);
    expect(sent).toBe(1);
  });
}
