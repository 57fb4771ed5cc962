/** What a model's readings say, read by the real bridge over the simulated line, in a form that time does not change. */
import type { Reading, ReadingName } from '../../native-bridge/contract/reading.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { models } from '../../native-bridge/simulators/codebox/models/index.ts';
import type { ModelName } from '../../native-bridge/simulators/codebox/models/model.ts';
import type { Options } from '../../native-bridge/simulators/codebox/options.ts';
import { VirtualBench, type PluggedBox, type Program } from '../support/virtual-bench.ts';

type Values = ReadonlyMap<ReadingName, unknown>;

/** A terminal of a model, connected. */
export class ReadModel {
  readonly box: PluggedBox;
  readonly bench: VirtualBench;
  readonly #program: Program;
  readonly terminal: Terminal;

  private constructor(bench: VirtualBench, box: PluggedBox, program: Program, terminal: Terminal) {
    this.bench = bench;
    this.box = box;
    this.#program = program;
    this.terminal = terminal;
  }

  static async open(model: ModelName, options: Partial<Options> = {}): Promise<ReadModel> {
    const bench = new VirtualBench();
    const { serialNumber } = models[model];
    const box = await bench.box('a', { model, serialNumber, ...options });
    const program = await bench.start();
    const connecting = program.bridge.request('connect', { portUrl: box.url });
    const terminal = await bench.time.run(connecting);
    return new ReadModel(bench, box, program, terminal);
  }

  request: Program['bridge']['request'] = (name, params, options) =>
    this.bench.time.run(this.#program.bridge.request(name, params, options));

  async readings(): Promise<Reading[]> {
    const asked = { terminalId: this.terminal.id };
    return (await this.request('readTerminal', asked)).readings;
  }

  async values(): Promise<Values> {
    const readings = await this.readings();
    return new Map(readings.map((reading) => [reading.name, steady(reading)]));
  }

  /** Names and values of the readings that are otherwise than they were. */
  async changed(before: Values): Promise<Record<string, unknown>> {
    const now = [...(await this.values())];
    return Object.fromEntries(now.filter(([name, value]) => before.get(name) !== value));
  }

  async end(): Promise<void> {
    await this.bench.end();
  }
}

/** The clock as minutes from the right time, a code without its order; how long it runs is left out. */
function steady({ name, value, atUtc, failure }: Reading): unknown {
  if (failure !== null) return failure.code;
  if (name === 'device.uptimeSeconds') return null;
  if (name === 'vpn.ageSeconds' && value !== null) return 'a while';
  if (name === 'clock.utc') {
    return Math.round((Date.parse(String(value)) - Date.parse(atUtc)) / 60_000);
  }
  return name === 'qr.payload' && typeof value === 'string' ? withoutOrder(value) : value;
}

/** Without the amount, the order number and the check sum. */
function withoutOrder(payload: string): string {
  const kept: string[] = [];
  for (let at = 0; at < payload.length;) {
    const id = payload.slice(at, at + 2);
    const end = at + 4 + Number(payload.slice(at + 2, at + 4));
    if (!['54', '62', '63'].includes(id)) kept.push(payload.slice(at, end));
    at = end;
  }
  return kept.join(' ');
}
