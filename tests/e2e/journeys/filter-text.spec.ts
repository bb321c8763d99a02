/** The filter as text: typed, completed, corrected, applied by box and browser, and the same as chips and as an address. */

import { chooseField, dialog, expectPage, go, names, settled, table } from '../support/console.ts';
import { expectAccessible } from '../support/accessibility.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const list = '/api/rest/volumes';

test.beforeEach(async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  await expectPage(page, 'Volumes');
});

test('a filter is typed with completion, corrected where it is wrong, and stands as chips too', async ({ page, simulator }) => {
  await page.getByRole('button', { name: 'As text' }).click();
  const text = page.getByRole('combobox', { name: 'Filter as text' });
  const options = page.getByRole('listbox', { name: 'What may come next' }).getByRole('option');

  await text.pressSequentially('na');
  await expect(options.first()).toContainText('name');
  await text.press('ArrowDown');
  await expect(text).toHaveAttribute('aria-activedescendant', /.+/);
  await text.press('Enter');
  await expect(text).toHaveValue('name ');
  await expect(options.filter({ hasText: 'contains' })).toBeVisible();
  await text.pressSequentially('~ db and siz');
  await options.filter({ hasText: 'Size' }).first().click();
  await text.pressSequentially('>= much');

  // Nothing is asked, the fault is named and marked, and what was typed stays.
  const mark = await simulator.mark();
  await text.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Enter an amount' })).toBeVisible();
  await expect(text).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('.filter-fault')).toHaveText('much');
  await expect(text).toHaveValue('name ~ db and size >= much');
  expect(await text.evaluate((input: HTMLInputElement) => input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0))).toBe('much');
  expect(await simulator.requests(mark)).toEqual([]);
  await expectAccessible(page);

  await text.fill('name ~ db and size >= 8GiB and provtype in (THIN, THICK)');
  await text.press('Enter');
  await expect(page).toHaveURL(/filter=size:geq:8589934592/);
  await settled(page);
  const asked = (await simulator.requests(mark)).filter(({ path }) => path === list).at(-1)?.query;
  expect(asked).toEqual(expect.arrayContaining([['name', 'like:db'], ['size', 'geq:8589934592'], ['provtype', 'in:(THIN,THICK)']]));
  await expect(page.getByRole('list', { name: 'Filters' }).getByRole('listitem')).toHaveCount(3);
  await expect(text).toHaveValue('name ~ db and size >= 8GiB and provtype in (THIN, THICK)');

  await page.getByRole('button', { name: 'As chips' }).click();
  await expect(page.getByRole('button', { name: /^Edit filter: Size is at least 8/ })).toBeVisible();
  await page.getByRole('button', { name: /^Remove filter: Provisioning/ }).click();
  await page.getByRole('button', { name: 'As text' }).click();
  await expect(page.getByRole('combobox', { name: 'Filter as text' })).toHaveValue('name ~ db and size >= 8GiB');
});

