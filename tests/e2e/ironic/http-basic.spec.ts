/** Ironic with HTTP Basic: the facts that the console's sign-in is built on. */

import { expectPage } from '../support/console.ts';
import { boxPath, expect, test } from '../support/ironic-test.ts';

test.use({ ironicAuth: 'http_basic' });

test('a caller without name and password is refused in a shape of its own', async ({ site }) => {
  const answer = await fetch(`${site.origin}${boxPath}v1/nodes`, {
    headers: { 'X-OpenStack-Ironic-API-Version': '1.32' },
  });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
  expect(await answer.json()).toEqual({ error: { code: 401, message: 'Authorization required' } });
});

test('versions can be discovered before signing in', async ({ site }) => {
  expect((await fetch(`${site.origin}${boxPath}`)).status).toBe(200);
  expect((await fetch(`${site.origin}${boxPath}v1`)).status).toBe(200);
});

test('the right name and password are let in', async ({ ironic }) => {
  expect((await ironic.send('GET', '/v1/volume/targets')).status).toBe(200);
});

test('the console signs in, keeps nothing, and works', async ({ page, ironic, faults }) => {
  const refused = faults.expectStatus(401, /\/boxes\/metal\//);
  await page.goto('./#/metal/targets');
  await expectPage(page, /^Sign in to /);
  await page.getByLabel('User name').fill(ironic.operator?.username ?? '');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Wrong user name or password' })).toBeVisible();
  refused.end();
  await page.getByLabel('Password', { exact: true }).fill(ironic.operator?.password ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expectPage(page, 'Volume targets');
  const memory = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
  expect(memory).not.toContain(ironic.operator?.password);
});
