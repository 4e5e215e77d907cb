import { defineConfig } from 'vitest/config';
import { workers } from './test/support/workers.ts';

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['node_modules/**', 'dist/**', 'data/**', 'test/browser/**'],
    setupFiles: ['test/support/property-runs.ts'],
    globalSetup: 'test/support/global-setup.ts',
    // Files share one module graph per worker: several times faster, and our modules keep no state.
    isolate: false,
    // Each has a server of its own: what follows the journal waits for every open transaction of the server that it is on, those
    // of another file's database too.
    maxWorkers: workers,
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