test('records are named in a filter as text: offered by the system, looked up, and told where there is none', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  await page.getByRole('button', { name: 'As text' }).click();
  const text = page.getByRole('combobox', { name: 'Filter as text' });
  const options = page.getByRole('listbox', { name: 'What may come next' }).getByRole('option');
  const asked = async (mark: number) => (await simulator.requests(mark)).filter(({ path }) => path === list).at(-1)?.query ?? [];

  // Identifiers are neither more nor less than others.
  await text.fill('pool ');
  await expect(options.filter({ hasText: 'is one of' })).toBeVisible();
  await expect(options.filter({ hasText: /less|more|between/ })).toHaveCount(0);
  await text.pressSequentially('= production-o');
  await expect(options.filter({ hasText: 'production-oracle' })).toBeVisible();
  let mark = await simulator.mark();
  await text.press('ArrowDown');
  await text.press('Enter');
  await expect(text).toHaveValue('pool = production-oracle ');
  await text.press('Escape');
  await text.press('Enter');
  await expect(page).toHaveURL(/filter=pool_id:eq:\d+/);
  const key = new URL(page.url()).hash.match(/pool_id:eq:(\d+)/)?.[1];
  await settled(page);
  expect(await asked(mark)).toContainEqual(['pool_id', `eq:${key}`]);
  await expect(text).toHaveValue('pool_id = production-oracle');

  // Typed to its end in another case, it is looked up; an unknown one is told where it stands, and nothing is filtered by it.
  await text.fill('Pool != PRODUCTION-oracle');
  await text.press('Escape');
  await text.press('Enter');
  await expect(page).toHaveURL(new RegExp(`filter=pool_id:neq:${key}`));
  await settled(page);
  mark = await simulator.mark();
  await text.fill('pool in (production-oracle, nowhere)');
  await text.press('Escape');
  await text.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'None of the pools is called “nowhere”.' })).toBeVisible();
  await expect(page.locator('.filter-fault')).toHaveText('nowhere');
  expect(await asked(mark)).toEqual([]);

  for (const [typed, told] of [['size > 1,5', 'decimal point in a filter as text: 1.5'], ['size > 50%', '“50%” is no value of size.']] as const) {
    await text.fill(typed);
    await text.press('Escape');
    await text.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: told })).toBeVisible();
  }

  // What the system said of an earlier filter is said once, and goes when another one cannot be read.
  await page.getByRole('button', { name: 'Undo what was typed' }).click();
  faults.expectStatus(400, /\/(volumes|pools)\?/);
  await go(page, '#/north/volumes?filter=pool_id:eq:gold');
  const refusal = page.locator('.list-state');
  await expect(refusal.locator('.error-list')).toHaveCount(0);
  await expect(refusal.getByRole('button', { name: 'Clear filters' })).toBeVisible();
  await text.fill('size > much');
  await text.press('Enter');
  await expect(refusal).toHaveText('Nothing is shown, because the filter above cannot be read yet.');
  await page.getByRole('button', { name: 'Undo what was typed' }).click();
  await expect(refusal.getByRole('button', { name: 'Clear filters' })).toBeVisible();
});

test('ages move with the present, and what only the browser can apply says that it covers one page', async ({ page, simulator }) => {
  await page.getByRole('button', { name: 'Add filter' }).click();
  const form = dialog(page, 'Filter volumes');
  await chooseField(form, 'Created');
  await form.getByLabel('Comparison').selectOption({ label: 'is older than' });
  await form.getByRole('textbox', { name: 'Value' }).fill('1 h');
  await form.getByRole('button', { name: 'Apply filter' }).click();
  await expect(page).toHaveURL(/filter=created_at:lt:now-1h/);
  await expect(page.getByRole('button', { name: /^Edit filter: Created is older than 1h/ })).toBeVisible();
  await settled(page);
  const asked = (await simulator.requests()).filter(({ path }) => path === list).at(-1)?.query;
  const bound = asked?.find(([name]) => name === 'created_at')?.[1] ?? '';
  expect(Math.abs(Date.now() - 3_600_000 - Number(bound.replace('lt:', '')))).toBeLessThan(120_000);

  // A comma in a list is more than the system can be told: the browser looks at the page.
  await go(page, '#/north/volumes?filter=name:notin:a%5C,b,c');
  await settled(page);
  await expect(page.getByRole('button', { name: /^Edit filter: Name is none of .*browser/ })).toBeVisible();
  await expect(page.getByText(/50 of 50 rows of this page match what the browser filters: Name/)).toBeVisible();
  expect(await names(table(page, 'Volumes'))).toHaveLength(50);
  await go(page, '#/north/volumes?filter=name:in:a%5C,b,c');
  await expect(page.getByText('Nothing on this page matches')).toBeVisible();
  await expect(page.getByText(/1.50 of 2.?000/)).toBeVisible();
  await expectAccessible(page);
});
