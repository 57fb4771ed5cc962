/**
 * The framing inside a `sync:` stream: four letters, four bytes of number (little-endian), and what
 * they announce (AOSP, packages/modules/adb/SYNC.TXT and file_sync_protocol.h).
 */
import { AdbFormatError } from './errors.ts';

export const SYNC_HEADER_BYTES = 8;
/** No piece of a file is larger (SYNC_DATA_MAX). */
export const SYNC_MAX_DATA_BYTES = 64 * 1024;
/** Longer paths are refused by the daemon. */
export const SYNC_MAX_PATH_BYTES = 1024;
const MAX_FAIL_BYTES = 64 * 1024;

const STAT_BYTES = 16;
const STAT_V2_BYTES = 72;
/** Linux's numbers, whatever the host is (file_sync_protocol.h has them by name). */
const ERRORS: Readonly<Record<number, string>> = {
  1: 'EPERM',
  5: 'EIO',
  12: 'ENOMEM',
  13: 'EACCES',
  22: 'EINVAL',
  36: 'ENAMETOOLONG',
  40: 'ELOOP',
};
const ENOENT = 2;
const ENOTDIR = 20;
const FILE_TYPES: Readonly<Record<number, AdbFileType>> = { 4: 'folder', 8: 'file', 10: 'link' };

export type AdbFileType = 'file' | 'folder' | 'link' | 'other';

export interface AdbFileStatus {
  readonly type: AdbFileType;
  /** Permissions alone: 0o777 and the three bits above it. */
  readonly modeBits: number;
  readonly sizeBytes: number;
  /** Unix time. */
  readonly mtimeSeconds: number;
}

type SyncWord = 'SEND' | 'RECV' | 'STAT' | 'STA2' | 'DATA' | 'DONE';

/** A request that carries a path, or a path with its mode. */
export function syncRequest(word: SyncWord, text: string): Uint8Array {
  const body = new TextEncoder().encode(text);
  const bytes = new Uint8Array(SYNC_HEADER_BYTES + body.length);
  writeSyncHeader(word, body.length, bytes, 0);
  bytes.set(body, SYNC_HEADER_BYTES);
  return bytes;
}

export function writeSyncHeader(
  word: SyncWord,
  argument: number,
  into: Uint8Array,
  offset: number,
): void {
  for (let i = 0; i < 4; i++) into[offset + i] = word.charCodeAt(i);
  new DataView(into.buffer, into.byteOffset).setUint32(offset + 4, argument, true);
}

export type SyncReply =
  /** So many bytes of the file follow. */
  | { readonly kind: 'data'; readonly bytes: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'okay' }
  /** So many bytes of text follow: why not. */
  | { readonly kind: 'fail'; readonly bytes: number };

/** @throws AdbFormatError `answer`, `piece-length` */
export function readSyncReply(head: Uint8Array): SyncReply {
  const word = String.fromCharCode(...head.subarray(0, 4));
  const bytes = viewOf(head).getUint32(4, true);
  const kind = { DATA: 'data', DONE: 'done', OKAY: 'okay', FAIL: 'fail' }[word];
  if (kind === undefined) throw new AdbFormatError('answer');
  const limit = kind === 'data' ? SYNC_MAX_DATA_BYTES : kind === 'fail' ? MAX_FAIL_BYTES : Infinity;
  if (bytes > limit) throw new AdbFormatError('piece-length');
  return { kind, bytes } as SyncReply;
}

export interface SyncStatus {
  readonly word: 'STAT' | 'STA2';
  readonly replyBytes: number;
  /**
   * Null where there is no such file; a text where the system would not tell.
   * @throws AdbFormatError `answer`
   */
  decode(reply: Uint8Array): AdbFileStatus | string | null;
}

/** Android 8 and later: follows links, knows sizes over 4 GiB, and why not. */
export const syncStatusV2: SyncStatus = {
  word: 'STA2',
  replyBytes: STAT_V2_BYTES,
  decode(reply) {
    const view = viewOf(reply);
    const error = view.getUint32(4, true);
    if (error === ENOENT || error === ENOTDIR) return null;
    if (error !== 0) return ERRORS[error] ?? `error ${error}`;
    const sizeBytes = Number(view.getBigUint64(40, true));
    const mtimeSeconds = Number(view.getBigInt64(56, true));
    if (!Number.isSafeInteger(sizeBytes) || !Number.isSafeInteger(mtimeSeconds)) {
      throw new AdbFormatError('answer');
    }
    return { ...modeOf(view.getUint32(24, true)), sizeBytes, mtimeSeconds };
  },
};

/** Of a link the link itself; where there is nothing, and where it may not look, zeros. */
export const syncStatusV1: SyncStatus = {
  word: 'STAT',
  replyBytes: STAT_BYTES,
  decode(reply) {
    const view = viewOf(reply);
    const mode = view.getUint32(4, true);
    if (mode === 0) return null;
    const sizeBytes = view.getUint32(8, true);
    return { ...modeOf(mode), sizeBytes, mtimeSeconds: view.getUint32(12, true) };
  },
};

function modeOf(mode: number): Pick<AdbFileStatus, 'type' | 'modeBits'> {
  return { type: FILE_TYPES[(mode >> 12) & 0xf] ?? 'other', modeBits: mode & 0o7777 };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
