/**
 * What an operator of a HyperStore does on a plain day: reads usage in its units, types a region that was seen before, cleans a
 * bucket up and watches it, writes prices and reads them back, goes from a data centre to a node, acknowledges events.
 */

import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { act, addFilter, column, dialog, expectPage, go, settled, table } from '../support/console.ts';
import { ask, ownBuckets } from '../support/objects.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const main = (page: Page) => page.getByRole('main');

/** The titles of a table’s columns. */
async function titles(page: Page, name: string): Promise<string[]> {
  const headers = await table(page, name).getByRole('columnheader').allInnerTexts();
  return headers.map((header) => header.trim()).filter((header) => header !== '');
}

/** The texts of a column that has some. */
async function filled(of: Locator, title: string): Promise<string[]> {
  const texts = await column(of, title);
  expect(texts.length, `rows with ${title}`).toBeGreaterThan(0);
  return texts;
}

test('the table of usage has the units of what was asked for, as its chart has', async ({ page, simulator, faults }) => {
  await simulator.control('objects', { requests: true });
  await openSignedIn(page, faults, '#/objects/groups/Engineering', simulator.administrator);
  await expectPage(page, 'Engineering');
  await page.getByRole('tab', { name: 'Usage', exact: true }).click();
  await page.getByRole('button', { name: '30 days', exact: true }).click();
  await page.getByRole('link', { name: 'Show all' }).click();
  await expectPage(page, 'Usage');
  // Of what is stored the average counts; a sum of levels and the number of readings say nothing.
  expect(await titles(page, 'Usage')).toEqual(['Kind', 'Time', 'Average', 'Greatest']);
  for (const cell of [...(await filled(table(page, 'Usage'), 'Average')), ...(await filled(table(page, 'Usage'), 'Greatest'))]) {
    expect(cell).toMatch(/^[\d.]+\s([KMGTP]iB|B)$/);
  }
  await expectAccessible(page);

  await main(page).getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Stored objects' });
  await expect(page.getByRole('figure', { name: 'Stored objects: Average' })).toBeVisible();
  await settled(page);
  for (const cell of await filled(table(page, 'Usage'), 'Average')) expect(cell).toMatch(/^[\d\s]+$/);

  await main(page).getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Reads' });
  await expect(page.getByRole('figure', { name: 'Reads: Requests' })).toBeVisible();
  await settled(page);
  expect(await titles(page, 'Usage')).toEqual(['Kind', 'Time', 'Transferred', 'Requests']);
  for (const cell of await filled(table(page, 'Usage'), 'Transferred')) expect(cell).toMatch(/^[\d.]+\s([KMGTP]iB|B)$/);
  for (const cell of await filled(table(page, 'Usage'), 'Requests')) expect(cell).toMatch(/^[\d\s]+$/);

  // Of which region is said while none is chosen.
  await expect(main(page)).toContainText('only the default region is counted');
  const mark = await simulator.mark();
  await main(page).getByLabel('Region', { exact: true }).fill('inland');
  await main(page).getByLabel('Region', { exact: true }).press('Enter');
  await expect(main(page)).not.toContainText('only the default region is counted');
  await expect
    .poll(async () => (await simulator.requests(mark)).filter(({ path }) => path === '/usage').map(({ query }) => new Map(query).get('region')))
    .toContain('inland');
  await settled(page);

  // What a person chooses is shown, whether it says something or not.
  await page.getByRole('button', { name: 'Columns' }).click();
  await dialog(page, 'Columns').getByRole('checkbox', { name: 'Greatest' }).first().check();
  await dialog(page, 'Columns').getByRole('button', { name: 'Show columns' }).click();
  expect(await titles(page, 'Usage')).toContain('Greatest');
});

test('the values of a node are told as in their chart', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/objects/nodes/quay1~', simulator.administrator);
  await expectPage(page, 'quay1');
  await page.getByRole('link', { name: 'History of Processor load' }).click();
  await expectPage(page, 'Measurements');
  for (const cell of (await filled(table(page, 'Measurements'), 'Value')).slice(0, 5)) expect(cell).toMatch(/^([\d.]+\s%|Not set)$/);
  await main(page).getByRole('combobox', { name: 'Measure' }).selectOption({ label: 'Disk reads' });
  await expect(page.getByRole('figure', { name: 'Disk reads' })).toBeVisible();
  await settled(page);
  for (const cell of (await filled(table(page, 'Measurements'), 'Value')).slice(0, 5)) expect(cell).toMatch(/^([\d.]+\s[KMG]?i?B\/s|Not set)$/);
});

