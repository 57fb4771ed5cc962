/**
 * Answers in a terminal's place from a recording. Each request gets what the next unused recorded
 * one like it got, whatever their order and sequence numbers were; silence where that had none. A
 * question asked more often than it was recorded gets the last answer again, a change does not:
 * what is not in the recording is refused as `not-recorded`.
 */
import type { CborMap } from '../../protocols/cbor.ts';
import { decodeRequest, type SmpMessage } from '../../protocols/smp/command.ts';
import { commandOf } from '../../protocols/smp/commands.ts';
import { GROUP } from '../../protocols/smp/groups.ts';
import { SMP_HEADER_BYTES, type SmpHeader } from '../../protocols/smp/header.ts';
import { encodeSerial, SerialFraming } from '../../protocols/smp/serial-framing.ts';
import { maskSecrets } from '../../protocols/masking.ts';
import { PortError } from '../../ports/port.ts';
import type { RecordedOpening } from '../../ports/recording-file.ts';
import type { ReplayScript, Say } from '../../ports/replay-port.ts';
import {
  type Heard,
  type RecordedExchange,
  type RecordedStretch,
  stretchOf,
} from './replay-exchanges.ts';
import { type Likeness, sameRequest } from './replay-match.ts';

const likenesses: readonly Likeness[] = ['same', 'dummies'];
const ECHO = 0;
const MAX_ASKED_CHARACTERS = 100;

/** A script for each opening of the port; null where nothing recorded is an SMP request. */
export function smpScripts(
  openings: readonly RecordedOpening[],
  port: string,
): ReplayScript[] | null {
  const stretches = openings.map(stretchOf);
  if (stretches.every(({ exchanges }) => exchanges.length === 0)) return null;
  return stretches.map((stretch, index) => {
    const earlier = stretches.slice(0, index).flatMap(({ exchanges }) => exchanges);
    return new SmpScript(port, stretch, earlier);
  });
}

class SmpScript implements ReplayScript {
  readonly #port: string;
  readonly #stretch: RecordedStretch;
  readonly #earlier: readonly RecordedExchange[];
  #framing = new SerialFraming();
  #begun = false;
  /** Index of the last change that was made: what is read from then on was read after it. */
  #changedAt = -1;

  constructor(port: string, stretch: RecordedStretch, earlier: readonly RecordedExchange[]) {
    this.#port = port;
    this.#stretch = stretch;
    this.#earlier = earlier;
  }

  opened(say: Say): void {
    this.#framing = new SerialFraming();
    if (this.#begun) return;
    this.#begun = true;
    for (const heard of this.#stretch.opening) say(asHeard(heard));
  }

  wrote(bytes: Uint8Array, say: Say): void {
    for (const value of this.#framing.push(bytes)) {
      if (value.kind === 'packet') this.#asked(decodeRequest(value.bytes), say);
    }
  }

  #asked(request: SmpMessage, say: Say): void {
    const exchange = isChange(request.header) ? this.#change(request) : this.#question(request);
    if (exchange === null) throw this.#notRecorded(request);
    // What the device told of itself meanwhile is not told twice.
    const heard = exchange.heard.filter(({ kind }) => !exchange.used || kind === 'packet');
    exchange.used = true;
    for (const one of heard) say(retold(one, exchange.header, request.header));
  }

  #change(request: SmpMessage): RecordedExchange | null {
    const [change = null] = this.#unused(request);
    if (change) this.#changedAt = Math.max(this.#changedAt, change.index);
    return change;
  }

  /** What was answered since the last change goes before what was answered before it. */
  #question(request: SmpMessage): RecordedExchange | null {
    const { exchanges } = this.#stretch;
    const unused = this.#unused(request);
    const last = this.#lastAnswer(request);
    const isStill = last !== null && exchanges[last.index] === last && last.index > this.#changedAt;
    const after = unused.find(({ index }) => index > this.#changedAt);
    return after ?? (isStill ? last : null) ?? unused[0] ?? last;
  }

  /** Recorded requests like it, the likest first. */
  #unused(request: SmpMessage): RecordedExchange[] {
    const { exchanges } = this.#stretch;
    const unused = exchanges.filter(({ used }) => !used);
    const alike = likenesses.flatMap((how) => unused.filter((one) => isLike(one, request, how)));
    const inVersion = (one: RecordedExchange) => one.header.version === request.header.version;
    return [...alike.filter(inVersion), ...alike.filter((one) => !inVersion(one))];
  }

  /** To a question that was answered when it was recorded for the last time. */
  #lastAnswer(request: SmpMessage): RecordedExchange | null {
    const all = [...this.#earlier, ...this.#stretch.exchanges];
    const last = all.findLast((recorded) => isLike(recorded, request, 'same'));
    return last?.answered === true ? last : null;
  }

  #notRecorded({ header, body }: SmpMessage): PortError {
    const command = commandOf(header)?.name ?? `${header.group}/${header.id}`;
    const asked = askedText(body);
    return new PortError('not-recorded', {
      port: this.#port,
      command,
      ...(asked === '' ? {} : { asked }),
    });
  }
}

function isLike(recorded: RecordedExchange, { header, body }: SmpMessage, how: Likeness): boolean {
  const { operation, group, id } = recorded.header;
  if (operation !== header.operation || group !== header.group || id !== header.id) return false;
  return recorded.body !== null && sameRequest(header, body, recorded.body, how);
}

/** Whether the terminal may be another after it. An echo is sent as a write. */
function isChange({ operation, group, id }: SmpHeader): boolean {
  return operation === 'write' && !(group === GROUP.os && id === ECHO);
}

/**
 * With the sequence number of the new request in place of the old one's (a number that was off by
 * one is again), and the new request's version where the terminal answered in the old one's.
 */
function retold(heard: Heard, was: SmpHeader, is: SmpHeader): Parameters<Say>[0] {
  if (heard.kind !== 'packet' || heard.bytes.length < SMP_HEADER_BYTES) return asHeard(heard);
  const packet = heard.bytes.slice();
  const [first = 0, , , , , , sequence = 0] = packet;
  if (((first >> 3) & 0x03) + 1 === was.version) {
    packet[0] = (first & ~0x18) | ((is.version - 1) << 3);
  }
  packet[6] = sequence - was.sequence + is.sequence;
  return { afterMs: heard.afterMs, bytes: encodeSerial(packet) };
}

function asHeard({ afterMs, kind, bytes }: Heard): Parameters<Say>[0] {
  if (kind === 'end') return { afterMs, bytes: null };
  return { afterMs, bytes: kind === 'packet' ? encodeSerial(bytes) : bytes };
}

/** What tells one request from another of its command; never a value that is written. */
function askedText(body: CborMap): string {
  const parts = [...body].flatMap(([key, value]) => {
    if (key === 'val') return [];
    if (Array.isArray(value)) return value.filter((part) => typeof part === 'string');
    return isShort(value) ? [`${key}=${value}`] : [];
  });
  return maskSecrets(parts.join(' ')).slice(0, MAX_ASKED_CHARACTERS);
}

function isShort(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
