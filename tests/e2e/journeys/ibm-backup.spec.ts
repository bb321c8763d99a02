/**
 * IBM Backup and Recovery: a token that ends and is renewed, policies that are written back as a whole, a recovery that is
 * watched until it has ended, and its files, which come in pieces.
 */

import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { act, addFilter, choose, column, dialog, expectPage, go, names, settled, table } from '../support/console.ts';
import type { Faults } from '../support/faults.ts';
import type { Simulator } from '../support/simulator.ts';
import { expect, test } from '../support/test.ts';

const api = '/v2/data-protect';
const tenant = 'bx7deck042/';
const main = (page: Page) => page.getByRole('main');

/** Types the key into the form that asks for it, and waits until the form is gone. */
async function enter(page: Page, key: string): Promise<void> {
  const button = page.getByRole('button', { name: 'Sign in' });
  await page.getByLabel('API key', { exact: true }).fill(key);
  await button.click();
  await expect(button).toBeHidden();
}

/** Opens a place and signs in there. */
async function open(page: Page, faults: Faults, simulator: Simulator, place: string): Promise<void> {
  const knock = faults.expectStatus(401, /\/policies$/);
  await page.goto(`./${place}`);
  await enter(page, simulator.administrator.password);
  knock.end();
}

/** A token of the administrator's, past the console. */
async function token(simulator: Simulator): Promise<string> {
  const grant = { grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: simulator.administrator.password };
  const answer = await fetch(`${simulator.origin}/boxes/vault/identity/token`, { method: 'POST', body: new URLSearchParams(grant) });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Asks the service past the console. */
async function ask<T>(simulator: Simulator, method: string, path: string, body?: unknown): Promise<T> {
  const headers = { Authorization: `Bearer ${await token(simulator)}`, 'X-IBM-Tenant-Id': tenant, 'Content-Type': 'application/json' };
  const answer = await fetch(`${simulator.origin}/boxes/vault${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
  return (await answer.json()) as T;
}

/** A file of the service in one piece, past the console. */
async function fetchWhole(simulator: Simulator, path: string): Promise<Buffer> {
  const headers = { Authorization: `Bearer ${await token(simulator)}`, 'X-IBM-Tenant-Id': tenant };
  const answer = await fetch(`${simulator.origin}/boxes/vault${path}`, { headers });
  return Buffer.from(await answer.arrayBuffer());
}

/** How many tokens were asked for. */
async function tokens(simulator: Simulator, since: number): Promise<number> {
  return (await simulator.requests(since)).filter(({ path }) => path === '/identity/token').length;
}

/** The value beside a term. */
function said(within: Locator, term: string): Locator {
  return within.locator(`dt:has-text("${term}") + dd`).first();
}

/** Fills in how often and for how long: every second day, for two weeks. */
async function schedule(page: Page): Promise<void> {
  const regular = page.getByRole('group', { name: 'Regular backups', exact: true });
  const incremental = regular.getByRole('group', { name: 'Incremental', exact: true });
  await incremental.getByText('Incremental', { exact: true }).click();
  await incremental.getByRole('combobox', { name: 'Every' }).selectOption({ label: 'Days' });
  await expect(incremental.getByRole('group', { name: 'By days' })).toBeVisible();
  await expect(incremental.getByRole('group', { name: /^By (minutes|hours|weeks|months|years)$/ })).toHaveCount(0);
  await incremental.getByRole('textbox', { name: 'How many' }).fill('2');
  await regular.getByRole('group', { name: 'Retention', exact: true }).getByText('Retention', { exact: true }).first().click();
  await retainFor(page, '2', 'Weeks');
}

/** Fills in for how long regular backups are kept. */
async function retainFor(page: Page, count: string, unit: string): Promise<void> {
  const regular = page.getByRole('group', { name: 'Regular backups', exact: true });
  const retention = regular.getByRole('group', { name: 'Retention', exact: true }).first();
  await retention.getByRole('combobox', { name: 'Unit' }).first().selectOption({ label: unit });
  await retention.getByRole('textbox', { name: 'How many' }).first().fill(count);
}

test('a key becomes a token, for a tenant; groups and their runs are found from there', async ({ page, simulator, faults }) => {
  const knock = faults.expectStatus(401, /\/policies$/);
  await page.goto('./#/vault/protection-groups');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Vault' })).toBeVisible();
  await expect(page.getByLabel('Tenant')).toHaveValue(tenant);
  await expectAccessible(page);
  knock.end();
  const refused = faults.expectStatus(400, /\/identity\/token$/);
  await page.getByLabel('API key', { exact: true }).fill('not-a-key');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'could not be found' })).toBeVisible();
  refused.end();
  await enter(page, simulator.administrator.password);
  await expectPage(page, 'Protection groups');
  const groups = table(page, 'Protection groups');
  await expect.poll(() => names(groups)).toEqual(['files-nightly', 'build-nightly', 'mail-volumes', 'databases']);
  await expect.poll(() => column(groups, 'Policy')).toEqual(['daily-5w', 'daily-locked', 'daily-5w', 'databases']);

  await groups.getByRole('link', { name: 'databases', exact: true }).first().click();
  await expectPage(page, 'databases');
  await page.getByRole('tab', { name: 'Runs' }).click();
  const runs = table(page, 'Runs');
  await expect(runs.getByRole('rowheader').first()).toBeVisible();
  await expectAccessible(page);
  await runs.getByRole('rowheader').first().getByRole('link').click();
  await expect(said(main(page), 'Status')).toContainText(/Succeeded|Failed|Cancelled/);
  await expectAccessible(page);

  await page.getByRole('banner').getByRole('button', { name: /^API key for / }).click();
  const again = faults.expectStatus(401, /\/policies$/);
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Vault' })).toBeVisible();
  again.end();
});

test('a token is renewed in time and after its end; only a refused renewal asks again, and keeps what was typed', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  // Renewed when half of it is over.
  await simulator.control('vault', { token_seconds: 16 });
  const mark = await simulator.mark();
  await open(page, faults, simulator, '#/vault/policies');
  await expectPage(page, 'Policies');
  await simulator.control('vault', { token_seconds: 3600 });
  await expect.poll(() => tokens(simulator, mark), { timeout: 30_000 }).toBeGreaterThan(1);

  const renewed = await tokens(simulator, mark);
  await simulator.control('vault', { end_tokens: true });
  faults.expectStatus(401, /\/boxes\/vault\//);
  await go(page, '#/vault/recoveries');
  await expectPage(page, 'Recoveries');
  await expect.poll(() => names(table(page, 'Recoveries'))).toEqual(['ledger of march', 'whole home']);
  const revived = Date.now();
  await expect(dialog(page)).toHaveCount(0);
  expect(await tokens(simulator, mark)).toBeGreaterThan(renewed);

  await go(page, '#/vault/policies/~new');
  await expectPage(page, 'Create policy');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('half-filled');
  await schedule(page);
  // One that ended right after it had replaced another would not be renewed: that could go on in circles.
  await expect.poll(() => Date.now() - revived, { timeout: 10_000 }).toBeGreaterThan(6_000);
  await simulator.control('vault', { end_tokens: true });
  await simulator.faults([{ fault: 'status', status: 400, operation: 'POST /identity/token' }]);
  faults.expectStatus(400, /\/identity\/token$/);
  await main(page).getByRole('button', { name: 'Create policy' }).click();
  await expect(dialog(page, 'Sign in again')).toBeVisible();
  await expectAccessible(page);
  await simulator.faults([]);
  await enter(page, simulator.administrator.password);
  await expect(name).toHaveValue('half-filled');
});

test('a policy is made, changed as a whole, and deleted; one that is followed stays', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  await open(page, faults, simulator, '#/vault/policies/~new');
  await expectPage(page, 'Create policy');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('every-second-day');
  const words = page.getByRole('region', { name: 'In words' });
  await expect(words).toContainText('Once it is filled in');
  await schedule(page);
  await expect(said(words, 'Incremental backups')).toHaveText('Every 2 days');
  await expect(said(words, 'Kept for')).toHaveText('2 weeks');
  await retainFor(page, '1', 'Days');
  await expect(words).toContainText('A backup expires before the next one is made');
  await expectAccessible(page);
  await retainFor(page, '2', 'Weeks');
  await expect(words).not.toContainText('Is this meant?');
  const mark = await simulator.mark();
  await main(page).getByRole('button', { name: 'Create policy' }).click();
  await expectPage(page, 'every-second-day');
  const regular = {
    incremental: { schedule: { unit: 'Days', daySchedule: { frequency: 2 } } },
    retention: { unit: 'Weeks', duration: 2 },
  };
  const writes = async () => (await simulator.requests(mark)).filter(({ method }) => method !== 'GET');
  expect(await writes()).toMatchObject([{ method: 'POST', body: { name: 'every-second-day', backupPolicy: { regular } } }]);

  await act(page, 'Edit policy');
  await page.getByRole('textbox', { name: 'Description' }).fill('For machines that change little');
  await main(page).getByRole('button', { name: 'Review' }).click();
  await expect(dialog(page).getByRole('region', { name: 'What changes' })).toContainText('For machines that change little');
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Save changes' }).click();
  await expect(said(main(page), 'Description')).toHaveText('For machines that change little');
  const [, changed] = await writes();
  expect(changed).toMatchObject({ method: 'PUT', body: { name: 'every-second-day', backupPolicy: { regular } } });
  await act(page, 'Delete policy');
  await dialog(page).getByRole('button', { name: 'Delete policy' }).click();
  await expectPage(page, 'Policies');

  await table(page, 'Policies').getByRole('link', { name: 'daily-5w', exact: true }).first().click();
  await expectPage(page, 'daily-5w');
  await act(page, 'Delete policy');
  const refused = faults.expectStatus(409, /\/policies\//);
  await dialog(page).getByRole('button', { name: 'Delete policy' }).click();
  await expect(dialog(page).getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  refused.end();
});

test('a recovery is watched until it has ended; its files come in pieces, stop, and go on', async ({ page, simulator, faults }) => {
  await simulator.control('vault', { work_seconds: 1 });
  const { snapshots } = await ask<{ snapshots: { id: string }[] }>(simulator, 'GET', `${api}/objects/4100/snapshots`);
  const { id } = await ask<{ id: string }>(simulator, 'POST', `${api}/recoveries/download-files-folders`, {
    name: 'reports of may',
    object: { snapshotId: snapshots[0]?.id },
    filesAndFolders: [{ absolutePath: '/srv/data/report.txt' }],
  });
  await open(page, faults, simulator, `#/vault/recoveries/${encodeURIComponent(id)}`);
  await expectPage(page, 'reports of may');
  await expect(said(main(page), 'Status')).toHaveText('Succeeded', { timeout: 20_000 });
  await expect(main(page)).not.toContainText('Under way');

  const path = `${api}/recoveries/${id}/download-files`;
  const pieces = async (since: number) => (await simulator.requests(since)).filter((request) => request.path.endsWith('/download-files'));
  await simulator.faults([{ fault: 'slow', milliseconds: 30_000, operation: `GET ${api}/recoveries/*/download-files`, skip: 1, times: 1 }]);
  const mark = await simulator.mark();
  await act(page, 'Download files');
  await expectPage(page, /^Download files/);
  await main(page).getByRole('button', { name: 'Download files' }).click();
  await expect(dialog(page)).toContainText('8 MiB so far');
  await expectAccessible(page);
  faults.expectNoAnswer(/\/download-files/, { optional: true });
  await dialog(page).getByRole('button', { name: 'Stop' }).click();
  await expect(dialog(page)).toContainText('Stopped after 8 MiB.');
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Go on' }).click();
  const save = dialog(page).getByRole('button', { name: 'Save as files.zip' });
  await expect(save).toBeVisible();
  await expectAccessible(page);
  const offsets = (await pieces(mark)).map(({ query }) => Object.fromEntries(query)['startOffset']);
  expect(offsets).toEqual(['0', '8388608', '8388608']);
  const download = page.waitForEvent('download');
  await save.click();
  const saved = readFileSync(await (await download).path());
  const whole = await fetchWhole(simulator, path);
  expect(saved.equals(whole)).toBe(true);
});

test('a protection group is made of what is picked by name, checked in words as it is typed, and changed', async ({ page, simulator, faults }) => {
  test.setTimeout(150_000);
  await open(page, faults, simulator, '#/vault/protection-groups/~new');
  await expectPage(page, 'Create protection group');
  const words = page.getByRole('region', { name: 'In words' });
  await expect(words).toContainText('Once it is filled in');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('files-nightly');
  const protectedThings = page.getByRole('group', { name: 'What is protected', exact: true });
  await protectedThings.getByRole('combobox', { name: 'Environment' }).selectOption({ label: 'Physical' });
  await expect(page.getByRole('group', { name: 'SQL servers' })).toHaveCount(0);
  await protectedThings.getByRole('combobox', { name: 'Type', exact: true }).selectOption({ label: 'Files' });
  await expect(page.getByRole('group', { name: 'By volumes' })).toHaveCount(0);
  // What is known is said while something is missing, and what that is.
  await expect(words).toContainText('Still to fill in: ');
  await expect(words).toContainText('Policy');

  await protectedThings.getByRole('button', { name: 'Choose objects' }).first().click();
  const picking = dialog(page, 'Choose objects');
  await expect(picking.getByRole('checkbox', { name: 'files-01' })).toBeVisible();
  // Databases are no machines.
  await expect(picking.getByRole('checkbox', { name: /sql-01\// })).toHaveCount(0);
  await picking.getByRole('checkbox', { name: 'files-01' }).check();
  await picking.getByRole('searchbox').fill('spare');
  await expect(picking.getByRole('checkbox', { name: 'files-01' })).toHaveCount(0);
  await picking.getByRole('checkbox', { name: 'spare-01' }).check();
  await expectAccessible(page);
  await picking.getByRole('button', { name: 'Add 2' }).click();
  await expect(picking).toHaveCount(0);
  await expect(said(words, 'Protects')).toHaveText('2 machines, by their files: files-01, spare-01');
  await expect(words).toContainText('No folder is named for: files-01, spare-01.');

  await choose(page.getByRole('main'), 'Policy', 'databases');
  await expect(said(words, 'Incremental backups')).toHaveText('Every day');
  await expect(said(words, 'Kept for')).toHaveText('5 weeks');
  await expect(words).toContainText('The policy backs up logs, but only databases have them.');
  await choose(page.getByRole('main'), 'Policy', 'daily-locked');
  await expect(said(words, 'Kept for')).toHaveText('4 weeks');
  await expect(words).not.toContainText('backs up logs');
  await expect(words).not.toContainText('Still to fill in');

  const start = page.getByRole('group', { name: 'Start', exact: true });
  await start.getByLabel('Time', { exact: true }).fill('09:30');
  const zone = start.getByRole('combobox', { name: 'Time zone' });
  // The person's own.
  await expect(zone).toHaveValue(await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone));
  await zone.fill('berlin');
  await page.getByRole('option', { name: 'Europe/Berlin' }).click();
  await expect(said(words, 'Starts')).toContainText('From 09:30 on (Europe/Berlin)');
  await expect(words).toContainText('The start lies in a quiet time of the policy (Sunday)');
  await start.getByLabel('Time', { exact: true }).fill('01:30');
  await expect(words).not.toContainText('quiet time of the policy');
  await expectAccessible(page);

  const mark = await simulator.mark();
  const taken = faults.expectStatus(409, /\/protection-groups$/);
  await main(page).getByRole('button', { name: 'Create protection group' }).click();
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  taken.end();
  await name.fill('two-machines');
  await main(page).getByRole('button', { name: 'Create protection group' }).click();
  await expectPage(page, 'two-machines');
  const writes = async () => (await simulator.requests(mark)).filter(({ method }) => method !== 'GET');
  const objects = [{ id: 4100 }, { id: 4220 }];
  const physicalParams = { protectionType: 'kFile', fileProtectionTypeParams: { objects } };
  const startTime = { hour: 1, minute: 30, timeZone: 'Europe/Berlin' };
  expect((await writes()).at(-1)).toMatchObject({ method: 'POST', body: { name: 'two-machines', environment: 'kPhysical', physicalParams, startTime } });
  // The record says the same.
  await expect(said(words, 'Protects')).toContainText('files-01, spare-01');
  await expect(said(words, 'Kept for')).toHaveText('4 weeks');
  await expectAccessible(page);

  await act(page, 'Edit protection group');
  await expectPage(page, /^Edit protection group/);
  await page.getByRole('button', { name: 'Remove spare-01' }).click();
  await expect(said(words, 'Protects')).toHaveText('1 machine, by its files: files-01');
  await go(page, '#/vault/policies');
  await dialog(page).getByRole('button', { name: 'Stay' }).click();
  await main(page).getByRole('button', { name: 'Save changes' }).click();
  await expectPage(page, 'two-machines');
  expect((await writes()).at(-1)).toMatchObject({ method: 'PUT', body: { name: 'two-machines', policyId: expect.any(String), startTime } });
  expect(((await writes()).at(-1)?.body as { physicalParams: { fileProtectionTypeParams: { objects: unknown[] } } }).physicalParams.fileProtectionTypeParams.objects).toEqual([{ id: 4100 }]);
});

test('runs are reached without knowing whose they are, and one is held without typing its identifier', async ({ page, simulator, faults }) => {
  const knock = faults.expectStatus(401, /\/policies$/);
  await page.goto('./#/vault/runs');
  // Who may hold: the administrator may not.
  await enter(page, `${simulator.administrator.password}-dso`);
  knock.end();
  await expectPage(page, 'Runs');
  await expect(main(page)).toContainText('one protection group at a time');
  await main(page).getByRole('searchbox').fill('data');
  await expect(main(page).getByRole('link', { name: 'files-nightly' })).toHaveCount(0);
  await main(page).getByRole('link', { name: 'databases' }).click();
  await expectPage(page, 'Runs');
  const runs = table(page, 'Runs');
  await expect(runs.getByRole('rowheader').first()).toBeVisible();
  await runs.getByRole('rowheader').first().getByRole('link').click();
  await expect(said(main(page), 'Status')).toContainText(/Succeeded|Failed|Cancelled/);
  const mark = await simulator.mark();
  await act(page, 'Put under legal hold');
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Put under legal hold' }).click();
  await expect(said(main(page), 'Legal hold')).toHaveText('Yes');
  const [held] = (await simulator.requests(mark)).filter(({ method }) => method === 'PUT');
  expect(held).toMatchObject({ body: { updateProtectionGroupRunParams: [{ runId: expect.any(String), localSnapshotConfig: { enableLegalHold: true } }] } });
});

test('the runs of a group are walked by windows of time, which the service is asked for in microseconds', async ({ page, simulator, faults }) => {
  await open(page, faults, simulator, '#/vault/protection-groups');
  await expectPage(page, 'Protection groups');
  await table(page, 'Protection groups').getByRole('link', { name: 'files-nightly', exact: true }).first().click();
  await expectPage(page, 'files-nightly');
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('link', { name: 'Show all' }).click();
  await expectPage(page, 'Runs');
  const all = await names(table(page, 'Runs'));
  expect(all.length).toBeGreaterThan(0);
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  /** The window of the latest request for runs, in microseconds. */
  const window = async (since: number) => {
    const asked = (await simulator.requests(since)).filter(({ path }) => /\/protection-groups\/[^/]+\/runs/.test(path)).at(-1);
    const given = new Map(asked?.query ?? []);
    return [given.get('startTimeUsecs'), given.get('endTimeUsecs')];
  };
  const micros = (text: string) => String(Date.parse(`${text}Z`) * 1000);

  for (const [from, until] of [[2, 0], [4, 2]] as const) {
    const mark = await simulator.mark();
    if ((await page.getByRole('button', { name: 'Clear filters' }).count()) > 0) await page.getByRole('button', { name: 'Clear filters' }).click();
    await addFilter(page, 'Began', 'is between', async (form) => {
      await form.getByLabel('From').fill(`${day(from)}T06:00`);
      await form.getByLabel('To', { exact: true }).fill(`${day(until)}T05:59`);
    });
    await settled(page);
    await expect.poll(() => window(mark)).toEqual([micros(`${day(from)}T06:00`), micros(`${day(until)}T05:59`)]);
    await expectAccessible(page);
    expect(await table(page, 'Runs').getByRole('row').count()).toBeGreaterThan(1);
  }
});
