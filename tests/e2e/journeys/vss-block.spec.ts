/**
 * A VSS block cluster: users who come and go, the node that does not answer, and the certificate by which the directory is
 * recognised.
 */

import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { certificate, certificateFiles as files } from '../support/certificates.ts';
import { act, dialog, expectPage, go, names, table } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const objects = '/ConfigurationManager/simple/v1/objects';
const main = (page: Page) => page.getByRole('main');

/** The value beside a term. */
function said(within: Locator, term: string): Locator {
  return within.locator(`dt:has-text("${term}") + dd`).first();
}

/** Ticks that the consequence is meant, and sends. */
async function confirm(page: Page, action: string): Promise<void> {
  await dialog(page).getByRole('checkbox').check();
  await dialog(page).getByRole('button', { name: action }).click();
}

test('signing in tells no reason, replaces a password that was given, and opens a session that ends on signing out', async ({ page, simulator, faults }) => {
  await page.goto('./#/depot/users');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Depot' })).toBeVisible();
  await expectAccessible(page);
  const refused = faults.expectStatus(401, /\/sessions$/);
  await page.getByLabel('User name').fill('newcomer');
  await page.getByLabel('Password', { exact: true }).fill(simulator.administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'does not say what is wrong' })).toBeVisible();
  await expectAccessible(page);
  refused.end();

  const mark = await simulator.mark();
  // The role of the newcomer does not show users.
  faults.expectStatus(403, /\/users$/);
  await page.getByLabel('New password', { exact: true }).fill('Of-my-own-4711');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: 'newcomer', exact: true })).toBeVisible();
  expect(await simulator.writes(mark)).toEqual([`PATCH ${objects}/users/newcomer/password`, `POST ${objects}/sessions`]);
  await go(page, '#/depot/account');
  await expectPage(page, 'newcomer');
  await expect(said(main(page), 'Roles')).toContainText('Monitor');

  await page.getByRole('banner').getByRole('button', { name: 'newcomer', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Depot' })).toBeVisible();
  expect(await simulator.writes(mark)).toContainEqual(expect.stringMatching(`DELETE ${objects}/sessions/`));
});

test('a user is created, refused at the field, disabled and deleted; who comes with the system stays', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  await openSignedIn(page, faults, '#/depot/users', simulator.administrator);
  await expectPage(page, 'Users');
  await expect.poll(() => names(table(page, 'Users'))).toContain('night-desk');
  await main(page).getByRole('link', { name: 'Create user' }).or(main(page).getByRole('button', { name: 'Create user' })).first().click();
  await expectPage(page, 'Create user');
  const create = main(page).getByRole('button', { name: 'Create user' });
  const name = page.getByRole('textbox', { name: 'User ID' });
  const password = page.getByRole('textbox', { name: 'Password', exact: true });
  await name.fill('abc');
  await create.click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);

  // The rules for passwords are the system's own, and told before it refuses.
  await expect(password).toHaveAccessibleDescription(/The system asks for: Least length \d+/);
  await name.fill('backup-operator');
  await password.fill('short');
  await page.getByRole('group', { name: 'User groups' }).getByRole('button', { name: 'Choose user groups' }).click();
  await dialog(page).getByRole('checkbox', { name: 'MonitorUsers' }).check();
  await dialog(page).getByRole('button', { name: 'Add 1' }).click();
  const refused = faults.expectStatus(400, /\/users$/);
  await create.click();
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
  refused.end();
  await password.fill('Long-enough-1');
  const mark = await simulator.mark();
  await create.click();
  await expectPage(page, 'backup-operator');
  const [made] = await simulator.requests(mark);
  expect(made).toMatchObject({ method: 'POST', path: `${objects}/users`, body: { userId: 'backup-operator', userGroupIds: ['MonitorUsers'] } });
  expect(JSON.stringify(made?.body)).not.toContain('Long-enough-1');

  await act(page, 'Disable user');
  await expect(dialog(page)).toContainText('Every session of this user ends at once');
  await expectAccessible(page);
  await confirm(page, 'Disable user');
  await expect(said(main(page), 'Enabled')).toHaveText('No');
  await act(page, 'Delete user');
  await confirm(page, 'Delete user');
  await expectPage(page, 'Users');
  await expect.poll(() => names(table(page, 'Users'))).not.toContain('backup-operator');
  expect(await simulator.writes(mark)).toEqual([
    `POST ${objects}/users`, `PATCH ${objects}/users/backup-operator`, `DELETE ${objects}/users/backup-operator`,
  ]);

  await go(page, '#/depot/users/admin');
  await expectPage(page, 'admin');
  const deletion = main(page).getByRole('button', { name: 'Delete user' });
  await expect(deletion).toHaveAttribute('aria-disabled', 'true');
  await expect(deletion).toHaveAccessibleDescription('This user comes with the system and stays.');
});

