/** A whole journey without a mouse: sign in, find, open, edit, think better of it. */

import type { Locator, Page } from '@playwright/test';
import { dialog, expectPage, settled } from '../support/console.ts';
import { expect, test } from '../support/test.ts';

/** Presses a key until the focus is where it should be, as a person would who looks for it. */
async function walkTo(page: Page, target: Locator, key = 'Tab', most = 120): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused({ timeout: 1 });
}

/** Walks past the navigation by the link that is first on every page. */
async function skipToContent(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  const skip = page.getByRole('button', { name: 'Skip to the content' });
  if (await skip.evaluate((element) => element === document.activeElement)) {
    await page.keyboard.press('Enter');
  }
}

test('sign in, find, open, edit and cancel with nothing but the keyboard', async ({ page, simulator }) => {
  test.setTimeout(120_000);
  const { username, password } = simulator.administrator;
  await page.goto('./#/north/volumes');
  await expect(page.getByLabel('User name')).toBeFocused();
  await page.keyboard.type(username);
  await walkTo(page, page.getByLabel('Password', { exact: true }));
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expectPage(page, 'Volumes');

  await skipToContent(page);
  await walkTo(page, page.getByRole('searchbox', { name: 'Search by name' }));
  await page.keyboard.type('payroll-db-prod');
  await expect(page).toHaveURL(/payroll/);
  await expect(page.getByRole('searchbox', { name: 'Search by name' })).toBeFocused();
  await settled(page);
  const first = page.getByRole('grid', { name: 'Volumes' }).getByRole('row').nth(1);
  const name = (await first.getByRole('rowheader').innerText()).trim();
  await walkTo(page, first.getByRole('rowheader'));
  await page.keyboard.press('Enter');
  await expectPage(page, name);

  await skipToContent(page);
  await walkTo(page, page.getByRole('button', { name: 'Edit volume' }));
  await page.keyboard.press('Enter');
  await expectPage(page, /^Edit volume/);
  const mark = await simulator.mark();
  const input = page.getByRole('textbox', { name: 'Name', exact: true });
  await skipToContent(page);
  await walkTo(page, input);
  await page.keyboard.press('End');
  await page.keyboard.type('-changed');
  await expect(input).toHaveValue(`${name}-changed`);
  await walkTo(page, page.getByRole('main').getByRole('link', { name: 'Cancel' }));
  await page.keyboard.press('Enter');
  await expect(dialog(page, 'Leave without saving?')).toBeVisible();
  await walkTo(page, page.getByRole('button', { name: 'Leave and discard' }), 'Tab', 10);
  await page.keyboard.press('Enter');
  await expectPage(page, name);
  expect(await simulator.writes(mark)).toEqual([]);
});

test('the first key press offers the way past the navigation', async ({ page, simulator, faults }) => {
  const knock = faults.expectStatus(401, /\/boxes\//, { optional: true });
  await page.goto('./#/north/pools');
  await page.getByLabel('User name').fill(simulator.administrator.username);
  await page.getByLabel('Password', { exact: true }).fill(simulator.administrator.password);
  await page.keyboard.press('Enter');
  await expectPage(page, 'Pools');
  knock.end();
  const skip = page.getByRole('button', { name: 'Skip to the content' }).or(page.getByRole('link', { name: 'Skip to the content' }));
  await page.reload();
  await expectPage(page, 'Pools');
  await walkTo(page, skip, 'Tab', 3);
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
