/** Writes what passes on a line to a recording, if there is one, without its secrets. */
import { encodeSerial } from '../../protocols/smp/serial-framing.ts';
import type { Recording } from '../recording.ts';
import { Redactor } from './redactor.ts';

export class PacketRecorder {
  readonly #redactor = new Redactor();
  readonly #maxLineBytes: number | undefined;
  #recording: Recording | null;

  constructor(recording: Recording | null, maxLineBytes: number | undefined) {
    this.#recording = recording;
    this.#maxLineBytes = maxLineBytes;
  }

  recordTo(recording: Recording | null): void {
    this.#recording = recording;
  }

  setSecretKeys(keys: ReadonlySet<string>): void {
    this.#redactor.setSecretKeys(keys);
  }

  /** A request's packet, and how many bytes it took on the line. */
  sent(packet: Uint8Array, bytesOnLine: number): void {
    this.#packet('host', this.#redactor.request(packet), bytesOnLine);
  }

  received(packet: Uint8Array): void {
    this.#packet('terminal', this.#redactor.reply(packet), packet.length);
  }

  text(bytes: Uint8Array): void {
    const open = this.#redactor.text(bytes);
    if (isText(open)) this.#recording?.bytes('terminal', open);
    else this.#recording?.omitted('terminal', bytes.length);
  }

  /** Bytes of a broken frame. */
  unreadable(count: number): void {
    this.#recording?.omitted('terminal', count);
  }

  #packet(from: 'host' | 'terminal', open: Uint8Array | null, bytes: number): void {
    if (open) this.#recording?.bytes(from, encodeSerial(open, this.#maxLineBytes));
    else this.#recording?.omitted(from, bytes);
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Valid UTF-8 without control characters but line ends, tabs and terminal escapes. */
function isText(bytes: Uint8Array): boolean {
  try {
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    return !/[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]/.test(decoder.decode(bytes));
  } catch {
    return false;
  }
}
