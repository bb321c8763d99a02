/**
 * A HyperStore in the console: groups and their users page by page, a user from creation to deletion, keys whose secret halves
 * stay hidden until somebody asks, lists that need to know of whom, and a bill as a table.
 */

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { act, addFilter, dialog, expectPage, go, names, table } from '../support/console.ts';
import { ask } from '../support/objects.ts';
import { openSignedIn } from '../support/sign-in.ts';
import type { Simulator } from '../support/simulator.ts';
import { expect, test } from '../support/test.ts';

const main = (page: Page) => page.getByRole('main');

/** What the service received since then other than reading. */
async function received(simulator: Simulator, since: number): Promise<readonly (readonly [string, unknown])[]> {
  const all = await simulator.requests(since);
  return all.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => [`${method} ${path}`, body] as const);
}

test('the one account signs in; groups and their users are listed page by page', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/objects', simulator.administrator);
  await expectPage(page, 'Objects');
  // All there are: a total is known of what fits into one page.
  await main(page).getByRole('link', { name: 'Groups 10' }).click();
  await expectPage(page, 'Groups');
  await expect(main(page)).toContainText('10 groups');
  await table(page, 'Groups').getByRole('link', { name: 'Engineering', exact: true }).click();
  await expectPage(page, 'Engineering');
  await page.getByRole('tab', { name: 'Users', exact: true }).click();
  await page.getByRole('link', { name: 'Show all' }).click();
  await expectPage(page, 'Users');
  await expect(main(page)).toContainText('At least 100 users');
  const first = await names(table(page, 'Users'));
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/after=/);
  await expect.poll(async () => (await names(table(page, 'Users')))[0]).not.toBe(first[0]);
  // The user who begins the second page is not listed twice.
  const second = await names(table(page, 'Users'));
  expect(second.filter((name) => first.includes(name))).toEqual([]);

  await go(page, '#/objects/groups/Engineering/users');
  await addFilter(page, 'Begins with', 'is', (form) => form.getByLabel('Value').fill('kim.'));
  await expect.poll(async () => (await names(table(page, 'Users'))).every((name) => name.startsWith('kim.'))).toBe(true);
  await expectAccessible(page);
});

test('a user is created, changed as a whole with old and new values shown, and deleted', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/objects/groups/Interns/users/~new', simulator.administrator);
  await expectPage(page, 'Create user');
  const create = main(page).getByRole('button', { name: 'Create user' });
  const mark = await simulator.mark();
  await page.getByRole('textbox', { name: 'User', exact: true }).fill('robin jay');
  await create.click();
  await expect(page.getByRole('textbox', { name: 'User', exact: true })).toHaveAttribute('aria-invalid', 'true');
  expect(await received(simulator, mark)).toEqual([]);
  await page.getByRole('textbox', { name: 'User', exact: true }).fill('robin.jay');
  await page.getByRole('combobox', { name: 'Role' }).selectOption({ label: 'User' });
  await page.getByRole('textbox', { name: 'Full name' }).fill('Robin Jay');
  await create.click();
  await expectPage(page, 'robin.jay');
  const [made] = await received(simulator, mark);
  expect(made).toMatchObject(['PUT /user', { userId: 'robin.jay', groupId: 'Interns', userType: 'User', fullName: 'Robin Jay', fileEndpoints: '' }]);

  await act(page, 'Edit user');
  await page.getByRole('textbox', { name: 'Full name' }).fill('Robin Jayne');
  await page.getByRole('combobox', { name: 'State', exact: true }).selectOption({ label: 'Inactive' });
  await main(page).getByRole('button', { name: 'Review' }).click();
  const changes = dialog(page).getByRole('region', { name: 'What changes' });
  await expect(changes.getByRole('row', { name: /^Full name Robin Jay Robin Jayne/ })).toBeVisible();
  await expect(changes.getByRole('row', { name: /^State Active Inactive/ })).toBeVisible();
  await expect(dialog(page)).toContainText('all access keys of the user stop working');
  await expectAccessible(page);

  // Somebody else changes the city meanwhile: nothing is sent, and nothing of theirs is undone.
  const { content } = await ask(simulator, 'GET', '/user?userId=robin.jay&groupId=Interns');
  await ask(simulator, 'POST', '/user', { ...(content as object), city: 'Bergen' });
  const before = await simulator.mark();
  await dialog(page).getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'has changed since it was read here: City' }).first()).toBeVisible();
  await expectAccessible(page);
  expect(await received(simulator, before)).toEqual([]);
  await page.keyboard.press('Escape');
  await go(page, '#/objects/groups/Interns/users/Interns~robin.jay');
  await dialog(page, 'Leave without saving?').getByRole('button', { name: 'Leave and discard' }).click();
  await expectPage(page, 'robin.jay');

  await act(page, 'Edit user');
  await page.getByRole('combobox', { name: 'State', exact: true }).selectOption({ label: 'Inactive' });
  await main(page).getByRole('button', { name: 'Save changes' }).click();
  await expectPage(page, 'robin.jay');
  expect((await received(simulator, before)).at(-1)).toMatchObject(['POST /user', { userId: 'robin.jay', active: 'false', fullName: 'Robin Jay', city: 'Bergen' }]);

  await act(page, 'Delete user');
  await expect(dialog(page)).toContainText('The buckets of the user and all objects in them are lost.');
  await dialog(page).getByRole('textbox', { name: /^Type .* to confirm$/ }).fill('robin.jay');
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Delete user' }).click();
  await expectPage(page, 'Users');
  const { content: left } = await ask(simulator, 'GET', '/user/list?groupId=Interns&userType=all&userStatus=active');
  expect(JSON.stringify(left)).not.toContain('robin.jay');
});

