/** Which systems there are: the list beside the console, or the box that serves it. */

import { expectAccessible } from '../support/accessibility.ts';
import { expectPage } from '../support/console.ts';
import { signIn } from '../support/sign-in.ts';
import { expect, test } from '../support/site-test.ts';

const two = {
  systems: [
    { name: 'north', label: 'North site', kind: 'infinibox', address: 'boxes/north/' },
    { name: 'south', kind: 'infinibox', address: 'boxes/south/' },
  ],
};

/** What the console asks to find out by which kind of box it is served. */
const probes = /\/(api\/rest\/|v1|system\/version|ConfigurationManager\/)/;

test('several systems are listed and lead to their sign-in', async ({ page, serve, box }) => {
  const site = await serve({
    documents: { '/systems.json': two },
    boxes: { '/boxes/north/': box.origin, '/boxes/south/': box.origin },
  });
  await page.goto(`${site.origin}/`);
  await expectPage(page, 'Systems');
  const links = page.getByRole('main').getByRole('listitem').getByRole('link');
  await expect(links).toHaveCount(2);
  await links.filter({ hasText: 'North site' }).click();
  await expectPage(page, 'Sign in to North site');
  await page.goBack();
  await expectPage(page, 'Systems');
  await links.filter({ hasText: 'south' }).click();
  await expectPage(page, 'Sign in to south');
});

test('the only system opens at once', async ({ page, serve, box }) => {
  const site = await serve({
    documents: { '/systems.json': { systems: two.systems.slice(0, 1) } },
    boxes: { '/boxes/north/': box.origin },
  });
  await page.goto(`${site.origin}/`);
  await expectPage(page, 'Sign in to North site');
  await expect(page).toHaveURL(/#\/north$/);
});

test('without a list the box that serves the console is offered', async ({ page, serve, box, faults }) => {
  const site = await serve({ boxes: { '/api/': `${box.origin}/api` } });
  faults.expectStatus(404, /\/systems\.json$/);
  faults.expectStatus(404, probes, { optional: true });
  const knock = faults.expectStatus(401, /\/api\/rest\//);
  await page.goto(`${site.origin}/#/infinibox/pools`);
  await expectPage(page, 'Sign in to infinibox');
  knock.end();
  await signIn(page, box.administrator);
  await expectPage(page, 'Pools');
  await expect(page.getByRole('link', { name: 'production-sap' })).toBeVisible();
});

test('where the cookie does not come back, the password goes along and is kept nowhere', async ({ page, serve, box, faults }) => {
  // A box behind a prefix whose cookie names another path: the browser never returns it.
  const site = await serve({
    documents: { '/systems.json': { systems: two.systems.slice(0, 1) } },
    boxes: { '/boxes/north/': `${box.origin}` },
    hideCookies: true,
  });
  faults.expectStatus(401, /\/by_username$/);
  await page.goto(`${site.origin}/#/north/pools`);
  await signIn(page, box.administrator);
  await expectPage(page, 'Pools');
  const read = site.forwarded.filter(({ path }) => path.startsWith('/boxes/north/api/rest/pools'));
  expect(read.map(({ headers }) => headers['authorization'])).toEqual(read.map(() => expect.stringMatching(/^Basic /)));
  const memory = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
  expect(memory).not.toContain(box.administrator.password);
  await page.reload();
  await expectPage(page, 'Sign in to North site');
});

test('neither a list nor a known box: the page says what is missing', async ({ page, serve, faults }) => {
  const site = await serve({});
  faults.expectStatus(404, /\/systems\.json$/);
  faults.expectStatus(404, probes);
  await page.goto(`${site.origin}/`);
  await expect(page.getByText('There is no systems.json beside the console')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessible(page);
});

test('a list with a fault is told with the place of the fault', async ({ page, serve }) => {
  const site = await serve({ documents: { '/systems.json': { systems: [{ name: 'north', kind: 'infinibox' }] } } });
  await page.goto(`${site.origin}/`);
  await expect(page.getByText(/systems\.json cannot be read: missing field `address`.*line 1/)).toBeVisible();
  await expectAccessible(page);
});

test('an address of a system that is not in the list says so', async ({ page, serve }) => {
  const site = await serve({ documents: { '/systems.json': two } });
  await page.goto(`${site.origin}/#/east/volumes`);
  await expectPage(page, 'No such system');
  await page.getByRole('link', { name: 'All systems' }).click();
  await expectPage(page, 'Systems');
});

test('a box that does not answer is told, and can be asked again', async ({ page, serve, box, faults }) => {
  const site = await serve({
    documents: { '/systems.json': { systems: two.systems.slice(0, 1) } },
    boxes: { '/boxes/north/': 'http://127.0.0.1:9' },
  });
  faults.expectStatus(502, /\/boxes\/north\//);
  await page.goto(`${site.origin}/#/north/pools`);
  await page.getByLabel('User name').fill(box.administrator.username);
  await page.getByLabel('Password', { exact: true }).fill(box.administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /Signing in failed|does not answer/ })).toBeVisible();
  await expectAccessible(page);
});
