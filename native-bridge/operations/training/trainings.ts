/**
 * Simulated terminals, each in a process of its own that ends with this one. They are the only
 * terminals the program starts itself; everything else about them is as with a real one.
 */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Result } from '../../contract/requests.ts';
import {
  trainingAppKindSchema,
  type TrainingAppKind,
  type TrainingModel,
} from '../../contract/training.ts';
import { LineReader } from './line-reader.ts';
import type { Simulators } from './simulators.ts';
import type { TrainingHost, TrainingHosts } from './training-hosts.ts';

const readyTimeoutMs = 10_000;
const answerTimeoutMs = 3_000;

const readySchema = z.union([
  /** Of a terminal with Android: HOST:PORT of its ADB, and of its boot loader. */
  z
    .object({
      ready: z.literal(true),
      adb: z.string(),
      fastboot: z.string(),
      apps: z.array(z.object({ kind: trainingAppKindSchema, path: z.string() })),
    })
    .transform(({ adb, fastboot, ...rest }) => ({
      ...rest,
      url: `adb://${adb}`,
      bootLoaderUrl: `fastboot://${fastboot}`,
    })),
  z.object({ ready: z.literal(true), url: z.string() }),
  z.object({ ready: z.literal(false), fault: z.string() }),
]);
const answerSchema = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  /** To `present`. */
  decodeMs: z.number().nullable().optional(),
});
type Answer = z.infer<typeof answerSchema>;

export interface Training {
  readonly trainingId: string;
  readonly portUrl: string;
  /** What its merchant expects. */
  readonly merchantFile: string;
  readonly appFiles: TrainingAppFile[];
  readonly imageFiles: readonly string[];
}

interface TrainingAppFile {
  readonly kind: TrainingAppKind;
  readonly path: string;
}

/** Which program, and how it is started. */
export interface Simulated {
  readonly model: TrainingModel;
  readonly program: string;
  readonly args: readonly string[];
  /** It writes apps to practise with. */
  readonly hasApps: boolean;
  /** Firmware that it can be flashed with. */
  readonly imageFiles: readonly string[];
}

interface Running extends Training {
  /** Where it answers instead while it is in its boot loader. */
  readonly bootLoaderUrl: string | null;
  readonly process: ChildProcessWithoutNullStreams;
  readonly lines: LineReader;
  readonly model: TrainingModel;
  readonly faults: Set<string>;
  plugged: boolean;
  /** Settles when the last message was answered. */
  turn: Promise<unknown>;
}

export class Trainings {
  /** Where the hosts of training profiles are, while somebody plays them. */
  readonly hosts: Map<string, TrainingHost>;
  readonly #running = new Map<string, Running>();
  readonly #simulators: Simulators;
  readonly #folder: string;

  /** `folder`: for the files to practise with. */
  constructor(simulators: Simulators, folder: string, hosts: TrainingHosts = new Map()) {
    this.#simulators = simulators;
    this.#folder = folder;
    this.hosts = new Map(hosts);
  }

  has(portUrl: string): boolean {
    return this.#at(portUrl) !== undefined;
  }

