/**
 * The simulated code box as a process (README.md beside this file). It says that it is ready in one
 * JSON line, takes control messages until its parent goes away, and goes with it.
 */
import { createInterface } from 'node:readline';
import { answerControl, refused } from './control.ts';
import { faults } from './faults.ts';
import { HostEndError } from './line/host-end.ts';
import { UsageError, parseOptions } from './options.ts';
import { Simulator } from './simulator.ts';

const EXIT_USAGE = 2;
const EXIT_PORT = 3;

type Say = (message: object) => void;

function sayLine(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function handle(simulator: Simulator, message: unknown, say: Say): Promise<void> {
  const leaving = typeof message === 'object' && message !== null && 'exit' in message;
  if (leaving) {
    say({ ok: true });
    await leave(simulator);
    return;
  }
  say(await answerControl(simulator, message).catch((error: unknown) => refused(String(error))));
}

async function leave(simulator: Simulator): Promise<never> {
  await simulator.stop();
  process.exit(0);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}

function listenOnStdin(simulator: Simulator): void {
  let queue = Promise.resolve();
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    queue = queue.then(() => handle(simulator, parsed(line), sayLine));
  });
  lines.on('close', () => {
    void queue.then(() => leave(simulator));
  });
}

function listenOnChannel(simulator: Simulator, say: Say): void {
  let queue = Promise.resolve();
  process.on('message', (message) => {
    queue = queue.then(() => handle(simulator, message, say));
  });
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.send !== undefined);
  if (options.listFaults) {
    sayLine(faults);
    return;
  }
  const say: Say = options.control === 'ipc' ? (message) => process.send?.(message) : sayLine;
  const simulator = new Simulator(options, say);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void leave(simulator));
  }
  process.once('disconnect', () => void leave(simulator));
  try {
    say({ ready: true, url: await simulator.start() });
  } catch (error) {
    await simulator.stop();
    say({ ready: false, fault: error instanceof HostEndError ? error.fault : 'failed' });
    process.exitCode = EXIT_PORT;
    if (process.connected) process.disconnect();
    return;
  }
  if (options.control === 'ipc') listenOnChannel(simulator, say);
  else listenOnStdin(simulator);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_USAGE;
  if (process.connected) process.disconnect();
}
