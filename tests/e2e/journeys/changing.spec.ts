/**
 * The life of a volume: created, changed, copied, mapped, unmapped, deleted. What is sent is counted at the box, and what the
 * console shows of a request beforehand is compared with what the box then received.
 */

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { act, choose, dialog, expectPage, go, names, settled, table } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import type { Simulator } from '../support/simulator.ts';
import { expect, test } from '../support/test.ts';

interface Named {
  readonly id: number;
  readonly name: string;
  readonly [field: string]: unknown;
}

const GB = 1_000_000_000;

/** The record of that name on the box. */
async function record(simulator: Simulator, collection: string, name: string): Promise<Named> {
  const { result } = await simulator.send<Named[]>('GET', `/api/rest/${collection}?name=eq:${name}`);
  const [found] = result;
  if (found === undefined) {
    throw new Error(`there is no ${name} among the ${collection}`);
  }
  return found;
}

/** Creates a volume past the console. */
async function volume(simulator: Simulator, name: string, size = 10 * GB): Promise<Named> {
  const pool = await record(simulator, 'pools', 'production-sap');
  const body = { name, pool_id: pool.id, size, provtype: 'THIN' };
  const { status, result } = await simulator.send<Named>('POST', '/api/rest/volumes?approved=yes', body);
  expect(status).toBe(201);
  return result;
}

/** Maps a volume to a host past the console. */
async function map(simulator: Simulator, volume: Named, host: Named): Promise<void> {
  const { status } = await simulator.send('POST', `/api/rest/hosts/${host.id}/luns?approved=yes`, { volume_id: volume.id });
  expect(status).toBeLessThan(300);
}

interface Shown {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** The requests that the open dialog of a plan shows, read from their text. */
async function shownRequests(page: Page): Promise<Shown[]> {
  const summary = dialog(page).getByText(/exact requests?$/);
  await summary.click();
  const texts = await dialog(page).locator('code').allInnerTexts();
  return texts.map((text) => {
    const [, method = '', path = '', body = ''] = /^(\w+) (\S+)\s*([^]*)$/.exec(text.trim()) ?? [];
    return { method, path, body: body.trim() === '' ? null : (JSON.parse(body) as unknown) };
  });
}

/** What the box received other than reading, as the dialog of a plan shows it. */
async function received(simulator: Simulator, since: number): Promise<Shown[]> {
  const all = await simulator.requests(since);
  return all
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, query, body }) => {
      const parameters = query.map(([name, value]) => `${name}=${value}`).join('&');
      return { method, path: parameters === '' ? path : `${path}?${parameters}`, body };
    });
}

/** Types the name that a deletion asks for. */
async function typeName(page: Page, name: string): Promise<void> {
  await dialog(page).getByRole('textbox', { name: /^Type .* to confirm$/ }).fill(name);
}

const main = (page: Page) => page.getByRole('main');

test('a volume is created: faults before sending, a conflict at its field, then the exact request', async ({ page, simulator, faults }) => {
  await volume(simulator, 'taken-name');
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  await main(page).getByRole('button', { name: 'Create volume' }).or(main(page).getByRole('link', { name: 'Create volume' })).click();
  await expectPage(page, 'Create volume');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  const size = page.getByRole('textbox', { name: 'Size', exact: true });
  const create = main(page).getByRole('button', { name: 'Create volume' });

  const mark = await simulator.mark();
  await name.fill('n'.repeat(66));
  await size.fill('0.5');
  await create.click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(main(page)).toContainText('At most 65 characters; there are 66.');
  await expect(main(page)).toContainText('At least 1 GB.');
  await expectAccessible(page);
  expect(await simulator.writes(mark)).toEqual([]);

  await name.fill('taken-name');
  await size.fill('13 GB');
  await choose(main(page), 'Pool', 'production-sap');
  const conflict = faults.expectStatus(409, /\/volumes$/);
  await create.click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription(/taken-name/);
  await expectAccessible(page);
  conflict.end();

  await name.fill('journey-erp-01');
  await main(page).getByRole('button', { name: 'Review' }).click();
  await expect(dialog(page, 'Create volume?')).toBeVisible();
  const shown = await shownRequests(page);
  await expectAccessible(page);
  const before = await simulator.mark();
  await dialog(page).getByRole('button', { name: 'Create volume' }).click();
  await expectPage(page, 'journey-erp-01');
  expect(await received(simulator, before)).toEqual(shown);
  const made = await record(simulator, 'volumes', 'journey-erp-01');
  expect(shown).toEqual([
    { method: 'POST', path: '/api/rest/volumes', body: { name: 'journey-erp-01', pool_id: made['pool_id'], size: 13 * GB } },
  ]);
  await expect(page).toHaveURL(new RegExp(`#/north/volumes/${made.id}$`));
});

