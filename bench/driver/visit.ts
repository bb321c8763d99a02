/** A visit: a browser that has never seen the site, signed in to the box, with a list in front of it. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import { type Box, type Row, administrator } from './box.ts';
import { type Shown, arm, prepare } from './probe.ts';
import type { Subject } from './subjects.ts';

/** Time that the page's main thread was at work, in milliseconds. */
export interface Work {
  readonly script: number;
  /** Style and layout. */
  readonly layout: number;
}

/** Wide enough for twelve columns beside the console's navigation: no subject may leave out columns that do not show. */
const viewport = { width: 2240, height: 900 };

/** How long rows may take, in milliseconds. */
const patience = 60_000;

/** An open page of a subject. */
export class Visit {
  readonly page: Page;
  readonly protocol: CDPSession;
  readonly subject: Subject;
  readonly #context: BrowserContext;

  private constructor(subject: Subject, context: BrowserContext, page: Page, protocol: CDPSession) {
    this.subject = subject;
    this.page = page;
    this.protocol = protocol;
    this.#context = context;
  }

  /** Opens a blank page in a browser context of its own, whose caches are empty. */
  static async begin(browser: Browser, subject: Subject): Promise<Visit> {
    const context = await browser.newContext({
      viewport,
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'no-preference',
      bypassCSP: subject.needsNoPolicy,
    });
    await context.addInitScript(prepare);
    const page = await context.newPage();
    const protocol = await context.newCDPSession(page);
    // Time of the thread and not of the clock: what else the machine does is no work of the page.
    await protocol.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new Visit(subject, context, page, protocol);
  }

  /** Opens the address, signs in, and waits until the rows are painted. Returns the times to the form and to the rows. */
  async signIn(box: Box, address: string, expected: readonly Row[]): Promise<{ form: number; rows: number }> {
    const { page } = this;
    await page.goto(`${box.origin}/${address}`, { waitUntil: 'commit' });
    const form = await page.waitForFunction(() => window.boxdeckFormAt, undefined, { timeout: 60_000 });
    await page.getByLabel('User name').fill(administrator.username);
    await page.getByLabel('Password', { exact: true }).fill(administrator.password);
    const { total } = await this.until(expected, 'form button:text-is("Sign in")');
    return { form: Number(await form.jsonValue()), rows: total };
  }

  /** Clicks, and waits until the rows are painted. */
  async until(expected: readonly Row[], click: string): Promise<Shown> {
    const { page } = this;
    const box = await page.locator(click).boundingBox();
    if (box === null) {
      throw new Error(`${this.subject.label}: ${click} is not there`);
    }
    // Near the beginning: what shows on hover usually lies over the end.
    await page.mouse.move(box.x + Math.min(12, box.width / 2), box.y + box.height / 2);
    const { places, countsOn } = this.subject;
    const rows = expected.map(({ index, page, size, texts }) => {
      const number = countsOn ? (page - 1) * size + index : index;
      return { selector: places.row.replace('#', `${number}`), texts };
    });
    await page.evaluate(arm, rows);
    await page.mouse.down();
    await page.mouse.up();
    const result = await inTime(
      page.evaluate(() => window.boxdeckShown),
      `${this.subject.label}: the rows did not come`,
    );
    if (result === undefined) {
      throw new Error(`${this.subject.label}: the page was left`);
    }
    return result;
  }

  /** What the main thread has worked since the page began. */
  async work(): Promise<Work> {
    const { metrics } = await this.protocol.send('Performance.getMetrics');
    const seconds = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return {
      script: seconds('ScriptDuration') * 1000,
      layout: (seconds('LayoutDuration') + seconds('RecalcStyleDuration')) * 1000,
    };
  }

  /** Ends it. */
  async end(): Promise<void> {
    await this.#context.close();
  }
}

async function inTime<T>(awaited: Promise<T>, complaint: string): Promise<T> {
  const patient = new AbortController();
  const late = sleep(patience, undefined, { signal: patient.signal }).then(() => {
    throw new Error(complaint);
  });
  try {
    return await Promise.race([awaited, late]);
  } finally {
    // The race has been decided: what becomes of the clock is of no interest.
    late.catch(() => undefined);
    patient.abort();
  }
}
