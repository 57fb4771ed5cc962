/** What a management group is to the server: commands with handlers for read and write. */
import type { CborMap } from './cbor.ts';

/** SMP's own error codes (protocol specification, "Minimal response"). */
export const rc = {
  unknown: 1,
  noMemory: 2,
  invalid: 3,
  noEntry: 5,
  badState: 6,
  tooLarge: 7,
  notSupported: 8,
  corrupt: 9,
  tooNew: 13,
} as const;

/** Answered as `rc` in either header version. */
export class SmpError extends Error {
  readonly rc: number;
  constructor(rc: number) {
    super(`rc ${rc}`);
    this.rc = rc;
  }
}

/** Answered as `err {group, rc}` in version 2; version 1 gets the group's translation. */
export class GroupError extends Error {
  readonly rc: number;
  /** Fields a reply carries beside the error. */
  readonly beside: CborMap;
  constructor(rc: number, beside: CborMap = {}) {
    super(`group rc ${rc}`);
    this.rc = rc;
    this.beside = beside;
  }
}

export interface Request {
  readonly fields: ReadonlyMap<string, unknown>;
  /** The instant at which the handler runs. */
  readonly atMs: number;
}

export interface Reply {
  readonly body: CborMap;
  /** How long the handler is at it before the reply is ready (flash, network). */
  readonly busyMs?: number;
  /** Runs once the last byte of the reply is out. */
  readonly afterwards?: (atMs: number) => void;
}

export type Handler = (request: Request) => Reply;

export interface Command {
  readonly read?: Handler;
  readonly write?: Handler;
}

export interface Group {
  readonly id: number;
  readonly name: string;
  readonly commands: ReadonlyMap<number, Command>;
  /** The group's error as a version-1 code. */
  toVersion1(groupRc: number): number;
}

export function text(request: Request, key: string): string | null {
  const value = request.fields.get(key);
  return typeof value === 'string' ? value : null;
}

/** A whole number from 0; absent is null, anything else is refused. */
export function count(request: Request, key: string): number | null {
  const value = request.fields.get(key);
  if (value === undefined) return null;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new SmpError(rc.invalid);
  }
  return value;
}

export function bytes(request: Request, key: string): Uint8Array | null {
  const value = request.fields.get(key);
  if (value === undefined) return null;
  if (!(value instanceof Uint8Array)) throw new SmpError(rc.invalid);
  return value;
}

export function flag(request: Request, key: string): boolean {
  const value = request.fields.get(key);
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw new SmpError(rc.invalid);
  return value;
}
