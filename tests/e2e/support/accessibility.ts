/**
 * Checks a page against WCAG 2.2 AA with axe-core.
 *
 * axe is evaluated through the browser's debugging protocol, which is outside the page's policy: nothing is added to the
 * document, no policy is relaxed, and the page under test keeps its strict headers.
 */

import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

/** The rule sets that together are WCAG 2.2 at level AA. */
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Rows of a table after these are made by the same code as these, and every cell costs the check some milliseconds. */
const furtherRows = '[role="grid"] [role="row"]:nth-child(n + 9)';

/**
 * Fails with one line per violation and element unless the page is accessible as it stands now.
 *
 * The console has no frames: axe runs in the page alone ("legacy mode") rather than in a blank second page that
 * gathers the results of frames, which took longer than the check.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .withTags(levels)
    .exclude(furtherRows)
    .analyze();
  const lines = violations.flatMap((violation) =>
    violation.nodes.map((node) => {
      const reasons = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ');
      return `${violation.id}: ${node.html.slice(0, 160)}: ${reasons || violation.help}`;
    }),
  );
  expect(lines, `accessibility of ${page.url()}`).toEqual([]);
}

/** Notes everything that is put into a live region from now on. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    const selector = '[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="alert"]';
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const added = [...addedNodes].filter((node) => node instanceof Element);
        // A region that was there before and changes, and an alert that comes with its text.
        const regions = [element?.closest(selector), ...added.flatMap((node) => [node, ...node.querySelectorAll(selector)])];
        for (const region of regions) {
          if (region?.matches(selector) === true && region.textContent !== '') {
            heard.push((region.textContent ?? '').replaceAll(/\s+/g, ' ').trim());
          }
        }
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { heard });
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}
