/**
 * The two ways a conversation goes wrong: the device answered "no" (SmpError), or what came is not
 * what the protocol says (SmpFormatError).
 */
import { type CborMap } from '../cbor.ts';
import { meaningOf } from './return-codes.ts';

export type SmpFormatProblem =
  | 'packet-short'
  | 'packet-length'
  | 'packet-version'
  | 'not-a-reply'
  | 'not-a-request'
  | 'body-malformed'
  | 'field-missing'
  | 'field-type'
  | 'field-range';

/** Code `reply-malformed`; `field` says where, the cause is the CborError if the body did not parse. */
export class SmpFormatError extends Error {
  override readonly name = 'SmpFormatError';
  readonly code = 'reply-malformed';
  readonly problem: SmpFormatProblem;
  readonly field: string | null;

  constructor(
    problem: SmpFormatProblem,
    options?: ErrorOptions & { readonly field?: string | undefined },
  ) {
    super(options?.field === undefined ? problem : `${problem} ${options.field}`, options);
    this.problem = problem;
    this.field = options?.field ?? null;
  }
}

/** The device refused. */
export class SmpError extends Error {
  override readonly name = 'SmpError';
  /** `command-unsupported`: it knows no such group or command. */
  readonly code: 'command-refused' | 'command-unsupported';
  /** The group whose code `rc` is; null for the general codes of version 1. */
  readonly group: number | null;
  readonly rc: number;
  /** The code's name in Zephyr's tables, such as `image/hash-not-found`, or `unknown`. */
  readonly meaning: string;
  /** A few words that some servers add to an upload's refusal. Text from the device. */
  readonly reason: string | null;

  constructor(group: number | null, rc: number, reason: string | null = null) {
    const meaning = meaningOf(group, rc);
    super(`${meaning} ${JSON.stringify({ group, rc })}`);
    this.code = meaning === 'not-supported' ? 'command-unsupported' : 'command-refused';
    this.group = group;
    this.rc = rc;
    this.meaning = meaning;
    this.reason = reason;
  }
}

const MAX_REASON_CHARACTERS = 256;

/**
 * The refusal that a reply's body carries, or null where it carries none. A code of 0 is success,
 * in either version: some commands send it along.
 */
export function refusalIn(body: CborMap): SmpError | null {
  const rsn = body.get('rsn');
  const reason = typeof rsn === 'string' ? rsn.slice(0, MAX_REASON_CHARACTERS) : null;
  const err = body.get('err');
  if (err instanceof Map) {
    const group: unknown = err.get('group');
    const rc: unknown = err.get('rc');
    if (typeof group !== 'number' || typeof rc !== 'number') {
      throw new SmpFormatError('field-type', { field: 'err' });
    }
    return rc === 0 ? null : new SmpError(group, rc, reason);
  }
  const rc = body.get('rc');
  if (rc === undefined) return null;
  if (typeof rc !== 'number') throw new SmpFormatError('field-type', { field: 'rc' });
  return rc === 0 ? null : new SmpError(null, rc, reason);
}
