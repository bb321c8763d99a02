/** Signing in to a system, by what a person reads on the form. */

import { type Page, expect } from '@playwright/test';
import type { Faults } from './faults.ts';

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

/**
 * Opens a place in the console (`#/north/volumes`) and signs in there. The console may first ask the system whether it
 * lets one in, and be refused; after the sign-in a 401 is a fault again.
 */
export async function openSignedIn(page: Page, faults: Faults, place: string, who: Credentials): Promise<void> {
  const knock = faults.expectStatus(401, /\/boxes\//, { optional: true });
  await page.goto(`./${place}`);
  await signIn(page, who);
  knock.end();
}
