/** The console's own words, read from its catalogue of messages; and a look for English ones in a German console. */

import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Page, expect } from '@playwright/test';
import { dist, repository } from './places.ts';

type Text = string | { readonly one: string; readonly other: string };
type Area = Readonly<Record<string, Text>>;

const folder = (language: string): string => resolve(repository, 'messages', language);

function read(language: string): ReadonlyMap<string, Area> {
  const files = readdirSync(folder(language)).filter((file) => file.endsWith('.json'));
  const areas = files.map((file): [string, Area] => [
    file.slice(0, -'.json'.length),
    JSON.parse(readFileSync(resolve(folder(language), file), 'utf8')) as Area,
  ]);
  return new Map(areas);
}

const english = read('en');
const german = read('de');

/** A German message (`form`, `review`), its arguments filled in. */
export function say(area: string, name: string, filled: Readonly<Record<string, string>> = {}): string {
  const text = german.get(area)?.[name];
  if (typeof text !== 'string') {
    throw new Error(`messages/de/${area}.json has no text ${name}`);
  }
  return text.replace(/\{(\w+)\}/g, (_whole, argument: string) => filled[argument] ?? '');
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const forms = (text: Text | undefined): string[] =>
  text === undefined ? [] : typeof text === 'string' ? [text] : [text.one, text.other];

/** Whether a message has words to know it by: beside an argument one is too few, a title of the catalog may begin with it. */
function isTelling(text: string): boolean {
  const fixed = text.replace(/\{\w+\}/g, ' ');
  const words = fixed.match(/\p{L}{3,}/gu) ?? [];
  return words.length > (fixed === text ? 0 : 1);
}

/** What the messages of one language look like, where the other says them otherwise. */
function patterns(of: ReadonlyMap<string, Area>, unlike: ReadonlyMap<string, Area>): RegExp[] {
  return [...of].flatMap(([area, messages]) =>
    Object.entries(messages).flatMap(([name, message]) => {
      const other = new Set(forms(unlike.get(area)?.[name]));
      const telling = forms(message).filter((text) => !other.has(text) && isTelling(text));
      return telling.map((text) => new RegExp(`^${text.split(/\{\w+\}/).map(escaped).join('.+')}$`));
    }),
  );
}

const englishPatterns = patterns(english, german);
const germanPatterns = patterns(german, english);

/** Whether a text can be an English message and no German one: „Filter …“ begins in both. */
const isEnglish = (text: string): boolean =>
  englishPatterns.some((pattern) => pattern.test(text)) && !germanPatterns.some((pattern) => pattern.test(text));

/** Checks that nothing on the page is one of the console's English texts. The catalogs describe a system in English. */
export async function expectGerman(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) {
      found.push(walker.currentNode.textContent ?? '');
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'data-hint']) {
      for (const element of document.querySelectorAll(`body [${name}]`)) {
        found.push(element.getAttribute(name) ?? '');
      }
    }
    return [...new Set(found.map((text) => text.trim()))].filter((text) => text !== '');
  });
  const catalogs = readFileSync(resolve(dist, 'catalogs/infinibox.json'), 'utf8');
  const isOfCatalog = (text: string): boolean => catalogs.includes(JSON.stringify(text));
  const left = texts.filter((text) => !isOfCatalog(text) && isEnglish(text));
  expect(left).toEqual([]);
}
