/**
 * End-to-end tests in the system's Chromium. `README.md` beside this file says what each project is and needs.
 *
 * Two workers at most: a browser, a simulator and an Ironic each are what a small machine carries. Nothing is retried: a
 * test that passes the second time hides a fault of the console or of the test.
 */

import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { chromium, output } from './support/places.ts';

export default defineConfig({
  testDir: '.',
  outputDir: resolve(output, 'results'),
  globalSetup: './support/global-setup.ts',
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  snapshotPathTemplate: '{testDir}/baselines/{arg}{ext}',
  reporter: [['list'], ['json', { outputFile: resolve(output, 'report.json') }]],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: chromium },
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 10_000,
    navigationTimeout: 30_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'harness', testDir: 'harness' },
    { name: 'journeys', testDir: 'journeys' },
    {
      name: 'gallery',
      testDir: 'gallery',
      fullyParallel: true,
      // Letters in shades of grey, unhinted: the same on every machine, and smaller as a picture.
      use: { launchOptions: { executablePath: chromium, args: ['--disable-lcd-text', '--font-render-hinting=none'] } },
    },
    { name: 'hosting', testDir: 'hosting', timeout: 90_000, fullyParallel: true },
    { name: 'ironic-setup', testDir: 'ironic', testMatch: 'prepare.setup.ts', timeout: 600_000 },
    { name: 'ironic', testDir: 'ironic', dependencies: ['ironic-setup'] },
    { name: 'screenshots', testDir: 'screenshots' },
    { name: 'look', testDir: 'look', timeout: 300_000 },
  ],
});
