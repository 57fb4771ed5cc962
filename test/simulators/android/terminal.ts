/** Simulated Android terminals for tests, in this process. */
import { onTestFinished } from 'vitest';
import { answerControl } from '../../../native-bridge/simulators/android/control.ts';
import { parseOptions } from '../../../native-bridge/simulators/android/options.ts';
import { Simulator } from '../../../native-bridge/simulators/android/simulator.ts';
import { tcpLines } from '../../../native-bridge/simulators/android/tcp/lines.ts';

export interface Terminal {
  /** HOST:PORT, as `adb connect` takes it. */
  readonly adb: string;
  /** What it said without being asked. */
  readonly events: Readonly<Record<string, unknown>>[];
  readonly simulator: Simulator;
  readonly control: (message: object) => Promise<Readonly<Record<string, unknown>>>;
}

/** It ends with the test. Restarts take no time where nothing else is said. */
export async function startTerminal(...args: readonly string[]): Promise<Terminal> {
  const events: Record<string, unknown>[] = [];
  const quick = args.includes('--boot-ms') ? [] : ['--boot-ms', '1', '--install-ms', '1'];
  const options = parseOptions([...quick, ...args]);
  const simulator = new Simulator(options, tcpLines(options), (event) => events.push({ ...event }));
  onTestFinished(() => simulator.stop());
  const addresses = (await simulator.start()) as { readonly adb: string };
  const control: Terminal['control'] = (message) => answerControl(simulator, message);
  return { ...addresses, events, simulator, control };
}
