/** A first visit: what is fetched, and how long it takes until the first rows show. */

import type { Browser } from '@playwright/test';
import type { Box } from '../box.ts';
import type { Subject } from '../subjects.ts';
import { Visit } from '../visit.ts';

/** A line to the box. */
export interface Line {
  readonly label: string;
  /** Bits per second in each direction; none for as fast as the machine is. */
  readonly speed?: number;
  /** Milliseconds that each answer comes later. */
  readonly delay?: number;
}

/** One fetched file or answer. */
export interface Fetched {
  readonly path: string;
  /** Bytes on the wire, with headers. */
  readonly bytes: number;
  /** Whether it is a file of the site and no answer of the box. */
  readonly isFile: boolean;
}

/** One first visit. */
export interface FirstLoad {
  /** From the start of the page until the sign-in form is painted, in milliseconds. */
  readonly form: number;
  /** From the click on "Sign in" until the first rows are painted, in milliseconds. */
  readonly rows: number;
  /** Everything that was fetched until then. */
  readonly fetched: readonly Fetched[];
}

/** Makes a first visit over that line. */
export async function firstLoad(browser: Browser, box: Box, subject: Subject, line: Line): Promise<FirstLoad> {
  // The console's own columns end with others than those of the pages.
  const expected = await box.proof(1, 50, 'name', 'name');
  const visit = await Visit.begin(browser, subject);
  const { protocol } = visit;
  const open = new Map<string, string>();
  const fetched: Fetched[] = [];
  await protocol.send('Network.enable');
  protocol.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.startsWith(box.origin)) {
      open.set(requestId, request.url.slice(box.origin.length));
    }
  });
  // What the browser takes from its own cache is no request to the server.
  protocol.on('Network.requestServedFromCache', ({ requestId }) => open.delete(requestId));
  protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength: bytes }) => {
    const path = open.get(requestId);
    if (open.delete(requestId) && path !== undefined) {
      fetched.push({ path, bytes, isFile: !path.startsWith('/boxes/') });
    }
  });
  if (line.speed !== undefined) {
    const throughput = line.speed / 8;
    await protocol.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: line.delay ?? 0,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
  }
  const { form, rows } = await visit.signIn(box, subject.address(), expected);
  const result = { form, rows, fetched: [...fetched] };
  await visit.end();
  return result;
}