test('renaming and resizing are two requests of one field each, shown old → new', async ({ page, simulator, faults }) => {
  const { id } = await volume(simulator, 'journey-edit');
  await openSignedIn(page, faults, `#/north/volumes/${id}`, simulator.administrator);
  await expectPage(page, 'journey-edit');
  await act(page, 'Edit volume');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('journey-renamed');
  // A unit that is typed moves the picker beside it, and what can only grow is told at the field.
  const size = page.getByRole('textbox', { name: 'Size', exact: true });
  await size.fill('9 GiB');
  await size.press('Tab');
  await expect(size).toHaveValue('9');
  await expect(page.getByRole('combobox', { name: 'Unit of size' })).toHaveValue('GiB');
  await expect(size).toHaveAccessibleDescription(/This can only grow. It holds 10 GB now./);
  await size.fill('20 GB');
  await main(page).getByRole('button', { name: 'Review' }).click();
  const changes = dialog(page).getByRole('region', { name: 'What changes' });
  await expect(changes.getByRole('row', { name: /^Name journey-edit journey-renamed/ })).toBeVisible();
  await expect(changes.getByRole('row', { name: /^Size 10 GB 20 GB/ })).toBeVisible();
  const shown = await shownRequests(page);
  expect(shown).toEqual([
    { method: 'PUT', path: `/api/rest/volumes/${id}`, body: { name: 'journey-renamed' } },
    { method: 'PUT', path: `/api/rest/volumes/${id}`, body: { size: 20 * GB } },
  ]);
  const mark = await simulator.mark();
  await dialog(page).getByRole('button', { name: 'Save changes' }).click();
  await expectPage(page, 'journey-renamed');
  expect(await received(simulator, mark)).toEqual(shown);
});

test('nothing changed sends nothing', async ({ page, simulator, faults }) => {
  const { id } = await volume(simulator, 'journey-same');
  await openSignedIn(page, faults, `#/north/volumes/${id}/~edit`, simulator.administrator);
  const mark = await simulator.mark();
  await main(page).getByRole('button', { name: 'Save changes' }).click();
  await expect(main(page)).toContainText('Nothing has been changed.');
  await expectAccessible(page);
  expect(await simulator.writes(mark)).toEqual([]);
});

test('where the second request is refused, the first is told as done and the second as not', async ({ page, simulator, faults }) => {
  const { id } = await volume(simulator, 'journey-partial');
  await openSignedIn(page, faults, `#/north/volumes/${id}/~edit`, simulator.administrator);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('journey-partly');
  await page.getByRole('textbox', { name: 'Size', exact: true }).fill('20');
  const mark = await simulator.mark();
  await simulator.faults([{ fault: 'status', status: 409, operation: 'PUT /api/rest/volumes/*', skip: 1, times: 1 }]);
  faults.expectStatus(409, new RegExp(`/volumes/${id}$`));
  await main(page).getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText(/1 of 2 changes was made; size was refused/).first()).toBeVisible();
  await expectAccessible(page);
  expect(await simulator.writes(mark)).toEqual([`PUT /api/rest/volumes/${id}`, `PUT /api/rest/volumes/${id}`]);
  await go(page, `#/north/volumes/${id}`);
  // The size that was refused is still in the form.
  await dialog(page, 'Leave without saving?').getByRole('button', { name: 'Leave and discard' }).click();
  await expectPage(page, 'journey-partly');
});

