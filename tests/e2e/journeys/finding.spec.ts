/** Finding volumes among a hundred thousand: filters, sorting, pages, columns, and all of it in the address. */

import type { Locator, Page } from '@playwright/test';
import { addFilter, chooseField, column, dialog, expectPage, names, settled, table } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import type { Received, Simulator } from '../support/simulator.ts';
import { expect, test } from '../support/test.ts';

test.use({ volumes: 100_000 });

const list = '/api/rest/volumes';

/** The latest list request that the box answered, its parameters as name=value, without columns and page. */
async function asked(simulator: Simulator, since = 0): Promise<string[]> {
  const read = (await simulator.requests(since)).filter(({ method, path }) => method === 'GET' && path === list);
  return parameters(read.at(-1));
}

function parameters(request: Received | undefined): string[] {
  return (request?.query ?? [])
    .filter(([name]) => !['fields', 'page', 'page_size'].includes(name))
    .map(([name, value]) => `${name}=${value}`);
}

/** How many volumes the box itself finds. */
async function found(simulator: Simulator, query: string): Promise<number> {
  const { status, metadata } = await simulator.send('GET', `${list}?page_size=1&${query}`);
  expect(status).toBe(200);
  return metadata.number_of_objects;
}

async function expectCount(page: Page, count: number): Promise<void> {
  const text = count === 1 ? '1 volume' : new RegExp(`^${count.toLocaleString('en').replaceAll(',', '.?')} volumes`);
  await expect(page.getByRole('status').filter({ hasText: text }).first()).toBeVisible();
}

function fillValue(value: string): (form: Locator) => Promise<void> {
  return (form) => form.getByRole('textbox', { name: 'Value', exact: true }).fill(value);
}

test.beforeEach(async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  await expectPage(page, 'Volumes');
});

test('all hundred thousand are counted and the first page comes at once', async ({ page, simulator }) => {
  await expectCount(page, 100_000);
  const rows = await names(table(page, 'Volumes'));
  expect(rows).toHaveLength(50);
  const first = await simulator.send<{ name: string }[]>('GET', `${list}?fields=name&sort=name`);
  expect(rows).toEqual(first.result.map(({ name }) => name));
});

test('a part of the name and a pool find what the box finds', async ({ page, simulator }) => {
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('payroll-redo');
  await expect(page).toHaveURL(/filter=name/);
  await addFilter(page, 'Pool', 'is', async (form) => {
    await form.getByRole('option', { name: 'production-sap' }).click();
  });
  const pools = await simulator.send<{ id: number; name: string }[]>('GET', '/api/rest/pools?name=eq:production-sap');
  const pool = pools.result[0]?.id;
  await expectCount(page, await found(simulator, `name=like:payroll-redo&pool_id=eq:${pool}`));
  await settled(page);
  const volumes = table(page, 'Volumes');
  for (const name of await names(volumes)) {
    expect(name).toContain('payroll-redo');
  }
  expect(new Set(await column(volumes, 'Pool'))).toEqual(new Set(['production-sap']));
  expect(await asked(simulator)).toEqual(expect.arrayContaining(['name=like:payroll-redo', `pool_id=eq:${pool}`]));
});

test('sizes are compared in the unit that is typed', async ({ page, simulator }) => {
  await addFilter(page, 'Size', 'is at least', fillValue('100 GB'));
  const size = 100_000_000_000;
  expect(await asked(simulator)).toContain(`size=geq:${size}`);
  await expectCount(page, await found(simulator, `size=geq:${size}`));

  await page.getByRole('button', { name: 'Edit filter: Size' }).click();
  const form = dialog(page, /^Change filter/);
  await form.getByLabel('Comparison').selectOption({ label: 'is between' });
  await form.getByRole('textbox', { name: 'From' }).fill('64 GiB');
  await form.getByRole('textbox', { name: 'To' }).fill('65 GiB');
  await form.getByRole('button', { name: 'Apply filter' }).click();
  await expectCount(page, await found(simulator, `size=between:[${64 * 2 ** 30},${65 * 2 ** 30}]`));
  expect(await asked(simulator)).toEqual(expect.arrayContaining([`size=between:[${64 * 2 ** 30},${65 * 2 ** 30}]`]));
});

