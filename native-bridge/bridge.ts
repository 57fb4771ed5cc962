/**
 * The bridge: request name → operation. It validates what comes in, gives every running request
 * a job that other windows can follow, and maps errors to faults. What goes out is held to the contract
 * by its types alone: it was made here, and what devices said in it was read by codecs.
 * In the app it runs in a process of its own (serve.ts); in the shell, in the shell's process.
 */
import { BridgeFault, faultOf } from './contract/bridge-fault.ts';
import { requestNamed } from './contract/request-areas.ts';
import type { ParamsInput, Progress, RequestName, Result } from './contract/requests.ts';
import type { Connections } from './connections/connections.ts';
import { closeContext, openContext, type BridgeOptions, type Parts } from './operations/context.ts';
import { operations } from './operations/index.ts';
import { watchRunningWork, type RunningWork } from './operations/running-work.ts';
import { usualDataFolder as usualRecordsFolder } from './records/moved-folder.ts';

export type { RunningWork } from './operations/running-work.ts';
export type { BridgeOptions } from './operations/context.ts';
export { listedAhead } from './ports/listed-ahead.ts';

export interface RequestOptions<N extends RequestName> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress<N>) => void;
}

export interface Bridge {
  /** Runs one request. Throws BridgeFault and nothing else. */
  request<N extends RequestName>(
    name: N,
    params: ParamsInput<N>,
    options?: RequestOptions<N>,
  ): Promise<Result<N>>;
  /** Registers a file the host's user chose; the id is good for this bridge's life. */
  registerFile(path: string): Promise<{ fileId: string; name: string; sizeBytes: number }>;
  /**
   * Says when a terminal begins to be changed (flashed, settled, its settings written) and when none
   * is any more, whoever asked for it: as long the computer must stay awake.
   */
  watchChanging(listener: (changing: boolean) => void): void;
  /**
   * The signature of a file that the host is about to write, in minisign's format, for `NAME.minisig`;
   * null: the shop has no key. Throws BridgeFault `shop-key-damaged`.
   */
  signFile(file: { fileName: string; bytes: Uint8Array }): Promise<string | null>;
  /** Says at every change what would be lost or cut off where the program ended now. */
  watchWork(listener: (work: readonly RunningWork[]) => void): void;
  /** A line of the host's in the log. */
  note(text: string): void;
  /** Cancels what runs, closes ports, simulators and records. */
  close(): Promise<void>;
}

/** Where records are kept when nobody says otherwise. Throws BridgeFault `moved-note-unreadable`. */
export function usualDataFolder(): string {
  try {
    return usualRecordsFolder();
  } catch (error) {
    throw BridgeFault.of(faultOf(error));
  }
}

export async function createBridge(
  options: BridgeOptions,
  parts: Partial<Parts> = {},
): Promise<Bridge> {
  // The window asks for its list as soon as it is there: read while the records are opened.
  if (options.program === 'app') operations.watchTerminals().catch(() => undefined);
  const context = await openContext(options, parts).catch((error: unknown) => {
    throw BridgeFault.of(faultOf(error));
  });
  const { jobs } = context;

  async function run<N extends RequestName>(
    name: N,
    raw: ParamsInput<N>,
    { signal, onProgress }: RequestOptions<N> = {},
  ): Promise<Result<N>> {
    const request = await requestNamed(name);
    const parsed = request.params.safeParse(raw);
    if (!parsed.success) {
      throw new BridgeFault('bad-request', {
        request: name,
        expected: parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '),
      });
    }
    const terminalId =
      'terminalId' in parsed.data && typeof parsed.data.terminalId === 'string'
        ? parsed.data.terminalId
        : null;
    const job = jobs.start(name, terminalId, signal);
    if (onProgress) job.subscribe((progress) => onProgress(progress as Progress<N>));
    try {
      const operation = await operations[name]();
      const outcome = operation(context, parsed.data as never, job.signal);
      const result = await drain(outcome, (progress) => job.emit(progress));
      job.finish(result);
      return result;
    } catch (error) {
      const fault = faultOf(error, job.signal.aborted);
      context.log.warn(`${name} failed: ${fault.code} ${JSON.stringify(fault.facts)}`, fault.trace);
      job.fail(fault);
      throw BridgeFault.of(fault);
    }
  }

  return {
    request: run,
    registerFile: async (path) => {
      try {
        return await context.files.register(path);
      } catch (error) {
        throw BridgeFault.of(faultOf(error));
      }
    },
    signFile: async (file) => {
      try {
        const { signFile } = await import('./operations/shop/sign-file.ts');
        return await signFile(context, file);
      } catch (error) {
        throw BridgeFault.of(faultOf(error));
      }
    },
    watchChanging: (listener) => watchChanging(context.connections, listener),
    watchWork: (listener) => watchRunningWork(context, listener),
    note: (text) => context.log.info(text),
    close: () => closeContext(context),
  };
}

function watchChanging(connections: Connections, listener: (changing: boolean) => void): void {
  let said = connections.changing;
  if (said) listener(true);
  connections.subscribe(() => {
    const { changing } = connections;
    if (changing !== said) listener((said = changing));
  });
}

async function drain<P, R>(
  outcome: AsyncGenerator<P, R, void> | Promise<R>,
  emit: (progress: P) => void,
): Promise<R> {
  if (!(Symbol.asyncIterator in outcome)) return await outcome;
  for (;;) {
    const step = await outcome.next();
    if (step.done === true) return step.value;
    emit(step.value);
  }
}
