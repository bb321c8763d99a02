/** The palette, the shortcuts and the settings: everything by its words and without a mouse. */

import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { dialog, expectPage, go, settled } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const palette = (page: Page): Locator => dialog(page, 'Find or do anything');

/** Opens the palette and types. */
async function find(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.type(text);
}

/** The option that Enter chooses. */
const active = (page: Page): Locator => palette(page).locator('[role=option][aria-selected=true]');

test('places, operations, records and settings are found by their words', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');

  await test.step('a place, with the keyboard alone', async () => {
    await find(page, 'consist');
    await expect(active(page)).toHaveText(/^Consistency groups/);
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expectPage(page, 'Consistency groups');
    await expect(page.getByRole('main')).toBeFocused();
  });

  await test.step('an operation, by another word for it', async () => {
    await find(page, 'new volume');
    await expect(palette(page).getByRole('group', { name: 'Operations' }).getByRole('option').first()).toHaveText(/^Create volume/);
    await palette(page).getByRole('option', { name: /^Create volume/ }).click();
    await expectPage(page, 'Create volume');
  });

  await test.step('an operation that needs a record leads to the choice of one', async () => {
    await find(page, 'delete host');
    await palette(page).getByRole('option', { name: /^Delete host/ }).first().click();
    await expectPage(page, 'Hosts');
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Choose the host first');
  });

  await test.step('records, asked of the box, few requests at a time and none for a text that was left', async () => {
    const mark = await simulator.mark();
    await find(page, 'payroll');
    const volumes = palette(page).getByRole('group', { name: 'Volumes · North' });
    await expect(volumes.getByRole('option')).toHaveCount(6);
    await expect(volumes.getByRole('option').last()).toHaveText('All in Volumes');
    await expect(palette(page).getByRole('status')).not.toContainText('Searching');
    await expect(palette(page).getByRole('status')).toContainText(/\d+ results/);
    await expectAccessible(page);
    const asked = (await simulator.requests(mark)).map(({ path, query }) => `${path} ${JSON.stringify(query)}`);
    expect(asked.filter((request) => request.startsWith('/api/rest/volumes '))).toHaveLength(1);
    expect(asked.every((request) => request.includes('payroll'))).toBe(true);
    const name = (await volumes.getByRole('option').first().locator('.palette-title').innerText()).trim();
    await volumes.getByRole('option').first().click();
    await expectPage(page, name);

    await page.keyboard.press('Control+k');
    const recent = palette(page).getByRole('group', { name: 'Recently visited' });
    await expect(recent.getByRole('option', { name: /^Hosts/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
  });

  await test.step('a setting', async () => {
    await find(page, 'dark');
    await expect(active(page)).toHaveText(/^Dark/);
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await find(page, 'compact');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');
  });

  await test.step('nothing', async () => {
    await find(page, 'xyzzy-nothing');
    await expect(palette(page).getByRole('status')).toContainText('Nothing is called that');
    await expectAccessible(page);
  });
});

test('what a role may not search is counted, and what it may not do says why', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes', { username: 'viewer', password: 'boxdeck-demo' });
  await expectPage(page, 'Volumes');
  faults.expectStatus(500, /\/(pools|hosts)\?/);
  await simulator.faults([
    { fault: 'status', status: 500, operation: 'GET /api/rest/pools' },
    { fault: 'status', status: 500, operation: 'GET /api/rest/hosts' },
  ]);
  await find(page, 'prod');
  await expect(palette(page).getByRole('status')).toContainText('2 collections could not be searched.');
  await expect(palette(page).getByRole('group', { name: 'Volumes · North' })).toBeVisible();
  await palette(page).getByRole('combobox').fill('create volume');
  const option = palette(page).getByRole('option', { name: /^Create volume/ });
  await expect(option).toHaveAttribute('aria-disabled', 'true');
  await expect(option).toContainText(/role/i);
  await option.click({ force: true });
  await expect(palette(page)).toBeVisible();
});

test('shortcuts work from the page, never while one types, and can be turned off', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  await page.keyboard.press('g');
  await page.keyboard.press('v');
  await expectPage(page, 'Volumes');

  await page.keyboard.press('/');
  const search = page.getByRole('main').locator('[data-shortcut=filter], input[type=search]').first();
  await expect(search).toBeFocused();
  await page.keyboard.type('?gcr');
  await expect(search).toHaveValue('?gcr');
  await expect(dialog(page)).toHaveCount(0);
  await search.fill('');
  await page.keyboard.press('Escape');
  await settled(page);

  const mark = await simulator.mark();
  await page.getByRole('main').focus();
  await page.keyboard.press('r');
  await expect.poll(async () => (await simulator.requests(mark)).filter(({ path }) => path === '/api/rest/volumes').length).toBe(1);
  await page.keyboard.press('.');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await expectPage(page, 'Create volume');

  await page.getByRole('main').focus();
  await page.keyboard.press('?');
  const help = dialog(page, 'Keyboard shortcuts');
  await expect(help.getByRole('row')).toHaveCount(9);
  await expect(help).toContainText('Volumes');
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.getByRole('banner').getByRole('button', { name: 'admin' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const settings = dialog(page, 'Settings');
  await expectAccessible(page);
  await settings.getByLabel('Theme').selectOption({ label: 'High contrast' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'contrast');
  await settings.getByLabel('Language').selectOption({ label: 'Deutsch' });
  await expect(dialog(page, 'Einstellungen')).toBeVisible();
  await expectAccessible(page);
  await dialog(page, 'Einstellungen').getByLabel('Sprache').selectOption({ label: 'English' });
  await settings.getByRole('switch', { name: 'Shortcuts of a single key' }).uncheck();
  await settings.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('main').focus();
  await page.keyboard.press('?');
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press('Escape');
});

test('the long navigation folds, remembers it, and finds a page', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  await expectPage(page, 'Volumes');
  const navigation = page.getByRole('navigation', { name: 'Resources' });
  const storage = navigation.getByRole('button', { name: 'Storage' });
  await storage.click();
  await expect(storage).toHaveAttribute('aria-expanded', 'false');
  await expect(navigation.getByRole('link', { name: 'Volumes', exact: true })).toBeVisible();
  await expect(navigation.getByRole('link', { name: 'Pools', exact: true })).toBeHidden();
  await page.reload();
  await expectPage(page, 'Volumes');
  await expect(navigation.getByRole('button', { name: 'Storage' })).toHaveAttribute('aria-expanded', 'false');
  const box = navigation.getByRole('searchbox', { name: 'Find a page' });
  await box.fill('pool');
  await expect(navigation.getByRole('link', { name: 'Pools', exact: true })).toBeVisible();
  await expect(navigation.getByRole('link', { name: 'Hosts', exact: true })).toBeHidden();
  await expectAccessible(page);
  await box.fill('xyzzy');
  await expect(navigation.getByRole('status')).toHaveText('Nothing is called that');
  await go(page, '#/');
  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('option', { name: /^North/ })).toBeVisible();
});
