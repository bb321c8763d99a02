/**
 * Measures the console and the pages of `bench/` in one run: every job is done by each subject in turn, round by round, so
 * that what else the machine does falls on all of them.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { Box } from './box.ts';
import { type FirstLoad, type Line, firstLoad } from './jobs/first-load.ts';
import { type Pages, pagesOf } from './jobs/pages.ts';
import { type Scroll, scrollOf } from './jobs/scroll.ts';
import { type Machine, machine } from './machine.ts';
import { type Options, options } from './options.ts';
import { report } from './report.ts';
import { type Geometry, type Subject, subjects } from './subjects.ts';
import { Visit } from './visit.ts';

/** Everything that a subject did. */
export interface Results {
  readonly near: FirstLoad[];
  readonly far: FirstLoad[];
  readonly pages: Pages[];
  readonly scrolls: Scroll[];
}

/** A whole run. */
export interface Run {
  readonly options: Pick<Options, 'rounds' | 'records' | 'commit'>;
  readonly machine: Machine;
  readonly geometry: Geometry;
  readonly lines: { readonly near: Line; readonly far: Line };
  readonly results: Readonly<Record<Subject['id'], Results>>;
}

const near: Line = { label: 'no delay' };
const far: Line = { label: '10 Mbit/s, 40 ms', speed: 10_000_000, delay: 40 };

/** The order of a round: each begins with another subject. */
function turn(round: number): Subject[] {
  const first = round % subjects.length;
  return [...subjects.slice(first), ...subjects.slice(0, first)];
}

/** How big the console's list is. */
async function measureConsole(browser: Browser, box: Box): Promise<Geometry> {
  const subject = subjects[0];
  if (subject === undefined) {
    throw new Error('there is nothing to measure');
  }
  const geometry = { width: 0, height: 0, row: 0 };
  const visit = await Visit.begin(browser, subject);
  const address = subject.address({ mode: 'page', size: 1000, geometry });
  await visit.signIn(box, address, await box.proof(1, 1000, 'name'));
  const of = (selector: string): Promise<{ width: number; height: number }> =>
    visit.page
      .locator(selector)
      .first()
      .evaluate((found) => ({ width: found.clientWidth, height: found.getBoundingClientRect().height }));
  const list = await of(subject.places.scroller);
  const row = await of(subject.places.anyRow);
  await visit.end();
  return { width: list.width, height: Math.round(list.height), row: Math.round(row.height) };
}

async function measure(given: Options, browser: Browser, box: Box): Promise<Run> {
  const before = machine(browser);
  const geometry = await measureConsole(browser, box);
  const empty = (): Results => ({ near: [], far: [], pages: [], scrolls: [] });
  const results = { console: empty(), dom: empty(), 'react-tanstack': empty(), 'ag-grid': empty() };
  for (let round = 0; round < given.rounds; round += 1) {
    const jobs: [string, (subject: Subject, into: Results) => Promise<unknown>][] = [
      ['first visit', async (subject, into) => into.near.push(await firstLoad(browser, box, subject, near))],
      ['first visit from afar', async (subject, into) => into.far.push(await firstLoad(browser, box, subject, far))],
      ['pages and orders', async (subject, into) => into.pages.push(await pagesOf(browser, box, subject, geometry))],
      ['scrolling', async (subject, into) => into.scrolls.push(await scrollOf(browser, box, subject, geometry))],
    ];
    for (const [job, run] of jobs) {
      console.error(`round ${round + 1} of ${given.rounds}: ${job}`);
      for (const subject of turn(round)) {
        await run(subject, results[subject.id]);
      }
    }
  }
  const { rounds, records, commit } = given;
  return {
    options: { rounds, records, commit },
    machine: { ...before, loadAfter: machine(browser).load },
    geometry,
    lines: { near, far },
    results,
  };
}

const given = options();
const box = await Box.start(given);
const browser = await chromium.launch({ executablePath: given.chromium });
try {
  const run = await measure(given, browser, box);
  const text = report(run);
  await mkdir(given.output, { recursive: true });
  await writeFile(resolve(given.output, 'measure.json'), `${JSON.stringify(run, null, 1)}\n`);
  await writeFile(resolve(given.output, 'measure.md'), text);
  process.stdout.write(text);
} finally {
  await browser.close();
  await box.stop();
}