test('what is no size is refused at the input and nothing is asked', async ({ page, simulator }) => {
  const mark = await simulator.mark();
  await page.getByRole('button', { name: 'Add filter' }).click();
  const form = dialog(page, 'Filter volumes');
  await chooseField(form, 'Size');
  await form.getByLabel('Comparison').selectOption({ label: 'is at least' });
  await form.getByRole('textbox', { name: 'Value' }).fill('many');
  await form.getByRole('button', { name: 'Apply filter' }).click();
  await expect(form.getByRole('textbox', { name: 'Value' })).toHaveAttribute('aria-invalid', 'true');
  expect(await simulator.requests(mark)).toEqual([]);
});

test('every comparison that the box knows can be made', async ({ page, simulator }) => {
  test.setTimeout(120_000);
  const one = fillValue('payroll');
  const two = async (form: Locator) => {
    await form.getByRole('textbox', { name: 'From' }).fill('payroll');
    await form.getByRole('textbox', { name: 'To' }).fill('payroll-z');
  };
  const many = async (form: Locator) => {
    await form.getByRole('textbox', { name: 'Values' }).fill('payroll-db-prod-0001\nweb-db-prod-0003');
  };
  const comparisons: readonly (readonly [string, string, ((form: Locator) => Promise<void>)?])[] = [
    ['is', 'eq:payroll', one],
    ['is not', 'neq:payroll', one],
    ['contains', 'like:payroll', one],
    ['is one of', 'in:(payroll-db-prod-0001,web-db-prod-0003)', many],
    ['is none of', 'notin:(payroll-db-prod-0001,web-db-prod-0003)', many],
    ['is less than', 'lt:payroll', one],
    ['is at most', 'leq:payroll', one],
    ['is more than', 'gt:payroll', one],
    ['is at least', 'geq:payroll', one],
    ['is between', 'between:[payroll,payroll-z]', two],
    ['is empty', 'is:null'],
    ['is not empty', 'isnot:null'],
  ];
  await page.getByRole('button', { name: 'Add filter' }).click();
  await chooseField(dialog(page, 'Filter volumes'), 'Name');
  const offered = dialog(page, 'Filter volumes').getByLabel('Comparison').getByRole('option');
  await expect(offered).toHaveText(comparisons.map(([words]) => words));
  await page.getByRole('button', { name: 'Cancel' }).click();

  for (const [words, wire, fill] of comparisons) {
    const mark = await simulator.mark();
    await addFilter(page, 'Name', words, fill);
    await expect.poll(() => asked(simulator, mark), { message: words }).toContainEqual(expect.stringMatching(/^name=/));
    const sent = (await asked(simulator, mark)).find((parameter) => parameter.startsWith('name='));
    expect(sent).toBe(`name=${wire}`);
    const last = (await simulator.requests(mark)).filter(({ path }) => path === list).at(-1);
    expect(last?.status, words).toBe(200);
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await expect(page).not.toHaveURL(/filter=/);
  }
});

test('a column is sorted by a click and a second one added with Shift', async ({ page, simulator }) => {
  const volumes = table(page, 'Volumes');
  const header = (name: string) => volumes.getByRole('columnheader', { name }).getByRole('button').first();
  await header('Provisioning').click();
  await expect(page).toHaveURL(/sort=provtype/);
  await header('Size').click({ modifiers: ['Shift'] });
  await header('Size').click({ modifiers: ['Shift'] });
  await expect.poll(() => asked(simulator)).toEqual(['sort=provtype,-size']);
  await settled(page);
  await expect(volumes.getByRole('columnheader', { name: 'Provisioning' })).toHaveAttribute('aria-sort', 'ascending');
  const answer = await simulator.send<{ name: string }[]>('GET', `${list}?fields=name&sort=provtype,-size`);
  expect(await names(volumes)).toEqual(answer.result.map(({ name }) => name));
});

