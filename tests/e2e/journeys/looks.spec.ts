/** The main pages in narrow and dark: accessible, and never wider than the window. */

import { addFilter, dialog, expectPage, go, settled } from '../support/console.ts';
import { expectAccessible } from '../support/accessibility.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

const places: readonly (readonly [string, string | RegExp])[] = [
  ['#/north', 'North'],
  ['#/north/volumes', 'Volumes'],
  ['#/north/volumes/~new', 'Create volume'],
  ['#/north/pools', 'Pools'],
  ['#/north/hosts', 'Hosts'],
  ['#/north/events', 'Events'],
  ['#/north/certificates', 'Certificates'],
  ['#/north/users', 'Users'],
  ['#/north/virtual-capacity', 'Virtual capacity'],
  ['#/north/system-name', 'System name'],
];

for (const [name, use] of [
  ['narrow', { viewport: { width: 390, height: 844 }, colorScheme: 'light' }],
  ['narrow and dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
  ['wide and dark', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' }],
] as const) {
  test.describe(name, () => {
    test.use(use);

    test(`the main pages, ${name}`, async ({ page, simulator, faults }) => {
      test.setTimeout(120_000);
      await openSignedIn(page, faults, '#/north/pools', simulator.administrator);
      const { result } = await simulator.send<{ id: number; name: string }[]>('GET', '/api/rest/volumes?page_size=1&type=eq:MASTER');
      const volume = result[0];
      for (const [place, heading] of [...places, [`#/north/volumes/${volume?.id}`, volume?.name ?? ''] as const]) {
        await go(page, place);
        await expectPage(page, heading);
        const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(width, `${place} is wider than the window`).toBeLessThanOrEqual(0);
      }
      await go(page, '#/north/volumes');
      await addFilter(page, 'Name', 'is not empty');
      await settled(page);
      await page.getByRole('button', { name: 'Add filter' }).click();
      await expect(dialog(page, 'Filter volumes')).toBeVisible();
      await expectAccessible(page);
      const box = await dialog(page, 'Filter volumes').boundingBox();
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= use.viewport.width).toBe(true);
    });
  });
}
