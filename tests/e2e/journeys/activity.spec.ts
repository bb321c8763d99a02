/** The session's plans: as commands for a shell before they are sent, and with what became of them afterwards. */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { act, choose, dialog, expectPage, settled } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import type { Received, Simulator } from '../support/simulator.ts';
import { expect, test } from '../support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'], simulatorOptions: ['--close-connections'] });

const run = promisify(execFile);

/** Opens the panel. */
async function activity(page: Page): Promise<Locator> {
  await page.getByRole('banner').getByRole('button', { name: /^Activity/ }).click();
  const panel = dialog(page, 'Activity');
  await expect(panel).toBeVisible();
  return panel;
}

/** Runs a copied command as a person does who has set the password. */
async function shell(command: string, simulator: Simulator): Promise<void> {
  const { password } = simulator.administrator;
  await run('sh', ['-c', command], { env: { PATH: process.env['PATH'], BOXDECK_PASSWORD: password } });
}

/** What was asked of the box, but for the reads and for the numbers of the requests. */
async function changes(simulator: Simulator, mark: number): Promise<Omit<Received, 'sequence'>[]> {
  const received = await simulator.requests(mark);
  return received.filter(({ method }) => method !== 'GET').map(({ sequence: _, ...request }) => request);
}

/** Fills the form that creates a volume. */
async function fill(page: Page, name: string): Promise<void> {
  await expectPage(page, 'Create volume');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('textbox', { name: 'Size', exact: true }).fill('2');
  await choose(page.getByRole('main'), 'Pool', 'production-sap');
  await settled(page);
}

test('a command that was copied does what the console does, and the panel keeps account of both of its plans', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  await openSignedIn(page, faults, '#/north/volumes/~new', simulator.administrator);
  await fill(page, 'journey-1');
  await page.getByRole('main').getByRole('button', { name: 'Review' }).click();
  await dialog(page).getByText('The exact request').click();
  await dialog(page).getByRole('button', { name: 'Copy as curl' }).click();
  await expect(dialog(page)).toContainText('Before it runs, set these variables: BOXDECK_PASSWORD');
  await expectAccessible(page);
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).not.toContain(simulator.administrator.password);

  const before = await simulator.mark();
  await shell(command, simulator);
  const copied = await changes(simulator, before);
  expect(copied).toHaveLength(1);
  const made = await simulator.send<{ id: number }[]>('GET', '/api/rest/volumes?name=eq:journey-1');
  await simulator.send('DELETE', `/api/rest/volumes/${made.result[0]?.id}?approved=yes`);
  const mark = await simulator.mark();
  await dialog(page).getByRole('button', { name: 'Create volume' }).click();
  await expectPage(page, 'journey-1');
  expect(await changes(simulator, mark)).toEqual(copied);

  faults.expectStatus(403, /\/volumes\//);
  await act(page, 'Delete');
  await dialog(page).getByRole('textbox', { name: /to confirm$/ }).fill('journey-1');
  await dialog(page).getByRole('button', { name: 'Delete volume' }).click();
  await expect(dialog(page)).toContainText('The system asks for your approval');
  await dialog(page).getByText('The exact request').click();
  await dialog(page).getByRole('button', { name: 'Copy as curl' }).click();
  await expect(dialog(page)).toContainText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('approved=yes');
  await dialog(page).getByRole('button', { name: /^Approve and/ }).click();
  await expectPage(page, 'Volumes');

  const panel = await activity(page);
  await expectAccessible(page);
  const rows = panel.locator('.activity-list').getByRole('listitem').filter({ has: page.locator('.activity-head') });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('Delete volume · journey-1');
  await expect(rows.first()).toContainText('Done');
  await expect(rows.first()).toContainText('Sent with your approval');
  await expect(rows.last()).toContainText('North · admin');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Export' }).click().then(() => page.getByRole('menuitem', { name: 'JSON' }).click()),
  ]);
  expect(download.suggestedFilename()).toBe('boxdeck-activity.json');
  const exported = JSON.parse(await readFile(await download.path(), 'utf8')) as Record<string, unknown>[];
  expect(exported.map(({ outcome, target, approved }) => [outcome, target, approved])).toEqual([
    ['done', 'journey-1', true],
    ['done', 'journey-1', false],
  ]);
  await rows.last().getByRole('link').click();
  await expect(panel).toBeHidden();
});

test('an unknown outcome stands out until reading back has told, a refused one is told with its reason', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes/~new', simulator.administrator);
  await expect((await activity(page)).getByText('Nothing has been sent yet')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await fill(page, 'journey-lost');
  faults.expectNoAnswer(/\/volumes$/);
  faults.expectStatus(409, /\/volumes$/);
  await simulator.faults([{ fault: 'lost', operation: 'POST /api/rest/volumes', times: 1 }]);
  const create = page.getByRole('main').getByRole('button', { name: 'Create volume' });
  await create.click();
  await expect(dialog(page)).toContainText('It is not known whether this happened');
  await dialog(page).getByRole('button', { name: 'Close' }).first().click();
  await expect(page.getByRole('banner').getByRole('button', { name: 'Activity: 1 open' })).toBeVisible();
  await create.click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveAccessibleDescription(/journey-lost/);

  const panel = await activity(page);
  const filter = panel.getByRole('combobox', { name: 'Outcome' });
  await filter.selectOption({ label: 'Refused (1)' });
  await expect(panel.getByRole('status').filter({ hasText: 'of 2 changes' })).toHaveText('1 of 2 changes');
  await expect(panel).toContainText(/NAME_CONFLICT|\(\w+_\w+\)/);
  await filter.selectOption({ label: 'Unknown (1)' });
  await expect(panel).toContainText('The answer was lost');
  await expectAccessible(page);
  await filter.selectOption({ label: 'All (2)' });
  await panel.getByRole('button', { name: 'Check again' }).click();
  await expect(panel).toContainText('Read again: it happened.');
  await expect(panel.getByRole('button', { name: 'Check again' })).toHaveCount(0);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Activity', exact: true })).toBeVisible();
});
