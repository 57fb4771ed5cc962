/**
 * Whose turn it is: a command, its INFO lines, the reply that ends it. Strictly in turn, so whoever
 * left in the middle (a deadline, a cancel, an answer that can't be read) would take the rest for
 * the next command's answer: from then on nothing is said any more, and a new session is opened.
 */
import { encodeCommand, maxCommandBytes } from '../../protocols/fastboot/commands.ts';
import { FastbootFormatError } from '../../protocols/fastboot/errors.ts';
import { meaningOfRefusal } from '../../protocols/fastboot/refusals.ts';
import { decodeReply, type FastbootReply } from '../../protocols/fastboot/reply.ts';
import { PortError, type Wait } from '../../ports/port.ts';
import { FastbootError, type FastbootErrorCode } from './fastboot-error.ts';
import type { FastbootLink } from './link.ts';

/** What ends a command that was not refused. */
type TurnEnd =
  | { readonly kind: 'okay'; readonly text: string }
  | { readonly kind: 'data'; readonly sizeBytes: number };

/** Of the facts: how the terminal is spoken to. */
const door = 'fastboot';
/** A boot loader with hundreds of partitions says some thousand lines. */
const maxLines = 20_000;
const maxWordsShown = 200;
const codesOfRefusals: Readonly<Record<ReturnType<typeof meaningOfRefusal>, FastbootErrorCode>> = {
  locked: 'bootloader-locked',
  unsupported: 'command-unsupported',
  other: 'command-refused',
};

export class Turns {
  readonly #link: FastbootLink;
  #spoilt: Error | null = null;

  constructor(link: FastbootLink) {
    this.#link = link;
  }

  /** @throws FastbootError `message-too-large` and as `guard` */
  async begin(command: string, wait: Wait): Promise<void> {
    if (this.#spoilt !== null) throw this.#spoilt;
    const bytes = encodeCommand(command);
    if (bytes === null) {
      const facts = { command: wordsOf(command), sizeBytes: command.length };
      throw new FastbootError('message-too-large', { ...facts, maxBytes: maxCommandBytes });
    }
    await this.guard(command, wait, this.#link.sendCommand(bytes, wait));
  }

  /** `lines` takes what the device says meanwhile. Throws FastbootError and as `guard`. */
  async end(command: string, wait: Wait, lines: string[]): Promise<TurnEnd> {
    for (;;) {
      const reply = await this.guard(command, wait, this.#reply(wait));
      switch (reply.kind) {
        case 'okay':
          return { kind: 'okay', text: reply.text };
        case 'data':
          return reply;
        case 'fail':
          throw refusal(command, reply.text);
        case 'info':
        case 'text':
          lines.push(reply.text);
          if (lines.length > maxLines) throw this.malformed(command, 'endless');
      }
    }
  }

  async sendData(command: string, bytes: Uint8Array, wait: Wait): Promise<void> {
    await this.guard(command, wait, this.#link.sendData(bytes, wait));
  }

  /** What came was not what the turn asked for. */
  malformed(command: string, problem: string): FastbootError {
    const error = new FastbootError('reply-malformed', { command, door, problem });
    this.spoil(error);
    return error;
  }

  /** Until `mend`, every command throws this. */
  spoil(error: Error): void {
    this.#spoilt ??= error;
  }

  mend(): void {
    this.#spoilt = null;
  }

  async #reply(wait: Wait): Promise<FastbootReply> {
    return decodeReply(await this.#link.receive(wait));
  }

  /** @throws FastbootError `reply-timeout`, `reply-malformed`, `cancelled`; PortError */
  async guard<T>(command: string, wait: Wait, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      const error = asFastbootError(command, wait, cause);
      this.spoil(error);
      throw error;
    }
  }
}

function asFastbootError(command: string, { timeoutMs }: Wait, cause: unknown): Error {
  if (cause instanceof FastbootFormatError) {
    const facts = { command, door, problem: cause.problem };
    return new FastbootError('reply-malformed', facts, { cause });
  }
  if (!(cause instanceof PortError)) return cause instanceof Error ? cause : new Error('?');
  switch (cause.code) {
    case 'port-silent':
    case 'port-write-timeout':
      return new FastbootError('reply-timeout', { command, timeoutMs }, { cause });
    case 'cancelled':
      return new FastbootError('cancelled', { command }, { cause });
    default:
      return cause;
  }
}

function refusal(command: string, text: string): FastbootError {
  const code = codesOfRefusals[meaningOfRefusal(command, text)];
  const words = wordsOf(text);
  return new FastbootError(code, words === '' ? { command } : { command, words });
}

/** Text from a device, on one line. */
function wordsOf(text: string): string {
  return text
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, maxWordsShown);
}
