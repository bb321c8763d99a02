/**
 * Looking and hearing: every theme and density, every width and zoom, less motion, the system's own colours, and what a
 * screen reader is told.
 */

import type { Page } from '@playwright/test';
import { addFilter, dialog, expectPage, go, settled, table } from '../support/console.ts';
import { expectAccessible, listen } from '../support/accessibility.ts';
import { openSignedIn, signIn } from '../support/sign-in.ts';
import type { Simulator } from '../support/simulator.ts';
import { expect, test } from '../support/test.ts';

/** A list, a record, a form, a page of an own kind, and what they are headed. */
async function places(simulator: Simulator): Promise<readonly (readonly [string, string | RegExp])[]> {
  const { result } = await simulator.send<{ id: number; name: string }[]>('GET', '/api/rest/volumes?page_size=1&type=eq:MASTER');
  const volume = result[0];
  return [
    ['#/north', 'North'],
    ['#/north/volumes', 'Volumes'],
    [`#/north/volumes/${volume?.id}`, volume?.name ?? ''],
    ['#/north/volumes/~new', 'Create volume'],
    ['#/north/certificates', 'Certificates'],
  ];
}

/** Fails where the page itself scrolls sideways; a table may, in its own frame. */
async function expectNoSidewaysScrolling(page: Page, what: string): Promise<void> {
  const widths = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, dialog[open], .dialog-body')].map(
      (element) => element.scrollWidth - element.clientWidth,
    ),
  );
  expect(Math.max(...widths), `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}

for (const [theme, density] of [
  ['light', 'compact'],
  ['dark', ''],
  ['dark', 'compact'],
  ['contrast', ''],
  ['contrast', 'compact'],
] as const) {
  test(`list, record, form and dialog in ${theme}, ${density === '' ? 'comfortable' : density}`, async ({ page, simulator, faults }) => {
    test.setTimeout(120_000);
    await page.addInitScript(
      ([chosenTheme, chosenDensity]) => {
        localStorage.setItem('boxdeck.theme', chosenTheme);
        localStorage.setItem('boxdeck.density', chosenDensity);
      },
      [theme, density] as const,
    );
    const knock = faults.expectStatus(401, /\/boxes\//, { optional: true });
    await page.goto('./#/north/volumes');
    await expect(page.getByLabel('User name')).toBeVisible();
    await expectAccessible(page);
    await signIn(page, simulator.administrator);
    knock.end();
    for (const [place, heading] of await places(simulator)) {
      await go(page, place);
      await expectPage(page, heading);
    }
    await go(page, '#/north/volumes');
    await expectPage(page, 'Volumes');
    await page.getByRole('button', { name: 'Add filter' }).click();
    await expect(dialog(page, 'Filter volumes')).toBeVisible();
    await expectAccessible(page);
  });
}

for (const [name, width, height] of [
  ['390 pixels wide', 390, 844],
  ['1024 pixels wide', 1024, 768],
  ['2560 pixels wide', 2560, 1440],
  // 1440 × 900 at 200 %, and 1280 × 1024 at 400 %, which is what WCAG asks for.
  ['zoomed to 200 %', 720, 450],
  ['zoomed to 400 %', 320, 256],
] as const) {
  test(`nothing scrolls sideways, ${name}`, async ({ page, simulator, faults }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width, height });
    await page.goto('./#/~systems');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoSidewaysScrolling(page, 'the systems');
    await openSignedIn(page, faults, '#/north', simulator.administrator);
    for (const [place, heading] of await places(simulator)) {
      await go(page, place);
      await expectPage(page, heading);
      await expectNoSidewaysScrolling(page, place);
    }
    await go(page, '#/north/volumes');
    await expectPage(page, 'Volumes');
    await page.getByRole('button', { name: 'Add filter' }).click();
    const box = await dialog(page, 'Filter volumes').boundingBox();
    expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    await expectNoSidewaysScrolling(page, 'the dialog');
  });
}

test('nothing moves where less motion is wanted', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  const running = (): Promise<string[]> =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter((animation) => animation.playState === 'running')
        .map((animation) => `${animation.constructor.name} ${(animation.effect as KeyframeEffect | null)?.target?.className ?? ''}`),
    );
  await expectPage(page, 'Volumes');
  expect(await running()).toEqual([]);
  await page.getByRole('button', { name: 'Add filter' }).hover();
  await page.getByRole('button', { name: 'Add filter' }).click();
  await expect(dialog(page, 'Filter volumes')).toBeVisible();
  expect(await running()).toEqual([]);
  // Even what turns while it waits stands still.
  await page.keyboard.press('Escape');
  await simulator.faults([{ fault: 'slow', operation: 'GET /api/rest/pools', milliseconds: 3000, times: 1 }]);
  await go(page, '#/north/pools');
  await expect(page.locator('.skeleton-cell').first()).toBeVisible();
  await expect.poll(running).toEqual([]);
  await expectPage(page, 'Pools');
});

test("the system's own colours keep focus, choice and state to be seen", async ({ page, simulator, faults }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  await expectPage(page, 'Volumes');
  const outline = (): Promise<string> =>
    page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body);
      return `${style.outlineStyle} ${Number.parseFloat(style.outlineWidth) >= 2 ? 'seen' : 'not seen'}`;
    });
  const isAtTheTop = (): Promise<boolean> => page.evaluate(() => document.activeElement === document.body);
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    if (await isAtTheTop()) {
      continue;
    }
    expect(await outline(), `focus after ${step + 1} steps`).toBe('solid seen');
  }
  // What is current is marked by more than a ground, which these colours take away.
  const current = page.getByRole('navigation', { name: 'Resources' }).locator('[aria-current]').first();
  await expect(current).toHaveCSS('outline-style', 'solid');
  const row = table(page, 'Volumes').getByRole('row').nth(1);
  await row.getByRole('checkbox').check();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  const line = await row.getByRole('rowheader').evaluate((cell) => {
    const style = getComputedStyle(cell);
    return [style.borderBlockStartStyle, style.borderBlockEndStyle];
  });
  expect(line).toEqual(['solid', 'solid']);
  await expectAccessible(page);
  // Every state has its mark, and none looks like another.
  await go(page, '#/~gallery/data');
  await expect(page.getByText('Rebuilding')).toBeVisible();
  const marks = await page.locator('.state-mark').evaluateAll((all) =>
    all.slice(0, 5).map((mark) => {
      const style = getComputedStyle(mark);
      return [style.backgroundColor, style.backgroundImage, style.boxShadow, style.borderRadius, style.clipPath].join(' ');
    }),
  );
  expect(new Set(marks).size).toBe(5);
  await expectAccessible(page);
});

test('routes, waiting that lasts and counts are told', async ({ page, simulator, faults }) => {
  test.setTimeout(90_000);
  await openSignedIn(page, faults, '#/north', simulator.administrator);
  await expectPage(page, 'North');
  const heard = await listen(page);

  await go(page, '#/north/volumes');
  await expectPage(page, 'Volumes');
  await expect.poll(heard).toContain('Volumes, North');
  await expect.poll(async () => (await heard()).some((text) => /^2\s?000 volumes$/.test(text))).toBe(true);

  await addFilter(page, 'Name', 'contains', async (form) => {
    await form.getByLabel('Value').fill('payroll');
  });
  await settled(page);
  await expect.poll(async () => (await heard()).some((text) => /^\d+ volumes match$/.test(text))).toBe(true);

  const first = table(page, 'Volumes').getByRole('row').nth(1).getByRole('rowheader');
  const name = (await first.innerText()).trim();
  await first.getByRole('link').click();
  await expectPage(page, name);
  await expect.poll(heard).toContain(`${name}, Volumes, North`);

  await simulator.faults([{ fault: 'slow', operation: 'GET /api/rest/pools', milliseconds: 4000, times: 1 }]);
  await go(page, '#/north/pools');
  await expect.poll(heard, { timeout: 15_000 }).toContain('Still reading.');
  await expectPage(page, 'Pools');

  const pool = table(page, 'Pools').getByRole('row').nth(1).getByRole('rowheader');
  await pool.getByRole('link').click();
  await expect(page.getByRole('button', { name: 'Lock pool' }).or(page.getByRole('button', { name: 'More actions' })).first()).toBeVisible();
  await go(page, '#/north/volumes/~new');
  await expectPage(page, 'Create volume');
  await expect.poll(async () => (await heard()).some((text) => /^New, Volumes, North$/.test(text))).toBe(true);
});
