/**
 * A fault that nothing is tried against proves nothing: each that a simulated terminal can have is named
 * by a test of what a technician sees of it, beside the simulator's own.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { faults as android } from '../../native-bridge/simulators/android/faults.ts';
import { faults as codebox } from '../../native-bridge/simulators/codebox/faults.ts';

const tests = fileURLToPath(new URL('..', import.meta.url));

/** Where it is tried otherwise. */
const elsewhere: Readonly<Record<string, string>> = {
  'other-address-after-swap': 'moved-in-restart.test.ts moves the port of a box itself',
};

const sources = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => join(tests, path))
  .filter((path) => !relative(tests, path).startsWith('simulators'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
/** Quoted alone, or in a list as a command line has it. */
const named = new Set(
  [...sources.matchAll(/['"]([a-z0-9,-]+)['"]/g)].flatMap(([, list = '']) => list.split(',')),
);

test.each([
  ['Android terminals', android],
  ['boxes', codebox],
])('each fault of the simulated %s is tried', (_, faults) => {
  const idle = faults.map(({ name }) => name).filter((name) => !named.has(name));
  expect(idle.filter((name) => elsewhere[name] === undefined)).toEqual([]);
});
