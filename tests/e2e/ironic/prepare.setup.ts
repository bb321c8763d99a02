/** Installs Ironic and keeps a seeded database, so that no test waits for it: a minute the first time, then nothing. */

import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { test } from '@playwright/test';
import { repository } from '../support/places.ts';

test('install Ironic and seed its database', () => {
  execFileSync('python3', [resolve(repository, 'tests/ironic'), 'prepare'], { stdio: 'inherit' });
});
