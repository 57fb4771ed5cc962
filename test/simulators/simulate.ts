/** Simulators for tests, in this process or as the program starts them. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { answerControl } from '../../native-bridge/simulators/codebox/control.ts';
import { parseOptions } from '../../native-bridge/simulators/codebox/options.ts';
import { Simulator } from '../../native-bridge/simulators/codebox/simulator.ts';
import { builtOr } from '../support/built/built.ts';
import type { Fields } from './frames.ts';
import { connectTcp, type Host } from './host.ts';

export const program = builtOr('native-bridge/simulators/codebox/main.ts', 'codebox-simulator.js');

export interface Simulated {
  readonly url: string;
  /** What it said without being asked. */
  readonly announced: readonly object[];
  control(message: object): Promise<Fields>;
  connect(): Promise<Host>;
}

/** Where nothing else is said: over TCP, unpaced, no turnaround. */
function withDefaults(args: readonly string[]): string[] {
  const where = args.includes('--pty') || args.includes('--tcp') ? [] : ['--tcp', '127.0.0.1:0'];
  const pace = args.includes('--baud') ? [] : ['--baud', '0', '--turnaround-ms', '0'];
  return [...where, ...pace, ...args];
}

/** A simulator in this process, for as long as the test: quicker to start than one of its own. */
export async function simulate(args: readonly string[] = []): Promise<Simulated> {
  const announced: object[] = [];
  const options = parseOptions(withDefaults(args), false);
  const simulator = new Simulator(options, (event) => void announced.push(event));
  onTestFinished(() => simulator.stop());
  const url = await simulator.start();
  return {
    url,
    announced,
    control: async (message) => answerControl(simulator, message),
    connect: () => connectTcp(url),
  };
}

export interface SimulatorProcess extends Simulated {
  readonly process: ChildProcessWithoutNullStreams;
  readonly ready: Fields;
}

/** The simulator as the program starts it. It ends with the test. */
export async function spawnSimulator(
  args: readonly string[] = [],
  env = process.env,
): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [program, ...withDefaults(args)], { env });
  onTestFinished(() => {
    child.stdin.end();
    child.kill();
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const announced: object[] = [];
  const next = async (): Promise<Fields> => {
    const { value } = (await lines.next()) as { value?: string };
    if (value === undefined) throw new Error('the simulator ended');
    const said = JSON.parse(value) as Fields;
    if (!('event' in said)) return said;
    announced.push(said);
    return next();
  };
  const ready = await next();
  const url = String(ready['url']);
  return {
    process: child,
    url,
    announced,
    ready,
    control: async (message) => {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      return next();
    },
    connect: () => connectTcp(url),
  };
}