  /** Those that run, in the order in which they were started. */
  list(): Result<'listTrainings'>['trainings'] {
    return [...this.#running.values()].map(({ faults, trainingId, portUrl, model, plugged }) => ({
      ...{ trainingId, portUrl, model, plugged },
      faults: [...faults],
    }));
  }

  /** Every address of the training terminal there; none where there is none. */
  doorsOf(portUrl: string): string[] {
    const training = this.#at(portUrl);
    if (!training) return [];
    return [training.portUrl, ...(training.bootLoaderUrl === null ? [] : [training.bootLoaderUrl])];
  }

  /** What the merchant of the training terminal there expects; null: there is none. */
  merchantFileOf(portUrl: string): string | null {
    return this.#at(portUrl)?.merchantFile ?? null;
  }

  /** Apps to practise with on the training terminal there. */
  appFilesOf(portUrl: string): readonly TrainingAppFile[] {
    return this.#at(portUrl)?.appFiles ?? [];
  }

  /** Firmware to practise with on the training terminal there. */
  imageFilesOf(portUrl: string): readonly string[] {
    return this.#at(portUrl)?.imageFiles ?? [];
  }

  /** Throws `needs-socat`, `simulator-failed`. */
  async start(
    { model, program, args, hasApps, imageFiles }: Simulated,
    faults: readonly string[],
    merchantFile: string,
  ): Promise<Training> {
    const trainingId = `training-${randomUUID()}`;
    const on = faults.length > 0 ? ['--faults', faults.join(',')] : [];
    const apps = hasApps ? ['--apps-folder', this.#appsFolder(trainingId)] : [];
    const child = this.#simulators.spawn(program, [...args, ...on, ...apps]);
    const lines = new LineReader(child);
    const ready = readySchema.safeParse(await lines.next(readyTimeoutMs));
    if (!ready.success || !ready.data.ready) {
      child.kill();
      const needsSocat = ready.success && !ready.data.ready && ready.data.fault === 'needs-socat';
      throw new BridgeFault(needsSocat ? 'needs-socat' : 'simulator-failed', {
        reason: lines.errors.slice(0, 300),
      });
    }
    const portUrl = ready.data.url;
    const bootLoaderUrl = 'bootLoaderUrl' in ready.data ? ready.data.bootLoaderUrl : null;
    const appFiles = 'apps' in ready.data ? ready.data.apps : [];
    const running: Running = {
      trainingId,
      portUrl,
      bootLoaderUrl,
      ...{ merchantFile, appFiles, imageFiles },
      process: child,
      lines,
      model,
      faults: new Set(faults),
      plugged: true,
      turn: Promise.resolve(),
    };
    this.#running.set(trainingId, running);
    child.once('exit', () => this.#running.delete(trainingId));
    return { trainingId, portUrl, merchantFile, appFiles, imageFiles };
  }

  #appsFolder(trainingId: string): string {
    return join(this.#folder, `${trainingId}-apps`);
  }

  /** Returns the faults that are on now. */
  async setFault(trainingId: string, fault: string, on: boolean): Promise<string[]> {
    const { training } = await this.#tell(trainingId, { fault, on });
    if (on) training.faults.add(fault);
    else training.faults.delete(fault);
    return [...training.faults];
  }

  async setCable(trainingId: string, plugged: boolean): Promise<void> {
    const { training } = await this.#tell(trainingId, plugged ? { plug: true } : { pull: true });
    training.plugged = plugged;
  }

  /** Ends it; one that is not running any more has ended. */
  async stop(trainingId: string): Promise<void> {
    const training = this.#running.get(trainingId);
    if (!training) return;
    const ended = once(training.process, 'exit');
    end(training);
    rmSync(this.#appsFolder(trainingId), { recursive: true, force: true });
    await ended;
  }

  /** Holds a code before the scanner: how long the read will take; null: it will not be read. */
  async present(portUrl: string, code: object): Promise<number | null> {
    const { answer } = await this.#tell(this.#at(portUrl)?.trainingId ?? '', { present: code });
    return answer.decodeMs ?? null;
  }

  #at(portUrl: string): Running | undefined {
    return [...this.#running.values()].find(
      (training) => training.portUrl === portUrl || training.bootLoaderUrl === portUrl,
    );
  }

  async #tell(
    trainingId: string,
    message: object,
  ): Promise<{ readonly training: Running; readonly answer: Answer }> {
    const training = this.#running.get(trainingId);
    if (!training) throw new BridgeFault('simulator-failed', { reason: 'not running' });
    // One message at a time, so that every answer is to the message before it.
    const turn = training.turn.then(() => exchange(training, message));
    training.turn = turn.catch(() => undefined);
    return { training, answer: await turn };
  }

  closeAll(): void {
    for (const training of this.#running.values()) {
      end(training);
      rmSync(this.#appsFolder(training.trainingId), { recursive: true, force: true });
    }
    this.#running.clear();
  }
}

/** Its stdin closing is its end; the signal is for one that is stuck. */
function end({ process: child }: Running): void {
  child.stdin.end();
  child.kill();
}

async function exchange(training: Running, message: object): Promise<Answer> {
  training.process.stdin.write(`${JSON.stringify(message)}\n`);
  const answer = answerSchema.safeParse(await training.lines.next(answerTimeoutMs));
  if (!answer.success || !answer.data.ok) {
    throw new BridgeFault('simulator-failed', { reason: answer.data?.error ?? 'no answer' });
  }
  return answer.data;
}
