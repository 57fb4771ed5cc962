/** A bridge whose requests do what the test says: for what stands before it, not for what it does. */
import type { Bridge } from '../../native-bridge/bridge.ts';
import type { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';

export interface Call {
  readonly name: string;
  readonly params: unknown;
  readonly signal: AbortSignal;
  progress(item: unknown): void;
  finish(result: unknown): void;
  fail(fault: BridgeFault): void;
}

export class ScriptedBridge implements Bridge {
  readonly calls: Call[] = [];
  readonly #waiting: ((call: Call) => void)[] = [];

  readonly request: Bridge['request'] = (name, params, options = {}) =>
    new Promise((resolve, reject) => {
      const call: Call = {
        name,
        params,
        signal: options.signal ?? new AbortController().signal,
        progress: (item) => options.onProgress?.(item as never),
        finish: (result) => resolve(result as never),
        fail: reject,
      };
      this.calls.push(call);
      this.#waiting.shift()?.(call);
    });

  registerFile = () => Promise.reject(new Error('not part of this test'));
  signFile = () => Promise.reject(new Error('not part of this test'));
  watchChanging = () => undefined;
  watchWork = () => undefined;
  note = () => undefined;
  close = () => Promise.resolve();

  /** The next request that arrives. */
  nextCall(): Promise<Call> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
