/** The whole loop under virtual time: each code that is due is held before the simulated scanner. */
import { onTestFinished } from 'vitest';
import type { Bridge } from '../../../native-bridge/bridge.ts';
import type {
  Carrier,
  ScannerProgress,
  ScannerTest,
} from '../../../native-bridge/contract/scanner.ts';
import { gradedCodes } from '../../../native-bridge/pictures/codes/index.ts';
import type { Simulator } from '../../../native-bridge/simulators/codebox/simulator.ts';
import { usualCode } from '../../../native-bridge/simulators/codebox/terminal/scanner/decode.ts';
import { VirtualBench } from '../../support/virtual-bench.ts';

export interface Counter {
  readonly bench: VirtualBench;
  readonly bridge: Bridge;
  readonly simulator: Simulator;
  readonly terminalId: string;
  readonly url: string;
}

export async function connectCounter(faults: readonly string[] = []): Promise<Counter> {
  const bench = new VirtualBench();
  onTestFinished(() => bench.end());
  const { url, simulator } = await bench.box('counter', { model: 'counter', faults });
  const { bridge } = await bench.start();
  const { id: terminalId } = await bench.time.run(bridge.request('connect', { portUrl: url }));
  return { bench, bridge, simulator, terminalId, url };
}

/** A code with this text, else as on a wallet's screen. */
export const held = (text: string) => ({ ...usualCode, text });

/** Holds the code of this number before the simulated scanner. */
export function hold({ simulator }: Counter, number: number, carrier: Carrier): void {
  const code = gradedCodes.find((each) => each.number === number);
  if (code) simulator.present({ ...code, lit: carrier === 'screen' });
}

export interface LoopOptions {
  readonly carrier?: Carrier;
  /** In place of holding the code that is due: what the technician does instead. */
  readonly instead?: Readonly<Record<number, (counter: Counter) => void>>;
}

/** Returns what came of it, and every state that was told on the way. */
export async function runLoop(
  counter: Counter,
  { carrier = 'screen', instead = {} }: LoopOptions = {},
): Promise<{ test: ScannerTest; told: ScannerProgress[] }> {
  const { bench, bridge, terminalId } = counter;
  const told: ScannerProgress[] = [];
  let shown = 0;
  const onProgress = (progress: ScannerProgress): void => {
    told.push(progress);
    const number = progress.due?.number ?? 0;
    if (number <= shown) return;
    shown = number;
    const other = instead[number];
    if (other) other(counter);
    else hold(counter, number, carrier);
  };
  const asked = bridge.request('testScanner', { terminalId, carrier }, { onProgress });
  return { test: await bench.time.run(asked), told };
}

/** `{ level: '4/0', … }`: read and missed by band. */
export const tally = ({ bands }: ScannerTest): Record<string, string> =>
  Object.fromEntries(bands.map(({ band, read, missed }) => [band, `${read}/${missed}`]));
