/** How the simulator hosts the console: strict headers on every static answer, and the list of systems. */

import { readdirSync } from 'node:fs';
import { dist } from '../support/places.ts';
import { directives, policyDirectives } from '../support/policy.ts';
import { expect, test } from '../support/test.ts';

test('every static answer carries the strict headers', async ({ simulator }) => {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(dist.length));
  expect(files).toContain('/index.html');
  for (const path of ['/', '/absent.js', ...files]) {
    const answer = await fetch(simulator.origin + path);
    await answer.arrayBuffer();
    expect(answer.status, path).toBe(path === '/absent.js' ? 404 : 200);
    expect(directives(answer.headers.get('content-security-policy') ?? ''), path).toEqual([...policyDirectives].sort());
    expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff');
  }
});

test('the program is sent as WebAssembly, compressed, and may be kept', async ({ simulator }) => {
  const program = readdirSync(dist).find((name) => name.endsWith('.wasm'));
  const answer = await fetch(`${simulator.origin}/${program}`, { headers: { 'Accept-Encoding': 'br' } });
  expect(answer.headers.get('content-type')).toBe('application/wasm');
  expect(answer.headers.get('content-encoding')).toBe('br');
  expect(answer.headers.get('cache-control')).toContain('immutable');
});

test('systems.json names systems with the addresses where they answer', async ({ simulator }) => {
  const answer = await fetch(`${simulator.origin}/systems.json`);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  const { systems } = (await answer.json()) as { systems: { name: string; kind: string; address: string }[] };
  expect(systems.map(({ kind }) => kind)).toContain('infinibox');
  for (const { name, address } of systems) {
    const mark = await simulator.mark();
    await fetch(new URL(address, answer.url));
    const received = await simulator.requests(mark);
    expect(received.map(({ system }) => system)).toEqual([name]);
  }
});
