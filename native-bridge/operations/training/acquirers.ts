/** Simulated acquirers, each in a process of its own that ends with this one. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Result } from '../../contract/requests.ts';
import { acquirerProgram } from '../entry-points.ts';
import { LineReader } from './line-reader.ts';
import type { Simulators } from './simulators.ts';

const readyTimeoutMs = 10_000;
const answerTimeoutMs = 3_000;

const readySchema = z.object({
  ready: z.literal(true),
  statusUrl: z.string(),
  hostUrl: z.string(),
  knownUrl: z.string(),
  caPem: z.string(),
  merchantNumbers: z.array(z.string()),
});
const answerSchema = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  faults: z.array(z.string()).optional(),
});

interface Running {
  readonly process: ChildProcessWithoutNullStreams;
  readonly lines: LineReader;
  readonly caFile: string;
  /** Settles when the last message was answered. */
  turn: Promise<unknown>;
}

export class Acquirers {
  readonly #running = new Map<string, Running>();
  readonly #simulators: Simulators;
  readonly #folder: string;

  /** `folder`: for the training CAs' certificates. */
  constructor(simulators: Simulators, folder: string) {
    this.#simulators = simulators;
    this.#folder = folder;
  }

  /** Throws `simulator-failed`. */
  async start(faults: readonly string[]): Promise<Result<'startAcquirer'>> {
    const trainingId = `acquirer-${randomUUID()}`;
    mkdirSync(this.#folder, { recursive: true });
    const caFile = join(this.#folder, `${trainingId}.pem`);
    const on = faults.length > 0 ? ['--faults', faults.join(',')] : [];
    const program = acquirerProgram(this.#simulators.programsFolder);
    const child = this.#simulators.spawn(program, ['--ca-file', caFile, ...on]);
    const lines = new LineReader(child);
    const said = readySchema.safeParse(await lines.next(readyTimeoutMs));
    if (!said.success) {
      child.kill();
      throw new BridgeFault('simulator-failed', { reason: lines.errors.slice(0, 300) });
    }
    this.#running.set(trainingId, { process: child, lines, caFile, turn: Promise.resolve() });
    child.once('exit', () => this.#running.delete(trainingId));
    const { statusUrl, hostUrl, knownUrl, caPem, merchantNumbers } = said.data;
    return { trainingId, statusUrl, hostUrl, knownUrl, caPem, caFile, merchantNumbers };
  }

  /** Returns the faults that are on now. Throws `simulator-failed`. */
  async setFault(trainingId: string, fault: string, on: boolean): Promise<string[]> {
    const running = this.#running.get(trainingId);
    if (!running) throw new BridgeFault('simulator-failed', { reason: 'not running' });
    // One message at a time, so that every answer is to the message before it.
    const turn = running.turn.then(async () => {
      await ask(running, { fault, on });
      return (await ask(running, { state: true })).faults ?? [];
    });
    running.turn = turn.catch(() => undefined);
    return await turn;
  }

  closeAll(): void {
    // Its stdin closing is its end; the signal is for one that is stuck.
    for (const { process: child, caFile } of this.#running.values()) {
      child.stdin.end();
      child.kill();
      rmSync(caFile, { force: true });
    }
    this.#running.clear();
  }
}

async function ask(running: Running, message: object): Promise<z.infer<typeof answerSchema>> {
  running.process.stdin.write(`${JSON.stringify(message)}\n`);
  const answer = answerSchema.safeParse(await running.lines.next(answerTimeoutMs));
  if (answer.success && answer.data.ok) return answer.data;
  throw new BridgeFault('simulator-failed', { reason: answer.data?.error ?? 'no answer' });
}