test('what the system refuses is told in its own words, and a good status that is a failure as what it is', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/objects/groups/~new', simulator.administrator);
  await expectPage(page, 'Create group');
  await page.getByRole('textbox', { name: 'Group', exact: true }).fill('QA');
  const conflict = faults.expectStatus(409, /\/group$/);
  await main(page).getByRole('button', { name: 'Create group' }).click();
  await expect(main(page)).toContainText('Unique constraint violated');
  await expectAccessible(page);
  conflict.end();

  // A group with users is not deleted.
  await page.getByRole('textbox', { name: 'Group', exact: true }).fill('');
  await go(page, '#/objects/groups/QA');
  await expectPage(page, 'QA');
  await act(page, 'Delete group');
  const full = faults.expectStatus(409, /\/group\?/);
  await dialog(page).getByRole('button', { name: 'Delete group' }).click();
  await expect(dialog(page).getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  full.end();
});

test('the secret half of a key is nowhere until somebody asks for it', async ({ page, simulator, faults }) => {
  const { content } = await ask(simulator, 'GET', '/user/list?groupId=Engineering&userType=all&userStatus=active&limit=1');
  const { userId } = (content as { userId: string }[])[0] ?? { userId: '' };
  const made = await ask(simulator, 'PUT', `/user/credentials?userId=${encodeURIComponent(userId)}&groupId=Engineering`);
  const { accessKey, secretKey } = made.content as { accessKey: string; secretKey: string };
  await openSignedIn(page, faults, `#/objects/groups/Engineering/users/Engineering~${userId}`, simulator.administrator);
  await expectPage(page, userId);
  await page.getByRole('tab', { name: 'Access keys', exact: true }).click();
  await table(page, 'Access keys').getByRole('link', { name: accessKey }).click();
  await expectPage(page, accessKey);
  await page.getByRole('tab', { name: 'JSON', exact: true }).click();
  expect((await page.content()).includes(secretKey), 'the secret key is in the page').toBe(false);
  await act(page, 'Show secret key');
  await expect(dialog(page)).toContainText(secretKey);
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Close' }).first().click();
  await expect(dialog(page)).toHaveCount(0);
  const everything = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify([{ ...localStorage }, { ...sessionStorage }]) + location.href);
  expect(everything.includes(secretKey), 'the secret key stayed in the page').toBe(false);
});

test('usage asks of whom and when, a node shows its disks as a table, and a bill its items', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/objects/groups/Engineering', simulator.administrator);
  await expectPage(page, 'Engineering');
  const mark = await simulator.mark();
  await page.getByRole('tab', { name: 'Usage', exact: true }).click();
  await expect(page.getByRole('button', { name: '7 days' })).toHaveAttribute('aria-pressed', 'true');
  await expectAccessible(page);
  const asked = (await simulator.requests(mark)).filter(({ path }) => path === '/usage');
  expect(asked.map(({ query }) => query.map(([name]) => name))).toEqual([expect.arrayContaining(['id', 'startTime', 'endTime'])]);

  await act(page, 'Make bill');
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
  await dialog(page).getByLabel('Month').fill(month);
  await dialog(page).getByRole('button', { name: 'Make bill' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await act(page, 'Show bill');
  await dialog(page).getByLabel('Month').fill(month);
  await dialog(page).getByRole('button', { name: 'Show bill' }).click();
  // Each item with its unit and the steps of its price, the sums, and for whom and when it is.
  const bill = page.getByRole('article', { name: 'Bill' });
  await expect(bill.getByRole('columnheader', { name: 'Amount' }).first()).toBeVisible();
  await expect(bill.getByRole('row', { name: /^Storage [\d.\s]+ GiB-months/ }).first()).toBeVisible();
  await expect(bill.getByRole('row', { name: /^First 1 GiB-month .*\$0\.\d+ per GiB-month/ }).first()).toBeVisible();
  await expect(bill.getByRole('definition').filter({ hasText: 'Engineering' })).toBeVisible();
  await expect(bill.getByText(/^1 \w+ \d{4} to \d+ \w+ \d{4}$/)).toBeVisible();
  await expect(bill.getByText('The sums do not agree')).toHaveCount(0);
  const { content } = await ask(simulator, 'GET', `/billing?groupId=Engineering&billingPeriod=${month.replace('-', '')}`);
  const { total } = content as { total: number };
  await expect(bill.getByText(`$${total.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`).first()).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ media: 'print' });
  await expect(bill.getByRole('button', { name: 'Print' })).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await page.keyboard.press('Escape');

  await go(page, '#/objects/nodes');
  await expectPage(page, 'Nodes');
  await table(page, 'Nodes').getByRole('link', { name: 'quay1', exact: true }).click();
  await expectPage(page, 'quay1');
  await expect(page.getByRole('cell', { name: '/dev/mapper/vg0-root' })).toBeVisible();
});

