import { defineConfig } from 'vitest/config';

/** A real USB bus, in a virtual machine (test/usb-lab): it runs once, before the tests are known. */
export default defineConfig({
  test: {
    include: ['test/usb-lab/*.test.ts'],
    globals: false,
  },
});
