/** The HyperStore of the simulator, asked past the console: to arrange a test, or to see what is really there. */

import { createHmac } from 'node:crypto';
import type { Simulator } from './simulator.ts';

/** Asks the service: JSON, or text where it is none. */
export async function ask(simulator: Simulator, method: string, path: string, body?: unknown): Promise<{ status: number; content: unknown }> {
  const { username, password } = simulator.administrator;
  const answer = await fetch(`${simulator.origin}/boxes/objects${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, content: /^[[{]/.test(text) ? (JSON.parse(text) as unknown) : text };
}

/** The code that a device with this key in Base32 shows so many codes from now (RFC 6238 with its defaults). */
export function deviceCode(key: string, ahead: number): string {
  const bits = [...key].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mark = createHmac('sha1', secret).update(counter).digest();
  const number = mark.readUInt32BE((mark.at(-1) ?? 0) & 0xf) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** A bucket, as the list of buckets has it. */
export interface Bucket {
  readonly group: string;
  readonly user: string;
  readonly name: string;
}

/** The buckets of the service's own region, of these groups. */
export async function ownBuckets(simulator: Simulator, groups: readonly string[]): Promise<Bucket[]> {
  const all: Bucket[] = [];
  for (const group of groups) {
    const { content } = await ask(simulator, 'GET', `/system/bucketlist?groupId=${group}`);
    for (const { userId, buckets } of content as { userId: string; buckets: { bucketName: string; region: string }[] }[]) {
      const own = buckets.filter(({ region }) => region === 'harbor');
      all.push(...own.map(({ bucketName }) => ({ group, user: userId, name: bucketName })));
    }
  }
  return all;
}
