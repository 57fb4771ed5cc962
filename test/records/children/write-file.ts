/** Begins to write a file, says so, and stands still in the middle. Argument: the file. */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { writeWholeFile } from '../../../native-bridge/records/whole-file.ts';

const [file = ''] = process.argv.slice(2);
void writeWholeFile(file, new Uint8Array(256 * 1024 * 1024));
while (!readdirSync(dirname(file)).some((name) => name.endsWith('.new'))) await setImmediate();
// Chunks are written by this thread, which goes no further.
process.stdout.write('begun\n');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