test('a snapshot is taken and listed with its volume', async ({ page, simulator, faults }) => {
  const { id } = await volume(simulator, 'journey-snapped');
  await openSignedIn(page, faults, `#/north/volumes/${id}`, simulator.administrator);
  await act(page, 'Take snapshot');
  await page.getByRole('textbox', { name: 'Snapshot name' }).fill('journey-snapped-before');
  const mark = await simulator.mark();
  await main(page).getByRole('button', { name: 'Take snapshot' }).click();
  await expectPage(page, 'journey-snapped-before');
  const writes = await received(simulator, mark);
  expect(writes).toEqual([
    { method: 'POST', path: '/api/rest/volumes', body: expect.objectContaining({ name: 'journey-snapped-before', parent_id: id }) },
  ]);
  await main(page).getByRole('definition').getByRole('link', { name: 'journey-snapped', exact: true }).click();
  await expectPage(page, 'journey-snapped');
  await page.getByRole('tab', { name: 'Snapshots' }).click();
  await expect.poll(() => names(table(page, 'Snapshots'))).toEqual(['journey-snapped-before']);
  await expectAccessible(page);
});

test('a volume is mapped, and both sides show it; deleting it is then not possible and says why', async ({ page, simulator, faults }) => {
  const { id } = await volume(simulator, 'journey-mapped');
  const host = await record(simulator, 'hosts', 'staging-new');
  await openSignedIn(page, faults, `#/north/volumes/${id}`, simulator.administrator);
  await act(page, 'Map to host');
  await choose(dialog(page), 'Host', 'staging-new');
  await expectAccessible(page);
  const mark = await simulator.mark();
  await dialog(page).getByRole('button', { name: 'Map to host' }).click();
  await expect(dialog(page)).toHaveCount(0);
  const [sent] = await received(simulator, mark);
  expect(sent).toMatchObject({ method: 'POST', path: `/api/rest/hosts/${host.id}/luns`, body: { volume_id: id } });

  await page.getByRole('tab', { name: 'Mappings' }).click();
  await expect(table(page, 'Mappings').getByRole('link', { name: 'staging-new', exact: true })).toBeVisible();
  await expectAccessible(page);
  const remove = main(page).getByRole('button', { name: 'Delete', exact: true });
  await expect(remove).toHaveAttribute('aria-disabled', 'true');
  await expect(remove).toHaveAccessibleDescription(/mapped/);

  await table(page, 'Mappings').getByRole('link', { name: 'staging-new', exact: true }).click();
  await expectPage(page, 'staging-new');
  await page.getByRole('tab', { name: 'Mapped volumes' }).click();
  await expect(table(page, 'Mapped volumes').getByRole('link', { name: 'journey-mapped', exact: true })).toBeVisible();
  await expectAccessible(page);
});

