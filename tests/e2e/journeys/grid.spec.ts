/** The table of a list as a grid: moved in, sorted, arranged and selected in by keys and by mouse, and what is remembered. */

import type { Locator, Page } from '@playwright/test';
import { expectPage, names, settled, table } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

/** The cell with the focus: number of its row as screen readers count, and of its column. */
async function place(page: Page): Promise<{ row: number; column: number }> {
  return page.evaluate(() => {
    const cell = document.activeElement?.closest('td, th');
    const number = (element: Element | null | undefined, name: string) => Number(element?.getAttribute(name) ?? -1);
    return { row: number(cell?.parentElement, 'aria-rowindex'), column: number(cell, 'aria-colindex') };
  });
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
  }
}

/** The headers of the data, in their order. */
async function titles(of: Locator): Promise<string[]> {
  const headers = await of.locator('thead th[data-column]').all();
  return Promise.all(headers.map(async (header) => (await header.getAttribute('aria-label')) ?? ''));
}

async function width(of: Locator): Promise<number> {
  return (await of.boundingBox())?.width ?? 0;
}

test.beforeEach(async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes?size=1000', simulator.administrator);
  await expectPage(page, 'Volumes');
});

test('keys reach every cell of a thousand rows, of which few are in the document', async ({ page }) => {
  const volumes = table(page, 'Volumes');
  // One stop for Tab: the first row, at its name.
  await expect(volumes.locator('[tabindex="0"]')).toHaveCount(1);
  await volumes.locator('[tabindex="0"]').focus();
  expect(await place(page)).toEqual({ row: 2, column: 2 });
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight');
  expect(await place(page)).toEqual({ row: 4, column: 4 });
  await press(page, 'Home');
  expect(await place(page)).toEqual({ row: 4, column: 1 });
  await press(page, 'End');
  const last = (await place(page)).column;
  expect(last).toBe(Number(await volumes.getAttribute('aria-colcount')));
  await press(page, 'Control+End');
  expect(await place(page)).toEqual({ row: 1001, column: last });
  await expect(page.locator('td:focus')).toBeInViewport();
  expect(await volumes.locator('tr[data-index]').count()).toBeLessThanOrEqual(60);
  await press(page, 'PageUp');
  expect((await place(page)).row).toBeLessThan(1001);
  await press(page, 'Control+Home', 'ArrowRight');
  expect(await place(page)).toEqual({ row: 2, column: 2 });

  // The row with the focus stays where it is while the rest is scrolled away, and every row has its number.
  await page.locator('.table-scroll').evaluate((scroller) => scroller.scrollTo({ top: 20_000 }));
  await expect(volumes.locator('tr[aria-rowindex="600"]')).toBeVisible();
  expect(await place(page)).toEqual({ row: 2, column: 2 });
  const read = () => volumes.locator('tbody tr[data-index]').evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))));
  // Elements are used again where they are; once nothing moves they come into the order in which they are read aloud.
  await expect.poll(async () => {
    const shown = await read();
    return shown.every((number, place) => place === 0 || number > (shown[place - 1] ?? 0));
  }).toBe(true);
  const numbers = await read();
  expect(numbers.length).toBeLessThanOrEqual(60);
  await press(page, 'ArrowDown');
  expect(await place(page)).toEqual({ row: 3, column: 2 });
  await expect(page.locator('th:focus')).toBeInViewport();

  // Enter opens what the row leads to, from any cell.
  const name = (await names(volumes))[1] ?? '';
  await press(page, 'ArrowRight', 'Enter');
  await expectPage(page, name);
});

test('the focus survives a refresh and the next page', async ({ page }) => {
  const volumes = table(page, 'Volumes');
  await volumes.locator('[tabindex="0"]').focus();
  await press(page, 'PageDown', 'PageDown', 'PageDown', 'ArrowRight');
  const before = await place(page);
  expect(before.row).toBeGreaterThan(40);
  // A person does not leave the cell for this: the list is read again as it is after a change elsewhere.
  await page.getByRole('button', { name: 'Refresh', exact: true }).evaluate((button: HTMLElement) => button.click());
  await settled(page);
  expect(await place(page)).toEqual(before);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next page' }).evaluate((link: HTMLElement) => link.click());
  await expect(page).toHaveURL(/page=2/);
  await settled(page);
  await expect.poll(() => place(page)).toEqual({ row: 1002, column: before.column });
  await expect(volumes.locator('tr[data-index="0"]')).toBeInViewport();
});

