/** Pictures of the console on the simulator, for a person to look at; see `support/look.ts`. */

import { lookAt, takePictures } from '../support/look.ts';
import { signIn } from '../support/sign-in.ts';
import { test } from '../support/test.ts';

for (const place of lookAt(undefined, ['#/'])) {
  test(`systems ${place}`, async ({ page }) => {
    await page.goto(`./${place}`);
    await takePictures(page, place);
  });
}

test('north', async ({ page, simulator, faults }) => {
  faults.expectStatus(401, /\/boxes\//, { optional: true });
  const places = lookAt('north', ['#/north', '#/north/volumes']);
  for (const [index, place] of places.entries()) {
    await page.goto(`./${place}`);
    if (index === 0) {
      await takePictures(page, '#/sign-in');
      await signIn(page, simulator.administrator);
    }
    await takePictures(page, place);
  }
});
