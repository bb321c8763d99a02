/**
 * What Ironic really does, seen through the proxy as a browser sees it. The console is built on these facts; a new version
 * of Ironic that changes one fails here first, and not in a journey.
 */

import { boxPath, expect, test } from '../support/ironic-test.ts';
import { type VolumeRecord, nodes, pageLimit } from '../support/ironic.ts';

interface Page {
  readonly connectors: VolumeRecord[];
  readonly next?: string;
}

/** Asks through the proxy, as the console does. */
function asked(origin: string, path: string, version: string | null = '1.32'): Promise<Response> {
  return fetch(`${origin}${boxPath}${path}`, {
    headers: version === null ? {} : { 'X-OpenStack-Ironic-API-Version': version },
  });
}

/** The text of a fault, decoded both times. */
async function fault(answer: Response): Promise<string> {
  const outer = (await answer.json()) as { error_message: string };
  const inner = JSON.parse(outer.error_message) as { faultstring?: string; description?: string };
  return inner.faultstring ?? inner.description ?? '';
}

test('the volume service hides from callers that name no version', async ({ site }) => {
  expect((await asked(site.origin, 'v1/volume/connectors', null)).status).toBe(404);
  expect((await asked(site.origin, 'v1/volume/connectors', '1.31')).status).toBe(404);
  expect((await asked(site.origin, 'v1/volume/connectors', '1.32')).status).toBe(200);
});

test('an impossible version is refused with the range that works', async ({ site }) => {
  const answer = await asked(site.origin, 'v1/nodes', '1.999');
  expect(answer.status).toBe(406);
  expect(answer.headers.get('x-openstack-ironic-api-minimum-version')).toBe('1.1');
  expect(answer.headers.get('x-openstack-ironic-api-maximum-version')).toMatch(/^1\.\d+$/);
});

test('the next link forgets the node and names an address that the browser cannot reach', async ({ site, ironic }) => {
  const node = await ironic.node(nodes.many);
  const first = (await (await asked(site.origin, `v1/volume/connectors?node=${node.uuid}`)).json()) as Page;
  expect(first.connectors).toHaveLength(pageLimit);
  const next = new URL(first.next ?? '');
  expect(next.origin).toBe(ironic.url);
  expect(next.pathname).toBe('/v1/volume/connectors');
  expect(next.searchParams.has('node')).toBe(false);
  expect(next.searchParams.get('marker')).toBe(first.connectors.at(-1)?.uuid);

  const wrong = (await (await asked(site.origin, `v1/volume/connectors${next.search}`)).json()) as Page;
  expect(new Set(wrong.connectors.map((connector) => connector.node_uuid)).size).toBeGreaterThan(1);

  next.searchParams.set('node', node.uuid);
  const right = (await (await asked(site.origin, `v1/volume/connectors${next.search}`)).json()) as Page;
  expect(right.connectors.map((connector) => connector.node_uuid)).toEqual([node.uuid, node.uuid]);
  expect(right.next).toBeUndefined();
});

test('a page larger than the limit is cut without a word', async ({ site }) => {
  const page = (await (await asked(site.origin, 'v1/volume/connectors?limit=500')).json()) as Page;
  expect(page.connectors).toHaveLength(pageLimit);
  expect(page.next).toContain('marker=');
});

test('passwords in target properties are masked', async ({ ironic }) => {
  const [target] = await ironic.records('targets', nodes.many);
  expect(target?.properties).toMatchObject({ auth_method: 'CHAP', auth_password: '******' });
});

test('a locked node refuses a change with 409 until it is free', async ({ site, ironic }) => {
  const node = nodes.lockable[0];
  const [target] = await ironic.records('targets', node);
  const path = `v1/volume/targets/${target?.uuid}`;
  const remove = () =>
    fetch(`${site.origin}${boxPath}${path}`, {
      method: 'DELETE',
      headers: { 'X-OpenStack-Ironic-API-Version': '1.32' },
    });
  const { released } = await ironic.hold(node);
  const refused = await remove();
  expect(refused.status).toBe(409);
  expect(await fault(refused)).toMatch(/is locked by host .*, please retry/);
  await released;
  expect((await remove()).status).toBe(204);
  expect(site.forwarded.slice(-2).map(({ method, status }) => [method, status])).toEqual([
    ['DELETE', 409],
    ['DELETE', 204],
  ]);
});

for (const [collection, field] of [
  ['connectors', 'connector_id'],
  ['targets', 'volume_id'],
] as const) {
  test(`${collection} of a node that is powered on refuse an edit`, async ({ ironic }) => {
    const [record] = await ironic.records(collection, nodes.poweredOn);
    const patch = [{ op: 'replace', path: `/${field}`, value: 'changed' }];
    const answer = await ironic.send<{ error_message: string }>('PATCH', `/v1/volume/${collection}/${record?.uuid}`, patch);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body.error_message)).toMatchObject({
      faultstring: expect.stringMatching(/update" can not be performed on node .* while it is in state "power on"/),
    });
  });

  test(`${collection} of a node in service refuse to be deleted`, async ({ ironic }) => {
    const [record] = await ironic.records(collection, nodes.inService);
    const answer = await ironic.send<{ error_message: string }>('DELETE', `/v1/volume/${collection}/${record?.uuid}`);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body.error_message)).toMatchObject({
      faultstring: expect.stringMatching(/deletion" can not be performed on node/),
    });
  });
}

test('a patch of one property keeps a masked password, writing the stars back destroys it', async ({ ironic }) => {
  const [target] = await ironic.records('targets', nodes.editable[0]);
  const uuid = target?.uuid ?? '';
  const patch = (path: string, value: unknown) =>
    ironic.send('PATCH', `/v1/volume/targets/${uuid}`, [{ op: 'replace', path, value }]);

  expect((await patch('/properties/auth_username', 'chap-renamed')).status).toBe(200);
  const password = expect.stringMatching(/^secret of /);
  expect(ironic.storedProperties(uuid)).toEqual({
    ...target?.properties,
    auth_username: 'chap-renamed',
    auth_password: password,
  });

  expect((await patch('/properties', target?.properties)).status).toBe(200);
  expect(ironic.storedProperties(uuid)).toMatchObject({ auth_password: '******' });
});
