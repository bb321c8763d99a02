/**
 * What a first visit fetches until the first rows show. `cargo xtask dist` holds the sizes of these files; that nothing else
 * is fetched can only be seen in a browser.
 */

import { table } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

/** How many requests a first visit may make, answers of the box included. */
const most = 15;

/** Files that may be fetched: the page, its program and its style, what the systems are, one catalog, and the icons. */
const expected =
  /^(?:|systems\.json|boot\.js|(?:boxdeck|parts)-[0-9a-f]+\.js|boxdeck-[0-9a-f]+_bg\.wasm|console-[0-9a-f]+\.css|catalogs\/infinibox\.json|icons\.svg|favicon-[0-9a-f]+\.svg)$/;

test('a first visit fetches no more than what its first rows need', async ({ page, simulator, faults }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url().slice(simulator.origin.length + 1)));
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  await expect(table(page, 'Volumes').getByRole('rowheader').first()).toBeVisible();
  const files = asked.filter((path) => !path.startsWith('boxes/'));
  expect(files.filter((path) => !expected.test(path))).toEqual([]);
  expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(most);
});
