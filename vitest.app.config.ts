import { defineConfig } from 'vitest/config';

/** The packaged app, in a real window: one at a time, it is a desktop program. */
export default defineConfig({
  test: {
    include: ['test/app/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine shows what is awaited late; its own second would be a flake.
    expect: { poll: { timeout: 20_000 } },
    fileParallelism: false,
    globals: false,
  },
});
