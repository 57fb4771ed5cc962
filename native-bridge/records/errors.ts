/** What can go wrong with records, as a code plus facts; the words live in wording/. */
import type { FaultCode } from '../contract/fault.ts';
import type { Facts } from '../contract/common.ts';

/** A subset of the contract's fault codes, so the bridge passes them on unchanged. */
export type RecordsErrorCode = Extract<
  FaultCode,
  | 'data-folder-unwritable'
  | 'moved-note-unreadable'
  | 'disk-full'
  | 'records-newer'
  | 'records-damaged'
  | 'records-busy'
  | 'case-unknown'
  | 'case-changed'
  | 'terminal-unknown'
  | 'terminal-owned'
  | 'nothing-to-undo'
  | 'bad-request'
  | 'cancelled'
  | 'internal'
>;

/**
 * Facts by code: `folder` with data-folder-unwritable and disk-full; `file` with records-damaged,
 * records-busy and moved-note-unreadable; `file`, `found`, `expected` with records-newer; `holder`, `pid`, `program`, `since`
 * with terminal-owned
 * (`name` alone where the holder has not yet said who it is); `caseId` with case-changed; `caseId`, `terminalId` with the unknown ones.
 */
export class RecordsError extends Error {
  override readonly name = 'RecordsError';
  readonly code: RecordsErrorCode;
  readonly facts: Facts;

  constructor(code: RecordsErrorCode, facts: Facts, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.code = code;
    this.facts = facts;
  }
}
