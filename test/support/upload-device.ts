/** A terminal that takes an image as a stock server does; a test says what goes wrong. */
import { createHash } from 'node:crypto';
import type { SmpMessage } from '../../native-bridge/protocols/smp/command.ts';
import { echoing, type Script, type ScriptedTerminal } from './scripted-terminal.ts';

export interface Mishaps {
  /** What becomes of the n-th upload request (from 0). */
  readonly fate?: (index: number) => 'arrives' | 'request lost' | 'reply lost';
  /** Called before the n-th request is handled. */
  readonly before?: (index: number, terminal: ScriptedTerminal) => void;
  /** The erase at the first request. */
  readonly eraseMs?: number;
  readonly bufferBytes?: number;
  readonly bufferCount?: number;
  /** It can't tell its buffers. */
  readonly withoutParameters?: boolean;
  /** Takes nothing: answers offset 0 for ever. */
  readonly stuck?: boolean;
  /** Whole flash words only. */
  readonly alignBytes?: number;
  /** Drops, without a word, packets larger than its buffer. */
  readonly dropsAboveBytes?: number;
  /** Refuses the n-th request. */
  readonly refuse?: (index: number) => Record<string, unknown> | null;
}

export class UploadDevice {
  content = new Uint8Array(0);
  hasBytes = 0;
  twiceBytes = 0;
  requests = 0;
  largestPacketBytes = 0;
  mostOutstanding = 0;
  #hash = '';
  #busyUntil: Promise<void> = Promise.resolve();
  #outstanding = 0;
  readonly #mishaps: Mishaps;

  constructor(mishaps: Mishaps = {}) {
    this.#mishaps = mishaps;
  }

  /** It restarted: the upload's state is gone. */
  forget(): void {
    this.#hash = '';
    this.hasBytes = 0;
    this.content = new Uint8Array(0);
  }

  readonly script: Script = (request, terminal) => {
    const { group, id } = request.header;
    if (group === 0 && id === 6) this.#parameters(request, terminal);
    else if (group === 1 && id === 1) this.#enqueue(request, terminal);
    else if (group === 1 && id === 0) this.#state(request, terminal);
    else this.#busyUntil = this.#busyUntil.then(() => echoing(request, terminal));
  };

  #parameters(request: SmpMessage, terminal: ScriptedTerminal): void {
    const { bufferBytes = 512, bufferCount = 4, withoutParameters } = this.#mishaps;
    if (withoutParameters) terminal.reply(request, { rc: 8 });
    else terminal.reply(request, { buf_size: bufferBytes, buf_count: bufferCount });
  }

  /** One after the other, as a server's work queue does. */
  #enqueue(request: SmpMessage, terminal: ScriptedTerminal): void {
    this.#outstanding++;
    this.mostOutstanding = Math.max(this.mostOutstanding, this.#outstanding);
    this.#busyUntil = this.#busyUntil
      .then(() => this.#upload(request, terminal))
      .finally(() => this.#outstanding--);
  }

  async #upload(request: SmpMessage, terminal: ScriptedTerminal): Promise<void> {
    const index = this.requests++;
    this.#mishaps.before?.(index, terminal);
    const packetBytes = 8 + request.header.bodyBytes;
    this.largestPacketBytes = Math.max(this.largestPacketBytes, packetBytes);
    if (packetBytes > (this.#mishaps.dropsAboveBytes ?? Infinity)) return;
    const fate = this.#mishaps.fate?.(index) ?? 'arrives';
    if (fate === 'request lost') return;
    const refusal = this.#mishaps.refuse?.(index);
    if (refusal) {
      terminal.reply(request, refusal as Record<string, number>);
      return;
    }
    const match = await this.#take(request);
    if (fate === 'reply lost') return;
    const offset = this.#hash === '' && match === null ? 0 : this.hasBytes;
    terminal.reply(request, { rc: 0, off: offset, ...(match === null ? {} : { match }) });
  }

  /** Takes what it can; says whether the whole matches once it is there. */
  async #take({ body }: SmpMessage): Promise<boolean | null> {
    if (this.#mishaps.stuck) return null;
    const offset = body.get('off') as number;
    const data = body.get('data') as Uint8Array;
    if (offset === 0) {
      const hash = Buffer.from(body.get('sha') as Uint8Array).toString('hex');
      if (this.content.length > 0 && sha256(this.content) === hash && this.#isWhole) return true;
      if (hash === this.#hash) return null;
      this.#hash = hash;
      this.content = new Uint8Array(body.get('len') as number);
      this.hasBytes = 0;
      await new Promise((resolve) => setTimeout(resolve, this.#mishaps.eraseMs ?? 0));
    }
    this.twiceBytes += Math.max(0, Math.min(offset + data.length, this.hasBytes) - offset);
    if (offset !== this.hasBytes) return null;
    const isLast = offset + data.length === this.content.length;
    const usable = isLast
      ? data.length
      : data.length - (data.length % (this.#mishaps.alignBytes ?? 1));
    this.content.set(data.subarray(0, usable), offset);
    this.hasBytes += usable;
    if (!this.#isWhole) return null;
    const match = sha256(this.content) === this.#hash;
    // Done: the server forgets the upload.
    this.#hash = '';
    return match;
  }

  get #isWhole(): boolean {
    return this.hasBytes === this.content.length;
  }

  #state(request: SmpMessage, terminal: ScriptedTerminal): void {
    // Not an image's own hash, but something a test can know.
    const hash = createHash('sha256').update('image').digest();
    const held = { slot: 1, version: '2.0.0', hash, bootable: true };
    terminal.reply(request, { images: this.#isWhole ? [held] : [], splitStatus: 0 });
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
