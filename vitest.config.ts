import { defineConfig } from 'vitest/config';

export default defineConfig({
  // One copy of graphql: Vite would take its ES modules, type-graphql takes the CommonJS ones.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: { include: ['test/**/*.test.ts'], setupFiles: ['reflect-metadata'], testTimeout: 20_000, hookTimeout: 60_000 },
});
