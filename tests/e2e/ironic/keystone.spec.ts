/** Ironic with Keystone: the facts that the console's sign-in with a token is built on. */

import { expectAccessible } from '../support/accessibility.ts';
import { dialog, expectPage, userMenu } from '../support/console.ts';
import { boxPath, expect, identityPath, test } from '../support/ironic-test.ts';
import { nodes, systemToken } from '../support/ironic.ts';

test.use({ ironicAuth: 'keystone' });

const version = { 'X-OpenStack-Ironic-API-Version': '1.32' };

test('a caller without a token is refused in a shape of its own', async ({ site, ironic }) => {
  const answer = await fetch(`${site.origin}${boxPath}v1/nodes`, { headers: version });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe(`Keystone uri="${ironic.keystone}/v3"`);
  expect(await answer.json()).toMatchObject({ error: { code: 401, title: 'Unauthorized' } });
});

test('a wrong password is refused by Keystone with 401', async ({ site }) => {
  const user = { name: 'operator', domain: { id: 'default' }, password: 'wrong' };
  const answer = await fetch(`${site.origin}${identityPath}v3/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ auth: { identity: { methods: ['password'], password: { user } } } }),
  });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ error: { code: 401 } });
});

test('a token from behind the proxy opens Ironic', async ({ site, ironic }) => {
  const token = await systemToken(`${site.origin}${identityPath.replace(/\/$/, '')}`, required(ironic.operator));
  const answer = await fetch(`${site.origin}${boxPath}v1/volume/targets`, {
    headers: { ...version, 'X-Auth-Token': token },
  });
  expect(answer.status).toBe(200);
});

test('a reader sees records and may not delete one', async ({ site, ironic }) => {
  const token = await systemToken(required(ironic.keystone), required(ironic.reader));
  const headers = { ...version, 'X-Auth-Token': token };
  const list = await fetch(`${site.origin}${boxPath}v1/volume/targets?node=${nodes.editable[0]}`, { headers });
  const { targets } = (await list.json()) as { targets: { uuid: string }[] };
  expect(targets).toHaveLength(2);
  const answer = await fetch(`${site.origin}${boxPath}v1/volume/targets/${targets[0]?.uuid}`, {
    method: 'DELETE',
    headers,
  });
  expect(answer.status).toBe(403);
  const outer = (await answer.json()) as { error_message: string };
  expect(JSON.parse(outer.error_message)).toMatchObject({ faultstring: expect.stringContaining('Access was denied') });
});

function required<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error('this Ironic runs without Keystone');
  }
  return value;
}

test('the console signs in with Keystone, keeps no token, and shows a reader what is refused', async ({ page, site, ironic, faults }) => {
  const [target] = await ironic.records('targets', nodes.editable[1]);
  const closed = faults.expectStatus(401, /\/(boxes\/metal|identity)\//);
  await page.goto(`./#/metal/targets/${target?.uuid}`);
  await expectPage(page, /^Sign in to /);
  await page.getByLabel('User name').fill(required(ironic.reader).username);
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Wrong user name or password' })).toBeVisible();
  closed.end();
  await page.getByLabel('Password', { exact: true }).fill(required(ironic.reader).password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expectPage(page, String(target?.['volume_id']));
  const token = site.forwarded.filter(({ path }) => path.includes('/volume/targets')).at(-1)?.headers['x-auth-token'];
  expect(token).toBeTruthy();
  const memory = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
  expect(memory).not.toContain(token);
  expect(memory).not.toContain(required(ironic.reader).password);

  await page.getByRole('main').getByRole('button', { name: /^Delete/ }).click();
  await dialog(page).getByRole('checkbox').check();
  faults.expectStatus(403, /\/volume\/targets\//);
  await dialog(page).getByRole('button', { name: 'Delete volume target' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('Access was denied');
  await expectAccessible(page);

  // Signing out makes the token worthless, and not only forgets it.
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  const gone = faults.expectStatus(401, /\/boxes\/metal\//);
  await userMenu(page, required(ironic.reader).username, 'Sign out');
  await expectPage(page, /^Sign in to /);
  gone.end();
  const revoked = site.forwarded.find(({ method, path }) => method === 'DELETE' && path === `${identityPath}v3/auth/tokens`);
  expect(revoked?.status).toBe(204);
  const headers = { 'X-Auth-Token': String(token), 'X-Subject-Token': String(token) };
  expect((await fetch(`${site.origin}${identityPath}v3/auth/tokens`, { headers })).status).toBe(401);
});
