/**
 * The gallery of components, section by section, against the pictures in `baselines/`: in every theme, compact, and narrow.
 * `npm run gallery:update` takes the pictures anew after a change that was meant.
 *
 * What differs between machines is pinned: the font (Debian's DejaVu), the clock, the size of a pixel; nothing moves.
 */

import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/test.ts';

/** The sections, as they stand in the gallery's navigation, with their part of the address. */
const sections: readonly (readonly [string, string])[] = [
  ['buttons', 'Buttons'],
  ['inputs', 'Inputs'],
  ['choices', 'Choices'],
  ['tables', 'Tables'],
  ['table-states', 'States of tables'],
  ['lists', 'Filters and pages of lists'],
  ['data', 'Data'],
  ['ways', 'Steps and charts'],
  ['messages', 'Messages'],
  ['empty', 'Empty states'],
  ['failures', 'Failures'],
  ['overlays', 'Dialogs and menus'],
];

interface Look {
  readonly name: string;
  readonly theme: 'light' | 'dark' | 'contrast';
  readonly density: '' | 'compact';
  readonly width: number;
}

const looks: readonly Look[] = [
  { name: 'light', theme: 'light', density: '', width: 960 },
  { name: 'dark', theme: 'dark', density: '', width: 960 },
  { name: 'contrast', theme: 'contrast', density: '', width: 960 },
  { name: 'compact', theme: 'light', density: 'compact', width: 960 },
  { name: 'narrow', theme: 'light', density: '', width: 390 },
];

/** Opens the gallery as it looks on every machine. */
async function openGallery(page: Page, { theme, density, width }: Look): Promise<void> {
  await page.clock.setFixedTime(new Date('2026-03-02T09:00:00Z'));
  // As high as the longest section: the page scrolls in its own frame, and what is out of that is in no picture.
  await page.setViewportSize({ width, height: 4000 });
  await page.addInitScript(
    ([chosenTheme, chosenDensity]) => {
      localStorage.setItem('boxdeck.theme', chosenTheme);
      localStorage.setItem('boxdeck.density', chosenDensity);
    },
    [theme, density] as const,
  );
  await page.goto('./#/~gallery');
  await expect(page.getByRole('heading', { level: 1, name: 'Gallery' })).toBeVisible();
  // Through the document's own interface: the page's policy lets no style in from outside.
  await page.evaluate(async () => {
    document.documentElement.style.setProperty('--font', '"DejaVu Sans"');
    document.documentElement.style.setProperty('--font-mono', '"DejaVu Sans Mono"');
    document.documentElement.style.setProperty('caret-color', 'transparent');
    await document.fonts.ready;
  });
}

/** Compares a part of the page with its picture. */
async function expectPicture(part: Locator, name: string): Promise<void> {
  await expect(part).toHaveScreenshot(`${name}.png`, {
    animations: 'allow',
    caret: 'initial',
    maxDiffPixelRatio: 0.002,
    scale: 'css',
    threshold: 0.2,
  });
}

for (const look of looks) {
  test(`every component in every state, ${look.name}`, async ({ page }) => {
    test.setTimeout(240_000);
    await openGallery(page, look);
    const navigation = page.getByRole('navigation', { name: 'Resources' });
    for (const [id, title] of sections) {
      await page.evaluate((section) => {
        location.hash = `#/~gallery/${section}`;
      }, id);
      const section = page.locator('.gallery-section');
      await expect(section).toHaveCount(1);
      await expect(section).toHaveAccessibleName(title);
      if (look.width > 900) {
        await expect(navigation.getByRole('link', { name: title, exact: true })).toHaveAttribute('aria-current', 'page');
      }
      if (id === 'inputs') {
        await expect(page.getByRole('group', { name: 'Two fields need a change' })).toBeFocused();
      }
      if (id === 'messages') {
        // It waits for a moment before it shows.
        await expect(page.locator('.page-loading')).toHaveCSS('opacity', '1');
      }
      await expectPicture(section, `${id}-${look.name}`);
      await expectAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${id} is wider than the window`).toBeLessThanOrEqual(0);
    }

    await page.getByRole('button', { name: 'More actions' }).click();
    await expectPicture(page.getByRole('menu'), `menu-${look.name}`);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Form', exact: true }).click();
    await expectPicture(page.getByRole('dialog', { name: 'Form' }), `dialog-${look.name}`);
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: 'Form', exact: true })).toBeFocused();

    await page.evaluate(() => {
      location.hash = '#/~gallery/messages';
    });
    for (const name of ['Good', 'Under way', 'In doubt', 'Refused']) {
      // By the keyboard: in a narrow window the first of them covers the buttons.
      await page.getByRole('button', { name, exact: true }).press('Enter');
    }
    await expectPicture(page.getByRole('region', { name: 'Messages', exact: true }).and(page.locator('.toaster')), `toasts-${look.name}`);
  });
}
