/**
 * The window's end of the line to the bridge. One request id carries progress, result and
 * cancellation. Each progress batch is acknowledged after it was handled, so a window that lags
 * slows the bridge instead of drowning. The line may be replaced at any time (the bridge crashed,
 * the window was reloaded): what was under way then ends as `interrupted` or `bridge-lost`, and listeners are told
 * so that they can look for jobs that are still running and follow those again.
 */
import { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import { fromBridgeSchema } from '../../native-bridge/contract/messages.ts';
import type { FromBridge, ToBridge } from '../../native-bridge/contract/messages.ts';
import type {
  ParamsInput,
  Progress,
  RequestName,
  Result,
} from '../../native-bridge/contract/requests.ts';

/** A request under way. `result` rejects with BridgeFault only. */
export interface Running<R> {
  readonly result: Promise<R>;
  cancel(): void;
}

/** The part of a MessagePort that is used here; the DOM's and Node's both have it. */
export interface Line {
  postMessage(message: ToBridge): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

interface Pending {
  readonly name: RequestName;
  readonly resolve: (result: unknown) => void;
  readonly reject: (fault: BridgeFault) => void;
  readonly progress: (item: unknown) => void;
}

/** What these have done to a terminal by then is not known; all else is simply asked again. */
const changing: ReadonlySet<RequestName> = new Set<RequestName>([
  'flash',
  'resumeFlash',
  'applySettings',
  'undoCorrection',
  'restoreSettings',
  'installApp',
  'uninstallApp',
  'clearAppCache',
  'runShell',
  'attachJob',
]);

const cutOff = (name: RequestName): BridgeFault =>
  new BridgeFault(changing.has(name) ? 'interrupted' : 'bridge-lost');
/** Nothing was begun, so nothing was cut off. */
const away = () => new BridgeFault('bridge-away');

/** Nothing was wrong but the line, which comes back by itself. */
export const isLineFault = (code: string | undefined): boolean =>
  code === 'bridge-lost' || code === 'bridge-away';

export class BridgeClient {
  #line: Line | null = null;
  #nextId = 1;
  #lines = 0;
  readonly #pending = new Map<number, Pending>();
  readonly #connectedListeners: ((again: boolean) => void)[] = [];
  readonly #lostListeners: (() => void)[] = [];

  /** `again` is true for every line but the first. */
  onConnected(listener: (again: boolean) => void): void {
    this.#connectedListeners.push(listener);
  }

  onLost(listener: () => void): void {
    this.#lostListeners.push(listener);
  }

  /** Takes a new line; the old one, if any, is given up: it may not have been seen to end. */
  attach(line: Line): void {
    if (this.#line !== null) this.#lose();
    this.#line = line;
    this.#lines += 1;
    line.addEventListener('message', (event) => {
      if (this.#line === line) this.#receive(event.data);
    });
    line.addEventListener('close', () => {
      if (this.#line === line) this.#lose();
    });
    line.start();
    const again = this.#lines > 1;
    for (const listener of this.#connectedListeners) listener(again);
  }

  start<N extends RequestName>(
    name: N,
    params: ParamsInput<N>,
    onProgress: (item: Progress<N>) => void = () => undefined,
  ): Running<Result<N>> {
    const line = this.#line;
    if (line === null) return { result: Promise.reject(away()), cancel: () => {} };
    const id = this.#nextId++;
    const result = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, {
        name,
        resolve,
        reject,
        progress: (item) => onProgress(item as Progress<N>),
      });
    });
    line.postMessage({ type: 'request', id, name, params });
    return {
      result: result as Promise<Result<N>>,
      cancel: () => {
        if (this.#pending.has(id) && this.#line === line) line.postMessage({ type: 'cancel', id });
      },
    };
  }

  call<N extends RequestName>(name: N, params: ParamsInput<N>): Promise<Result<N>> {
    return this.start(name, params).result;
  }

  /** A job that is running already: it was begun on an earlier line, by a request of that name. */
  follow<N extends RequestName>(
    jobId: string,
    onProgress: (item: Progress<N>) => void,
  ): Running<Result<N>> {
    const running = this.start('attachJob', { jobId }, (item) => onProgress(item as Progress<N>));
    return { ...running, result: running.result as Promise<Result<N>> };
  }

  #receive(data: unknown): void {
    const message = fromBridgeSchema.safeParse(data);
    if (!message.success) {
      console.error('unreadable message from the bridge', message.error);
      return;
    }
    this.#deliver(message.data);
  }

  #deliver(message: FromBridge): void {
    const pending = this.#pending.get(message.id);
    if (message.type === 'progress') {
      try {
        for (const item of message.batch) pending?.progress(item);
      } finally {
        this.#line?.postMessage({ type: 'ack', id: message.id });
      }
      return;
    }
    this.#pending.delete(message.id);
    if (message.type === 'result') pending?.resolve(message.result);
    else pending?.reject(BridgeFault.of(message.fault));
  }

  #lose(): void {
    const cut = [...this.#pending.values()];
    this.#pending.clear();
    this.#line?.close();
    this.#line = null;
    for (const pending of cut) pending.reject(cutOff(pending.name));
    for (const listener of this.#lostListeners) listener();
  }
}
