#!/usr/bin/env node
/** The shell's program: the same operations as the window's, for hands without a screen and for scripts. */
import { run } from './run.ts';

// A reader that closes early (`| head`) is not an error.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2));
