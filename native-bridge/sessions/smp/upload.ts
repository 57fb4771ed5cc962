/**
 * Uploads an image: as fast as the line and the device's buffers allow, resumed where the device
 * is. The work goes on whether or not the progress is taken; who takes it gets the latest.
 */
import type { SmpParameters } from '../../protocols/smp/os/parameters.ts';
import { SmpSessionError } from './session-error.ts';
import type { SmpSession } from './smp-session.ts';
import { UploadEngine, type UploadResult } from './upload-engine.ts';
import { UploadPieces } from './upload-pieces.ts';

export type { UploadResult } from './upload-engine.ts';

export interface UploadOptions {
  /** Which of several images (cores); 0: the first. */
  readonly imageNumber: number;
  /** Of the whole file. Without it an upload can't be resumed, nor checked by the device. */
  readonly sha256: Uint8Array | null;
  /** The device is to refuse a version that is not newer. */
  readonly upgrade: boolean;
  /** How long the first request may take: the device erases the slot, seconds to a minute. */
  readonly eraseTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** The device's buffers where they are known; null: it can't tell; undefined: it is asked. */
  readonly parameters?: SmpParameters | null | undefined;
  /** The image's own hash (not the file's): by it a lost last reply is made up for. */
  readonly imageHash?: Uint8Array | null | undefined;
  /** Never more requests at once than this; 1 is stop-and-wait. */
  readonly maxWindow?: number | undefined;
  /** At least this is waited for a reply, as a sector may be erased in between; 1000. */
  readonly patienceMs?: number | undefined;
}

export interface UploadProgress {
  /** How far the device is, as it said itself. */
  readonly offsetBytes: number;
  readonly totalBytes: number;
  readonly window: number;
  readonly chunkBytes: number;
}

const PARAMETERS_TIMEOUT_MS = 3000;
const DEFAULT_PATIENCE_MS = 1000;

/**
 * @throws SmpSessionError `upload-refused`, `upload-stalled`, `reply-timeout`, `cancelled` and as
 * SmpSession.request; PortError
 */
export async function* upload(
  session: SmpSession,
  image: Uint8Array,
  options: UploadOptions,
): AsyncGenerator<UploadProgress, UploadResult, void> {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const parameters = await askParameters(session, options);
  const start = {
    totalBytes: image.length,
    sha256: options.sha256,
    image: options.imageNumber === 0 ? null : options.imageNumber,
    upgradeOnly: options.upgrade,
  };
  const pieces = new UploadPieces(image, start, parameters);
  const engine = new UploadEngine(session, pieces, {
    totalBytes: image.length,
    eraseTimeoutMs: options.eraseTimeoutMs,
    signal,
    imageHash: options.imageHash ?? null,
    maxWindow: options.maxWindow ?? Infinity,
    patienceMs: options.patienceMs ?? DEFAULT_PATIENCE_MS,
  });
  const changes = latest();
  engine.onMoved = changes.moved;
  const finished = engine.run().finally(changes.end);
  finished.catch(() => undefined);
  try {
    while (await changes.next()) {
      const { ackedBytes, totalBytes } = engine.course;
      const chunkBytes = pieces.pieceBytes;
      yield { offsetBytes: ackedBytes, totalBytes, window: engine.window.size, chunkBytes };
    }
    return await finished;
  } finally {
    stop.abort();
    await finished.catch(() => undefined);
  }
}

async function askParameters(
  session: SmpSession,
  { parameters, signal }: UploadOptions,
): Promise<SmpParameters | null> {
  if (parameters !== undefined) return parameters;
  try {
    return await session.parameters({ timeoutMs: PARAMETERS_TIMEOUT_MS, signal });
  } catch (error) {
    // Silence and nonsense mean the same here: unknown.
    const code = error instanceof SmpSessionError ? error.code : null;
    if (code === 'reply-timeout' || code === 'reply-malformed') return null;
    throw error;
  }
}

/** Tells that something moved, once for many moves, until the end. */
function latest(): { moved: () => void; end: () => void; next: () => Promise<boolean> } {
  let dirty = true;
  let ended = false;
  let wake: () => void = () => undefined;
  return {
    moved: () => {
      dirty = true;
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    next: async () => {
      if (!dirty && !ended) await new Promise<void>((resolve) => (wake = resolve));
      const moved = dirty;
      dirty = false;
      return moved;
    },
  };
}
