/** One request to the daemon's file service, on a stream of its own. */
import { readSyncReply, SYNC_HEADER_BYTES, type SyncReply } from '../../protocols/adb/sync.ts';
import type { Wait } from '../../ports/port.ts';
import type { AdbStream } from './adb-stream.ts';
import { AdbFormatError } from '../../protocols/adb/errors.ts';
import { AdbSessionError } from './session-error.ts';
import { leftOf } from './waiting.ts';

const NOTHING = new Uint8Array(0);
const MAX_TEXT_CHARACTERS = 300;

export class SyncStream {
  readonly stream: AdbStream;
  readonly #path: string;
  readonly #isLent: boolean;
  #whole: Uint8Array = NOTHING;
  #chunk: Uint8Array = NOTHING;

  /** `isLent`: what `some` gave is not looked at any more when it is asked for the next. */
  constructor(stream: AdbStream, path: string, isLent = false) {
    this.stream = stream;
    this.#path = path;
    this.#isLent = isLent;
  }

  /** What comes next; a refusal is thrown. @throws AdbSessionError `transfer-refused` and as `some` */
  async reply(wait: Wait): Promise<Exclude<SyncReply, { kind: 'fail' }>> {
    const reply = readSyncReply(await this.exactly(SYNC_HEADER_BYTES, wait));
    if (reply.kind !== 'fail') return reply;
    const text = new TextDecoder().decode(await this.exactly(reply.bytes, wait));
    const facts = { path: this.#path, text: text.slice(0, MAX_TEXT_CHARACTERS) };
    throw new AdbSessionError('transfer-refused', facts);
  }

  /** A copy where they came in pieces. For small counts. */
  async exactly(count: number, wait: Wait): Promise<Uint8Array> {
    const left = leftOf(wait);
    const first = await this.some(count, left());
    if (first.length === count) return first;
    const all = new Uint8Array(count);
    all.set(first);
    for (let at = first.length; at < count;) {
      const more = await this.some(count - at, left());
      all.set(more, at);
      at += more.length;
    }
    return all;
  }

  /** Between 1 and `maxBytes` bytes (0 of 0), as they came. @throws AdbFormatError `cut-off` */
  async some(maxBytes: number, wait: Wait): Promise<Uint8Array> {
    while (this.#chunk.length === 0 && maxBytes > 0) {
      if (this.#isLent) this.stream.giveBack(this.#whole);
      this.#whole = NOTHING;
      const chunk = await this.stream.read(wait);
      if (chunk === null) throw new AdbFormatError('cut-off');
      this.#chunk = this.#whole = chunk;
    }
    const part = this.#chunk.subarray(0, maxBytes);
    this.#chunk = this.#chunk.subarray(part.length);
    return part;
  }
}
