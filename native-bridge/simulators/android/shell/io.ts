/** What a command reads from and writes to. */

export interface Input {
  /** Null: the end. */
  read(): Promise<Uint8Array | null>;
}

export type Output = (bytes: Uint8Array) => Promise<void>;

export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
}

export const noInput: Input = { read: () => Promise.resolve(null) };
export const noOutput: Output = () => Promise.resolve();

/** Nobody reads the pipe any more. */
export class BrokenPipe extends Error {}

/** Between two commands of a pipeline. */
export class Conduit implements Input {
  #pieces: Uint8Array[] = [];
  #ended = false;
  #broken = false;
  #wake: (() => void) | null = null;

  readonly write: Output = (bytes) => {
    if (this.#broken) return Promise.reject(new BrokenPipe());
    this.#pieces.push(bytes);
    this.#wake?.();
    return Promise.resolve();
  };

  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) return piece;
      if (this.#ended) return null;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** The reader is gone. */
  breakOff(): void {
    this.#broken = true;
    this.#pieces = [];
  }
}

export async function readAll(input: Input): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = await input.read();
    if (piece === null) return Buffer.concat(pieces);
    pieces.push(piece);
  }
}

/** Ends a command's wait: a time-out, or the host has gone. */
export class Interrupted extends Error {}

export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Interrupted());
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(new Interrupted());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