test('headers sort, move, change their width and are hidden by keys, and the list remembers', async ({ page }) => {
  const volumes = table(page, 'Volumes');
  const start = await titles(volumes);
  await volumes.locator('[tabindex="0"]').focus();
  await press(page, 'ArrowUp', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  const size = volumes.locator('thead th[data-column="size"]');
  await expect(size).toBeFocused();
  await press(page, 'Enter');
  await expect(page).toHaveURL(/sort=size/);
  await expect(size).toHaveAttribute('aria-sort', 'ascending');
  await settled(page);
  await expect(size).toBeFocused();
  await press(page, 'ArrowRight', 'ArrowRight', 'Shift+Enter');
  await expect(page).toHaveURL(/sort=size,provtype/);
  await settled(page);

  await press(page, 'ArrowLeft', 'ArrowLeft', 'Alt+ArrowLeft', 'Alt+ArrowLeft');
  await expect.poll(() => titles(volumes)).toEqual(['Name', 'Size', ...start.filter((title) => !['Name', 'Size'].includes(title))]);
  await expect(size).toBeFocused();
  // What names the record stays first.
  await press(page, 'Alt+ArrowLeft');
  expect((await titles(volumes))[0]).toBe('Name');
  const before = await width(size);
  await press(page, 'Shift+Alt+ArrowRight', 'Shift+Alt+ArrowRight');
  await expect.poll(() => width(size)).toBeGreaterThan(before + 20);
  const wide = await width(size);

  await press(page, 'ArrowRight', 'Alt+ArrowDown');
  await page.getByRole('menuitem', { name: 'Hide column' }).press('Enter');
  await expect.poll(() => titles(volumes)).not.toContain('Type');
  expect((await place(page)).row).toBe(1);

  await page.reload();
  await expectPage(page, 'Volumes');
  expect((await titles(volumes)).slice(0, 2)).toEqual(['Name', 'Size']);
  expect(await titles(volumes)).not.toContain('Type');
  expect(await width(size)).toBeCloseTo(wide, 0);

  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('button', { name: 'Show columns' }).click();
  await expect.poll(() => titles(volumes)).toEqual(start);
});

test('columns are dragged by their headers and their edges', async ({ page }) => {
  const volumes = table(page, 'Volumes');
  const header = (column: string) => volumes.locator(`thead th[data-column="${column}"]`);
  const drag = async (from: { x: number; y: number }, x: number) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + x) / 2, from.y, { steps: 3 });
    await page.mouse.move(x, from.y, { steps: 3 });
    await page.mouse.up();
  };
  const [size, pool] = [await header('size').boundingBox(), await header('pool_id').boundingBox()];
  if (size === null || pool === null) {
    throw new Error('the headers are not there');
  }
  // By its label at the end: at the beginning of a column of numbers is the menu.
  await drag({ x: size.x + size.width - 30, y: size.y + size.height / 2 }, pool.x + 4);
  await expect.poll(async () => (await titles(volumes)).slice(2, 4)).toEqual(['Size', 'Pool']);
  // It was no click: the order of the rows is as it was.
  await expect(page).not.toHaveURL(/sort=/);

  const edge = await header('pool_id').boundingBox();
  if (edge === null) {
    throw new Error('the header is not there');
  }
  await drag({ x: edge.x + edge.width - 3, y: edge.y + edge.height / 2 }, edge.x + edge.width + 120);
  await expect.poll(() => width(header('pool_id'))).toBeGreaterThan(edge.width + 100);
  const wide = await width(header('pool_id'));
  await header('pool_id').locator('.table-grip').dblclick();
  await expect.poll(() => width(header('pool_id'))).toBeLessThan(wide - 20);
  const cut = await volumes.locator('tbody tr[data-index]').evaluateAll((rows) =>
    rows.filter((row) => (row.children[4]?.scrollWidth ?? 0) > (row.children[4]?.clientWidth ?? 0)).length);
  expect(cut).toBe(0);
});

test('rows are selected by keys and boxes, over several pages', async ({ page }) => {
  const volumes = table(page, 'Volumes');
  const selected = volumes.locator('tr[aria-selected="true"]');
  await volumes.locator('[tabindex="0"]').focus();
  await press(page, ' ');
  await expect(selected).toHaveCount(1);
  await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
  await expect(selected).toHaveCount(4);
  await press(page, 'Shift+ArrowUp');
  await expect(selected).toHaveCount(3);
  await expect(page.getByText('3 selected', { exact: true })).toBeVisible();
  const boxes = volumes.locator('tbody input[type=checkbox]');
  await boxes.nth(5).click();
  await boxes.nth(8).click({ modifiers: ['Shift'] });
  await expect(selected).toHaveCount(7);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Page 2', exact: true }).click();
  await expect(page).toHaveURL(/page=2/);
  await settled(page);
  await expect(page.getByText('7 selected, 7 of them on other pages')).toBeVisible();
  await volumes.locator('[tabindex="0"]').focus();
  await press(page, 'Control+a');
  await expect(page.getByText(/^1.?007 selected/)).toBeVisible();
  await press(page, 'Escape');
  await expect(page.getByText(/selected/)).toBeHidden();
});

test('a page is gone to by its number', async ({ page }) => {
  await page.goto(`${page.url().split('#')[0]}#/north/volumes`);
  await expectPage(page, 'Volumes');
  const pages = page.getByRole('navigation', { name: 'Pages' });
  const number = pages.getByRole('textbox', { name: 'Page number' });
  await expect(pages).toContainText('of 40');
  await number.fill('12');
  await number.press('Enter');
  await expect(page).toHaveURL(/page=12/);
  await settled(page);
  await expect(page.getByText(/551–600 of 2.?000/)).toBeVisible();
  await number.fill('4000');
  await number.press('Enter');
  await expect(page).toHaveURL(/page=40(&|$)/);
  await expect(number).toHaveValue('40');
  await number.fill('many');
  await number.press('Enter');
  await expect(number).toHaveValue('40');
  await pages.getByRole('link', { name: 'First page' }).click();
  await expect(page).not.toHaveURL(/page=/);
});

test('the volumes need no scrolling to the side, and density changes the height of rows', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const scroller = page.locator('.table-scroll');
  const overflow = () => scroller.evaluate((element) => element.scrollWidth - element.clientWidth);
  await expect.poll(overflow).toBeLessThanOrEqual(0);
  const height = () => table(page, 'Volumes').locator('tr[data-index="1"]').evaluate((row) => row.getBoundingClientRect().height);
  const comfortable = await height();
  await page.evaluate(() => localStorage.setItem('boxdeck.density', 'compact'));
  await page.reload();
  await expectPage(page, 'Volumes');
  expect(await height()).toBeLessThan(comfortable);
  // No row is higher than another.
  const heights = await table(page, 'Volumes').locator('tr[data-index]').evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
  expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(0.5);
});
