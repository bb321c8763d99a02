/** Views that are saved and shared, lists that are read again by themselves, and exports that hold what they say. */

import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { act, dialog, expectPage, go, names, settled, table } from '../support/console.ts';
import { expectAccessible } from '../support/accessibility.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

test.use({ volumes: 6_000 });

const list = '/api/rest/volumes';

test.beforeEach(async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  await expectPage(page, 'Volumes');
});

async function content(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

/** Exports what the dialog is set to, and gives the file. */
async function exported(page: Page, name: string | RegExp): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    dialog(page, 'Export volumes').getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(name);
  return content(download);
}

test('a view is saved, opens first, is renamed, shared and deleted', async ({ page, context }) => {
  await go(page, '#/north/volumes?filter=name:like:db&sort=-size');
  await settled(page);
  const rows = await names(table(page, 'Volumes'));
  await page.getByRole('button', { name: 'Save this view' }).click();
  const form = dialog(page, 'Views of volumes');
  await form.getByRole('textbox', { name: 'Name of the present view' }).fill('Large databases');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.getByRole('checkbox', { name: 'Opens first' }).check();
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Rename Large databases' }).click();
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Databases');
  await form.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(form.getByRole('button', { name: 'Databases', exact: true })).toBeVisible();
  await form.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: 'Databases' })).toBeVisible();

  // A list that is opened without a query shows the first view; leaving it by hand stays left.
  await go(page, '#/north/pools');
  await expectPage(page, 'Pools');
  await go(page, '#/north/volumes');
  await expect(page).toHaveURL(/filter=name:like:db&sort=-size/);
  await expect.poll(() => names(table(page, 'Volumes'))).toEqual(rows);
  await expect(page.getByRole('button', { name: 'Save this view' })).toBeHidden();

  // A change is marked, and can be kept under the same name; without a view the mark goes, whatever columns a person keeps.
  await table(page, 'Volumes').getByRole('button', { name: 'Type', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Databases, changed' })).toBeVisible();
  await page.getByRole('button', { name: 'Databases, changed' }).click();
  await page.getByRole('menuitem', { name: 'Replace “Databases” by the present view' }).click();
  await expect(page.getByRole('button', { name: 'Databases', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Databases', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Without a view' }).click();
  await expect(page).not.toHaveURL(/filter=/);
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await dialog(page).getByRole('checkbox', { name: 'Mapped', exact: true }).uncheck();
  await dialog(page).getByRole('button', { name: 'Show columns' }).click();
  await expect(page.getByRole('button', { name: 'Views', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save this view' })).toBeHidden();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Manage views…' }).click();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog(page).getByRole('button', { name: 'Copy the link of Databases' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/#\/north\/volumes\?filter=name:like:db&sort=type&columns=/);
  await dialog(page).getByRole('button', { name: 'Delete Databases' }).click();
  await expect(dialog(page)).toContainText('No view is saved yet.');
});

test('a list is read again by itself, but not under the hands of a person', async ({ page, simulator }) => {
  await page.clock.install();
  const read = async (mark: number) => (await simulator.requests(mark)).filter(({ path }) => path === list).length;
  await page.getByRole('button', { name: 'Auto-refresh' }).click();
  await page.getByRole('menuitem', { name: 'Every 10 s' }).click();
  await page.getByRole('heading', { level: 1 }).click();
  const mark = await simulator.mark();
  await page.clock.runFor(12_000);
  await expect.poll(() => read(mark)).toBe(1);
  await settled(page);

  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await expect(dialog(page, 'Columns')).toBeVisible();
  const open = await simulator.mark();
  await page.clock.runFor(30_000);
  await expect(page.getByText('Paused: a dialog or menu is open')).toBeVisible();
  expect(await read(open)).toBe(0);
  await page.keyboard.press('Escape');
  await page.clock.runFor(2_000);
  await expect.poll(() => read(open)).toBe(1);
  await settled(page);

  await table(page, 'Volumes').getByRole('link').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.clock.runFor(1_500);
  await expect(page.getByText('Paused: the keyboard is in the table')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Auto-refresh: Every 10 s' })).toBeVisible();
});

test('all that match are exported exactly, as CSV and as JSON, and an export can be ended', async ({ page, simulator }) => {
  test.setTimeout(180_000);
  const named = await simulator.send<{ id: number; name: string }[]>('GET', `${list}?page_size=2&sort=id`);
  const [first, second] = named.result;
  await simulator.send('PUT', `${list}/${first?.id}`, { name: '=1+1' });

  await act(page, 'Export');
  const form = dialog(page, 'Export volumes');
  await expect(form.getByLabel('What')).toContainText(/All that match: 6.?000/);
  await expectAccessible(page);
  const csv = await exported(page, /^north-volumes-\d{4}-\d\d-\d\d\.csv$/);
  await expect(form).toContainText(/6.?000 rows are in north-volumes/);
  const lines = csv.trimEnd().split('\r\n');
  expect(lines).toHaveLength(6_001);
  expect(lines[0]?.split(',')).toEqual(expect.arrayContaining(['name', 'size', 'pool_id', 'pool_name']));
  expect(lines.some((line) => line.startsWith("'=1+1,"))).toBe(true);
  const one = await simulator.send<{ size: number }>('GET', `${list}/${second?.id}`);
  expect(lines.find((line) => line.startsWith(`${second?.name},`))).toContain(`,${one.result.size},`);
  expect(new Set(lines).size).toBe(lines.length);

  await form.getByRole('button', { name: 'Export again' }).click();
  await form.getByLabel('Format').selectOption('json');
  await form.getByLabel('Fields').selectOption('all');
  const json = JSON.parse(await exported(page, /\.json$/)) as { id: number; name: string }[];
  expect(json).toHaveLength(6_000);
  expect(new Set(json.map(({ id }) => id)).size).toBe(6_000);
  expect(json.find(({ id }) => id === first?.id)?.name).toBe('=1+1');

  // Slow answers, so that there is time to end it; nothing is asked or saved afterwards.
  await form.getByRole('button', { name: 'Export again' }).click();
  await page.route(`**${list}?*page=3*`, () => {});
  await form.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(form.getByText(/2.?000 of 6.?000 rows/)).toBeVisible();
  await form.getByRole('button', { name: 'Cancel' }).click();
  await expect(form).toContainText(/Cancelled after 2.?000 rows\. No file was saved\./);
  await page.unroute(`**${list}?*page=3*`);
  await form.getByRole('button', { name: 'Close' }).last().click();
});