test('regions that were seen are offered where one is typed', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/objects/groups/Engineering/buckets', simulator.administrator);
  await expectPage(page, 'Buckets');
  const { content } = await ask(simulator, 'GET', '/system/bucketlist?groupId=Engineering');
  const regions = [...new Set((content as { buckets: { region: string }[] }[]).flatMap(({ buckets }) => buckets.map(({ region }) => region)))].sort();
  expect(regions.length).toBeGreaterThan(0);
  await go(page, '#/objects/nodes');
  await expectPage(page, 'Nodes');
  await page.getByRole('button', { name: 'Add filter' }).click();
  const form = dialog(page, /^Filter /);
  await form.getByRole('combobox', { name: 'Field', exact: true }).fill('Region');
  await form.getByRole('option', { name: 'Region' }).first().click();
  await form.getByLabel('Comparison').selectOption({ label: 'is' });
  const input = form.getByLabel('Value');
  const offered = await input.evaluate((element: HTMLInputElement) => [...(element.list?.options ?? [])].map(({ value }) => value));
  expect(offered).toEqual(regions);
  await expectAccessible(page);
  await input.fill(regions[0] ?? '');
  await form.getByRole('button', { name: 'Apply filter' }).click();
  await expect(form).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`region.*${regions[0] ?? ''}`));

  // The same in a form.
  await go(page, '#/objects/groups/Engineering');
  await expectPage(page, 'Engineering');
  await act(page, 'Count objects');
  const region = dialog(page).getByRole('combobox', { name: 'Region' });
  expect(await region.evaluate((element: HTMLInputElement) => [...(element.list?.options ?? [])].map(({ value }) => value))).toEqual(regions);
  await expectAccessible(page);
});

test('a removal of versions takes times from a calendar, and its progress is watched by itself', async ({ page, simulator, faults }) => {
  // Only beginning a removal tells which buckets have versions: one of a time before all buckets touches nothing.
  const buckets = await ownBuckets(simulator, ['Engineering', 'Archive']);
  let versioned;
  for (const bucket of buckets) {
    const { status } = await ask(simulator, 'POST', `/bucketops/cleanUpdatesInRange/go?bucketName=${bucket.name}&toTimestamp=2001-01-01T00:00:00`);
    if (status === 200) {
      versioned = bucket;
      await ask(simulator, 'POST', `/bucketops/cleanUpdatesInRange/stop?bucketName=${bucket.name}`);
      break;
    }
  }
  if (versioned === undefined) throw new Error('there is no bucket with versions');
  const { group, user, name } = versioned;
  await openSignedIn(page, faults, `#/objects/groups/${group}/buckets/${group}~${user}~${name}`, simulator.administrator);
  await expectPage(page, name);
  await act(page, 'Remove versions of a time');
  const from = dialog(page).getByLabel('From');
  await expect(from).toHaveAttribute('type', 'datetime-local');
  await from.fill('2001-01-01T00:00');
  await dialog(page).getByLabel('Until').fill('2030-01-01T12:30:15');
  await expectAccessible(page);
  const mark = await simulator.mark();
  await dialog(page).getByRole('button', { name: 'Remove versions of a time' }).click();
  await dialog(page).getByRole('textbox', { name: /^Type .* to confirm$/ }).fill(name);
  await dialog(page).getByRole('button', { name: /^Remove versions/ }).last().click();
  const watched = dialog(page, 'Remove versions of a time');
  await expect(watched).toContainText(/It goes on|Nothing goes on any more/);
  await expect(watched).toContainText('cleanUpdatesInRange');
  await expectAccessible(page);
  expect(await simulator.writes(mark)).toEqual([
    `POST /bucketops/cleanUpdatesInRange/go?bucketName=${name}&fromTimestamp=2001-01-01T00:00:00&toTimestamp=2030-01-01T12:30:15`,
  ]);
  const asked = async () => (await simulator.requests(mark)).filter(({ path }) => path.startsWith('/bucketops/cleanUpdatesInRange/status')).length;
  await expect.poll(asked).toBeGreaterThan(1);
  await expect(watched.getByRole('button', { name: 'Stop removal' })).toBeVisible();
  await watched.getByRole('button', { name: 'Stop removal' }).click();
  await dialog(page).getByRole('button', { name: 'Stop removal' }).click();
  await expect(dialog(page)).toContainText('stopped');
});

test('the nodes of a data centre lead to their pages', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/objects/data-centers', simulator.administrator);
  await expectPage(page, 'Data centres');
  await table(page, 'Data centres').getByRole('link', { name: 'quay1', exact: true }).click();
  await expectPage(page, 'quay1');
  await expect(page.getByRole('cell', { name: '/dev/mapper/vg0-root' })).toBeVisible();
  await go(page, '#/objects/data-centers');
  await expectPage(page, 'Data centres');
  // The nodes of another region are asked for there.
  await addFilter(page, 'Region', 'is', (form) => form.getByLabel('Value').fill('inland'));
  const first = table(page, 'Data centres').getByRole('row').nth(1).getByRole('link').first();
  await expect(first).toHaveAttribute('href', /~inland$/);
  await first.click();
  await expect(page.getByRole('region', { name: 'Events' }).or(page.getByRole('tab', { name: 'Events' })).first()).toBeVisible();
  await expectAccessible(page);
});

