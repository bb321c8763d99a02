/** A list of 1,000 rows of twelve columns: the next page, another order, and the memory that it takes. */

import type { Browser } from '@playwright/test';
import type { Box, Row } from '../box.ts';
import { type Shown, programMemory } from '../probe.ts';
import type { Geometry, Subject } from '../subjects.ts';
import { Visit, type Work } from '../visit.ts';

/** Rows of a page. */
export const manyRows = 1000;
/** Rows of the page that is taken off to know what rows cost: more than what anyone draws without a window. */
export const fewRows = 120;
/** How many pages follow each other. */
const pages = 5;
/** The orders that three clicks on the header of the size make. */
const orders = ['size', '-size', 'name'] as const;

/** One change of all rows. */
export interface Change extends Shown, Work {}

/** What a page takes, in bytes, after a collection of garbage. */
export interface Memory {
  /** Objects of JavaScript. */
  readonly script: number;
  /** The document, as far as the browser counts it. */
  readonly document: number;
  /** Buffers, with the memory of WebAssembly. */
  readonly buffers: number;
  /** The memory of WebAssembly alone. */
  readonly program: number;
  /** Nodes of the document. */
  readonly nodes: number;
}

/** One round of the job. */
export interface Pages {
  readonly replaced: readonly Change[];
  readonly sorted: readonly Change[];
  /** With a page of few rows. */
  readonly few: Memory;
  /** With a page of 1,000 rows. */
  readonly many: Memory;
  /** After the further pages and orders. */
  readonly later: Memory;
}

/** Measures a page of 1,000 rows. */
export async function pagesOf(browser: Browser, box: Box, subject: Subject, geometry: Geometry): Promise<Pages> {
  const few = await memoryOf(browser, box, subject, geometry, fewRows);
  const visit = await Visit.begin(browser, subject);
  const address = subject.address({ mode: 'page', size: manyRows, geometry });
  await visit.signIn(box, address, await box.proof(1, manyRows, 'name'));
  // The console fetches its parts now.
  await visit.page.waitForLoadState('networkidle');
  const many = await memory(visit);
  const { next, sortBySize } = subject.places;
  const replaced: Change[] = [];
  for (let page = 2; page < 2 + pages; page += 1) {
    replaced.push(await change(visit, await box.proof(page, manyRows, 'name'), next));
  }
  const sorted: Change[] = [];
  for (const order of orders) {
    sorted.push(await change(visit, await box.proof(1, manyRows, order), sortBySize));
  }
  const later = await memory(visit);
  await visit.end();
  return { replaced, sorted, few, many, later };
}

async function memoryOf(
  browser: Browser,
  box: Box,
  subject: Subject,
  geometry: Geometry,
  size: number,
): Promise<Memory> {
  const visit = await Visit.begin(browser, subject);
  await visit.signIn(box, subject.address({ mode: 'page', size, geometry }), await box.proof(1, size, 'name'));
  await visit.page.waitForLoadState('networkidle');
  const taken = await memory(visit);
  await visit.end();
  return taken;
}

async function change(visit: Visit, expected: readonly Row[], click: string): Promise<Change> {
  // What the last change left to do is not part of this one.
  await visit.page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  const before = await visit.work();
  const shown = await visit.until(expected, click);
  const after = await visit.work();
  return { ...shown, script: after.script - before.script, layout: after.layout - before.layout };
}

async function memory({ page, protocol }: Visit): Promise<Memory> {
  await page.mouse.move(0, 0);
  // Finalisers of one collection free what the next one takes away.
  for (let time = 0; time < 3; time += 1) {
    await protocol.send('HeapProfiler.collectGarbage');
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  }
  const heap: { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number } =
    await protocol.send('Runtime.getHeapUsage');
  const { nodes } = await protocol.send('Memory.getDOMCounters');
  return {
    script: heap.usedSize,
    document: heap.embedderHeapUsedSize ?? 0,
    buffers: heap.backingStorageSize ?? 0,
    program: await page.evaluate(programMemory),
    nodes,
  };
}
