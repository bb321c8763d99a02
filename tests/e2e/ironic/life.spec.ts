/**
 * The whole life of volume connectors and targets on a real Ironic, behind a path prefix: listed in pages, created, shown,
 * edited, refused, deleted. What reached Ironic is read at the proxy before it.
 */

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { act, addFilter, choose, column, dialog, expectPage, names, settled, table } from '../support/console.ts';
import { boxPath, expect, test } from '../support/ironic-test.ts';
import { type Ironic, type VolumeRecord, nodes, pageLimit } from '../support/ironic.ts';
import type { Forwarded, Site } from '../support/site.ts';

const main = (page: Page) => page.getByRole('main');

/** What reached Ironic since `start` other than reading. */
function writes(site: Site, start: number): Forwarded[] {
  return site.forwarded.slice(start).filter(({ method }) => method !== 'GET');
}

/** Method, path below Ironic, and body of a request. */
function told({ method, path, body }: Forwarded): { method: string; path: string; body: unknown } {
  return { method, path: path.slice(boxPath.length - 1), body: body === '' ? null : (JSON.parse(body) as unknown) };
}

async function first(ironic: Ironic, collection: 'connectors' | 'targets', node: string, index = 0): Promise<VolumeRecord> {
  const record = (await ironic.records(collection, node))[index];
  if (record === undefined) {
    throw new Error(`${node} has too few ${collection}`);
  }
  return record;
}

/** Chooses the node in a filter dialog. */
async function filterByNode(page: Page, node: string): Promise<void> {
  await addFilter(page, 'Node', 'is', async (form) => {
    await form.getByRole('searchbox').fill(node);
    await form.getByRole('option', { name: node }).click();
  });
}

test('the lists open without a sign-in, page by page, without pretending to know how many there are', async ({ page, site }) => {
  await page.goto('./#/metal/connectors');
  await expectPage(page, 'Volume connectors');
  const list = table(page, 'Volume connectors');
  const seen = await names(list);
  expect(seen).toHaveLength(pageLimit);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await expect(pages).toContainText('Page 1');
  await expect(main(page).getByRole('status')).toHaveText(`At least ${pageLimit} volume connectors`);
  await expect(main(page)).toContainText(`1–${pageLimit} of at least ${pageLimit}`);
  const start = site.forwarded.length;
  await pages.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/after=/);
  await expect(pages).toContainText('Page 2');
  await settled(page);
  await expect(main(page).getByRole('status')).toHaveText(`${pageLimit} volume connectors on this page; the system does not count them`);
  await expect(main(page)).toContainText(`${pageLimit + 1}–${2 * pageLimit}`);
  const more = await names(list);
  expect(more.filter((name) => seen.includes(name))).toEqual([]);
  const asked = site.forwarded.slice(start).filter(({ path }) => path.includes('/volume/connectors'));
  expect(asked.at(-1)?.path).toMatch(/marker=/);
  await expectAccessible(page);
  await pages.getByRole('link', { name: 'Previous page' }).click();
  await settled(page);
  await expect.poll(() => names(list)).toEqual(seen);
  await page.goto('./#/metal/targets');
  await expectPage(page, 'Volume targets');
});