test('selected events are acknowledged in one request of their node, and what is left of them is said', async ({ page, simulator, faults }) => {
  const { content } = await ask(simulator, 'GET', '/monitor/nodelist');
  let node = '';
  let events: { eventType: string }[] = [];
  for (const name of content as string[]) {
    const answer = await ask(simulator, 'GET', `/monitor/events?nodeId=${name}`);
    if (Array.isArray(answer.content) && answer.content.length > 1) {
      node = name;
      events = answer.content as { eventType: string }[];
      break;
    }
  }
  expect(events.length).toBeGreaterThan(1);
  await openSignedIn(page, faults, `#/objects/nodes/${node}~/events`, simulator.administrator);
  await expectPage(page, 'Events');
  await table(page, 'Events').getByRole('checkbox').first().check();
  await main(page).getByRole('button', { name: 'Do with the selection' }).click();
  await page.getByRole('menuitem', { name: 'Acknowledge' }).click();
  await expectAccessible(page);
  const mark = await simulator.mark();
  await dialog(page).getByRole('button', { name: /^Acknowledge/ }).click();
  await expect(dialog(page)).toContainText('An acknowledged event stays for a day');
  await expectAccessible(page);
  const sent = (await simulator.requests(mark)).filter(({ method }) => method === 'POST');
  expect(sent).toHaveLength(1);
  const types = (sent[0]?.body as { eventTypes: string[] }).eventTypes;
  expect([...types].sort()).toEqual(events.map(({ eventType }) => eventType).sort());
  await dialog(page).getByRole('button', { name: 'Close' }).first().click();
  // The list holds those that are left, and none of these.
  const { content: after } = await ask(simulator, 'GET', `/monitor/events?nodeId=${node}&limit=1000`);
  const left = Array.isArray(after) ? (after as { eventType: string }[]) : [];
  expect(left.filter(({ eventType }) => types.includes(eventType))).toEqual([]);
  await expect(main(page)).toContainText(`${left.length} events`);
});

test('prices are read back in words as they are typed, and a step that is in the wrong place is told where it is', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/objects/rating-plans/~new', simulator.administrator);
  await expectPage(page, 'Create rating plan');
  const words = page.getByRole('region', { name: 'In words' });
  await expect(words).toContainText('Once a step is filled in');
  await page.getByRole('textbox', { name: 'ID', exact: true }).fill('Night-RP');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Night');
  await page.getByText('Prices', { exact: true }).click();
  const storage = page.getByRole('group', { name: 'Storage', exact: true });
  if (!(await storage.getByRole('button', { name: 'Add' }).first().isVisible())) await storage.getByText('Storage', { exact: true }).click();
  const steps = storage.getByRole('group', { name: 'Steps', exact: true }).first();
  /** Adds a step. */
  const add = async (index: number, size: string, price: string) => {
    await steps.getByRole('button', { name: /^Add/ }).click();
    await steps.getByRole('textbox', { name: 'Up to' }).nth(index).fill(size);
    await steps.getByRole('textbox', { name: 'Price' }).nth(index).fill(price);
    await steps.getByRole('textbox', { name: 'Price' }).nth(index).blur();
  };
  await add(0, '1', '0.14');
  // The other prices are missing: what is known is said all the same.
  await expect(words).toContainText('First 1 GiB-month: US$0.14 per GiB-month');
  await expect(words).toContainText('Still to fill in: ');
  await expect(steps).toContainText('The last item has to have “Up to” 0.');
  await add(1, '0', '0.10');
  await expect(words).toContainText('First 1 GiB-month: US$0.14 per GiB-month; All further: US$0.10 per GiB-month');
  await expect(steps).not.toContainText('The last item');
  await expectAccessible(page);
  await add(2, '5', '0.20');
  await expect(steps).toContainText('Item 2: only the last one can have “Up to” 0.');
  await expect(words).toContainText('Storage: a later step costs more than an earlier one.');
  await expectAccessible(page);

  // A plan that is there says the same.
  await go(page, '#/objects/rating-plans/Default-RP');
  await dialog(page, 'Leave without saving?').getByRole('button', { name: 'Leave and discard' }).click();
  await expectPage(page, /Default/);
  await expect(page.getByRole('region', { name: 'In words' })).toContainText(/All further: .* per GiB/);
});
