/**
 * Changes whose answers fail: each is sent once, what became of it is not claimed but read back, and what a person typed
 * stays until it is done.
 */

import type { Page } from '@playwright/test';
import { expectAccessible, listen } from '../support/accessibility.ts';
import { act, choose, dialog, expectPage, go, settled } from '../support/console.ts';
import { openSignedIn, signIn } from '../support/sign-in.ts';
import type { Fault, Simulator } from '../support/simulator.ts';
import { expect, test } from '../support/test.ts';

test.use({ simulatorOptions: ['--close-connections'] });

const creation = 'POST /api/rest/volumes';
const notKnown = 'It is not known whether this happened';
const main = (page: Page) => page.getByRole('main');
const create = (page: Page) => main(page).getByRole('button', { name: 'Create volume' });

/** The ids of the volumes of that name. */
async function volumes(simulator: Simulator, name: string): Promise<number[]> {
  const { result } = await simulator.send<{ id: number }[]>('GET', `/api/rest/volumes?name=eq:${name}`);
  return result.map(({ id }) => id);
}

/** Creates a volume past the console. */
async function volume(simulator: Simulator, name: string): Promise<number> {
  const pools = await simulator.send<{ id: number }[]>('GET', '/api/rest/pools?name=eq:production-sap');
  const body = { name, pool_id: pools.result[0]?.id, size: 2_000_000_000 };
  const { result } = await simulator.send<{ id: number }>('POST', '/api/rest/volumes?approved=yes', body);
  return result.id;
}

/** Fills the form that creates a volume. */
async function fill(page: Page, name: string): Promise<void> {
  await expectPage(page, 'Create volume');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('textbox', { name: 'Size', exact: true }).fill('2');
  await choose(main(page), 'Pool', 'production-sap');
  await settled(page);
}

/** Checks what became of it, in the dialog that says that it is not known. */
async function check(page: Page, verdict: string | RegExp): Promise<void> {
  await expect(dialog(page)).toContainText(notKnown);
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Check now' }).click();
  await expect(dialog(page)).toContainText(verdict);
  await expectAccessible(page);
}

/** What can become of a creation's answer, whether the volume is there then, and what reading back says. */
const doubts: readonly (readonly [string, Fault, boolean])[] = [
  ['lost', { fault: 'lost' }, true],
  ['never sent, as it never arrived', { fault: 'dropped' }, false],
  ['broken off', { fault: 'truncated' }, true],
  ['senseless', { fault: 'malformed' }, true],
  ["a proxy's word that it gave up", { fault: 'status', status: 504, executed: true }, true],
  ['a redirect', { fault: 'status', status: 307, location: '/boxes/north/api/rest/hosts' }, false],
];

test('the answer to a creation fails in every way: it is sent once each time, then looked for', async ({ page, simulator, faults }) => {
  test.setTimeout(120_000);
  await openSignedIn(page, faults, '#/north/volumes/~new', simulator.administrator);
  await fill(page, 'journey-doubt');
  faults.expectStatus(504, /\/volumes$/);
  faults.expectNoAnswer(/\/(volumes|hosts)$/);
  for (const [index, [what, rule, arrived]] of doubts.entries()) {
    await test.step(`the answer is ${what}`, async () => {
      const name = `journey-doubt-${index}`;
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
      const mark = await simulator.mark();
      await simulator.faults([{ ...rule, operation: creation, times: 1 }]);
      await create(page).click();
      await check(page, arrived ? 'It happened: it is there with the planned values.' : 'It did not happen so far.');
      expect(await simulator.writes(mark)).toEqual(['POST /api/rest/volumes']);
      expect(await volumes(simulator, name)).toHaveLength(arrived ? 1 : 0);
      await dialog(page).getByRole('button', { name: 'Close' }).first().click();
      await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(name);
    });
  }
});

test('a proxy that repeats a creation makes a conflict, which is told as the box tells it', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes/~new', simulator.administrator);
  await fill(page, 'journey-twice');
  faults.expectStatus(409, /\/volumes$/);
  await simulator.faults([{ fault: 'duplicated', operation: creation, times: 1 }]);
  await create(page).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveAccessibleDescription(/journey-twice/);
  expect(await volumes(simulator, 'journey-twice')).toHaveLength(1);
});