test('pages within one node stay within it, though the service forgets the node', async ({ page, site, ironic }) => {
  await page.goto('./#/metal/targets');
  await expectPage(page, 'Volume targets');
  await filterByNode(page, nodes.many);
  await settled(page);
  const list = table(page, 'Volume targets');
  await expect.poll(() => names(list)).toHaveLength(pageLimit);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect.poll(() => names(list)).toHaveLength(9 - pageLimit);
  const { uuid } = await ironic.node(nodes.many);
  const asked = site.forwarded.filter(({ path }) => path.includes('/volume/targets')).at(-1);
  const query = new URL(asked?.path ?? '', site.origin).searchParams;
  expect(query.get('node')).toBe(uuid);
  expect(query.get('marker')).not.toBeNull();
  const shown = new Set(await column(list, 'Node'));
  expect([...shown]).toEqual([nodes.many]);
  await expect(main(page)).toContainText(`${9 - pageLimit} on the last page`);
  await expect(page.getByRole('button', { name: `Remove filter: Node is ${nodes.many}` })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next page' })).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page);
});

test('a connector is created for a node that is searched by name, and its twin refused at the field', async ({ page, site, ironic, faults }) => {
  const node = await ironic.node(nodes.empty[0]);
  const name = 'iqn.2026-11.test.boxdeck:journey-01';
  await page.goto('./#/metal/connectors/~new');
  await expectPage(page, 'Create volume connector');
  const fill = async () => {
    await page.getByRole('textbox', { name: 'Connector', exact: true }).fill(name);
    await page.getByRole('combobox', { name: 'Type', exact: true }).selectOption({ label: 'iSCSI name' });
    await choose(main(page), 'Node', node.name);
  };
  await fill();
  await expectAccessible(page);
  const start = site.forwarded.length;
  await main(page).getByRole('button', { name: 'Create volume connector' }).click();
  await expectPage(page, name);
  const [sent, ...none] = writes(site, start).map(told);
  expect(none).toEqual([]);
  expect(sent).toEqual({
    method: 'POST',
    path: '/v1/volume/connectors',
    body: { connector_id: name, type: 'iqn', node_uuid: node.uuid },
  });
  const [made] = await ironic.records('connectors', node.name);
  expect(made).toMatchObject({ connector_id: name, type: 'iqn', node_uuid: node.uuid });
  await expect(page).toHaveURL(new RegExp(`connectors/${made?.uuid}$`));

  await page.goto('./#/metal/connectors/~new');
  await fill();
  faults.expectStatus(409, /\/volume\/connectors/);
  await main(page).getByRole('button', { name: 'Create volume connector' }).click();
  const twin = page.getByRole('textbox', { name: 'Connector', exact: true });
  await expect(twin).toHaveAttribute('aria-invalid', 'true');
  await expect(twin).toHaveAccessibleDescription(new RegExp(`${name} already exists`));
  await expectAccessible(page);
});

test('a connector is edited by the smallest patch', async ({ page, site, ironic }) => {
  const connector = await first(ironic, 'connectors', nodes.editable[3]);
  await page.goto(`./#/metal/connectors/${connector.uuid}`);
  await expectPage(page, String(connector['connector_id']));
  await act(page, 'Edit volume connector');
  await expectPage(page, /^Edit volume connector/);
  await page.getByRole('textbox', { name: 'Connector', exact: true }).fill('iqn.2026-11.test.boxdeck:renamed');
  const start = site.forwarded.length;
  await main(page).getByRole('button', { name: 'Save changes' }).click();
  await expectPage(page, 'iqn.2026-11.test.boxdeck:renamed');
  const body = [{ op: 'replace', path: '/connector_id', value: 'iqn.2026-11.test.boxdeck:renamed' }];
  expect(writes(site, start).map(told)).toEqual([
    { method: 'PATCH', path: `/v1/volume/connectors/${connector.uuid}`, body },
  ]);
  const after = await first(ironic, 'connectors', nodes.editable[3]);
  expect(after).toMatchObject({ ...connector, connector_id: body[0]?.value, updated_at: expect.any(String) });
});

test('a target is created, shown, edited by the smallest patch, and deleted', async ({ page, site, ironic }) => {
  const node = await ironic.node(nodes.empty[1]);
  await page.goto('./#/metal/targets/~new');
  await expectPage(page, 'Create volume target');
  await page.getByRole('textbox', { name: 'Volume', exact: true }).fill('journey-volume-1');
  await page.getByRole('combobox', { name: 'Type', exact: true }).selectOption({ label: 'iSCSI' });
  await page.getByRole('textbox', { name: 'Boot index', exact: true }).fill('0');
  await choose(main(page), 'Node', node.name);
  await main(page).getByRole('button', { name: 'Create volume target' }).click();
  await expectPage(page, 'journey-volume-1');
  const [made] = await ironic.records('targets', node.name);
  expect(made).toMatchObject({ volume_id: 'journey-volume-1', volume_type: 'iscsi', boot_index: 0 });

  await act(page, 'Edit volume target');
  await page.getByRole('textbox', { name: 'Boot index', exact: true }).fill('3');
  const start = site.forwarded.length;
  await main(page).getByRole('button', { name: 'Save changes' }).click();
  await expectPage(page, 'journey-volume-1');
  expect(writes(site, start).map(told)).toEqual([
    { method: 'PATCH', path: `/v1/volume/targets/${made?.uuid}`, body: [{ op: 'replace', path: '/boot_index', value: 3 }] },
  ]);

  const before = site.forwarded.length;
  await main(page).getByRole('button', { name: /^Delete/ }).click();
  await dialog(page).getByRole('checkbox').check();
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Delete volume target' }).click();
  await expectPage(page, 'Volume targets');
  expect(writes(site, before).map(told)).toEqual([
    { method: 'DELETE', path: `/v1/volume/targets/${made?.uuid}`, body: null },
  ]);
  expect(await ironic.records('targets', node.name)).toEqual([]);
});

test('an edit of properties keeps the password that the service masks, and numbers beyond 2^53', async ({ page, site, ironic }) => {
  const target = await first(ironic, 'targets', nodes.editable[1]);
  const before = ironic.storedProperties(target.uuid) as Record<string, unknown>;
  expect(before['auth_password']).toMatch(/^secret of /);
  await page.goto(`./#/metal/targets/${target.uuid}/~edit`);
  await expectPage(page, /^Edit volume target/);
  await expect(page.getByLabel('CHAP password', { exact: true })).toHaveValue('');
  await page.getByRole('textbox', { name: 'CHAP user', exact: true }).fill('renamed');
  const big = '9007199254740993';
  await main(page).getByText('Further settings', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Further keys', exact: true }).fill(`{ "serial": ${big} }`);
  await expectAccessible(page);
  const start = site.forwarded.length;
  await main(page).getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('heading', { level: 1, name: String(target['volume_id']) })).toBeVisible();
  const [patch] = writes(site, start);
  expect(patch?.method).toBe('PATCH');
  expect(patch?.body).not.toContain('******');
  expect(patch?.body).toContain(`"value":${big}`);
  expect(told(patch as Forwarded).body).toEqual(
    expect.arrayContaining([{ op: 'replace', path: '/properties/auth_username', value: 'renamed' }]),
  );
  const after = ironic.storedProperties(target.uuid) as Record<string, unknown>;
  expect(after).toEqual({ ...before, auth_username: 'renamed', serial: Number(big) });
  await settled(page);
  await expect(main(page)).toContainText(big);
});

test('a node that is powered on refuses an edit, and the page says what to do', async ({ page, ironic, faults }) => {
  const target = await first(ironic, 'targets', nodes.poweredOn);
  await page.goto(`./#/metal/targets/${target.uuid}/~edit`);
  await page.getByRole('textbox', { name: 'Boot index', exact: true }).fill('42');
  faults.expectStatus(400, /\/volume\/targets\//);
  await main(page).getByRole('button', { name: 'Save changes' }).click();
  const alert = page.getByRole('alert').filter({ hasText: /power on/ });
  await expect(alert).toContainText('HTTP 400');
  await expectAccessible(page);
  expect((await first(ironic, 'targets', nodes.poweredOn))['boot_index']).toBe(target['boot_index']);
});

test('a locked node refuses with what to do, and takes the change once it is free', async ({ page, ironic, faults }) => {
  test.setTimeout(120_000);
  const connector = await first(ironic, 'connectors', nodes.lockable[1]);
  await page.goto(`./#/metal/connectors/${connector.uuid}`);
  await expect(page.getByRole('tab', { name: 'Details' })).toBeVisible();
  const { released } = await ironic.hold(nodes.lockable[1]);
  await main(page).getByRole('button', { name: /^Delete/ }).click();
  await dialog(page).getByRole('checkbox').check();
  const locked = faults.expectStatus(409, /\/volume\/connectors\//);
  await dialog(page).getByRole('button', { name: 'Delete volume connector' }).click();
  await expect(dialog(page)).toContainText(/is locked by host/);
  await expect(dialog(page)).toContainText(/try again/i);
  await expectAccessible(page);
  await released;
  locked.end();
  await dialog(page).getByRole('button', { name: 'Try again' }).click();
  await expectPage(page, 'Volume connectors');
  const left = await ironic.records('connectors', nodes.lockable[1]);
  expect(left.map(({ uuid }) => uuid)).not.toContain(connector.uuid);
});

test('a node leads to its connectors and targets', async ({ page, ironic }) => {
  const node = await ironic.node(nodes.editable[2]);
  await page.goto(`./#/metal/nodes/${node.uuid}`);
  await expectPage(page, node.name);
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await settled(page);
    await expectAccessible(page);
  }
});
