/** Pictures of the console on a real Ironic, for a person to look at; see `support/look.ts`. */

import { test } from '../support/ironic-test.ts';
import { lookAt, takePictures } from '../support/look.ts';

for (const place of lookAt('metal')) {
  test(place, async ({ page }) => {
    await page.goto(`./${place}`);
    await takePictures(page, place);
  });
}
