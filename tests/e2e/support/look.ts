/**
 * Pictures of places in the console for a person to look at: every place in three sizes, light and dark.
 *
 * `BOXDECK_LOOK` lists the places, separated by commas or spaces: `#/north/volumes,#/north/volumes/1042`. The pictures go
 * to `target/e2e/look/`.
 */

import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Page, expect } from '@playwright/test';
import { output } from './places.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const;

const schemes = ['light', 'dark'] as const;

const folder = resolve(output, 'look');

/** The places to look at on the system of that name; `undefined` stands for the page of systems. */
export function lookAt(system: string | undefined, fallback: readonly string[] = []): readonly string[] {
  const listed = (process.env['BOXDECK_LOOK'] ?? '').split(/[\s,]+/).filter((place) => place !== '');
  const places = listed.length === 0 ? fallback : listed;
  return places.filter((place) => systemOf(place) === system);
}

/** Takes the pictures of the place that the page shows. */
export async function takePictures(page: Page, place: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const name = place.replace(/^#\/?/, '').replace(/[^\w~-]+/g, '-') || 'systems';
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme });
      await settled(page);
      await page.screenshot({ path: resolve(folder, `${name}-${size.width}x${size.height}-${scheme}.png`) });
    }
  }
}

/** Waits until nothing is announced as busy and nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

function systemOf(place: string): string | undefined {
  return /^#\/([^/?]+)/.exec(place)?.[1];
}
