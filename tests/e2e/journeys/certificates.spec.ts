/** The box's certificate: what is installed, a request for another one, and uploads that are looked at before they are sent. */

import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { certificate, certificateFiles as files, leafName, signRequest } from '../support/certificates.ts';
import { dialog, expectPage, go } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const withKey = 'Upload certificate and key';
const signed = 'Upload signed certificate';

test.beforeEach(async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/certificates', simulator.administrator);
  await expectPage(page, 'Certificates');
});

function installed(page: Page): Locator {
  return page.getByRole('region', { name: 'Installed' });
}

/** The value beside a term. */
function said(within: Locator, term: string): Locator {
  return within.getByRole('definition').and(within.locator(`dt:has-text("${term}") + dd`)).first();
}

async function chooseFile(page: Page, action: string, path: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: action }).click();
  await dialog(page, action).locator('input[type="file"]').setInputFiles(path);
}

/** Confirms a plan that takes access away, once its dialog shows. */
async function confirm(page: Page, action: string): Promise<void> {
  const plan = dialog(page);
  await expect(plan.getByRole('checkbox')).toBeVisible();
  await plan.getByRole('checkbox').check();
  await plan.getByRole('button', { name: action }).click();
}

test('the installed certificate is shown', async ({ page }) => {
  await expect(said(installed(page), 'Issued to')).toHaveText('box-north.example.com');
  await expect(said(installed(page), 'Expired')).toHaveText('No');
  const seen = installed(page).getByRole('group', { name: 'What browsers see' });
  await expect(said(seen, 'Names')).toHaveText('192.0.2.80');
  await expect(said(seen, 'Key')).toHaveText('EC P-256');
  await expect(said(seen, 'Valid until')).toContainText(/days left/);
  await expectAccessible(page);
});

test('a request is made, downloaded and signed, and the certificate installed', async ({ page, simulator }) => {
  await page.getByRole('main').getByRole('button', { name: 'Request certificate' }).click();
  await page.getByRole('textbox', { name: 'Country' }).fill('DE');
  await expectAccessible(page);
  await page.getByRole('main').getByRole('button', { name: 'Request certificate' }).click();
  await expect(dialog(page)).toContainText('-----BEGIN CERTIFICATE REQUEST-----');
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Save as request.csr' }).click();
  const saved = await (await download).path();
  const request = readFileSync(saved, 'utf8');
  expect(request).toContain('-----BEGIN CERTIFICATE REQUEST-----');
  await dialog(page).getByRole('button', { name: 'Close' }).first().click();
  const answer = signRequest(request);
  await go(page, '#/north/certificates');
  await expectPage(page, 'Certificates');
  await chooseFile(page, signed, answer);
  const preview = dialog(page).getByRole('group', { name: 'What the file holds' });
  await expect(said(preview, 'SHA-256 fingerprint')).toHaveText(certificate(answer).fingerprint256);
  const mark = await simulator.mark();
  await dialog(page).getByRole('button', { name: signed }).click();
  await confirm(page, signed);
  await expect(dialog(page)).toHaveCount(0);
  expect(await simulator.writes(mark)).toEqual(['POST /api/rest/system/certificates/upload_csr']);
  await expect(said(installed(page), 'Issued by')).toContainText('Test authority');
});

test('a file is read before it is sent: subject, names, validity, fingerprint', async ({ page, simulator }) => {
  const leaf = certificate(files.leaf);
  const mark = await simulator.mark();
  await chooseFile(page, withKey, files.leafWithKey);
  const preview = dialog(page).getByRole('group', { name: 'What the file holds' });
  await expect(said(preview, 'Subject')).toContainText(`CN=${leafName}`);
  await expect(said(preview, 'Names')).toHaveText(`${leafName}, north, 192.0.2.10`);
  await expect(said(preview, 'Issued by')).toContainText('CN=Test authority');
  await expect(said(preview, 'Valid from')).toContainText('1 Jan 2025');
  await expect(said(preview, 'Valid until')).toContainText('31 Dec 2049');
  await expect(said(preview, 'SHA-256 fingerprint')).toHaveText(leaf.fingerprint256);
  await expect(said(preview, 'Private key')).toHaveText('RSA 2048, belongs to certificate 1');
  await expectAccessible(page);
  await dialog(page).locator('input[type="file"]').setInputFiles(files.leafWithOldKey);
  await expect(said(preview, 'Private key')).toHaveText('RSA 2048, belongs to certificate 1');
  await dialog(page).locator('input[type="file"]').setInputFiles(files.leafWithKey);
  expect(await simulator.requests(mark)).toEqual([]);

  await dialog(page).getByRole('button', { name: withKey }).click();
  await expect(dialog(page)).toContainText(/no longer connect/);
  await expect(page.getByText('PRIVATE KEY-----')).toHaveCount(0);
  await expectAccessible(page);
  await confirm(page, withKey);
  await expect(dialog(page)).toHaveCount(0);
  expect(await simulator.writes(mark)).toEqual(['POST /api/rest/system/certificates']);
  await expect(said(installed(page), 'Issued to')).toContainText(leafName);
});

