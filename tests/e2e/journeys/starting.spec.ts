/** The program does not come, is not accepted, or ends: the page says so, because nothing else can. */

import { expectAccessible } from '../support/accessibility.ts';
import { expectPage } from '../support/console.ts';
import { openSignedIn } from '../support/sign-in.ts';
import { expect, test } from '../support/test.ts';

test('a program that does not arrive, or is damaged, is told, and loading again helps', async ({ page, faults }) => {
  const program = /_bg\.wasm$/;
  const again = page.getByRole('button', { name: 'Load again' });

  await test.step('it does not arrive', async () => {
    faults.expectStatus(404, program);
    await page.route(program, (route) => route.fulfill({ status: 404, body: 'gone' }));
    await page.goto('./#/north/volumes');
    await expect(page.getByRole('alert')).toContainText('The console could not be loaded');
    await expect(page).toHaveTitle(/^The console could not be loaded/);
    await expect(again).toBeFocused();
    await expectAccessible(page);
    await page.unroute(program);
  });

  await test.step('it is damaged', async () => {
    await page.route(program, (route) => route.fulfill({ contentType: 'application/wasm', body: 'no program' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('The console could not be started');
    await page.getByText('Technical details').click();
    await expect(page.getByRole('alert')).toContainText('CompileError');
    await page.unroute(program);
  });

  await test.step('it comes', async () => {
    await again.click();
    await expect(page.getByLabel('User name')).toBeVisible();
    faults.expectStatus(401, /\/boxes\//, { optional: true });
  });
});

test('a console that stops says that nothing is sent any more', async ({ page, simulator, faults }) => {
  await openSignedIn(page, faults, '#/north/volumes', simulator.administrator);
  await expectPage(page, 'Volumes');
  const mark = await simulator.mark();
  faults.expectUncaught('RuntimeError: unreachable');
  await page.evaluate(() => {
    // A program that does nothing but trap (`unreachable`), as the console's does where it finds a fault of its own.
    const code = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 97, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    void WebAssembly.instantiate(new Uint8Array(code)).then(({ instance }) => {
      setTimeout(instance.exports['a'] as () => void);
    });
  });
  await expect(page.getByRole('alert')).toContainText('The console stopped');
  await expect(page.getByRole('alert')).toContainText('may or may not have been made');
  await expect(page.getByRole('button', { name: 'Load again' })).toBeFocused();
  await page.getByText('Technical details').click();
  await expect(page.getByRole('alert')).toContainText('wasm-function');
  await expectAccessible(page);
  expect(await simulator.writes(mark)).toEqual([]);
});