test('pages: the next, the last, and a thousand rows at once', async ({ page, simulator }) => {
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/page=2/);
  await settled(page);
  const second = await simulator.send<{ name: string }[]>('GET', `${list}?fields=name&sort=name&page=2`);
  expect(await names(table(page, 'Volumes'))).toEqual(second.result.map(({ name }) => name));
  await pages.getByRole('link', { name: 'Last page' }).click();
  await expect(page).toHaveURL(/page=2000/);
  await settled(page);
  await expect(page.getByText(/99.?951.*100.?000/)).toBeVisible();

  await page.getByRole('combobox', { name: 'Rows per page' }).selectOption('1000');
  await settled(page);
  await expect(table(page, 'Volumes')).toHaveAttribute('aria-rowcount', /^(1001|100001)$/);
  await expect(page.getByText(/1.1.?000 of 100.?000/)).toBeVisible();
  const thousand = (await simulator.requests()).filter(({ path }) => path === list).at(-1)?.query;
  expect(thousand).toContainEqual(['page_size', '1000']);
  // Only the rows that show are in the document; the last one comes with scrolling.
  const thousandth = await simulator.send<{ name: string }[]>('GET', `${list}?fields=name&sort=name&page=1000&page_size=1`);
  await table(page, 'Volumes').getByRole('rowheader').first().press('Control+End');
  await expect(table(page, 'Volumes').getByRole('link', { name: thousandth.result[0]?.name ?? '', exact: true })).toBeInViewport();
});

test('columns are chosen, moved and asked for', async ({ page, simulator }) => {
  await page.getByRole('button', { name: 'Columns' }).click();
  const chooser = dialog(page, 'Columns');
  await chooser.getByRole('checkbox', { name: 'Used', exact: true }).uncheck();
  await chooser.getByRole('checkbox', { name: 'Serial number' }).check();
  await chooser.getByRole('button', { name: 'Move Serial number up' }).click();
  await chooser.getByRole('button', { name: /Done|Apply|Show/ }).click();
  await settled(page);
  const headers = await table(page, 'Volumes').getByRole('columnheader').allInnerTexts();
  const titles = headers.map((header) => header.trim().split('\n')[0]?.trim());
  expect(titles).toContain('Serial number');
  expect(titles).not.toContain('Used');
  const fields = (await simulator.requests()).filter(({ path }) => path === list).at(-1)?.query.find(([name]) => name === 'fields')?.[1];
  expect(fields?.split(',')).toContain('serial');
  expect(fields?.split(',')).not.toContain('used');
});

test('the address alone brings the same rows again; back and forward walk the queries', async ({ page, context }) => {
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('vdi');
  await expect(page).toHaveURL(/filter=name/);
  await addFilter(page, 'Size', 'is more than', fillValue('8 GiB'));
  await table(page, 'Volumes').getByRole('columnheader', { name: 'Size' }).getByRole('button').first().click();
  await expect(page).toHaveURL(/sort=size/);
  await settled(page);
  const rows = await names(table(page, 'Volumes'));
  expect(rows.length).toBeGreaterThan(1);

  const other = await context.newPage();
  await other.goto(page.url());
  await settled(other);
  await expect(table(other, 'Volumes')).toBeVisible();
  await expect.poll(() => names(table(other, 'Volumes'))).toEqual(rows);
  await other.close();

  await page.goBack();
  await expect(page).not.toHaveURL(/sort=size/);
  await page.goBack();
  await expect(page).not.toHaveURL(/size/);
  await expect(page.getByRole('searchbox', { name: 'Search by name' })).toHaveValue('vdi');
  await page.goForward();
  await page.goForward();
  await expect(page).toHaveURL(/sort=size/);
  await expect.poll(() => names(table(page, 'Volumes'))).toEqual(rows);
  await page.reload();
  await expect.poll(() => names(table(page, 'Volumes'))).toEqual(rows);
});

test('a filter without a match says so and can be cleared', async ({ page }) => {
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('no volume is called like this');
  await expect(page.getByRole('main')).toContainText(/No volumes match/);
  await expectPage(page, 'Volumes');
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expectCount(page, 100_000);
});
