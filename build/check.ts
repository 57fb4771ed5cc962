/** `npm run check`: types, lint, format, layers, leftovers. People and CI run the same. */
import { availableParallelism } from 'node:os';
import { bin } from './paths.ts';
import { main, run } from './run.ts';
import { compileWording } from './wording.ts';

interface Tool {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const tools: readonly Tool[] = [
  { name: 'eslint', command: ['eslint', '.', '--max-warnings=0'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types of protocols (no I/O)', command: ['tsc', '-p', 'native-bridge/protocols'] },
  { name: 'types of preload', command: ['tsc', '-p', 'electron/preload'] },
  { name: 'types of the app tests', command: ['tsc', '-p', 'test/app'] },
  {
    name: 'types of the window',
    command: ['svelte-check', '--tsconfig', 'renderer/tsconfig.json', '--fail-on-warnings'],
  },
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'] },
  {
    name: 'layers',
    command: ['depcruise', 'native-bridge', 'electron', 'cli', 'renderer', 'build', 'test'],
  },
  { name: 'leftovers', command: ['knip'] },
];

async function checkAll(): Promise<number> {
  await compileWording();
  const waiting = [...tools];
  let failed = 0;
  async function work(): Promise<void> {
    for (let tool = waiting.shift(); tool; tool = waiting.shift()) {
      if (!(await passes(tool))) failed += 1;
    }
  }
  // Each takes a core and up to a gigabyte.
  const workers = Math.min(3, availableParallelism());
  await Promise.all(Array.from({ length: workers }, work));
  console.log(
    failed === 0 ? '\nAll checks passed' : `\n${failed} of ${tools.length} checks failed`,
  );
  return failed === 0 ? 0 : 1;
}

async function passes({ name, command: [program, ...args] }: Tool): Promise<boolean> {
  const startedMs = performance.now();
  const { code, output } = await run(bin(program), args, { quiet: true });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✕'} ${name} ${seconds} s`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}

await main(import.meta, checkAll);
