/** Every test, in the guest. */
import { join } from 'node:path';
import { runTests } from './harness.ts';
import './ports.ts';
import './commands.ts';
import './flash.ts';
import './line.ts';
import './several.ts';
import './rights.ts';

const folder = process.env['LAB_OUT'] ?? '.';
await runTests(join(folder, 'results.jsonl'), process.env['LAB_ONLY'] ?? '');
process.exit(0);
