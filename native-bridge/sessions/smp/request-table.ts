/**
 * Which sequence number stands for what. A number stays in the table after its request has ended,
 * until it is used again, so that what still comes for it can be told: the answer, a late one, a
 * second one, or one to nothing we asked.
 */
import { answers } from '../../protocols/smp/command.ts';
import type { SmpHeader } from '../../protocols/smp/header.ts';

/** One sending of a request. */
export interface Sending<Request> {
  readonly request: Request;
  readonly header: SmpHeader;
  readonly sentAtMs: number;
}

export type Reception<Request> =
  | { readonly kind: 'answer'; readonly sending: Sending<Request> }
  | { readonly kind: 'echo'; readonly sending: Sending<Request> }
  | { readonly kind: 'late' | 'double' | 'foreign' };

type State = 'waiting' | 'overdue' | 'answered';

interface Slot<Request> {
  readonly sending: Sending<Request>;
  state: State;
}

const SEQUENCES = 256;

export class RequestTable<Request> {
  readonly #slots = new Map<number, Slot<Request>>();
  #next: number;

  /** `first`: the sequence number to begin with. */
  constructor(first: number) {
    this.#next = first % SEQUENCES;
  }

  /** The next number that nobody waits for. @throws RangeError where all are waited for */
  takeSequence(): number {
    for (let tries = 0; tries < SEQUENCES; tries++) {
      const sequence = this.#next;
      this.#next = (this.#next + 1) % SEQUENCES;
      if (this.#slots.get(sequence)?.state !== 'waiting') return sequence;
    }
    throw new RangeError('256 requests are pending');
  }

  sent(sending: Sending<Request>): void {
    this.#slots.set(sending.header.sequence, { sending, state: 'waiting' });
  }

  /** The request has ended: what comes for its sendings from now on is late, or a second answer. */
  end(request: Request, how: 'overdue' | 'answered'): void {
    for (const slot of this.#slots.values()) {
      if (slot.sending.request === request) slot.state = how;
    }
  }

  /** What this packet's header is to us. */
  classify(header: SmpHeader): Reception<Request> {
    const slot = this.#slots.get(header.sequence);
    if (!slot) return { kind: 'foreign' };
    const { sending, state } = slot;
    if (isEcho(sending.header, header)) return { kind: 'echo', sending };
    if (!answers(sending.header, header)) return { kind: 'foreign' };
    if (state === 'waiting') return { kind: 'answer', sending };
    // One that comes after its time is late once; after that it is a second one.
    slot.state = 'answered';
    return { kind: state === 'overdue' ? 'late' : 'double' };
  }

  /**
   * The one request that waits for a reply of this group, whatever the command and the sequence
   * number; null: none, or many.
   */
  onlyWaiting({ group, operation }: SmpHeader): Request | null {
    const waiting = [...this.#slots.values()].filter(
      ({ state, sending: { header } }) =>
        state === 'waiting' && header.group === group && operation === `${header.operation}-reply`,
    );
    const requests = new Set(waiting.map(({ sending }) => sending.request));
    return requests.size === 1 ? (waiting[0]?.sending.request ?? null) : null;
  }

  /** Every request that still waits, each once. */
  waiting(): Set<Request> {
    const requests = [...this.#slots.values()]
      .filter(({ state }) => state === 'waiting')
      .map(({ sending }) => sending.request);
    return new Set(requests);
  }
}

function isEcho(sent: SmpHeader, came: SmpHeader): boolean {
  return sent.operation === came.operation && sent.group === came.group && sent.id === came.id;
}
