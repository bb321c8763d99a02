/** Requests past the browser. Node's `fetch` cannot be told to accept one certificate, and hides how a body was packed. */

import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';

/** An answer, its body as it came. */
export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Asks a server of the test's own, whose certificate nobody vouches for; the path goes out as it is written. */
export async function get(
  address: string,
  headers: Readonly<Record<string, string>> = {},
  { method = 'GET', body = '' } = {},
): Promise<Got> {
  const { origin } = new URL(address);
  const path = address.slice(origin.length);
  return new Promise((done, failed) => {
    const asked = request(origin, { path, method, headers, rejectUnauthorized: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', failed);
      answer.once('end', () => {
        done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
      });
    });
    asked.once('error', failed);
    asked.end(body);
  });
}

/** The credentials of the simulated box's administrator. */
export const administrator = { username: 'admin', password: 'boxdeck-demo' } as const;

/** The names of the box's volumes, as it tells them through a proxy. */
export async function volumes(origin: string, query: string): Promise<string[]> {
  const { username, password } = administrator;
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const { status, body } = await get(`${origin}/boxes/north/api/rest/volumes?fields=name&${query}`, { Authorization: basic });
  if (status !== 200) {
    throw new Error(`the box answered ${status}: ${body.toString()}`);
  }
  const { result } = JSON.parse(body.toString()) as { result: { name: string }[] };
  return result.map(({ name }) => name);
}
