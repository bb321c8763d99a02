/** What a role may not do is there, unusable, with the reason; what only the box knows, it says itself. */

import { expectAccessible } from '../support/accessibility.ts';
import { dialog, expectPage, go, table } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const password = 'boxdeck-demo';

test('who may only read sees every action unusable, with the role that it needs', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes', { username: 'viewer', password });
  await expectPage(page, 'Volumes');
  await expect(page.getByRole('banner')).toContainText('Read only');
  const create = page.getByRole('main').getByRole('button', { name: 'Create volume' });
  await expect(create).toHaveAttribute('aria-disabled', 'true');
  await expect(create).toHaveAccessibleDescription(/role/i);

  const mark = await simulator.mark();
  await table(page, 'Volumes').getByRole('rowheader').getByRole('link').first().click();
  await expect(page.getByRole('tab', { name: 'Details' })).toBeVisible();
  const main = page.getByRole('main');
  for (const name of ['Edit volume', 'Delete', 'Take snapshot']) {
    const button = main.getByRole('button', { name, exact: true });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAccessibleDescription(/role/i);
    await button.click({ force: true });
  }
  await expect(dialog(page)).toHaveCount(0);
  await expectAccessible(page);
  expect(await simulator.writes(mark)).toEqual([]);
});

test('the form of an action that the role may not do says so and sends nothing', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes/~new', { username: 'viewer', password });
  const mark = await simulator.mark();
  await expect(page.getByRole('main')).toContainText(/role/i);
  await expectAccessible(page);
  expect(await simulator.writes(mark)).toEqual([]);
});

test('a pool administrator is refused outside of the own pools in the words of the box', async ({ page, simulator, faults }) => {
  const pools = await simulator.send<{ id: number }[]>('GET', '/api/rest/pools?name=eq:production-sap');
  const pool = pools.result[0]?.id;
  const found = await simulator.send<{ id: number; name: string }[]>(
    'GET',
    `/api/rest/volumes?pool_id=eq:${pool}&type=eq:MASTER&page_size=1`,
  );
  const volume = found.result[0];
  await openSignedIn(page, faults, `#/north/volumes/${volume?.id}/~edit`, { username: 'pool-admin', password });
  await expect(page.getByRole('banner')).toContainText('Pool administrator');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('not-mine');
  faults.expectStatus(403, /\/volumes\//);
  const mark = await simulator.mark();
  await page.getByRole('main').getByRole('button', { name: 'Save changes' }).click();
  const alert = page.getByRole('alert').filter({ hasText: /HTTP 403/ });
  await expect(alert).toBeVisible();
  const [refused] = (await simulator.requests(mark)).filter(({ method }) => method === 'PUT');
  await expect(alert).toContainText(refused?.error ?? 'a code');
  await expectAccessible(page);
});

test('in an own pool the pool administrator changes things', async ({ page, simulator, faults }) => {
  const pools = await simulator.send<{ id: number }[]>('GET', '/api/rest/pools?name=eq:vmware-cluster-a');
  const made = await simulator.send<{ id: number }>('POST', '/api/rest/volumes?approved=yes', {
    name: 'journey-own',
    pool_id: pools.result[0]?.id,
    size: 2_000_000_000,
  });
  await openSignedIn(page, faults, `#/north/volumes/${made.result.id}/~edit`, { username: 'pool-admin', password });
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('journey-owned');
  await page.getByRole('main').getByRole('button', { name: 'Save changes' }).click();
  await expectPage(page, 'journey-owned');
  await go(page, '#/north/users');
  await expectPage(page, 'Users');
});
