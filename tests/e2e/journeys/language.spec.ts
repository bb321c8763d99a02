/** The console speaks the browser's language, or the one that a person has chosen. */

import { expectAccessible, listen } from '../support/accessibility.ts';
import { choose, dialog, expectPage, go, settled, table } from '../support/console.ts';
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
    await main.getByRole('button', { name: say('outcome', 'save_changes') }).click();
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

test('numbers are read and typed as German writes them, and what has two readings is asked about', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  const main = page.getByRole('main');
  const size = page.getByRole('textbox', { name: 'Size', exact: true });
  const create = main.getByRole('button', { name: 'Create volume' });
  const knock = faults.expectStatus(401, /\/boxes\//, { optional: true });
  await page.goto('./#/north/volumes');
  await page.getByLabel(say('sign_in', 'user_name')).fill(simulator.administrator.username);
  await page.getByLabel(say('sign_in', 'password'), { exact: true }).fill(simulator.administrator.password);
  await page.keyboard.press('Enter');
  await expectPage(page, 'Volumes');
  knock.end();
  const heard = await listen(page);

  await test.step('counts and pages', async () => {
    await expect(main.locator('.list-count')).toHaveText('2000 Volumes');
    await expect(main.locator('.pager-range')).toHaveText('1–50 von 2000');
    await main.getByLabel(say('pager', 'go_to')).fill('1.234');
    await page.keyboard.press('Enter');
    await expect(main.locator('.pager-range')).toHaveText('1951–2000 von 2000');
  });

  await test.step('a size, as it is typed, reviewed, sent and shown', async () => {
    await go(page, '#/north/volumes/~new');
    await expectPage(page, 'Create volume');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('journey-zahl');
    await choose(main, 'Pool', 'production-sap');
    await size.fill('1.500');
    await expect(page.getByLabel(say('form', 'unit_of', { label: 'Size' }))).toHaveValue('GiB');
    const mark = await simulator.mark();
    await create.click();
    await expect(size).toHaveAccessibleDescription(/„1\.500“ kann 1500 oder 1,5 heißen/);
    await expectAccessible(page);
    expect(await simulator.writes(mark)).toEqual([]);
    await size.fill('1,5 TiB');
    await main.getByRole('button', { name: say('form', 'review') }).click();
    await expect(dialog(page)).toContainText('1,5 TiB');
    await expectGerman(page);
    await dialog(page).getByRole('button', { name: say('plan', 'back_to_form') }).click();
    await create.click();
    await expectPage(page, 'journey-zahl');
    const sent = (await simulator.requests(mark)).find(({ method }) => method === 'POST');
    expect(sent?.body).toMatchObject({ size: 1.5 * 2 ** 40 });
    await expect(main).toContainText('1,5\u{a0}TiB');
    await expect.poll(heard).toContain(say('outcome', 'created', { thing: 'Volume journey-zahl' }));
  });

  await test.step('what an input is filled with', async () => {
    await main.getByRole('link', { name: 'Edit volume' }).or(main.getByRole('button', { name: 'Edit volume' })).click();
    await expect(size).toHaveValue('1,5');
    await expect(page.getByLabel(say('form', 'unit_of', { label: 'Size' }))).toHaveValue('TiB');
    await go(page, '#/north/volumes?filter=size:geq:1649267441664');
    await expect(main.locator('.chip')).toContainText('1,5\u{a0}TiB');
    await main.locator('.chip-text').click();
    const value = dialog(page).getByLabel(say('list', 'value'));
    await expect(value).toHaveValue('1,5 TiB');
    const apply = dialog(page).getByRole('button', { name: say('filter', 'apply') });
    await value.fill('1.500 TiB');
    await apply.click();
    await expect(value).toHaveAccessibleDescription(/1500 oder 1,5/);
    await value.fill('0,25 TiB');
    await apply.click();
    await expect(main.locator('.chip')).toContainText('256\u{a0}GiB');
    await expect(page).toHaveURL(/size:geq:274877906944/);
  });

  await test.step('an approval, and its outcome', async () => {
    await go(page, '#/north/volumes?filter=name:eq:journey-zahl');
    await table(page, 'Volumes').getByRole('rowheader').getByRole('link').first().click();
    await expectPage(page, 'journey-zahl');
    await main.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog(page).getByRole('textbox', { name: say('plan', 'type_name', { name: 'journey-zahl' }) }).fill('journey-zahl');
    faults.expectStatus(403, /\/volumes\//);
    await dialog(page).getByRole('button', { name: 'Delete volume' }).click();
    await expect(dialog(page)).toContainText(say('plan', 'asks_approval'));
    await expectGerman(page);
    await expectAccessible(page);
    await dialog(page).getByRole('button', { name: say('plan', 'approve_and', { action: 'Delete volume' }) }).click();
    await expectPage(page, 'Volumes');
    await expect.poll(heard).toContain(say('outcome', 'deleted', { thing: 'Volume journey-zahl' }));
  });
});

test('without its texts the console speaks English and says so', async ({ page, simulator, faults }) => {
  faults.expectStatus(404, /messages\/de\.json$/);
  faults.expectStatus(401, /\/boxes\//, { optional: true });
  await page.route('**/messages/de.json', (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto('./#/north/volumes');
  const message = page.getByText('The texts in Deutsch could not be loaded: messages/de.json: HTTP 404.');
  await expect(message.filter({ visible: true }).first()).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expectAccessible(page);
  await page.getByLabel('User name').fill(simulator.administrator.username);
  await page.getByLabel('Password', { exact: true }).fill(simulator.administrator.password);
  await page.keyboard.press('Enter');
  await expectPage(page, 'Volumes');
  await expect(page.getByRole('navigation', { name: 'Resources' })).toBeVisible();
  // Numbers go by what is spoken, not by what was wanted.
  await expect(table(page, 'Volumes').getByText(/^\d+\.\d+\u{a0}[GT]iB$/u).first()).toBeVisible();
});
