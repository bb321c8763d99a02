/** Chromium, driven by Playwright. */

import { type ElementHandle, type Page, chromium as playwright } from '@playwright/test';
import { Faults } from '../support/faults.ts';
import { chromium as program } from '../support/places.ts';
import { watchFaults } from './find.ts';
import { type Driven, type Engine, Tab } from './tab.ts';

/** Starts Chromium. Pages may ask `origin` only. */
export async function startChromium(origin: string): Promise<Engine> {
  const browser = await playwright.launch({ executablePath: program });
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const faults = new Faults([origin]);
  // The console asks whether it is signed in before it asks for the password, and the box asks for an approval.
  faults.expectStatus(401, /\/boxes\/(north|objects)\//, { optional: true });
  faults.expectStatus(403, /\/boxes\/north\/api\/rest\/volumes\//, { optional: true });
  await faults.watch(context);
  await context.addInitScript(watchFaults);
  const tabs: Tab[] = [];
  return {
    tab: async () => {
      const tab = new Tab(drive(await context.newPage()));
      tabs.push(tab);
      return tab;
    },
    faults: async () => [...faults.summary(), ...(await Promise.all(tabs.map((tab) => tab.faults()))).flat()],
    close: async () => browser.close(),
  };
}

function drive(page: Page): Driven<ElementHandle<Element>> {
  return {
    open: async (address) => {
      await page.goto(address);
    },
    // Playwright's own types allow more than JSON and therefore cannot be said of a type that is not known yet.
    call: async (run, value) => (await page.evaluate(run as (value: unknown) => unknown, value)) as ReturnType<typeof run>,
    element: async (run, value) => {
      const handle = await page.evaluateHandle(run as (value: unknown) => Element | null, value);
      return handle.asElement();
    },
    ask: async (run, element) => element.evaluate(run as (element: Element) => unknown) as Promise<ReturnType<typeof run>>,
    click: async (element) => element.click(),
    type: async (element, text) => {
      await element.click();
      // What stands there already is replaced.
      await element.selectText();
      await page.keyboard.type(text);
    },
    paste: async (element) => element.press('Control+V'),
  };
}
