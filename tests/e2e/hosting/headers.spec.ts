/** What nginx and Caddy send with the files of `deploy/`: headers, types, packing, caching, and the box behind them. */

import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { deploy, dist } from '../support/places.ts';
import { directives, policyDirectives } from '../support/policy.ts';
import { administrator, get } from './client.ts';
import { account, person } from './servers.ts';
import { expect, test } from './test.ts';

/** Every file of the console that a browser asks for, by its path below the console. */
const files = below(dist).filter((path) => !/\.(br|gz)$/.test(path));

/** What comes with every static answer besides the policy. */
const fixed = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'strict-transport-security': 'max-age=31536000',
} as const;

const types: Readonly<Record<string, RegExp>> = {
  css: /^text\/css; ?charset=utf-8$/i,
  html: /^text\/html; ?charset=utf-8$/i,
  js: /^(text|application)\/javascript(; ?charset=utf-8)?$/i,
  json: /^application\/json$/,
  svg: /^image\/svg\+xml$/,
  wasm: /^application\/wasm$/,
};

test('deploy/ holds what is tested here, and nothing else', () => {
  const tested = [
    'caddy/boxdeck-account.caddyfile',
    'caddy/boxdeck.caddyfile',
    'nginx/boxdeck-account.conf',
    'nginx/boxdeck-box.conf',
    'nginx/boxdeck-headers.conf',
    'nginx/boxdeck.conf',
    'systems.json',
  ];
  expect(below(deploy).sort()).toEqual(tested);
});

for (const name of ['nginx', 'caddy'] as const) {
  test.describe(name, () => {
    test('every file has its type, the strict headers, its packing and its caching', async ({ nginx, caddy }) => {
      const site = { nginx, caddy }[name];
      expect(files).toEqual(expect.arrayContaining(['index.html', 'boot.js', 'catalogs/index.json']));
      const paths = ['', 'systems.json', 'absent.js', 'absent-0123456789abcdef.js', 'catalogs/', ...files];
      for (const path of paths) {
        const absent = path.startsWith('absent') || path === 'catalogs/';
        const where = `${name}: /console/${path}`;
        const { status, headers } = await get(site.console + path);
        expect(absent ? [403, 404] : [200], where).toContain(status);
        expect(directives(headers['content-security-policy'] as string), where).toEqual([...policyDirectives].sort());
        expect(headers, where).toMatchObject(fixed);
        const kept = !absent && /-[0-9a-f]{15,16}(_bg)?\.\w+$/.test(path);
        expect(headers['cache-control'], where).toBe(kept ? 'public, max-age=31536000, immutable' : 'no-cache');
        if (!absent) {
          const extension = path === '' ? 'html' : path.slice(path.lastIndexOf('.') + 1);
          expect(headers['content-type'], where).toMatch(types[extension] ?? /^no type is expected of this$/);
        }
      }
    });

    test('files come packed as the browser takes them, and say so to caches', async ({ nginx, caddy }) => {
      const site = { nginx, caddy }[name];
      for (const path of files) {
        const original = readFileSync(resolve(dist, path));
        const brotli = await get(site.console + path, { 'Accept-Encoding': 'gzip, deflate, br' });
        const gzip = await get(site.console + path, { 'Accept-Encoding': 'gzip' });
        const plain = await get(site.console + path, { 'Accept-Encoding': 'identity' });
        expect([brotli, gzip, plain].map(({ headers }) => headers['content-encoding']), path).toEqual(['br', 'gzip', undefined]);
        expect(brotliDecompressSync(brotli.body).equals(original), path).toBe(true);
        expect(gunzipSync(gzip.body).equals(original), path).toBe(true);
        expect(plain.body.equals(original), path).toBe(true);
        for (const { headers } of [brotli, gzip, plain]) {
          expect(headers.vary, path).toMatch(/accept-encoding/i);
        }
      }
    });

    test('a file that the browser has is not sent again', async ({ nginx, caddy }) => {
      const site = { nginx, caddy }[name];
      const { headers } = await get(`${site.console}index.html`);
      const again = await get(`${site.console}index.html`, { 'If-None-Match': headers.etag ?? '' });
      expect(again.status).toBe(304);
      expect(again.headers['content-security-policy']).toBeDefined();
    });

    test('the folder without its slash leads there, and nothing else is served', async ({ nginx, caddy }) => {
      const site = { nginx, caddy }[name];
      const { status, headers } = await get(`${site.origin}/console`);
      expect([status, headers.location]).toEqual([308, '/console/']);
      for (const path of ['/', '/index.html', '/boxes/', '/console../', '/console/%2e%2e/north.pem', '/console/..%2fconsole.key']) {
        const elsewhere = await get(site.origin + path);
        expect([400, 404], path).toContain(elsewhere.status);
        if (elsewhere.status === 404) {
          expect(elsewhere.headers, path).toMatchObject(fixed);
        }
      }
    });

    test("the box's answers cannot act as pages, its cookie stays on its path, and no browser asks for a password", async ({
      nginx,
      caddy,
    }) => {
      const site = { nginx, caddy }[name];
      const api = `${site.origin}/boxes/north/api/rest`;
      const refused = await get(`${api}/volumes`);
      expect(refused.status).toBe(401);
      expect(refused.headers).not.toHaveProperty('www-authenticate');
      const { username, password } = administrator;
      const body = JSON.stringify({ username, password });
      const signedIn = await get(`${api}/users/login`, { 'Content-Type': 'application/json' }, { method: 'POST', body });
      expect(signedIn.status).toBe(200);
      for (const { headers } of [refused, signedIn]) {
        expect(directives(headers['content-security-policy'] as string)).toEqual(
          ["default-src 'none'", "frame-ancestors 'none'", 'sandbox'].sort(),
        );
        expect(headers['x-content-type-options']).toBe('nosniff');
        expect(headers['strict-transport-security']).toBe('max-age=31536000');
      }
      const cookies = signedIn.headers['set-cookie'] ?? [];
      expect(cookies.length).toBeGreaterThan(0);
      for (const cookie of cookies) {
        expect(cookie).toMatch(/; ?Path=\/boxes\/north\/(;|$)/i);
        expect(cookie).toMatch(/; ?HttpOnly/i);
      }
      const cookie = cookies.map((text) => text.split(';')[0]).join('; ');
      expect((await get(`${api}/volumes`, { Cookie: cookie })).status).toBe(200);
    });

    test('people reach a box with one account by names of their own, and never learn the account', async ({ nginx, caddy }) => {
      const site = { nginx, caddy }[name];
      const groups = async (user: string, password: string): Promise<number> => {
        const Authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
        const { status, headers, body } = await get(`${site.origin}/boxes/objects/group/list?prefix=secret`, { Authorization });
        expect(headers['content-security-policy']).toContain("default-src 'none'");
        expect(JSON.stringify(headers) + body.toString()).not.toContain(account.password);
        return status;
      };
      expect((await get(`${site.origin}/boxes/objects/group/list`)).status).toBe(401);
      expect(await groups(person.username, 'guess')).toBe(401);
      expect(await groups(account.name, account.password)).toBe(401);
      expect(await groups(person.username, person.password)).toBe(200);
      const log = await site.noted(/robin.*\/boxes\/objects\/group\/list.*200|"user_id":"robin".*"status":200/);
      expect(log).not.toMatch(/secret|Basic [A-Za-z0-9]/);
    });
  });
}

/** The files in a folder, by their paths below it. */
function below(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1));
}
