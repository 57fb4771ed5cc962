/**
 * The two ways a conversation goes wrong: the device answered "no" (SmpError), or what came is not
 * what the protocol says (SmpFormatError).
 */
import { type CborMap } from '../cbor.ts';
import { GROUP } from './groups.ts';
import { type SmpHeader } from './header.ts';
import { meaningOf } from './return-codes.ts';

export type SmpFormatProblem =
  | 'packet-short'
  | 'packet-version'
  /** More bytes than the header announces. */
  | 'packet-long'
  | 'not-a-reply'
  | 'not-a-request'
  /** Fewer bytes than the header announces, or than its CBOR needs. */
  | 'body-truncated'
  | 'body-malformed'
  | 'field-missing'
  | 'field-type'
  | 'field-range';

interface FormatErrorOptions extends ErrorOptions {
  readonly header?: SmpHeader;
  readonly field?: string;
}

export class SmpFormatError extends Error {
  override readonly name = 'SmpFormatError';
  readonly code = 'reply-malformed';
  readonly problem: SmpFormatProblem;
  /** Of the packet, where it could be read: says which request it was meant for. */
  readonly header: SmpHeader | null;
  /** The field in question. */
  readonly field: string | null;

  constructor(problem: SmpFormatProblem, options: FormatErrorOptions = {}) {
    super(options.field === undefined ? problem : `${problem} ${options.field}`, options);
    this.problem = problem;
    this.header = options.header ?? null;
    this.field = options.field ?? null;
  }
}

/** The device refused. */
export class SmpError extends Error {
  override readonly name = 'SmpError';
  /** `command-unsupported`: it has no such group or command. */
  readonly code: 'command-refused' | 'command-unsupported';
  /** The group whose code `rc` is; null for the general codes. */
  readonly group: number | null;
  readonly rc: number;
  /** The code's name, such as `no-entry` or `image/hash-not-found`; see return-codes.ts. */
  readonly meaning: string;
  /** A few words that some servers add. Text from the device. */
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
 * The refusal in a reply's body, or null where it carries none. A code of 0 is success, in either
 * version: some commands send it along. `askedGroup` is the request's.
 * @throws SmpFormatError where the code is not one
 */
export function refusalIn(body: CborMap, askedGroup: number): SmpError | null {
  const rsn = body.get('rsn');
  const reason = typeof rsn === 'string' ? rsn.slice(0, MAX_REASON_CHARACTERS) : null;
  const err = body.get('err');
  if (err !== undefined) {
    if (!(err instanceof Map)) throw new SmpFormatError('field-type', { field: 'err' });
    const group = integer(err as CborMap, 'group');
    const rc = integer(err as CborMap, 'rc');
    return rc === 0 ? null : new SmpError(groupMeant(group, askedGroup), rc, reason);
  }
  if (!body.has('rc')) return null;
  const rc = integer(body, 'rc');
  return rc === 0 ? null : new SmpError(null, rc, reason);
}

/**
 * Zephyr 3.5's statistics group reports its own codes under the number of the basic group
 * (subsys/mgmt/mcumgr/grp/stat_mgmt; seen in zephyr-3.5-groups.jsonl).
 */
function groupMeant(group: number, askedGroup: number): number {
  return group === GROUP.basic && askedGroup === GROUP.statistics ? askedGroup : group;
}

function integer(map: CborMap, field: string): number {
  const value = map.get(field);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new SmpFormatError('field-type', { field });
}