for (const [became, rule, verdict] of [
  ['happened', { fault: 'lost' }, 'It happened.'],
  ['did not happen', { fault: 'dropped' }, 'It did not happen so far.'],
] as const) {
  test(`the answers to an edit and to a deletion are lost, and they ${became}`, async ({ page, simulator, faults }) => {
    const id = await volume(simulator, 'journey-lost');
    await openSignedIn(page, faults, `#/north/volumes/${id}/~edit`, simulator.administrator);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('journey-lost-renamed');
    await settled(page);
    faults.expectNoAnswer(/\/volumes\//);
    const mark = await simulator.mark();
    // The first answer to a deletion is the demand for approval.
    await simulator.faults([
      { ...rule, operation: 'PUT /api/rest/volumes/*' },
      { ...rule, operation: 'DELETE /api/rest/volumes/*', skip: 1 },
    ]);
    await main(page).getByRole('button', { name: 'Save changes' }).click();
    await check(page, verdict);
    await dialog(page).getByRole('button', { name: 'Close' }).first().click();
    await main(page).getByRole('link', { name: 'Cancel' }).click();
    if (became === 'did not happen') {
      await dialog(page).getByRole('button', { name: 'Leave and discard' }).click();
    }

    await expectPage(page, became === 'happened' ? 'journey-lost-renamed' : 'journey-lost');
    await act(page, 'Delete');
    await dialog(page).getByRole('textbox', { name: /to confirm$/ }).fill(became === 'happened' ? 'journey-lost-renamed' : 'journey-lost');
    faults.expectStatus(403, /\/volumes\//);
    if (became === 'happened') {
      faults.expectStatus(404, /\/volumes\//);
    }
    await dialog(page).getByRole('button', { name: 'Delete volume' }).click();
    await dialog(page).getByRole('button', { name: 'Approve and delete volume' }).click();
    await check(page, verdict);
    expect(await simulator.writes(mark)).toEqual([
      `PUT /api/rest/volumes/${id}`,
      `DELETE /api/rest/volumes/${id}`,
      `DELETE /api/rest/volumes/${id}?approved=yes`,
    ]);
  });
}

test('a box that is busy when a change comes has not made it, and is asked again only on a word', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes/~new', simulator.administrator);
  await fill(page, 'journey-busy');
  const busy: Fault = { fault: 'status', operation: creation, times: 1 };
  const mark = await simulator.mark();
  await simulator.faults([{ ...busy, status: 307, retry_after: 2 }, { ...busy, status: 409 }]);
  await create(page).click();
  await expect(main(page)).toContainText('The system is reconfiguring itself');
  await expectAccessible(page);
  faults.expectStatus(409, /\/volumes$/);
  await create(page).click();
  await expect(main(page)).toContainText('The system cannot do this now');
  await create(page).click();
  await expectPage(page, 'journey-busy');
  expect(await simulator.writes(mark)).toHaveLength(3);
});

test('a session that ends when a form is sent is asked for above it; the form stands and is sent again only on a word', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes/~new', simulator.administrator);
  await fill(page, 'journey-401');
  const ended = faults.expectStatus(401, /\/boxes\/north\//);
  const mark = await simulator.mark();
  await simulator.control('north', { end_sessions: true });
  await create(page).click();
  const again = dialog(page, 'Sign in again');
  await expect(again).toBeVisible();
  await expectAccessible(page);
  await signIn(page, simulator.administrator);
  await expect(again).toBeHidden();
  ended.end();
  await settled(page);
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('journey-401');
  await expect(page.getByRole('textbox', { name: 'Size', exact: true })).toHaveValue('2');
  await expect(page.getByRole('combobox', { name: 'Pool', exact: true })).toHaveValue('production-sap');
  await expectAccessible(page);
  const sent = async () => (await simulator.writes(mark)).filter((write) => write.startsWith(creation));
  expect(await sent()).toHaveLength(1);
  expect(await volumes(simulator, 'journey-401')).toEqual([]);
  await create(page).click();
  await expectPage(page, 'journey-401');
  expect(await sent()).toHaveLength(2);
});

test('waiting for an answer that does not come can be stopped, and what became of it read', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes/~new', simulator.administrator);
  await fill(page, 'journey-slow');
  await simulator.faults([{ fault: 'slow', milliseconds: 50_000, operation: creation, times: 1 }]);
  await create(page).click();
  await expect(dialog(page)).toContainText('The system has not answered for a while.', { timeout: 20_000 });
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Stop waiting' }).click();
  await check(page, 'It happened: it is there with the planned values.');
  await dialog(page).getByRole('button', { name: 'Open it' }).click();
  await expectPage(page, 'journey-slow');
  expect(await volumes(simulator, 'journey-slow')).toHaveLength(1);
});

test('what became of a change is told: refused, done, in doubt, and what came of the doubt', async ({ page, simulator, faults }) => {
  test.setTimeout(90_000);
  const taken = await simulator.send<{ name: string }[]>('GET', '/api/rest/volumes?page_size=1&type=eq:MASTER');
  await openSignedIn(page, faults, '#/north/volumes/~new', simulator.administrator);
  await expectPage(page, 'Create volume');
  const heard = await listen(page);
  const hears = (text: RegExp) => expect.poll(async () => (await heard()).filter((one) => text.test(one)), { message: String(text) }).not.toEqual([]);
  const name = page.getByRole('textbox', { name: 'Name', exact: true });

  await create(page).click();
  // What cannot be sent takes the focus, which is told without a live region.
  await expect(page.getByRole('group', { name: 'Some of it cannot be sent yet' })).toBeFocused();

  await name.fill(taken.result[0]?.name ?? '');
  await page.getByRole('textbox', { name: 'Size', exact: true }).fill('2');
  await choose(main(page), 'Pool', 'production-sap');
  const conflict = faults.expectStatus(409, /\/volumes$/);
  await create(page).click();
  await expect(page.getByRole('group', { name: 'Some of it cannot be sent yet' }).or(page.getByRole('alert')).first()).toBeVisible();
  await expect(name).toHaveAccessibleDescription(new RegExp(taken.result[0]?.name ?? '-'));
  conflict.end();

  await name.fill('journey-heard');
  await create(page).click();
  await expectPage(page, 'journey-heard');
  await hears(/Volume journey-heard is created\./i);

  await go(page, '#/north/volumes/~new');
  await expectPage(page, 'Create volume');
  await name.fill('journey-unheard');
  await page.getByRole('textbox', { name: 'Size', exact: true }).fill('2');
  await choose(main(page), 'Pool', 'production-sap');
  await settled(page);
  faults.expectNoAnswer(/\/volumes$/);
  await simulator.faults([{ fault: 'lost', operation: 'POST /api/rest/volumes', times: 1 }]);
  await create(page).click();
  await hears(new RegExp(notKnown));
  await dialog(page).getByRole('button', { name: 'Check now' }).click();
  await hears(/It happened: it is there with the planned values\./);
});
