/** The list of systems by hand: adding with a connection check, changing, removing, exporting and importing. */

import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { certificateFiles } from '../support/certificates.ts';
import { dialog, expectPage } from '../support/console.ts';
import { Site } from '../support/site.ts';
import { expect, test as base } from '../support/site-test.ts';

interface Fixtures {
  /** The origin of a server with TLS that answers everything and sends no CORS headers. No browser trusts it by itself. */
  foreign: string;
}

const test = base.extend<Fixtures>({
  foreign: async ({ faults }, use) => {
    const pem = readFileSync(certificateFiles.leafWithKey);
    const server = createServer({ cert: pem, key: pem }, (_request, response) => response.end('{}'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const origin = typeof address === 'object' && address !== null ? `https://127.0.0.1:${address.port}` : '';
    faults.allow(origin);
    await use(origin);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  },
});

const north = { name: 'north', label: 'North site', kind: 'infinibox', address: 'boxes/north/' };
const given = { '/systems.json': { systems: [north] } };

/** The line of a system. */
function row(page: Page, title: string): Locator {
  return page.getByRole('list', { name: 'Systems' }).locator(':scope > li').filter({ hasText: title });
}

/** The address; another input may speak of one too. */
function addressOf(form: Locator): Locator {
  return form.getByRole('textbox', { name: /^Address/ });
}

async function openForm(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Add a system' }).click();
  return dialog(page, 'Add a system');
}

/** Checks an address in the form and gives what the console says about it. */
async function check(form: Locator, address: string): Promise<Locator> {
  await addressOf(form).fill(address);
  await form.getByRole('button', { name: 'Check connection' }).click();
  await expect(form.getByRole('button', { name: 'Check connection' })).not.toHaveAttribute('aria-busy', 'true');
  return form.locator('.notice');
}

test('a system is added by hand; the check tells wrong address, path, kind and proxy apart', async ({ page, serve, box, faults, foreign }) => {
  const dead = await Site.start({ folders: {} });
  await dead.stop();
  const site = await serve({
    documents: given,
    boxes: { '/boxes/north/': box.origin, '/boxes/south/': box.origin, '/boxes/dead/': dead.origin },
    connect: [foreign],
  });
  await page.goto(`${site.origin}/#/~systems`);
  await expectPage(page, 'Systems');
  const form = await openForm(page);

  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(form.locator('.field-error')).toHaveText(['Give it a name.', 'Choose its kind.', 'Give its address.']);
  await expectAccessible(page);
  await form.getByLabel('Name').fill('north');
  await expect(form.getByText('Another system is called “north”.')).toBeVisible();
  await form.getByLabel('Name').fill('south');
  await form.getByLabel('Label').fill('South lab');
  await form.getByLabel('Kind').selectOption({ label: 'Infinidat InfiniBox' });
  for (const [address, words] of [['ftp://box.example/', 'https:// or http://'], ['https://me:secret@box.example/', 'keeps no password']] as const) {
    await addressOf(form).fill(address);
    await expect(form.locator('.field-error')).toContainText(words);
  }

  // Each address asks for both kinds: the one that is meant, and the other if it is not that.
  faults.expectStatus(404, /\/nowhere\//);
  await expect(await check(form, 'nowhere/')).toContainText('Nothing is at this path (HTTP 404)');
  // What was found is not said of an address that was not asked.
  await addressOf(form).fill('boxes/dead');
  await expect(form.locator('.notice')).toBeHidden();
  faults.expectStatus(502, /\/boxes\/dead\//);
  await expect(await check(form, 'boxes/dead/')).toContainText('the system behind it does not (HTTP 502)');
  // What the browser hides, an untrusted certificate here, is not guessed.
  faults.expectNoAnswer(new RegExp(`^${foreign}/`));
  const unreachable = await check(form, `${foreign}/`);
  await expect(unreachable).toContainText(`No answer came from ${foreign}`);
  await expect(unreachable).toContainText('The browser does not say why');
  await expect(unreachable).toContainText('does not trust the system’s certificate');
  await expect(unreachable.getByRole('link', { name: /in a new tab/ })).toHaveAttribute('href', `${foreign}/`);
  await expectAccessible(page);

  await form.getByLabel('Kind').selectOption({ label: 'OpenStack Ironic volumes' });
  await expect(form.getByLabel('Keystone')).toBeVisible();
  faults.expectStatus(404, /\/boxes\/south\/v1$/, { optional: true });
  faults.expectStatus(401, /\/boxes\/south\//, { optional: true });
  await expect(await check(form, 'boxes/south/')).toContainText('At this address is: Infinidat InfiniBox');
  await form.getByLabel('Kind').selectOption({ label: 'Infinidat InfiniBox' });
  await expect(form.getByLabel('Keystone')).toHaveCount(0);
  await expect(await check(form, 'boxes/south/')).toContainText('It answers as Infinidat InfiniBox');
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Add', exact: true }).click();

  await expect(row(page, 'South lab')).toContainText('Kept in this browser');
  await expect(row(page, 'North site')).toContainText('Given by the site');
  await expect(row(page, 'North site').getByRole('button')).toHaveCount(1);
  await page.reload();
  await expectPage(page, 'Systems');
  faults.expectStatus(401, /\/boxes\/north\//, { optional: true });
  await page.getByRole('button', { name: 'Check all' }).click();
  for (const title of ['North site', 'South lab']) {
    await expect(row(page, title)).toContainText('It answers as Infinidat InfiniBox');
  }
  await expectAccessible(page);

  await row(page, 'South lab').getByRole('button', { name: 'Edit South lab' }).click();
  await dialog(page).getByLabel('Label').fill('South hall');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await row(page, 'South hall').getByRole('link').first().click();
  await expectPage(page, 'Sign in to South hall');
  await page.getByRole('link', { name: 'Other systems' }).click();
  await row(page, 'South hall').getByRole('button', { name: 'Remove South hall' }).click();
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Remove' }).click();
  await expect(row(page, 'South hall')).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem('boxdeck.systems'))).toBeNull();
});

test.describe('where the certificate is trusted', () => {
  test.use({ ignoreHTTPSErrors: true });

  test('an origin that answers and lets nobody read is told from one that the policy forbids', async ({ page, serve, faults, foreign }) => {
    const site = await serve({ documents: given, connect: [foreign] });
    await page.goto(`${site.origin}/#/~systems`);
    const form = await openForm(page);
    await form.getByLabel('Kind').selectOption({ label: 'Infinidat InfiniBox' });
    faults.expectKeptFromPage(foreign);
    const kept = await check(form, `${foreign}/`);
    await expect(kept).toContainText(`${foreign} answers, but does not let this page read it`);
    await expect(kept).toContainText(site.origin);
    await expectAccessible(page);
    const forbidden = 'https://box.example.test';
    faults.allow(forbidden);
    faults.expectForbidden(forbidden);
    await expect(await check(form, `${forbidden}/`)).toContainText(`policy forbids ${forbidden}`);
    await expectAccessible(page);
  });
});

test('a list is exported and imported elsewhere, after a look at what changes', async ({ page, serve, box }, info) => {
  const site = await serve({ documents: given, boxes: { '/boxes/north/': box.origin } });
  await page.goto(`${site.origin}/#/~systems`);
  await expectPage(page, 'Systems');
  const form = await openForm(page);
  await form.getByLabel('Name').fill('metal');
  await form.getByLabel('Kind').selectOption({ label: 'OpenStack Ironic volumes' });
  await form.getByLabel('Keystone').fill('identity/');
  await addressOf(form).fill('metal/');
  await addressOf(form).press('Enter');
  await expect(row(page, 'metal')).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('systems.json');
  const exported: unknown = JSON.parse(readFileSync(await file.path(), 'utf8'));
  const metal = { name: 'metal', kind: 'ironic', address: 'metal/', options: { keystone: 'identity/' } };
  expect(exported).toEqual({ systems: [north, metal] });

  const path = info.outputPath('systems.json');
  const choose = async (text: string) => {
    writeFileSync(path, text);
    await dialog(page).locator('input[type="file"]').setInputFiles(path);
  };
  await page.getByRole('button', { name: 'Import' }).click();
  for (const [text, words] of [
    ['', /EOF.*line 1/],
    ['{"systems":[{"name":"a","kind":"ironic"}]}', /missing field `address` at line 1/],
    ['{"systems":[{"name":"a","kind":"toaster","address":"/"}]}', /System 1 \(“a”\): .*no catalog for the kind “toaster”/],
    ['{"systems":[{"name":"a","kind":"ironic","address":"https://me:pw@a.example/"}]}', /holds a password/],
  ] as const) {
    await choose(text);
    await expect(dialog(page).locator('.field-error')).toContainText(words);
  }
  await expectAccessible(page);
  const east = { name: 'east', kind: 'infinibox', address: 'boxes/east/' };
  await choose(JSON.stringify({ systems: [{ ...north, address: 'x/' }, { ...metal, address: 'iron/' }, east] }));
  const would = dialog(page).getByRole('region', { name: 'What would change' }).getByRole('listitem');
  await expect(would).toHaveText([/North site.*stays as it is/, /metal.*Changed.*Address: metal\/ → iron\//s, /east.*New/s]);
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Import 2 systems' }).click();
  await expect(row(page, 'metal')).toContainText('iron/');
  await expect(row(page, 'east')).toBeVisible();
  await expect(row(page, 'North site')).toContainText('boxes/north/');

  // What is kept and cannot be read is told, and can be discarded.
  await page.evaluate(() => localStorage.setItem('boxdeck.systems', '{"systems":1}'));
  await page.reload();
  await expect(page.getByText(/The list kept in this browser cannot be read/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Discard that list' }).click();
  await expect(page.getByText(/The list kept in this browser cannot be read/)).toHaveCount(0);
  await expect(row(page, 'North site')).toBeVisible();
});
