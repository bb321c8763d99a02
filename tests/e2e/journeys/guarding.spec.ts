/** What was typed is not lost by accident. */

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { dialog, expectPage } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const name = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true });

test.beforeEach(async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  await page.goto('./#/north/volumes/~new');
  await expectPage(page, 'Create volume');
});

test('leaving a form that nobody touched asks nothing', async ({ page }) => {
  await page.getByRole('link', { name: 'Pools' }).first().click();
  await expectPage(page, 'Pools');
});

test('leaving asks; staying keeps what was typed, leaving discards it', async ({ page, simulator }) => {
  const mark = await simulator.mark();
  await name(page).fill('half-typed');
  await page.getByRole('link', { name: 'Pools' }).first().click();
  const question = dialog(page, 'Leave without saving?');
  await expect(question).toBeVisible();
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Stay' }).last().click();
  await expect(question).toBeHidden();
  await expect(page).toHaveURL(/~new$/);
  await expect(name(page)).toHaveValue('half-typed');

  await page.getByRole('link', { name: 'Pools' }).first().click();
  await question.getByRole('button', { name: 'Leave and discard' }).click();
  await expectPage(page, 'Pools');
  expect(await simulator.writes(mark)).toEqual([]);
  await page.goto('./#/north/volumes/~new');
  await expect(name(page)).toHaveValue('');
});

test('the browser’s own way back asks as well', async ({ page }) => {
  await name(page).fill('half-typed');
  await page.goBack();
  const question = dialog(page, 'Leave without saving?');
  await expect(question).toBeVisible();
  await question.press('Escape');
  await expect(question).toBeHidden();
  await expect(name(page)).toHaveValue('half-typed');
  await expect(page).toHaveURL(/volumes\/~new$/);
});

test('closing the window asks in the browser’s words', async ({ page }) => {
  await name(page).fill('half-typed');
  const asked = page.waitForEvent('dialog');
  const closing = page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  await question.accept();
  await closing;
});
