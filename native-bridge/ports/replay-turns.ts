/**
 * Byte for byte: what the terminal sent after a certain host write comes after that write is made
 * again, however the host splits it, and what the host writes is compared. For conversations in no
 * protocol that this program knows.
 */
import { formatAddress, type ReplayAddress } from './address.ts';
import { PortError } from './port.ts';
import { readRecording, type RecordedBytes } from './recording-file.ts';
import { ReplayPort, type ReplayScript, type Said, type Say } from './replay-port.ts';

/** One turn: what the host said, then what the terminal said. */
interface Turn {
  readonly host: Uint8Array;
  readonly replies: readonly Said[];
}

/** What the terminal sent before the host's first write comes at once. */
export function openReplayPort(
  recording: readonly RecordedBytes[],
  { name = 'replay', pace = 0 }: { readonly name?: string; readonly pace?: number } = {},
): ReplayPort {
  const script = new ReplayTurns(recording, name);
  return new ReplayPort(script, { url: `replay://${name}`, name, baud: null, pace });
}

/** Plays a file's first opening of the port. @throws PortError as readRecording */
export async function openReplayTurns(address: ReplayAddress): Promise<ReplayPort> {
  const { path, pace } = address;
  const [opening] = await readRecording(path);
  const script = new ReplayTurns(opening?.talk ?? [], path);
  const baud = opening?.baud ?? null;
  return new ReplayPort(script, { url: formatAddress(address), name: path, baud, pace });
}

export class ReplayTurns implements ReplayScript {
  readonly #port: string;
  readonly #turns: Turn[];
  #written = new Uint8Array(0);

  /** `port`: its name in errors. */
  constructor(recording: readonly RecordedBytes[], port: string) {
    this.#port = port;
    this.#turns = turnsOf(recording);
  }

  opened(say: Say): void {
    this.#advance(say);
  }

  wrote(bytes: Uint8Array, say: Say): void {
    this.#written = concat([this.#written, bytes]);
    this.#advance(say);
  }

  /** Plays every turn whose host part was written. */
  #advance(say: Say): void {
    for (let turn = this.#turns[0]; turn; turn = this.#turns[0]) {
      const { host, replies } = turn;
      if (host.length > 0 && this.#written.length === 0) return;
      const shared = Math.min(this.#written.length, host.length);
      this.#compare(host, shared);
      if (shared < host.length) return;
      this.#turns.shift();
      this.#written = this.#written.slice(shared);
      for (const said of replies) say(said);
    }
    if (this.#written.length > 0) throw this.#notRecorded();
  }

  #compare(recorded: Uint8Array, bytes: number): void {
    for (let index = 0; index < bytes; index++) {
      if (this.#written[index] !== recorded[index]) throw this.#notRecorded();
    }
  }

  /** What was written is given up: the host may try something else. */
  #notRecorded(): PortError {
    const bytes = this.#written.length;
    this.#written = new Uint8Array(0);
    return new PortError('not-recorded', { port: this.#port, bytes });
  }
}

function turnsOf(recording: readonly RecordedBytes[]): Turn[] {
  const turns: { host: Uint8Array[]; sinceMs: number; replies: Said[] }[] = [
    { host: [], sinceMs: recording[0]?.ms ?? 0, replies: [] },
  ];
  for (const { ms, from, bytes } of recording) {
    let turn = turns.at(-1);
    if (!turn || (from === 'host' && turn.replies.length > 0)) {
      turn = { host: [], sinceMs: ms, replies: [] };
      turns.push(turn);
    }
    if (from === 'host') {
      turn.host.push(bytes);
      turn.sinceMs = ms;
    } else {
      turn.replies.push({ afterMs: Math.max(0, ms - turn.sinceMs), bytes });
    }
  }
  return turns.map(({ host, replies }) => ({ host: concat(host), replies }));
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