test('what cannot be a certificate is refused at its field, each in its own words, and nothing is sent', async ({ page, simulator }) => {
  const mark = await simulator.mark();
  const refused = {
    [signed]: [
      [files.junk, /neither PEM text nor DER/],
      [files.empty, /is empty/],
      [files.truncated, /cut off: the block “CERTIFICATE” begins but does not end/],
      [files.leafKey, /private key without a certificate/],
      [files.request, /signing request/],
      [files.leafWithKey, /holds a private key too/],
      [files.pkcs12, /PKCS#12/],
      [files.pkcs7, /PKCS#7/],
    ],
    [withKey]: [
      [files.leaf, /private key is missing/],
      [files.leafWithLockedKey, /private key is encrypted/],
      [files.leafWithOtherKey, /\(RSA 2048\) does not belong to the certificate \(RSA 2048\)/],
    ],
  } as const;
  for (const action of [signed, withKey] as const) {
    await page.getByRole('main').getByRole('button', { name: action }).click();
    const form = dialog(page, action);
    const fault = form.locator('.field-error');
    for (const [path, words] of refused[action]) {
      await form.locator('input[type="file"]').setInputFiles(path);
      await expect(fault).toContainText(words);
    }
    await form.getByRole('button', { name: action }).click();
    await expect(fault).toContainText(refused[action].at(-1)![1]);
    await expectAccessible(page);
    await form.getByRole('button', { name: 'Cancel' }).click();
    await form.or(page.getByRole('dialog')).getByRole('button', { name: 'Discard' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  expect(await simulator.requests(mark)).toEqual([]);
});

test('a file that could be sent is shown with all that is suspicious about it', async ({ page }) => {
  await page.getByRole('main').getByRole('button', { name: signed }).click();
  const form = dialog(page, signed);
  const preview = form.getByRole('group', { name: 'What the file holds' });
  for (const [path, words] of [
    [files.expired, ['Expired', /Certificate 1 expired [\d\s]+ days ago/]],
    [files.future, ['Not valid yet', /becomes valid in [\d\s]+ days/]],
    [files.unicode, ['Größe 保管庫', 'EC P-256', /names no host/]],
    [files.chain, ['Certificate 1: the system’s', 'Certificate 2: its issuer', 'in the right order']],
    [files.chainTurned, ['Certificate 2: the system’s', 'The right order: 2, 1']],
    [files.strangers, ['No part of the chain: certificate 2']],
    [files.leaf, [leafName, 'RSA 2048', 'SHA-256 with RSA', /lacks names of the installed certificate: 192\.0\.2\.80/, /issuer .*Test authority.* is not in the file/]],
    [files.leafDer, [leafName, /binary form \(DER\)/]],
    [files.crlf, [leafName]],
    [files.marked, [leafName]],
    [files.textBefore, [leafName]],
  ] as const) {
    await form.locator('input[type="file"]').setInputFiles(path);
    for (const said of words) {
      await expect(preview, path).toContainText(said);
    }
    await expect(form.locator('.field-error')).toHaveCount(0);
  }
  await expectAccessible(page);
});

test('a certificate for another request is refused by the box, in its words', async ({ page, faults }) => {
  faults.expectStatus(409, /\/upload_csr$/);
  await chooseFile(page, signed, files.leaf);
  await dialog(page).getByRole('button', { name: signed }).click();
  await confirm(page, signed);
  await expect(dialog(page).getByRole('alert')).toContainText('not made for the last request');
  await expectAccessible(page);
});

test('an upload that takes its time shows how far it is and can be given up', async ({ page, context, simulator }) => {
  const mark = await simulator.mark();
  await chooseFile(page, withKey, files.leafWithKey);
  await dialog(page).getByRole('button', { name: withKey }).click();
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  // Bytes per second: the file of three kilobytes takes half a minute.
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 100 });
  await confirm(page, withKey);
  const cancel = dialog(page).getByRole('button', { name: 'Cancel the upload' });
  await expect(cancel).toBeVisible();
  await expect(dialog(page).getByRole('progressbar')).toBeVisible();
  await expectAccessible(page);
  await cancel.click();
  await expect(cancel).toBeHidden();
  await expectAccessible(page);
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  expect(await simulator.writes(mark)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Close' }).first().click();
  await expect(said(installed(page), 'Issued to')).toHaveText('box-north.example.com');
});
