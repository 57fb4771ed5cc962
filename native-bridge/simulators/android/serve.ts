/**
 * A simulated terminal as a process: it says where it is in one JSON line, takes control messages on
 * stdin until that closes, and goes with it.
 */
import { createInterface } from 'node:readline';
import { answerControl, refused } from './control.ts';
import type { Simulator } from './simulator.ts';

const EXIT_PORT = 3;

export function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Resolves once it runs, or has said why it can't. `more`: what else is there, for its first line. */
export async function serve(simulator: Simulator, more: () => object = () => ({})): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void leave(simulator));
  }
  try {
    say({ ready: true, ...more(), ...(await simulator.start()) });
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

async function handle(simulator: Simulator, message: unknown): Promise<void> {
  if (typeof message === 'object' && message !== null && 'exit' in message) {
    say({ ok: true });
    await leave(simulator);
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
