/**
 * What the smoke journey needs of a browser, whatever drives it. An engine brings the few things of `Driven`; looking for
 * elements, waiting and retrying are the same for all of them.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Target, find, isReady, keptFaults, shown, valueOf } from './find.ts';

/** One tab as its engine drives it. `E` is how the engine names an element. */
export interface Driven<E> {
  /** Loads a page and waits until it is there. */
  open(address: string): Promise<void>;
  /** Runs a function of `find.ts` in the page; what goes in and what comes out is JSON. */
  call<A, R>(run: (value: A) => R, value: A): Promise<R>;
  /** As `call`, for a function that returns an element. */
  element<A>(run: (value: A) => Element | null, value: A): Promise<E | null>;
  /** Asks about an element. */
  ask<R>(run: (element: Element | null) => R, element: E): Promise<R>;
  /** Clicks in the middle of an element, with a real pointer. */
  click(element: E): Promise<void>;
  /** Clicks an element and types, with a real keyboard. */
  type(element: E, text: string): Promise<void>;
  /** Presses Ctrl and V on an element. */
  paste(element: E): Promise<void>;
}

/** A running browser. */
export interface Engine {
  /** Opens a tab; all tabs of an engine share their cookies. */
  tab(): Promise<Tab>;
  /** What went wrong in all tabs, as far as this engine can tell. */
  faults(): Promise<string[]>;
  close(): Promise<void>;
}

/** How long a page may take for a step, in milliseconds. */
const PATIENCE = 15_000;

/** After how long keys are lost of which nothing arrived, in milliseconds. */
const LOST_KEYS = 4_000;

/** A tab, by what a person sees in it. */
export class Tab {
  readonly #driven: Driven<unknown>;

  constructor(driven: Driven<unknown>) {
    this.#driven = driven;
  }

  /** Loads a page. */
  async open(address: string): Promise<void> {
    await this.#driven.open(address);
  }

  /** Reads something from the page. */
  async read<R>(run: (nothing: null) => R): Promise<R> {
    return this.#driven.call(run, null);
  }

  /** Waits until the page shows it. */
  async sees(target: Target): Promise<void> {
    await this.until(`shows ${named(target)}`, async () => (await this.#driven.element(find, target)) !== null);
  }

  /** Whether the page shows it now. */
  async has(target: Target): Promise<boolean> {
    return (await this.#driven.element(find, target)) !== null;
  }

  /** Clicks it once it can be used. */
  async click(target: Target): Promise<void> {
    await this.#on(target, (element) => this.#driven.click(element));
  }

  /**
   * Types into it, where nothing was, and waits until all of it has arrived: an engine may be behind its keyboard. Keys
   * of which none arrived are pressed again: WebKitGTK's driver presses them even while its window has lost the focus.
   */
  async type(target: Target, text: string): Promise<void> {
    const held = async () => {
      const element = await this.#driven.element(find, target);
      return element === null ? null : this.#driven.ask(valueOf, element);
    };
    let pressed = 0;
    await this.until(`holds what was typed into ${named(target)}`, async () => {
      const value = await held();
      if (value === '' && Date.now() - pressed > LOST_KEYS) {
        await this.#on(target, (element) => this.#driven.type(element, text));
        pressed = Date.now();
      }
      return value === text;
    });
  }

  /** Pastes into it. */
  async paste(target: Target): Promise<void> {
    await this.#on(target, (element) => this.#driven.paste(element));
  }

  /** Waits until `holds` says so. */
  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!(await holds())) {
      if (Date.now() > deadline) {
        throw new Error(`the page never ${what}. It shows:\n${await this.read(shown)}`);
      }
      await sleep(50);
    }
  }

  /** What went wrong in the page. */
  async faults(): Promise<string[]> {
    return this.read(keptFaults);
  }

  /** Does something to an element once it can be used; an element that the page replaced meanwhile is looked up again. */
  async #on(target: Target, act: (element: unknown) => Promise<void>): Promise<void> {
    let last: unknown;
    const attempt = async () => {
      try {
        const element = await this.#driven.element(find, target);
        if (element === null || !(await this.#driven.ask(isReady, element))) {
          return false;
        }
        await act(element);
        return true;
      } catch (error) {
        if (!isGone(error)) {
          throw error;
        }
        last = error;
        return false;
      }
    };
    await this.until(`lets one use ${named(target)}`, attempt).catch((error: unknown) => {
      throw last === undefined ? error : new Error(String(error), { cause: last });
    });
  }
}

function named(target: Target): string {
  return `the ${target.role} '${target.name ?? target.starts ?? ''}'`;
}

/** Whether an engine says that the element has left the page since it was found. */
function isGone(error: unknown): boolean {
  return /stale element|no such node|not attached|detached|was destroyed/i.test(String(error));
}
