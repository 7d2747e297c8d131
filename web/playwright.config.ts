import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

// Debian's Chromium; no browser is downloaded. The one that draws for nobody takes a sixth less time. The server of each test is the real program (tests/browser/server.ts).
// Journeys with a mouse, a keyboard or many columns: a phone has cards and no sheet.
const deskOnly = /@desk|sheet\S*\.spec/;
const desk = { viewport: { width: 1440, height: 900 } };

const shell = '/usr/bin/chromium-headless-shell';

export default defineConfig({
  testDir: '../tests/browser',
  timeout: 180_000,
  expect: { timeout: 20_000 },
  // A file is one worker with a server of its own; two keep both cores of a small machine busy.
  workers: 2,
  // Told as "flaky" at the end: a fault of the journey or of the product that is still to be found, not a pass like others.
  retries: 1,
  reporter: [['list']],
  outputDir: './test-results',
  use: {
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    serviceWorkers: 'block',
    actionTimeout: 20_000,
    // A picture of every frame costs a quarter of the time: asked for when a journey is looked into.
    trace: process.env.DAIFUKU_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: existsSync(shell) ? shell : '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desk', use: desk, grepInvert: /@phone/ },
    // Every journey is made once more on a phone, and with it on the other store (scripts/postgres_test).
    {
      name: 'phone',
      use: { viewport: { width: 390, height: 844 }, hasTouch: true },
      metadata: { store: 'postgres' },
      grepInvert: [deskOnly, /@once/],
    },
    // What a phone does not do.
    { name: 'postgres', use: desk, metadata: { store: 'postgres' }, grep: deskOnly },
  ],
});
