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
  await page.addInitScript(() => {
    const look = new MutationObserver(() => {
      if (document.querySelector('tbody th') === null) return;
      look.disconnect();
      performance.mark('first rows');
    });
    look.observe(document, { childList: true, subtree: true });
  });
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  await expect(table(page, 'Volumes').getByRole('rowheader').first()).toBeVisible();
  const asked = await page.evaluate(() => {
    const rows = performance.getEntriesByName('first rows')[0]?.startTime ?? 0;
    return performance
      .getEntriesByType('resource')
      .filter((resource) => resource.startTime < rows)
      .map((resource) => resource.name);
  });
  const files = asked.map((address) => address.slice(simulator.origin.length + 1));
  expect(files.some((path) => path.endsWith('_bg.wasm'))).toBe(true);
  expect(files.filter((path) => !path.startsWith('boxes/') && !expected.test(path))).toEqual([]);
  // The page itself is no resource of its own.
  expect(asked.length + 1, asked.join('\n')).toBeLessThanOrEqual(most);
});
