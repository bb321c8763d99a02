/**
 * What takes several steps on a HyperStore: a second factor from its making to its first use, and a bucket from the question to
 * the vendor until it is empty. Both can be left in between, and say so when one comes back.
 */

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { dialog, expectPage, go, table } from '../support/console.ts';
import { type Bucket, ask, deviceCode, ownBuckets } from '../support/objects.ts';
import { openSignedIn } from '../support/sign-in.ts';
import type { Simulator } from '../support/simulator.ts';
import { expect, test } from '../support/test.ts';

const main = (page: Page) => page.getByRole('main');
/** Everything that the browser keeps, and the address. */
const kept = (page: Page) => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]) + location.href);

/** The place of the second factors of some user. */
async function factors(simulator: Simulator): Promise<string> {
  const { content } = await ask(simulator, 'GET', '/user/list?groupId=Engineering&userType=all&userStatus=active&limit=1');
  const { userId } = (content as { userId: string }[])[0] ?? { userId: '' };
  return `#/objects/users/Engineering~${userId}/mfa-devices`;
}

/** Makes a device of that name from the list. */
async function make(page: Page, name: string): Promise<void> {
  await main(page).getByRole('button', { name: 'Create second factor' }).first().click();
  await expectPage(page, 'Create second factor');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await main(page).getByRole('button', { name: 'Create second factor' }).click();
  await expect(page.getByRole('heading', { name: `${name} is not enabled yet` })).toBeFocused();
}

test('a second factor is enabled with two of its codes; its key is nowhere but on this page', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, await factors(simulator), simulator.administrator);
  await expectPage(page, 'Second factors');
  await make(page, 'pocket');
  const picture = page.getByRole('img', { name: 'QR code with the key of the device' });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const key = page.getByRole('region', { name: 'Key to type into the app' });
  await expect(key).toHaveCount(0);
  await page.getByRole('button', { name: 'Show the key' }).click();
  const seed = (await key.innerText()).trim();
  expect(seed).toMatch(/^[A-Z2-7]{32}$/);
  await expectAccessible(page);
  expect(await kept(page)).not.toContain(seed);

  const first = page.getByRole('textbox', { name: 'First code', exact: true });
  await first.fill('000000');
  await page.getByRole('textbox', { name: 'Second code', exact: true }).fill('000001');
  const wrong = faults.expectStatus(403, /enableDevice/);
  await main(page).getByRole('button', { name: 'Enable second factor' }).click();
  await expect(first).toHaveAttribute('aria-invalid', 'true');
  await expect(first).toHaveValue('000000');
  await expect(main(page)).toContainText('The authentication codes are not correct');
  await expectAccessible(page);
  wrong.end();

  await first.fill(deviceCode(seed, 0));
  await page.getByRole('textbox', { name: 'Second code', exact: true }).fill(deviceCode(seed, 1));
  await main(page).getByRole('button', { name: 'Enable second factor' }).click();
  await expectPage(page, 'Second factors');
  await expect(table(page, 'Second factors').getByRole('row', { name: /mfa\/pocket/ })).toBeVisible();
  const everything = (await kept(page)) + (await page.content());
  expect(everything).not.toContain(seed);
  expect(everything).not.toContain('is not enabled');
});

test('a device that was left before it counts is remembered by name, and can be deleted', async ({ page, simulator, faults }) => {
  const place = await factors(simulator);
  await openSignedIn(page, faults, place, simulator.administrator);
  await expectPage(page, 'Second factors');
  await make(page, 'spare');
  await go(page, '#/objects');
  await expect(dialog(page)).toContainText('The device spare is there but not enabled');
  await dialog(page).getByRole('button', { name: 'Leave and discard' }).click();
  await expectPage(page, 'Objects');

  await go(page, place);
  await expectPage(page, 'Second factors');
  await expect(main(page)).toContainText('Not enabled');
  await main(page).getByRole('link', { name: 'Enable spare' }).click();
  await expect(main(page)).toContainText('The picture and the key of this device are not shown again');
  await expectAccessible(page);
  await main(page).getByRole('button', { name: 'Delete spare' }).click();
  await dialog(page).getByRole('button', { name: 'Delete second factor' }).click();
  await expectPage(page, 'Second factors');
  await expect(main(page).getByText('spare')).toHaveCount(0);
  expect(await kept(page)).not.toContain('spare');
});

