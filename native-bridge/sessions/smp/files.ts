/** Files to and from a device, driven by the offsets it answers with; one request at a time. */
import { fileDownload } from '../../protocols/smp/files/download.ts';
import { fileStatus } from '../../protocols/smp/files/status.ts';
import { fileUpload } from '../../protocols/smp/files/upload.ts';
import type { SmpParameters } from '../../protocols/smp/os/parameters.ts';
import { bestUploadData, emptyFileUploadBytes } from '../../protocols/smp/upload-sizes.ts';
import { SmpSessionError } from './session-error.ts';
import type { RequestOptions, SmpSession } from './smp-session.ts';

export interface FileOptions extends RequestOptions {
  /** The device's buffers, where they are known. */
  readonly parameters?: SmpParameters | null | undefined;
  /** A download larger than this is refused; 16 MiB. */
  readonly maxBytes?: number | undefined;
}

export interface FileProgress {
  readonly offsetBytes: number;
  readonly totalBytes: number;
}

const CAUTIOUS_BUFFER_BYTES = 384;
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
const MAX_STALLS = 5;

/**
 * `timeoutMs` and `signal` are for each request. A file that is there is replaced.
 * @throws SmpSessionError `upload-stalled` and as SmpSession.request; PortError
 */
export async function* uploadFile(
  session: SmpSession,
  path: string,
  bytes: Uint8Array,
  options: FileOptions,
): AsyncGenerator<FileProgress, void, void> {
  const totalBytes = bytes.length;
  const bufferBytes = options.parameters?.bufferBytes ?? CAUTIOUS_BUFFER_BYTES;
  let offsetBytes = 0;
  let stalls = 0;
  // An empty file takes one request too.
  do {
    const params = {
      path,
      offsetBytes,
      totalBytes: offsetBytes === 0 ? totalBytes : null,
    };
    const room = bestUploadData(emptyFileUploadBytes(params), bufferBytes);
    const data = bytes.subarray(offsetBytes, offsetBytes + Math.max(1, room));
    const wantedBytes = await sendPiece(session, { ...params, data }, options);
    if (wantedBytes > totalBytes) throw malformed('files/upload', 'off');
    stalls = wantedBytes > offsetBytes ? 0 : stalls + 1;
    if (stalls >= MAX_STALLS) throw new SmpSessionError('upload-stalled', { offsetBytes });
    offsetBytes = wantedBytes;
    yield { offsetBytes, totalBytes };
  } while (offsetBytes < totalBytes);
}

/** The offset that the device wants next. */
async function sendPiece(
  session: SmpSession,
  params: Parameters<typeof fileUpload.encode>[0],
  { timeoutMs, signal }: FileOptions,
): Promise<number> {
  // The first piece begins the file anew; a later one sent twice would be refused.
  const sendings = params.offsetBytes === 0 ? undefined : 1;
  try {
    const reply = await session.request(fileUpload, params, { timeoutMs, signal, sendings });
    return reply.offsetBytes;
  } catch (error) {
    if (params.offsetBytes === 0 || !mayHaveArrived(error)) throw error;
    // Lost on the way there or back: the file's length tells.
    const status = await session.request(fileStatus, { path: params.path }, { timeoutMs, signal });
    const endBytes = params.offsetBytes + params.data.length;
    const isKnown = [params.offsetBytes, endBytes].includes(status.lengthBytes);
    if (!isKnown) throw error;
    return status.lengthBytes;
  }
}

function mayHaveArrived(error: unknown): boolean {
  if (!(error instanceof SmpSessionError)) return false;
  const { meaning } = error.facts;
  return (
    error.code === 'reply-timeout' ||
    meaning === 'invalid-value' ||
    meaning === 'files/offset-not-valid'
  );
}

/** `timeoutMs` and `signal` are for each request. Returns the file's bytes. Throws as above. */
export async function* downloadFile(
  session: SmpSession,
  path: string,
  options: FileOptions,
): AsyncGenerator<FileProgress, Uint8Array, void> {
  const { timeoutMs, signal, maxBytes = DEFAULT_MAX_BYTES } = options;
  let file: Uint8Array | null = null;
  let offsetBytes = 0;
  while (file === null || offsetBytes < file.length) {
    const asked = { path, offsetBytes };
    const reply = await session.request(fileDownload, asked, { timeoutMs, signal });
    file ??= allocate(reply.totalBytes, maxBytes);
    const isWhole = file.length === offsetBytes;
    const fits = offsetBytes + reply.data.length <= file.length;
    if (reply.offsetBytes !== offsetBytes || !fits) throw malformed('files/download', 'off');
    if (reply.data.length === 0 && !isWhole) throw malformed('files/download', 'data');
    file.set(reply.data, offsetBytes);
    offsetBytes += reply.data.length;
    yield { offsetBytes, totalBytes: file.length };
  }
  return file;
}

function allocate(totalBytes: number | null, maxBytes: number): Uint8Array {
  if (totalBytes === null) throw malformed('files/download', 'len');
  if (totalBytes <= maxBytes) return new Uint8Array(totalBytes);
  const facts = { command: 'files/download', sizeBytes: totalBytes, maxBytes };
  throw new SmpSessionError('message-too-large', facts);
}

function malformed(command: string, field: string): SmpSessionError {
  return new SmpSessionError('reply-malformed', { command, problem: 'field-range', field });
}
