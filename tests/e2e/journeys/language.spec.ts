/** The console speaks the browser's language, or the one that a person has chosen. */

import { expectAccessible } from '../support/accessibility.ts';
import { dialog, expectPage, go, settled, table } from '../support/console.ts';
import { expect, test } from '../support/test.ts';
import { expectGerman, say } from '../support/words.ts';

test.use({ locale: 'de-DE' });

test('a German browser gets a German console, until another language is chosen', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  const main = page.getByRole('main');

  await test.step('the sign-in', async () => {
    const knock = faults.expectStatus(401, /\/boxes\//, { optional: true });
    await page.goto('./#/north/volumes');
    await page.getByLabel(say('sign_in', 'user_name')).fill(simulator.administrator.username);
    await expectGerman(page);
    await page.getByLabel(say('sign_in', 'password'), { exact: true }).fill(simulator.administrator.password);
    await page.keyboard.press('Enter');
    await expectPage(page, 'Volumes');
    knock.end();
    await expectGerman(page);
  });

  await test.step('a record, and what destroys it', async () => {
    await table(page, 'Volumes').getByRole('rowheader').getByRole('link').first().click();
    await expect(page.getByRole('tab', { name: say('record', 'details') })).toBeVisible();
    await expect(main.locator('.as-of')).toHaveText(/^Stand: /);
    await settled(page);
    await expectGerman(page);
    await main.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(dialog(page)).toContainText(say('plan', 'destroys'));
    await expectGerman(page);
    await expectAccessible(page);
    await dialog(page).getByRole('button', { name: say('common', 'cancel') }).click();
  });

  await test.step('a form that cannot be sent, and leaving it', async () => {
    await main.getByRole('link', { name: 'Edit volume' }).or(main.getByRole('button', { name: 'Edit volume' })).click();
    await main.getByRole('textbox', { name: 'Name', exact: true }).fill('');
    await main.getByRole('button', { name: 'Edit volume' }).click();
    await expect(main).toContainText(say('form', 'summary'));
    await expectGerman(page);
    await expectAccessible(page);
    await go(page, '#/north/pools');
    const guard = dialog(page, say('door', 'leave_title'));
    await expect(guard).toContainText(say('form', 'would_be_lost'));
    await guard.getByRole('button', { name: say('door', 'leave') }).click();
    await expectPage(page, 'Pools');
    await expectGerman(page);
  });

  await test.step('other pages', async () => {
    for (const place of ['#/north', '#/north/volumes/~new', '#/north/volumes/99999999', '#/~systems']) {
      const missing = place.endsWith('99999999') ? faults.expectStatus(404, /\/volumes\//) : undefined;
      await go(page, place);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await settled(page);
      missing?.end();
      await expectGerman(page);
    }
  });

  await test.step('English, by hand', async () => {
    await go(page, '#/north/volumes');
    await page.getByRole('banner').getByRole('button', { name: simulator.administrator.username }).click();
    await page.getByRole('menuitem', { name: say('settings', 'title') }).click();
    await expectGerman(page);
    await dialog(page).getByLabel(say('settings', 'language')).selectOption({ label: 'English' });
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(dialog(page, 'Settings')).toBeVisible();
    await page.reload();
    await expectPage(page, 'Volumes');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('navigation', { name: 'Resources' })).toBeVisible();
  });
});
