/**
 * Runs a script in the terminal's shell. `shell,v2` keeps both outputs apart and tells the exit
 * code (Android 7 and later); before it there is `exec:`, which does neither but leaves the bytes as
 * they are, and before Android 5 `shell:`, whose terminal turns line ends into two characters.
 */
import { ShellPieces, closeShellInput } from '../../protocols/adb/shell-pieces.ts';
import type { Wait } from '../../ports/port.ts';
import type { AdbStream } from './adb-stream.ts';
import { AdbSessionError, malformed, sessionError, ShellCutOff } from './session-error.ts';
import { leftOf } from './waiting.ts';

export interface ShellResult {
  /** As UTF-8; what is none is replaced. */
  readonly output: string;
  readonly errorOutput: string;
  /** Null where the terminal can't tell. */
  readonly exitCode: number | null;
}

export interface ShellWait extends Wait {
  /** Of both outputs together; 4 MiB. */
  readonly maxOutputBytes?: number | undefined;
}

export type OpenStream = (service: string, wait: Wait) => Promise<AdbStream>;

const DEFAULT_MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
const command = 'shell';

/** Throws `ShellCutOff` where the stream or the time ended before the script did. */
export async function runInShell(
  open: OpenStream,
  script: string,
  wait: ShellWait,
): Promise<ShellResult> {
  const left = leftOf(wait);
  const stream = await open(`shell,v2,raw:${script}`, left());
  const output = new Output(wait.maxOutputBytes);
  const errorOutput = new Output(wait.maxOutputBytes, output);
  const pieces = new ShellPieces();
  try {
    await stream.write(closeShellInput(), left());
    for (;;) {
      const chunk = await stream.read(left());
      if (chunk === null) {
        throw malformed(command, 'cut-off');
      }
      for (const piece of pieces.push(chunk)) {
        if (piece.kind === 'exit') {
          return {
            output: output.text(),
            errorOutput: errorOutput.text(),
            exitCode: piece.exitCode,
          };
        }
        (piece.kind === 'output' ? output : errorOutput).add(piece.bytes);
      }
    }
  } catch (error) {
    throw cutOff(inTerms(error, wait), output, errorOutput);
  } finally {
    stream.close();
  }
}

/** For daemons without `shell,v2`. */
export async function runInOldShell(
  open: OpenStream,
  script: string,
  wait: ShellWait,
): Promise<ShellResult> {
  const left = leftOf(wait);
  const { stream, hasTerminal } = await openOldShell(open, script, left);
  const output = new Output(wait.maxOutputBytes);
  try {
    for (;;) {
      const chunk = await stream.read(left());
      if (chunk === null) break;
      output.add(chunk);
    }
  } catch (error) {
    throw cutOff(inTerms(error, wait), output, null);
  } finally {
    stream.close();
  }
  const text = output.text();
  return {
    output: hasTerminal ? text.replaceAll('\r\n', '\n') : text,
    errorOutput: '',
    exitCode: null,
  };
}

/** What had come goes with the error, but for what is too much or unwanted. */
function cutOff(error: unknown, output: Output, errorOutput: Output | null): unknown {
  if (!(error instanceof AdbSessionError)) return error;
  if (error.code !== 'reply-malformed' && error.code !== 'reply-timeout') return error;
  const partial = { output: output.text(), errorOutput: errorOutput?.text() ?? '' };
  return new ShellCutOff(error, partial);
}

async function openOldShell(
  open: OpenStream,
  script: string,
  left: () => Wait,
): Promise<{ stream: AdbStream; hasTerminal: boolean }> {
  try {
    return { stream: await open(`exec:${script}`, left()), hasTerminal: false };
  } catch (error) {
    if (!(error instanceof AdbSessionError && error.code === 'command-refused')) throw error;
    return { stream: await open(`shell:${script}`, left()), hasTerminal: true };
  }
}

/** Told is the deadline as it was given, not what was left of it. */
function inTerms(error: unknown, { timeoutMs }: Wait): unknown {
  if (!(error instanceof AdbSessionError && error.code === 'reply-timeout')) {
    return sessionError(command, error);
  }
  return new AdbSessionError('reply-timeout', { command, timeoutMs }, { cause: error });
}

class Output {
  readonly #chunks: Uint8Array[] = [];
  readonly #maxBytes: number;
  /** Counts towards the same limit. */
  readonly #other: Output | null;
  #bytes = 0;

  constructor(maxBytes = DEFAULT_MAX_OUTPUT_BYTES, other: Output | null = null) {
    this.#maxBytes = maxBytes;
    this.#other = other;
  }

  add(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    const all = this.#bytes + (this.#other?.length ?? 0);
    if (all > this.#maxBytes) {
      throw new AdbSessionError('output-too-large', { command, maxBytes: this.#maxBytes });
    }
    this.#chunks.push(bytes);
  }

  get length(): number {
    return this.#bytes;
  }

  text(): string {
    return new TextDecoder().decode(Buffer.concat(this.#chunks));
  }
}
