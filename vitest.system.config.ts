import { defineConfig } from 'vitest/config';

/** The suite against the built server as its own process: needs `npm run build`, Chromium, and for test/faults PostgreSQL. */
export default defineConfig({
  test: {
    globals: true,
    reporters: process.env['CI']
      ? ['default', ['json', { outputFile: '.ci/reports/system.json' }]]
      : ['default'],
    include: ['test/{browser,examples,interop,faults,packed,start,seeds/system}/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
