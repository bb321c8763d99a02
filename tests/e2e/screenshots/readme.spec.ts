/** The pictures of the README, in `docs/images/`. `cargo xtask screenshots` takes them anew. */

import { resolve } from 'node:path';
import { repository } from '../support/places.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

test.use({ viewport: { width: 1280, height: 800 } });

function picture(name: string): { path: string } {
  return { path: resolve(repository, 'docs/images', `${name}.png`) };
}

test('a list of volumes, light, and one of them, dark', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  const name = page.getByRole('row').nth(1).getByRole('link').first();
  await expect(name).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.screenshot(picture('volumes'));

  await page.emulateMedia({ colorScheme: 'dark' });
  const title = (await name.textContent()) ?? '';
  await name.click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.screenshot(picture('volume'));
});
