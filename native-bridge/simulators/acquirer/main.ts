/**
 * The simulated acquirer as a process (README.md beside this file). It says where it listens in one
 * JSON line, takes control messages on stdin until that closes, and goes with it.
 */
import { createInterface } from 'node:readline';
import { Acquirer } from './acquirer.ts';
import { answerControl, refused } from './control.ts';
import { faults } from './faults.ts';
import { UsageError, parseOptions } from './options.ts';

const EXIT_USAGE = 2;

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}

async function leave(acquirer: Acquirer): Promise<never> {
  await acquirer.stop();
  process.exit(0);
}

async function handle(acquirer: Acquirer, message: unknown): Promise<void> {
  if (typeof message === 'object' && message !== null && 'exit' in message) {
    say({ ok: true });
    await leave(acquirer);
  }
  say(await answerControl(acquirer, message).catch((error: unknown) => refused(String(error))));
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.listFaults) {
    say(faults);
    return;
  }
  const acquirer = new Acquirer(options);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void leave(acquirer));
  }
  say({ ready: true, ...(await acquirer.start()) });
  let queue = Promise.resolve();
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    queue = queue.then(() => handle(acquirer, parsed(line)));
  });
  lines.on('close', () => {
    void queue.then(() => leave(acquirer));
  });
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_USAGE;
}
