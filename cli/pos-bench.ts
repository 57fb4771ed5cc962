#!/usr/bin/env node
/** The shell's program: the same operations as the window's, for hands without a screen and for scripts. */
import { keepCompiled } from './keep-compiled.ts';

// A reader that closes early (`| head`) is not an error.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

keepCompiled();
// A module of its own, loaded only now, which does one job after the other for who has many (test/usb-lab/guest/shell.ts).
const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2));
