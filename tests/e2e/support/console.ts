/**
 * What a person does in the console, by the words that stand there: lists, filters, forms, actions, dialogs. The tests read
 * as journeys because the clicking is here.
 */

import { type Locator, type Page, expect } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';

/** Opens a place of the console in the page that is open: no reload, the session stays. */
export async function go(page: Page, place: string): Promise<void> {
  await page.evaluate((fragment) => {
    location.hash = fragment;
  }, place);
}

/** Waits until nothing is announced as busy. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

/** Waits for the page of that heading and checks that it is accessible. */
export async function expectPage(page: Page, heading: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await settled(page);
  await expectAccessible(page);
}

/** The dialog on top. */
export function dialog(page: Page, title?: string | RegExp): Locator {
  return title === undefined ? page.getByRole('dialog').last() : page.getByRole('dialog', { name: title });
}

/** The table of that name, on a list page or a record page. */
export function table(page: Page, name: string): Locator {
  return page.getByRole('grid', { name });
}

/** The names in the first column of a table, in their order. */
export async function names(of: Locator): Promise<string[]> {
  const cells = await of.getByRole('rowheader').allTextContents();
  return cells.map((text) => text.trim());
}

/** The texts of a column of a table, in the order of the rows. */
export async function column(of: Locator, title: string): Promise<string[]> {
  const headers = await of.getByRole('columnheader').allInnerTexts();
  const index = headers.findIndex((header) => header.trim().startsWith(title));
  expect(index, `column ${title} of ${headers.join(', ')}`).toBeGreaterThanOrEqual(0);
  const rows = of.getByRole('row').filter({ has: of.page().getByRole('rowheader') });
  return rows.evaluateAll((all, at) => all.map((row) => (row.children[at] as HTMLElement).innerText.trim()), index);
}

/** Writes a filter term in the list's dialog; `fill` gives the values where the comparison takes some. */
export async function addFilter(
  page: Page,
  field: string,
  comparison: string,
  fill?: (dialog: Locator) => Promise<void>,
): Promise<void> {
  await page.getByRole('button', { name: 'Add filter' }).click();
  const form = dialog(page, /^Filter /);
  await chooseField(form, field);
  await form.getByLabel('Comparison').selectOption({ label: comparison });
  await fill?.(form);
  await form.getByRole('button', { name: 'Apply filter' }).click();
  await expect(form).toBeHidden();
}

/** Chooses the field of a filter term by its label. */
export async function chooseField(form: Locator, field: string): Promise<void> {
  await form.getByRole('combobox', { name: 'Field', exact: true }).fill(field);
  const options = form.getByRole('option');
  await options.filter({ has: form.page().getByText(field, { exact: true }) }).first().click();
}

/** Chooses an action of a record or list that is in the menu of further ones, or a button of its own. */
export async function act(page: Page, name: string): Promise<void> {
  const button = page.getByRole('main').getByRole('button', { name, exact: true });
  // Which of the two it is shows when the record is there.
  await expect(button.or(page.getByRole('button', { name: 'More actions' })).first()).toBeVisible();
  if ((await button.count()) > 0) {
    await button.click();
    return;
  }
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

/** Looks for a record in a reference input and chooses it. */
export async function choose(within: Locator, label: string, name: string): Promise<void> {
  const input = within.getByRole('combobox', { name: label, exact: true });
  await input.fill(name);
  await within.page().getByRole('option', { name, exact: true }).or(within.page().getByRole('option', { name: new RegExp(`^${name}\\b`) })).first().click();
}

/** Opens the user's menu in the bar and chooses an item. */
export async function userMenu(page: Page, user: string, item: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: user, exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}