/** A period of the console as the service writes it. */
interface Rollup {
  readonly timestamp: string;
  readonly averageValue: string;
  readonly count: string;
}

test('usage is drawn by the measure that it means, follows what is chosen, and is read by keys', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/objects/groups/Engineering', simulator.administrator);
  await expectPage(page, 'Engineering');
  await page.getByRole('tab', { name: 'Usage', exact: true }).click();
  const mark = await simulator.mark();
  await page.getByRole('button', { name: '30 days', exact: true }).click();
  const chart = page.getByRole('figure', { name: 'Stored bytes: Average' });
  const reader = chart.getByRole('slider', { name: 'Values of Stored bytes: Average' });
  await expect(reader).toBeVisible();
  await expectAccessible(page);
  // All values of the time are drawn, though the table has ten rows on a page.
  const asked = (await simulator.requests(mark)).filter(({ path }) => path === '/usage');
  expect(asked.length).toBeGreaterThan(0);
  await expect(reader).toHaveAttribute('aria-valuemax', /^(29|30|31)$/);
  await expect(page.getByRole('button', { name: '30 days', exact: true })).toHaveAttribute('aria-pressed', 'true');

  // The first value is the average of the system's first row, not the sum of its levels.
  const { searchParams } = new URL(await showAll(page), 'http://console.example/');
  const terms = Object.fromEntries(searchParams.getAll('filter').map((term) => term.split(':eq:')));
  const path = `/usage?id=${encodeURIComponent('Engineering|*')}&operation=SB&granularity=day&startTime=${terms['startTime']}&endTime=${terms['endTime']}`;
  const rows = (await ask(simulator, 'GET', path)).content as Rollup[];
  const [first] = rows;
  await reader.focus();
  await page.keyboard.press('Home');
  await expect(reader).toHaveAttribute('aria-valuenow', '1');
  const shown = /: ([\d.]+)\s(\w+)$/.exec((await reader.getAttribute('aria-valuetext')) ?? '');
  const units: Record<string, number> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40, PiB: 2 ** 50 };
  const told = Number(shown?.[1]) * (units[shown?.[2] ?? ''] ?? Number.NaN);
  expect(Math.abs(told / Number(first?.averageValue) - 1)).toBeLessThan(0.006);
  const before = await reader.getAttribute('aria-valuetext');
  await page.keyboard.press('ArrowRight');
  await expect(reader).not.toHaveAttribute('aria-valuetext', before ?? '');
  await page.keyboard.press('End');
  await expect(reader).toHaveAttribute('aria-valuenow', (await reader.getAttribute('aria-valuemax')) ?? '');

  await main(page).getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Reads' });
  await expect(page.getByRole('figure', { name: 'Reads: Requests' })).toBeVisible();
  await page.getByRole('button', { name: 'Earlier' }).click();
  await expect(page.getByRole('figure', { name: 'Reads: Requests' })).toBeVisible();
  await page.getByRole('link', { name: 'Show all' }).click();
  await expectPage(page, 'Usage');
  await expect(page.getByRole('figure', { name: 'Reads: Requests' })).toBeVisible();
});

test('a list that is opened first, and asks for nothing by itself, can be asked', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/objects/usage', simulator.administrator);
  await expectPage(page, 'Usage');
  await expect(main(page)).toContainText('The system lists these only by');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await expect(dialog(page, /^Filter /)).toBeVisible();
  await expectAccessible(page);
});

/** Where "Show all" leads: the query after the fragment's path. */
async function showAll(page: Page): Promise<string> {
  const href = (await page.getByRole('link', { name: 'Show all' }).getAttribute('href')) ?? '';
  return href.slice(1);
}

test('from a value of a node there is a way to its history, with the gaps that it has', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/objects/nodes', simulator.administrator);
  await expectPage(page, 'Nodes');
  await table(page, 'Nodes').getByRole('link', { name: 'quay1', exact: true }).click();
  await expectPage(page, 'quay1');
  await expect(page.getByRole('meter', { name: 'S3: memory used' })).toBeVisible();
  await page.getByRole('link', { name: 'History of Processor load' }).click();
  await expectPage(page, 'Measurements');
  const chart = page.getByRole('figure', { name: 'Processor load' });
  await expect(chart.getByRole('slider')).toHaveAttribute('aria-valuetext', /: \d+(\.\d+)?\s%$/);
  await expect(chart).toContainText(/Least\s*\d/);
  await main(page).getByRole('combobox', { name: 'Measure' }).selectOption({ label: 'Read latency' });
  await expect(page.getByRole('figure', { name: 'Read latency' }).getByRole('slider')).toHaveAttribute('aria-valuetext', /\sms$/);
  await expectAccessible(page);
});
