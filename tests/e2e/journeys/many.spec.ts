/** One operation on many records: shown before, sent one after another, approved for those that ask, an outcome for each. */

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { dialog, expectPage, go, settled, table } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

// A browser would send a deletion again by itself, over a connection that ended without an answer.
test.use({ simulatorOptions: ['--close-connections'] });

test.beforeEach(async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  await expectPage(page, 'Volumes');
});

/** Selects the first rows of the list, and gives their names. */
async function select(page: Page, count: number): Promise<string[]> {
  const rows = table(page, 'Volumes').locator('tbody tr[aria-rowindex]');
  const names: string[] = [];
  for (let index = 0; index < count; index += 1) {
    await rows.nth(index).getByRole('checkbox').check();
    names.push(await rows.nth(index).getByRole('rowheader').innerText());
  }
  return names;
}

/** Opens the dialog of an operation on what is selected. */
async function doWithSelection(page: Page, operation: string): Promise<void> {
  await page.getByRole('button', { name: 'Do with the selection' }).click();
  await page.getByRole('menuitem', { name: operation, exact: true }).click();
}

test('a selection is deleted: each by a request of its own, approved where the system asks, and each told', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  faults.expectStatus(403, /\/volumes\//);
  await go(page, '#/north/volumes?filter=mapped:eq:false&filter=type:eq:SNAPSHOT');
  await settled(page);
  const chosen = await select(page, 3);
  const mark = await simulator.mark();
  await doWithSelection(page, 'Delete');
  const form = dialog(page, 'Delete: 3 volumes');
  const entries = form.getByRole('list', { name: 'Delete: 3 volumes' }).getByRole('listitem');
  await expect(entries).toHaveCount(3);
  for (const [index, name] of chosen.entries()) {
    await expect(entries.nth(index)).toContainText(/DELETE \/api\/rest\/volumes\/\d+/);
    await expect(form.getByText(name, { exact: true })).toBeVisible();
  }
  await expectAccessible(page);

  // The number of records stands for the name that a single one would be asked for. Until then nothing is sent.
  const send = form.getByRole('button', { name: 'Delete: 3 volumes' });
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  expect(await simulator.writes(mark)).toEqual([]);
  await form.getByRole('textbox', { name: 'Type 3 to confirm' }).fill('3');
  await send.click();

  // The system asks about each; its words stand there, and one word of the person's approves those.
  await expect(form.getByText('0 of 3 done · 3 need approval')).toBeVisible();
  await expect(entries.getByText('Needs approval')).toHaveCount(3);
  const asked = await simulator.writes(mark);
  expect(asked).toHaveLength(3);
  expect(new Set(asked).size).toBe(3);
  await form.getByRole('button', { name: 'Approve and delete: 3 volumes' }).click();
  await expect(form.getByText('3 of 3 done', { exact: true })).toBeVisible();
  expect(await simulator.writes(mark)).toEqual([...asked, ...asked.map((target) => `${target}?approved=yes`)]);
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Close' }).last().click();
  await settled(page);
  for (const name of chosen) await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Do with the selection' })).toBeHidden();
});

test('a refusal leaves the others as they are, and a lost answer holds the rest back until a person goes on', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  await go(page, '#/north/volumes?filter=type:eq:SNAPSHOT&filter=mapped:eq:false');
  await settled(page);
  await select(page, 4);
  await doWithSelection(page, 'Delete');
  const form = dialog(page, 'Delete: 4 volumes');
  const entries = form.getByRole('list', { name: 'Delete: 4 volumes' }).getByRole('listitem');
  await form.getByRole('textbox', { name: 'Type 4 to confirm' }).fill('4');
  // The second is refused at once. Of those that are approved, the answer to the second is lost.
  faults.expectStatus(403, /\/volumes\//);
  faults.expectStatus(409, /\/volumes\//);
  faults.expectStatus(404, /\/volumes\//);
  faults.expectNoAnswer(/\/volumes\//);
  const mark = await simulator.mark();
  await simulator.faults([
    { fault: 'status', status: 409, operation: 'DELETE /api/rest/volumes/*', skip: 1, times: 1 },
    { fault: 'lost', operation: 'DELETE /api/rest/volumes/*', skip: 4, times: 1 },
  ]);
  await form.getByRole('button', { name: 'Delete: 4 volumes' }).click();
  await expect(form.getByText('0 of 4 done · 1 refused · 3 need approval')).toBeVisible();
  await expect(entries.nth(1)).toContainText('Refused');
  expect(await simulator.writes(mark)).toHaveLength(4);

  await form.getByRole('button', { name: 'Approve and delete: 3 volumes' }).click();
  await expect(form.getByText('1 of 4 done · 1 refused · 1 needs approval · 1 not known')).toBeVisible();
  // Reading shows that it was done; nothing is sent a second time.
  await expect(entries.nth(2)).toContainText('It happened');
  expect(await simulator.writes(mark)).toHaveLength(6);
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Approve and delete: 1 volume' }).click();
  await expect(form.getByText('2 of 4 done · 1 refused · 1 not known')).toBeVisible();
  expect(await simulator.writes(mark)).toHaveLength(7);
  await form.getByRole('button', { name: 'Close' }).last().click();
});
