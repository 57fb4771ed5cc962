/** The bridge's end of a window's line: what the window asks, and what the test answers. */
import { setImmediate } from 'node:timers/promises';
import type { FaultCode } from '../../native-bridge/contract/fault.ts';
import type { FromBridge, ToBridge } from '../../native-bridge/contract/messages.ts';
import type { Line } from '../../renderer/state/bridge-client.ts';

type Request = Extract<ToBridge, { type: 'request' }>;

export class WindowLine implements Line {
  readonly sent: ToBridge[] = [];
  #message: ((event: { data: unknown }) => void) | null = null;
  #close: (() => void) | null = null;

  postMessage(message: ToBridge): void {
    this.sent.push(message);
  }

  addEventListener(type: string, listener: never): void {
    if (type === 'message') this.#message = listener;
    else this.#close = listener;
  }

  start(): void {}
  close(): void {}

  /** The other end went. */
  drop(): void {
    this.#close?.();
  }

  requests(name: string): Request[] {
    return this.sent.filter(
      (message): message is Request => message.type === 'request' && message.name === name,
    );
  }

  /** The last request of that name. */
  request(name: string): Request {
    const found = this.requests(name).at(-1);
    if (found === undefined) throw new Error(`the window did not ask for ${name}`);
    return found;
  }

  async say(message: FromBridge): Promise<void> {
    this.#message?.({ data: message });
    // What awaits the answer runs now.
    await setImmediate();
  }

  async answer({ id }: Request, result: unknown): Promise<void> {
    await this.say({ type: 'result', id, result });
  }

  async progress({ id }: Request, ...batch: unknown[]): Promise<void> {
    await this.say({ type: 'progress', id, batch });
  }

  async refuse({ id }: Request, code: FaultCode): Promise<void> {
    await this.say({ type: 'fault', id, fault: { code, facts: {}, trace: [] } });
  }
}
