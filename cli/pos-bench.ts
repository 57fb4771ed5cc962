#!/usr/bin/env node
/** The shell's program: the same operations as the window's, for hands without a screen and for scripts. */

// A reader that closes early (`| head`) is not an error.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

// A module of its own, which does one job after the other for who has many (test/usb-lab/guest/shell.ts).
const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2));
