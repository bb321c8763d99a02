/**
 * Watches every page of a browser context and fails the test for what a person would not see but should never happen:
 * an error on the console, an uncaught exception, an unhandled rejection, a violation of the content security policy, a
 * request to another origin, a crash.
 *
 * A browser writes an error on the console for every answer of 400 or more. A test that provokes one says so beforehand
 * with `expectStatus`, and fails if it then does not happen: the list of allowances stays as short as the truth.
 */

import type { BrowserContext, ConsoleMessage } from '@playwright/test';

/** The name under which the page's violation listener reports to the test. */
const binding = '__testReportViolation';

interface Violation {
  readonly directive: string;
  readonly blocked: string;
  readonly sample: string;
}

interface Allowance {
  readonly what: string;
  readonly matches: (text: string, url: string) => boolean;
  readonly optional: boolean;
  seen: number;
  ended: boolean;
}

/** Says that something is expected until `end` is called, or else until the test's end. */
export interface Expectation {
  /** From now on it is a fault again. */
  end(): void;
}

/** Collects the faults of one test. */
export class Faults {
  readonly #found: string[] = [];
  readonly #allowances: Allowance[] = [];
  readonly #origins: Set<string>;

  /** @param origins the origins that pages may ask; requests to any other are faults */
  constructor(origins: Iterable<string>) {
    this.#origins = new Set(origins);
  }

  /** Watches the pages of `context`, present and future. Must come before the first page loads. */
  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding(binding, (_source, violation: Violation) => {
      const { directive, blocked, sample } = violation;
      this.#see(`policy violation: ${directive} blocked ${blocked} ${sample}`.trimEnd(), blocked);
    });
    await context.addInitScript((name) => {
      addEventListener('securitypolicyviolation', (event) => {
        const report = (globalThis as unknown as Record<string, (violation: Violation) => void>)[name];
        report?.({
          directive: event.effectiveDirective,
          blocked: event.blockedURI,
          sample: event.sample,
        });
      });
    }, binding);
    context.on('console', (message) => this.#console(message));
    context.on('weberror', (error) => {
      const thrown: unknown = error.error();
      const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      this.#see(text, '', `uncaught: ${text}`);
    });
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (/^(https?|wss?):$/.test(url.protocol) && !this.#origins.has(url.origin)) {
        this.#add(`request to another origin: ${request.method()} ${request.url()}`);
      }
    });
    context.on('page', (page) => {
      page.on('crash', () => this.#add(`page crashed: ${page.url()}`));
    });
  }

  /** Allows one more origin: that of a server that was started during the test. */
  allow(origin: string): void {
    this.#origins.add(origin);
  }

  /**
   * Expects that an answer with this status comes from a path that matches.
   *
   * @param options.optional the answer may also not come (a race that both sides may win)
   */
  expectStatus(status: number, path: RegExp, options: { optional?: boolean } = {}): Expectation {
    const start = `Failed to load resource: the server responded with a status of ${status} `;
    return this.#expect(`an answer ${status} from ${path}`, start, path, options.optional);
  }

  /** Expects that a request to a matching path gets no answer at all (refused, aborted, cut off). */
  expectNoAnswer(path: RegExp, options: { optional?: boolean } = {}): Expectation {
    return this.#expect(`no answer from ${path}`, 'Failed to load resource: net::', path, options.optional);
  }

  /** Expects an exception that nobody catches, by the beginning of its text. */
  expectUncaught(start: string): void {
    this.#expect(`an uncaught ${start}`, start, /^/);
  }

  /**
   * Expects that the browser keeps an answer of another origin from the page, with the words that it writes for that. The
   * origin must be allowed besides.
   */
  expectKeptFromPage(origin: string): void {
    this.#expect(`an answer of ${origin} that the page may not read`, `Access to fetch at '${origin}/`, /^/);
    this.#expect(`no answer from ${origin}`, 'Failed to load resource: net::ERR_FAILED', new RegExp(`^${origin}/`));
  }

  /** Expects that the policy forbids pages to ask an origin. */
  expectForbidden(origin: string): void {
    this.#expect(`a report that ${origin} is forbidden`, `policy violation: connect-src blocked ${origin}/`, /^/);
    // Each version of the browser has its own words for it.
    this.#expect(`an error about ${origin}`, '', /^/, true, /Content Security Policy/);
  }

  /** Everything that was found and not expected, and everything that was expected and not found. */
  summary(): string[] {
    const missing = this.#allowances
      .filter((allowance) => allowance.seen === 0 && !allowance.optional)
      .map((allowance) => `expected, but did not happen: ${allowance.what}`);
    return [...this.#found, ...missing];
  }

  #expect(what: string, start: string, path: RegExp, optional = false, words = /^/): Expectation {
    const allowance: Allowance = {
      what,
      matches: (text, url) => !allowance.ended && text.startsWith(start) && words.test(text) && path.test(url),
      optional,
      seen: 0,
      ended: false,
    };
    this.#allowances.push(allowance);
    return {
      end: () => {
        allowance.ended = true;
      },
    };
  }

  #console(message: ConsoleMessage): void {
    if (message.type() !== 'error' && message.type() !== 'assert') {
      return;
    }
    const { url, lineNumber } = message.location();
    this.#see(message.text(), url, `console: ${message.text()} (${url}:${lineNumber})`);
  }

  #see(text: string, url: string, report = text): void {
    const allowance = this.#allowances.find((candidate) => candidate.matches(text, url));
    if (allowance) {
      allowance.seen += 1;
    } else {
      this.#add(report);
    }
  }

  #add(fault: string): void {
    this.#found.push(fault);
  }
}
