import { defineConfig } from '@playwright/test';
import { findBrowser } from './test/browser/browser.ts';
import { port } from './test/browser/port.ts';

const browser = await findBrowser();

export default defineConfig({
  testDir: 'test/browser',
  outputDir: 'test-results/browser',
  // Patience for a busy machine; no test asserts how long something takes.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  workers: 2,
  fullyParallel: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    launchOptions: browser,
    trace: 'retain-on-failure',
  },
  webServer: {
    command: 'node tools/node.mjs test/browser/server.ts',
    wait: { stdout: /arranged at/ },
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
  projects: [
    { name: 'sign-in', testMatch: /sign-in\.setup\.ts/ },
    {
      name: 'screens',
      testMatch: /\.spec\.ts/,
      dependencies: ['sign-in'],
      use: { storageState: 'test-results/owner.json' },
    },
  ],
});
