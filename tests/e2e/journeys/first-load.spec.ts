/**
 * What a first visit fetches until the first rows show. `cargo xtask dist` holds the sizes of these files; that nothing else
 * is fetched can only be seen in a browser.
 */

import { table } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

/** How many requests a first visit may make, answers of the box included. */
const most = 12;

/** Files that may be fetched: the page, its program and its style, what the systems are, and of the catalog its outline and the one list. */
const expected =
  /^(?:|systems\.json|boot\.js|boxdeck-[0-9a-f]+\.js|boxdeck-[0-9a-f]+_bg\.wasm|infinibox-[0-9a-f]+\.wasm|console-[0-9a-f]+\.css|catalogs\/infinibox(?:\.outline|\/volumes)\.json)$/;

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
  // The browser's own record of both, because the clocks of two processes need not agree.
  const urls = await page.evaluate(() => {
    const rows = performance.getEntriesByName('first rows')[0]?.startTime ?? 0;
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    // What the browser still had was no request.
    const fetched = resources.filter((entry) => entry.startTime < rows && entry.transferSize > 0);
    return [location.href, ...fetched.map((entry) => entry.name)].map((url) => url.replace(/#.*/, ''));
  });
  const asked = urls.map((url) => url.slice(simulator.origin.length + 1));
  const files = asked.filter((path) => !path.startsWith('boxes/'));
  expect(files.some((path) => path.endsWith('_bg.wasm'))).toBe(true);
  expect(files.filter((path) => !expected.test(path))).toEqual([]);
  expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(most);
});