test('a page that does not know of a mapping yet: the box refuses the deletion and says why', async ({ page, simulator, faults }) => {
  const stale = await volume(simulator, 'journey-stale');
  await openSignedIn(page, faults, `#/north/volumes/${stale.id}`, simulator.administrator);
  await expectPage(page, 'journey-stale');
  await map(simulator, stale, await record(simulator, 'hosts', 'staging-new'));
  await act(page, 'Delete');
  await typeName(page, 'journey-stale');
  faults.expectStatus(409, new RegExp(`/volumes/${stale.id}$`));
  const mark = await simulator.mark();
  await dialog(page).getByRole('button', { name: 'Delete volume' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText("'journey-stale' is mapped");
  await expect(dialog(page).getByRole('alert')).toContainText('VOLUME_IS_MAPPED');
  await expectAccessible(page);
  expect(await simulator.writes(mark)).toEqual([`DELETE /api/rest/volumes/${stale.id}`]);
});

test('unmapping waits for approval in the words of the box', async ({ page, simulator, faults }) => {
  const mapped = await volume(simulator, 'journey-unmap');
  const host = await record(simulator, 'hosts', 'staging-new');
  await map(simulator, mapped, host);
  await openSignedIn(page, faults, `#/north/hosts/${host.id}?tab=host-luns`, simulator.administrator);
  await expectPage(page, 'staging-new');
  await page.getByRole('tab', { name: 'Mapped volumes' }).click();
  await table(page, 'Mapped volumes').getByRole('rowheader').getByRole('link').first().click();
  await expect(main(page).getByRole('link', { name: 'journey-unmap', exact: true })).toBeVisible();
  await act(page, 'Unmap volume');
  await dialog(page).getByRole('checkbox').check();
  const shown = await shownRequests(page);
  const mark = await simulator.mark();
  faults.expectStatus(403, new RegExp(`/hosts/${host.id}/luns/`));
  await dialog(page).getByRole('button', { name: 'Unmap volume' }).click();
  await expect(dialog(page)).toContainText('The system asks for your approval');
  await expect(dialog(page).getByRole('blockquote')).toContainText("takes it away from host 'staging-new'");
  await expectAccessible(page);
  const once = await received(simulator, mark);
  expect(once).toEqual(shown);

  await dialog(page).getByRole('button', { name: 'Approve and unmap volume' }).click();
  await expect(dialog(page)).toHaveCount(0);
  const twice = await received(simulator, mark);
  expect(twice).toEqual([...shown, { ...shown[0], path: `${shown[0]?.path}?approved=yes` }]);
  const { result } = await simulator.send<unknown[]>('GET', `/api/rest/volumes/${mapped.id}/luns`);
  expect(result).toEqual([]);
});

test('a deletion asks for the name, an approval that is cancelled sends nothing more, one that is given deletes', async ({ page, simulator, faults }) => {
  const { id } = await volume(simulator, 'journey-delete');
  await openSignedIn(page, faults, `#/north/volumes/${id}`, simulator.administrator);
  await expectPage(page, 'journey-delete');
  const mark = await simulator.mark();
  await act(page, 'Delete');
  const confirm = dialog(page).getByRole('button', { name: 'Delete volume' });
  await expect(confirm).toHaveAttribute('aria-disabled', 'true');
  await typeName(page, 'journey-delet');
  await expect(confirm).toHaveAttribute('aria-disabled', 'true');
  await typeName(page, 'journey-delete');
  await expectAccessible(page);
  expect(await simulator.writes(mark)).toEqual([]);

  faults.expectStatus(403, new RegExp(`/volumes/${id}$`));
  await confirm.click();
  await expect(dialog(page).getByRole('blockquote')).toContainText("Deleting volume 'journey-delete' destroys its data");
  await expectAccessible(page);
  expect(await simulator.writes(mark)).toEqual([`DELETE /api/rest/volumes/${id}`]);
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await settled(page);
  expect(await simulator.writes(mark)).toEqual([`DELETE /api/rest/volumes/${id}`]);
  expect((await simulator.send('GET', `/api/rest/volumes/${id}`)).status).toBe(200);

  await act(page, 'Delete');
  await typeName(page, 'journey-delete');
  await confirm.click();
  await dialog(page).getByRole('button', { name: 'Approve and delete volume' }).click();
  await expectPage(page, 'Volumes');
  expect(await simulator.writes(mark)).toEqual([
    `DELETE /api/rest/volumes/${id}`,
    `DELETE /api/rest/volumes/${id}`,
    `DELETE /api/rest/volumes/${id}?approved=yes`,
  ]);
  expect((await simulator.send('GET', `/api/rest/volumes/${id}`)).status).toBe(404);

  await go(page, '#/north/events');
  await expectPage(page, 'Events');
  await expect(page.getByRole('row', { name: /journey-delete was deleted.*admin/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /journey-delete .*was created/ })).toBeVisible();
});

test('an address of a record that is gone says so', async ({ page, simulator, faults }) => {
  faults.expectStatus(404, /\/volumes\/999999999/);
  await openSignedIn(page, faults, '#/north/volumes/999999999', simulator.administrator);
  await expect(main(page)).toContainText(/not (there|found)|no such|does not exist|gone/i);
  await expectAccessible(page);
});
