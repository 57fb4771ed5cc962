import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { asBuilt, builtEnv } from './test/support/built/as-built.ts';

/**
 * Everything but the packaged app and the real USB bus, which have configurations of their own
 * (vitest.app.config.ts, vitest.usb.config.ts).
 */
export default defineConfig({
  // For the window's state classes (*.svelte.ts).
  plugins: [svelte({ configFile: false }), asBuilt()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/app/**', 'test/usb-lab/**', 'test/bench/**', 'test/fixtures/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine shows what is awaited late; its own second would be a flake.
    expect: { poll: { timeout: 20_000 } },
    // Node strips the types of what a worker thread loads in WebAssembly, and V8 13.6 may crash where a
    // wrapper of it is compiled again in a thread: it is left as it is.
    execArgv: ['--wasm-wrapper-tiering-budget=1000000000'],
    maxWorkers: 2,
    env: builtEnv,
    globals: false,
  },
});
