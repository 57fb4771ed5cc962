/**
 * An update package to a recovery, which asks for it block by block, in any order and some blocks
 * more than once, and ends with a word (AOSP, bootable/recovery, minadbd: `sideload-host`). Only the
 * block that is asked for is in memory.
 */
import { AdbFormatError } from '../../protocols/adb/errors.ts';
import type { Wait } from '../../ports/port.ts';
import type { AdbStream } from './adb-stream.ts';
import { AdbSessionError } from './session-error.ts';
import type { OpenStream } from './shell.ts';
import { transferError, type TransferTerms, waitOf } from './transfer-terms.ts';

export interface SideloadFile {
  readonly sizeBytes: number;
  /** Exactly these bytes of the file. */
  read(offsetBytes: number, lengthBytes: number): Promise<Uint8Array>;
}

export interface SideloadProgress {
  /** How far into the package it has asked. */
  readonly offsetBytes: number;
  readonly blocksServed: number;
}

const command = 'sideload';
/** As the platform's own host has it. */
const BLOCK_BYTES = 64 * 1024;
const ASKED_BYTES = 8;
/** It verifies, then installs, and reads some parts again; not without end. */
const MOST_READINGS = 16;

/** Returns the recovery's own last word. */
export async function* sideloadFile(
  open: OpenStream,
  file: SideloadFile,
  terms: TransferTerms,
): AsyncGenerator<SideloadProgress, { status: string }, void> {
  const wait = waitOf(terms);
  const blocks = Math.ceil(file.sizeBytes / BLOCK_BYTES);
  const stream = await open(`sideload-host:${file.sizeBytes}:${BLOCK_BYTES}`, wait);
  const asked = new Asked(stream, wait);
  let offsetBytes = 0;
  let blocksServed = 0;
  try {
    for (;;) {
      const word = await asked.next();
      if (word === 'DONEDONE') return { status: word };
      if (word === null || word === 'FAILFAIL') throw refused(word ?? 'closed', offsetBytes);
      const block = blockNumber(word, blocks);
      if (++blocksServed > MOST_READINGS * blocks) throw refused('too-many-blocks', offsetBytes);
      const from = block * BLOCK_BYTES;
      const length = Math.min(BLOCK_BYTES, file.sizeBytes - from);
      await stream.write(await file.read(from, length), wait);
      offsetBytes = Math.max(offsetBytes, from + length);
      yield { offsetBytes, blocksServed };
    }
  } catch (error) {
    throw transferError(command, error, offsetBytes);
  } finally {
    stream.close();
  }
}

function refused(status: string, offsetBytes: number): AdbSessionError {
  return new AdbSessionError('sideload-refused', { status, offsetBytes });
}

function blockNumber(word: string, blocks: number): number {
  const block = /^ *[0-9]+ *$/.test(word) ? Number(word) : NaN;
  if (!(block < blocks)) throw new AdbFormatError('answer');
  return block;
}

/** Eight letters at a time. */
class Asked {
  readonly #stream: AdbStream;
  readonly #wait: Wait;
  #text = '';

  constructor(stream: AdbStream, wait: Wait) {
    this.#stream = stream;
    this.#wait = wait;
  }

  /** Null where the recovery has closed the stream. */
  async next(): Promise<string | null> {
    while (this.#text.length < ASKED_BYTES) {
      const bytes = await this.#stream.read(this.#wait);
      if (bytes === null) return null;
      this.#text += Buffer.from(bytes).toString('latin1');
    }
    const word = this.#text.slice(0, ASKED_BYTES);
    this.#text = this.#text.slice(ASKED_BYTES);
    return word;
  }
}
