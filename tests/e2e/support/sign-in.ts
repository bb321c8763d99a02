/** Signing in to a system, by what a person reads on the form. */

import { type Page, expect } from '@playwright/test';

/** A user's name and password. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Fills the sign-in form that the page shows and waits until it is gone. */
export async function signIn(page: Page, { username, password }: Credentials): Promise<void> {
  const button = page.getByRole('button', { name: 'Sign in' });
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await button.click();
  await expect(button).toBeHidden();
}
