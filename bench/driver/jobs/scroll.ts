/** Scrolling through the first thousands of all records, at a steady speed. */

import type { Browser } from '@playwright/test';
import type { Box } from '../box.ts';
import { type Scrolled, scroll } from '../probe.ts';
import type { Geometry, Subject } from '../subjects.ts';
import { Visit, type Work } from '../visit.ts';

/** Rows that pass in each frame: 300 in a second, a quick turn of the wheel that does not end. */
export const rowsPerFrame = 5;
/** Frames of the scroll. */
export const frames = 500;
/** Records per request. */
const size = 1000;
/** Browsers draw nothing below 33,554,431 pixels: a million higher rows would not fit behind one scrollbar. */
const endlessRow = 32;

/** One scroll. */
export interface Scroll extends Scrolled, Work {}

/** Scrolls. The console pages at the end of each 1,000 rows, the others read on. */
export async function scrollOf(browser: Browser, box: Box, subject: Subject, geometry: Geometry): Promise<Scroll> {
  const visit = await Visit.begin(browser, subject);
  const { page } = visit;
  const row = subject.id === 'console' ? geometry.row : endlessRow;
  const address = subject.address({ mode: 'endless', size, geometry: { ...geometry, row } });
  await visit.signIn(box, address, await box.proof(1, size, 'name'));
  await page.waitForLoadState('networkidle');
  const { scroller, anyRow, next } = subject.places;
  const firstRow = subject.places.row.replace('#', '0');
  const before = await visit.work();
  const scrolled = await page.evaluate(scroll, { scroller, anyRow, firstRow, next, pixels: rowsPerFrame * row, frames });
  const after = await visit.work();
  await visit.end();
  return { ...scrolled, script: after.script - before.script, layout: after.layout - before.layout };
}
