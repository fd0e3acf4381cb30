import { defineConfig } from 'vitest/config';

/** The suite of `npm test`: needs neither PostgreSQL nor a browser; runs on both databases (DATABASE_URL). */
export default defineConfig({
  // Examples import the package by its name, as its users do.
  resolve: { alias: [{ find: /^gatehouse$/, replacement: `${import.meta.dirname}/src/index.ts` }] },
  test: {
    globals: true,
    reporters: process.env['CI']
      ? [
          'default',
          [
            'json',
            { outputFile: `.ci/reports/${process.env['DATABASE_URL'] ? 'postgres' : 'embedded'}.json` },
          ],
        ]
      : ['default'],
    include: ['src/**/*.spec.ts', 'test/{architecture,e2e,extension,host,races,seeds,testing}/**/*.test.ts'],
    exclude: ['test/seeds/system/**'],
    setupFiles: ['reflect-metadata'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One process and one embedded database for the whole run: an initdb costs seconds and 800 MB.
    isolate: false,
    fileParallelism: false,
    coverage: { provider: 'v8', include: ['src/**/*.ts'] },
  },
});