test('a node that is not the primary one says so, with what to do, to reading and to changing', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/depot/users', simulator.administrator);
  await expectPage(page, 'Users');
  await simulator.control('depot', { primary: false });
  // Also once more in the end: a refusal of this sort can mean that what the page shows is no longer so.
  faults.expectStatus(412, /\/external-auth-server-setting$/);
  await go(page, '#/depot/directory');
  await expect(main(page)).toContainText(/not the primary one.*address of the primary node/);
  await expectAccessible(page);
  await simulator.control('depot', { primary: true });
  await main(page).getByRole('button', { name: 'Try again' }).click();
  await expectPage(page, 'Directory');
  await expect(main(page)).toContainText('ldap://ldap-1.storage.example:389');

  // What was saved is tested next, if one likes.
  await act(page, 'Edit directory');
  await dialog(page).getByRole('textbox', { name: 'Base DN' }).fill('dc=depot,dc=example');
  await dialog(page).getByRole('button', { name: 'Save changes' }).click();
  await dialog(page).last().getByRole('checkbox').check();
  await dialog(page).last().getByRole('button', { name: 'Save changes' }).click();
  await expect(dialog(page)).toContainText('Test connection');
  await expect(main(page)).toContainText('dc=depot,dc=example');
  await simulator.control('depot', { primary: false });
  const refused = faults.expectStatus(412, /\/verify-connectivity\//);
  await dialog(page).getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog(page)).toContainText(/address of the primary node/);
  await expectAccessible(page);
  refused.end();
});

test('a root certificate is read before it is sent, refused plainly, imported as the system works on it, and downloaded', async ({ page, simulator, faults }) => {
  const path = `${objects}/external-auth-server-root-certificates/primary1/actions/import/invoke`;
  await openSignedIn(page, faults, '#/depot/root-certificates', simulator.administrator);
  await expectPage(page, 'Root certificates');
  await act(page, 'Import root certificate');
  await dialog(page).getByLabel('Server').selectOption({ label: 'First server' });
  const file = dialog(page).locator('input[type="file"]');
  const mark = await simulator.mark();
  await file.setInputFiles(files.pkcs12);
  await expect(dialog(page)).toContainText(/PKCS#12/);
  await file.setInputFiles(files.authority);
  const preview = dialog(page).getByRole('group', { name: 'What the file holds' });
  await expect(said(preview, 'SHA-256 fingerprint')).toHaveText(certificate(files.authority).fingerprint256);
  await expect(said(preview, 'Subject')).toContainText('CN=Test authority');
  await expectAccessible(page);
  expect(await simulator.requests(mark)).toEqual([]);

  for (const [status, words] of [[413, /larger than the system takes/], [415, /does not take this type of content/]] as const) {
    await simulator.faults([{ fault: 'status', status, operation: `POST ${path}`, times: 1 }]);
    const refused = faults.expectStatus(status, /\/import\/invoke$/);
    await dialog(page).getByRole('button', { name: 'Import root certificate' }).click();
    await confirm(page, 'Import root certificate');
    await expect(dialog(page)).toContainText(words);
    await expectAccessible(page);
    refused.end();
  }

  await simulator.control('depot', { job_seconds: 3 });
  await dialog(page).getByRole('button', { name: 'Import root certificate' }).click();
  await confirm(page, 'Import root certificate');
  await expect(dialog(page)).toContainText('Import root certificate: waiting for the system…');
  await expect(dialog(page)).toHaveCount(0);
  const polls = await simulator.requests(mark);
  expect(polls.filter(({ path }) => path.includes('/jobs/')).length).toBeGreaterThan(1);

  await act(page, 'Download root certificate');
  await dialog(page).getByLabel('Server').selectOption({ label: 'First server' });
  await dialog(page).getByRole('button', { name: 'Download root certificate' }).click();
  await expect(said(preview, 'SHA-256 fingerprint')).toHaveText(certificate(files.authority).fingerprint256);
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: 'Save as root-certificate.cer' }).click();
  expect(readFileSync(await (await download).path())).toEqual(certificate(files.authority).raw);
});
