import { defineConfig } from 'vitest/config';

/** One file after the other: each has the machine to itself. */
export default defineConfig({
  test: {
    include: ['server/torture/*.{test,torture}.ts'],
    env: { TZ: 'UTC' },
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
});
