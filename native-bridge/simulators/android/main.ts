/**
 * The simulated Android terminal as a process (README.md beside this file). It says where it listens
 * in one JSON line, takes control messages on stdin until that closes, and goes with it.
 */
import { createInterface } from 'node:readline';
import { answerControl, refused } from './control.ts';
import { faults } from './faults.ts';
import { UsageError, parseOptions } from './options.ts';
import { Simulator } from './simulator.ts';

const EXIT_USAGE = 2;
const EXIT_PORT = 3;

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

async function leave(simulator: Simulator): Promise<never> {
  await simulator.stop();
  process.exit(0);
}

async function handle(simulator: Simulator, message: unknown): Promise<void> {
  if (typeof message === 'object' && message !== null && 'exit' in message) {
    say({ ok: true });
    await leave(simulator);
  }
  say(await answerControl(simulator, message).catch((error: unknown) => refused(String(error))));
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.listFaults) {
    say(faults);
    return;
  }
  const simulator = new Simulator(options, say);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void leave(simulator));
  }
  try {
    say({ ready: true, ...(await simulator.start()) });
  } catch (error) {
    await simulator.stop();
    say({ ready: false, fault: error instanceof Error ? error.message : 'failed' });
    process.exitCode = EXIT_PORT;
    return;
  }
  let queue = Promise.resolve();
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    queue = queue.then(() => handle(simulator, parsed(line)));
  });
  lines.on('close', () => {
    void queue.then(() => leave(simulator));
  });
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_USAGE;
}
