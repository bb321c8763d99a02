/** The pictures of the README, in `docs/screenshots/`. `cargo xtask screenshots` takes them anew. */

import { resolve } from 'node:path';
import { act, addFilter, dialog, expectPage, settled, table } from '../support/console.ts';
import { repository } from '../support/places.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

test.use({ viewport: { width: 1440, height: 900 }, volumes: 100_000 });

function picture(name: string): { path: string } {
  return { path: resolve(repository, 'docs/screenshots', `${name}.png`) };
}

test('volumes: a list that is filtered and sorted', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  await expectPage(page, 'Volumes');
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('erp');
  await expect(page).toHaveURL(/filter=name/);
  await addFilter(page, 'Type', 'is', async (form) => {
    await form.getByRole('combobox', { name: 'Value' }).selectOption({ label: 'Master' });
  });
  await addFilter(page, 'Size', 'is at least', async (form) => {
    await form.getByRole('textbox', { name: 'Value' }).fill('50 GiB');
  });
  const size = table(page, 'Volumes').getByRole('columnheader', { name: 'Size' }).getByRole('button').first();
  await size.click();
  await expect(page).toHaveURL(/sort=size/);
  await size.click();
  await expect(page).toHaveURL(/sort=-size/);
  await settled(page);
  await page.mouse.move(0, 0);
  await page.screenshot(picture('volumes'));
});

test('approval: a volume is about to be deleted', async ({ page, simulator, faults }) => {
  const { result } = await simulator.send<{ id: number; name: string }[]>(
    'GET',
    '/api/rest/volumes?name=like:erp-data-prod&type=eq:MASTER&mapped=eq:false&page_size=1&sort=name',
  );
  const volume = result[0];
  await openSignedIn(page, faults, `#/north/volumes/${volume?.id}`, simulator.administrator);
  await expectPage(page, volume?.name ?? '');
  await act(page, 'Delete');
  await dialog(page).getByRole('textbox', { name: /^Type .* to confirm$/ }).fill(volume?.name ?? '');
  faults.expectStatus(403, /\/volumes\//);
  await dialog(page).getByRole('button', { name: 'Delete volume' }).click();
  await expect(dialog(page).getByRole('blockquote')).toBeVisible();
  await dialog(page).getByText('The exact request', { exact: true }).click();
  await page.mouse.move(0, 0);
  await page.screenshot(picture('approval'));
});
