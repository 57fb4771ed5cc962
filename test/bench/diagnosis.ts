/**
 * What a technician waits for: the automatic part of a diagnosis over a line of 115,200 baud, and
 * the rules' own time over one case.
 *
 * The automatic part is everything from the request to its result, without the sampling windows it
 * declared: the terminal's line and its own thinking are in it. Round trips are counted on the line;
 * one that asks what was asked before in the same diagnosis is a needless one, but for samples.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createBridge, type Bridge } from '../../native-bridge/bridge.ts';
import type { Reading, ReadingName } from '../../native-bridge/contract/reading.ts';
import { runPlaybook, type CheckInput } from '../../native-bridge/diagnosis/index.ts';
import { trainingMerchant } from '../../native-bridge/operations/entry-points.ts';
import { openPort } from '../../native-bridge/ports/open-port.ts';
import type { BytePort } from '../../native-bridge/ports/port.ts';
import { decodeRequest } from '../../native-bridge/protocols/smp/command.ts';
import { SerialFraming } from '../../native-bridge/protocols/smp/serial-framing.ts';
import { loadModel } from '../../native-bridge/terminals/choose-model.ts';
import { Codebox } from '../support/codebox.ts';

const BAUD = 115_200;
const AUTOMATIC_AIM_MS = 2_000;
const RULES_AIM_MS = 5;
const RUNS = 5;
const RULE_RUNS = 400;
const symptom = 'S3';

interface Model {
  readonly profile: string;
  /** As the simulator calls it. */
  readonly model: string;
  readonly merchant: string;
}

const models: readonly Model[] = [
  { profile: 'training-codebox', model: 'codebox', merchant: 'training-merchant.yaml' },
  { profile: 'training-counter', model: 'counter', merchant: 'training-counter-merchant.yaml' },
];

interface Told {
  readonly lines: string[];
  readonly ok: boolean;
}

interface Run {
  readonly automaticMs: number;
  readonly sampledMs: number;
  readonly trips: number;
  readonly needless: number;
}

/** Every request that goes out, as text; a repeated sending counts again. */
class CountedLine {
  readonly asked: string[] = [];
  #sampling = false;
  needless = 0;

  begin(): void {
    this.asked.length = 0;
    this.needless = 0;
    this.#sampling = false;
  }

  sample(): void {
    this.#sampling = true;
  }

  readonly open = async (...args: Parameters<typeof openPort>): Promise<BytePort> => {
    const port = await openPort(...args);
    const framing = new SerialFraming();
    const write = port.write.bind(port);
    port.write = async (...sent: Parameters<BytePort['write']>) => {
      for (const value of framing.push(sent[0])) {
        if (value.kind === 'packet') this.#count(value.bytes);
      }
      await write(...sent);
    };
    return port;
  };

  #count(packet: Uint8Array): void {
    const { header, body } = decodeRequest(packet);
    const text = JSON.stringify([header.group, header.id, header.operation, [...body]]);
    if (!this.#sampling && this.asked.includes(text)) this.needless += 1;
    this.asked.push(text);
  }
}

async function diagnoseOnce(bridge: Bridge, terminalId: string, line: CountedLine): Promise<Run> {
  line.begin();
  let windowMs = 0;
  const startMs = performance.now();
  await bridge.request(
    'diagnose',
    { terminalId, symptom },
    {
      onProgress: (progress) => {
        if (!('sampling' in progress)) return;
        windowMs = Date.parse(progress.sampling.untilUtc) - Date.now();
        line.sample();
      },
    },
  );
  const tookMs = performance.now() - startMs;
  return {
    automaticMs: tookMs - windowMs,
    sampledMs: windowMs,
    trips: line.asked.length,
    needless: line.needless,
  };
}

/** What the rules get of one terminal. */
async function caseOf(
  bridge: Bridge,
  terminalId: string,
  profile: string,
  merchantFile: string,
): Promise<CheckInput> {
  const { readings } = await bridge.request('readTerminal', { terminalId });
  const { rows } = await bridge.request('readSettings', { terminalId });
  const model = await loadModel({ profile, profileFile: null, merchantFile });
  const byName = new Map<ReadingName, Reading>(readings.map((each) => [each.name, each]));
  const atUtc = new Date().toISOString();
  return { symptom, model, readings: byName, settings: rows, answers: {}, atUtc };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function ruleTimes(input: CheckInput): { medianMs: number; firstMs: number } {
  const times = Array.from({ length: RULE_RUNS }, () => {
    const startMs = performance.now();
    runPlaybook(input);
    return performance.now() - startMs;
  });
  return { medianMs: median(times), firstMs: times[0] ?? Number.NaN };
}

async function benchModel({ profile, model, merchant }: Model): Promise<Told> {
  const merchantFile = join(dirname(trainingMerchant()), merchant);
  const dataFolder = await mkdtemp(join(tmpdir(), 'pos-bench-diagnosis-'));
  const line = new CountedLine();
  const box = await Codebox.start('--baud', `${BAUD}`, '--model', model);
  const bridge = await createBridge({ dataFolder, program: 'cli' }, { openPort: line.open });
  try {
    const { fileId: merchantFileId } = await bridge.registerFile(merchantFile);
    const { id } = await bridge.request('connect', { portUrl: box.url, profile, merchantFileId });
    const runs: Run[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await diagnoseOnce(bridge, id, line));
    return told(profile, runs, ruleTimes(await caseOf(bridge, id, profile, merchantFile)));
  } finally {
    await bridge.close();
    await box.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

export async function bench(): Promise<Told> {
  const all: Told[] = [];
  for (const model of models) all.push(await benchModel(model));
  return { lines: all.flatMap(({ lines }) => lines), ok: all.every(({ ok }) => ok) };
}

function told(profile: string, runs: readonly Run[], rules: ReturnType<typeof ruleTimes>): Told {
  const automaticMs = median(runs.map((run) => run.automaticMs));
  const slowestMs = Math.max(...runs.map((run) => run.automaticMs));
  const [{ trips, needless, sampledMs } = { trips: 0, needless: 0, sampledMs: 0 }] = runs;
  const automatic = automaticMs / AUTOMATIC_AIM_MS;
  const own = rules.medianMs / RULES_AIM_MS;
  const mark = (good: boolean): string => (good ? '✓' : '✗');
  return {
    ok: automatic <= 1 && own <= 1 && needless === 0,
    lines: [
      `${profile} at ${BAUD} baud, ${RUNS} diagnoses; sampling windows of ${sampledMs} ms taken off`,
      `automatic part  ${automatic.toFixed(3)} of ${AUTOMATIC_AIM_MS} ms (slowest ${(slowestMs / AUTOMATIC_AIM_MS).toFixed(3)})  ${mark(automatic <= 1)}`,
      `round trips     ${trips}, of them needless ${needless}  ${mark(needless === 0)}`,
      `rules           ${own.toFixed(3)} of ${RULES_AIM_MS} ms (the first, cold, ${(rules.firstMs / RULES_AIM_MS).toFixed(3)})  ${mark(own <= 1)}`,
    ],
  };
}
