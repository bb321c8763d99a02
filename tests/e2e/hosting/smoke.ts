/**
 * The smoke journey: what a person does on a first day, once for all engines and servers. It signs in, filters a list,
 * copies its link and opens that in a new tab, opens a record, creates one, and deletes it with the box's approval.
 */

import { expect } from '@playwright/test';
import { administrator, volumes } from './client.ts';
import { address, breakPolicy, rowNames, shown, typed } from './find.ts';
import type { Served } from './servers.ts';
import type { Engine, Tab } from './tab.ts';

/** A page with nothing but a text field, to see what the clipboard holds. */
const NOTEPAD = 'data:text/html,<title>Notepad</title><textarea autofocus rows=5 cols=80 aria-label=Note></textarea>';

/** Does the journey; returns the link that was copied on the way. */
export async function smoke(engine: Engine, site: Served): Promise<string> {
  const created = `smoke-${Date.now()}`;
  const tab = await engine.tab();
  await tab.open(`${site.console}#/north/volumes`);
  await tab.sees({ role: 'heading', name: 'Sign in to North site' });
  await tab.type({ role: 'field', name: 'User name' }, administrator.username);
  await tab.type({ role: 'field', name: 'Password' }, administrator.password);
  await tab.click({ role: 'button', name: 'Sign in' });
  await tab.sees({ role: 'heading', name: 'Volumes' });

  const expected = (await volumes(site.origin, 'name=like:erp&sort=name&page_size=50')).slice(0, 10);
  expect(expected.length).toBeGreaterThan(3);
  await tab.type({ role: 'field', name: 'Search by name' }, 'erp');
  await showsRows(tab, expected);

  await tab.click({ role: 'button', name: 'Copy link' });
  await tab.sees({ role: 'button', name: 'Link copied' });
  const link = await tab.read(address);
  expect(link).toContain('#/north/volumes?');
  const other = await engine.tab();
  await other.open(NOTEPAD);
  await other.paste({ role: 'field', name: 'Note' });
  expect(await other.read(typed)).toBe(link);
  await other.open(link);
  await other.sees({ role: 'heading', name: 'Volumes' });
  await showsRows(other, expected);

  await tab.click({ role: 'link', name: expected[0] ?? '' });
  await tab.sees({ role: 'heading', name: expected[0] ?? '' });
  await tab.click({ role: 'link', name: 'Volumes' });
  await tab.sees({ role: 'heading', name: 'Volumes' });

  await create(tab, created);
  expect(await volumes(site.origin, `name=eq:${created}`)).toEqual([created]);
  await remove(tab, created);
  expect(await volumes(site.origin, `name=eq:${created}`)).toEqual([]);
  expect(await engine.faults()).toEqual([]);
  await noticesFaults(engine, tab);
  return link;
}

/** The silence before means something only where a fault is heard; this comes last, because it makes one. */
async function noticesFaults(engine: Engine, tab: Tab): Promise<void> {
  await tab.read(breakPolicy);
  await tab.until('noticed a violation of its policy', async () => {
    const faults = await engine.faults();
    return faults.some((fault) => fault.startsWith('policy violation: style-src-attr'));
  });
}

async function showsRows(tab: Tab, names: readonly string[]): Promise<void> {
  await tab.until(`shows the rows ${names.join(', ')}`, async () => {
    const rows = await tab.read(rowNames);
    return names.every((name, index) => rows[index] === name);
  });
}

async function create(tab: Tab, name: string): Promise<void> {
  const title = 'Create volume';
  await tab.click((await tab.has({ role: 'link', name: title })) ? { role: 'link', name: title } : { role: 'button', name: title });
  await tab.sees({ role: 'heading', name: title });
  await tab.type({ role: 'field', name: 'Name' }, name);
  await tab.type({ role: 'field', name: 'Size' }, '10');
  await tab.type({ role: 'field', name: 'Pool' }, 'production-sap');
  await tab.click({ role: 'option', starts: 'production-sap' });
  await tab.click({ role: 'button', name: title });
  await tab.sees({ role: 'heading', name });
}

async function remove(tab: Tab, name: string): Promise<void> {
  await tab.click({ role: 'button', name: 'Delete' });
  await tab.type({ role: 'field', starts: 'Type ' }, name);
  await tab.click({ role: 'button', name: 'Delete volume' });
  // The box does nothing without an approval; the console shows its words.
  await tab.sees({ role: 'quote', starts: `Deleting volume '${name}' destroys its data` });
  expect(await tab.read(shown)).toContain('The system asks for your approval');
  await tab.click({ role: 'button', name: 'Approve and delete volume' });
  await tab.sees({ role: 'heading', name: 'Volumes' });
}