const GROUPS = ['Engineering', 'Archive', 'Interns', 'QA'];
const wizard = ({ group, user, name }: Bucket) => `#/objects/groups/${group}/buckets/${group}~${user}~${name}/~do/bucket.purge`;

test('a bucket without object lock is purged after its name was typed, and watched until it is empty', async ({ page, simulator, faults }) => {
  await simulator.control('objects', { object_lock_mode: 'DISABLED', bucket_counts: true });
  const [bucket] = await ownBuckets(simulator, GROUPS);
  if (bucket === undefined) throw new Error('there is no bucket');
  await openSignedIn(page, faults, wizard(bucket), simulator.administrator);
  await expectPage(page, `Purge · ${bucket.name}`);
  await expect(main(page)).toContainText('The licence has object lock off');
  await main(page).getByRole('button', { name: 'Purge without a token' }).click();
  const mark = await simulator.mark();
  await main(page).getByRole('button', { name: 'Purge', exact: true }).click();
  await dialog(page).getByRole('textbox', { name: /^Type .* to confirm$/ }).fill(bucket.name);
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Purge bucket' }).click();
  await expect(main(page)).toContainText('The bucket is empty');
  await expectAccessible(page);
  expect(await simulator.writes(mark)).toEqual([`POST /bucketops/purge?bucketName=${bucket.name}`]);
});

test('a bucket with object lock waits for the vendor’s token, which is kept nowhere', async ({ page, simulator, faults }) => {
  await simulator.control('objects', { object_lock_mode: 'COMPATIBLE', bucket_counts: true });
  // Only a purge tells which buckets have locked objects.
  let locked: Bucket | undefined;
  for (const bucket of await ownBuckets(simulator, GROUPS)) {
    const { status } = await ask(simulator, 'POST', `/bucketops/purge?bucketName=${bucket.name}`);
    if (status === 403) {
      locked = bucket;
      break;
    }
  }
  if (locked === undefined) throw new Error('there is no bucket with object lock');
  await openSignedIn(page, faults, wizard(locked), simulator.administrator);
  await expectPage(page, `Purge · ${locked.name}`);
  await main(page).getByRole('button', { name: 'Get a token first' }).click();
  await main(page).getByRole('button', { name: 'Get the challenge' }).click();
  const challenge = (await page.getByRole('region', { name: 'Challenge', exact: true }).innerText()).trim();
  expect(challenge).toMatch(/^A\.[0-9a-f]+$/);
  await expect(page.getByRole('region', { name: 'Text for the support case' })).toContainText(locked.name);
  await expectAccessible(page);

  // Days later: that it was asked for is remembered, the challenge is not.
  await go(page, '#/objects');
  await expectPage(page, 'Objects');
  expect(await kept(page)).not.toContain(challenge);
  await go(page, wizard(locked));
  await expect(main(page)).toContainText('A challenge was made here');
  const token = page.getByRole('textbox', { name: 'Token', exact: true });
  await token.fill(`2020010100.${challenge}`);
  await expect(main(page)).toContainText('The token has ended');
  const hour = new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 13).replace(/\D/g, '');
  await token.fill(`${hour}.${challenge}`);
  await expect(main(page)).toContainText('The token is good');
  await expectAccessible(page);
  expect(await kept(page)).not.toContain(challenge);
  await main(page).getByRole('button', { name: 'Purge bucket' }).click();
  await dialog(page).getByRole('textbox', { name: /^Type .* to confirm$/ }).fill(locked.name);
  await dialog(page).getByRole('button', { name: 'Purge bucket' }).click();
  await expect(main(page)).toContainText('The bucket is empty');
  expect(await kept(page)).not.toContain(challenge);
  await expectAccessible(page);
});
