/** Signing in to a box, staying signed in, signing out, and losing a session while working. */

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { choose, dialog, expectPage, go, userMenu } from '../support/console.ts';
import { openSignedIn, signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

/** Everything that a page keeps or shows in its address, as one text. */
async function kept(page: Page): Promise<string> {
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
  return stored;
}

test('a wrong password is told at the form, the right one shows user and role', async ({ page, simulator, faults }) => {
  const { username, password } = simulator.administrator;
  await page.goto('./#/north/pools');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to North' })).toBeVisible();
  await expectAccessible(page);

  const refusal = faults.expectStatus(403, /\/users\/login$/);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Wrong user name or password' })).toBeVisible();
  await expect(page.getByLabel('User name')).toHaveValue(username);
  await expectAccessible(page);
  refusal.end();

  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password', { exact: true }).press('Enter');
  await expectPage(page, 'Pools');
  const banner = page.getByRole('banner');
  await expect(banner).toContainText('Administrator');
  await expect(banner.getByRole('button', { name: username })).toBeVisible();
});

test('the form tells a password manager what it is', async ({ page }) => {
  await page.goto('./#/north/pools');
  const form = page.locator('form');
  await expect(form.getByLabel('User name')).toHaveAttribute('autocomplete', 'username');
  await expect(form.getByLabel('Password', { exact: true })).toHaveAttribute('autocomplete', 'current-password');
  await expect(form.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'password');
  await expect(form.getByLabel('User name')).toBeFocused();
});

test('a reload keeps the session in the cookie, and nothing secret in the page', async ({ page, context, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  await page.reload();
  await expectPage(page, 'Pools');
  await expect(page.getByRole('banner')).toContainText('Administrator');

  const [cookie] = await context.cookies(`${simulator.origin}/boxes/north/`);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  const memory = await kept(page);
  expect(memory).not.toContain(simulator.administrator.password);
  expect(memory).not.toContain(cookie?.value);
  expect(memory).not.toContain(Buffer.from(`${simulator.administrator.username}:${simulator.administrator.password}`).toString('base64'));
});

test('signing out ends the session on the box and clears what was shown', async ({ page, context, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  await go(page, '#/north/volumes');
  await expectPage(page, 'Volumes');
  const [cookie] = await context.cookies(`${simulator.origin}/boxes/north/`);

  const mark = await simulator.mark();
  await userMenu(page, simulator.administrator.username, 'Sign out');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to North' })).toBeVisible();
  expect(await simulator.writes(mark)).toEqual(['POST /api/rest/users/logout']);
  await expect(page.getByRole('grid')).toHaveCount(0);
  await expect(page.getByLabel('User name')).toHaveValue('');
  expect(await kept(page)).not.toContain('boxdeck.user');
  expect(await context.cookies(`${simulator.origin}/boxes/north/`)).toEqual([]);
  const stale = await fetch(`${simulator.origin}/boxes/north/api/rest/pools`, {
    headers: { Cookie: `${cookie?.name}=${cookie?.value}` },
  });
  expect(stale.status).toBe(401);

  await page.goBack();
  await expect(page).toHaveURL(/#\/north\/pools$/);
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('grid')).toHaveCount(0);
});

test('a session that ends is asked for on top of the page, and what was typed stays', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes/~new', simulator.administrator);
  await expectPage(page, 'Create volume');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('typed-before-the-loss');

  faults.expectStatus(401, /\/boxes\/north\//);
  await simulator.control('north', { end_sessions: true });
  await page.getByRole('combobox', { name: 'Pool', exact: true }).fill('production');
  const again = dialog(page, 'Sign in again');
  await expect(again).toBeVisible();
  await expectAccessible(page);
  await signIn(page, simulator.administrator);
  await expect(again).toBeHidden();

  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('typed-before-the-loss');
  await choose(page.getByRole('main'), 'Pool', 'production-sap');
  await expect(page.getByRole('combobox', { name: 'Pool', exact: true })).toHaveValue('production-sap');
});

test('a list that was open when the session ended shows its rows again after the sign-in', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
  await expectPage(page, 'Pools');
  faults.expectStatus(401, /\/boxes\/north\//);
  await simulator.control('north', { end_sessions: true });
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(dialog(page, 'Sign in again')).toBeVisible();
  await signIn(page, simulator.administrator);
  await expect(page.getByRole('link', { name: 'production-sap' })).toBeVisible();
  await expect(page.getByText('The session has ended')).toHaveCount(0);
});
