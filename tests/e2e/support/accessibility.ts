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

/** Fails with one line per violation and element unless the page is accessible as it stands now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(levels).analyze();
  const lines = violations.flatMap((violation) =>
    violation.nodes.map((node) => {
      const reasons = [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ');
      return `${violation.id}: ${node.html.slice(0, 160)}: ${reasons || violation.help}`;
    }),
  );
  expect(lines, `accessibility of ${page.url()}`).toEqual([]);
}
