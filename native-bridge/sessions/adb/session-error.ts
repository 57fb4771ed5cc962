/** What goes wrong in a conversation over ADB. */
import { AdbFormatError } from '../../protocols/adb/errors.ts';
import { SessionError } from '../session-error.ts';

export type AdbSessionErrorCode =
  /** The terminal did not take our key: refused on its screen, or it hung up after it had the key. */
  | 'adb-not-authorised'
  /** `timeoutMs`: nobody answered the question on the terminal's screen. */
  | 'adb-tap-timeout'
  /** `reason`: `silent`, `closed` or `tls`. */
  | 'adb-locked-down'
  /** `command`, `timeoutMs`; `offsetBytes` in a transfer. */
  | 'reply-timeout'
  /** `door`, `problem`; `command` where it answered to one. */
  | 'reply-malformed'
  /** `service`: the daemon does not open it, or closed it; `text` where it said why. */
  | 'command-refused'
  /** `command`, `sizeBytes`, `maxBytes`. */
  | 'message-too-large'
  /** `path`, `text`: the daemon's own words, or the system's error. */
  | 'transfer-refused'
  /** `command`, `maxBytes`. */
  | 'output-too-large'
  /** `status`: the recovery's own word, `closed`, or `too-many-blocks`; `offsetBytes`. */
  | 'sideload-refused'
  | 'cancelled';

/** What a shell had printed when it was cut off. */
export interface PartialOutput {
  readonly output: string;
  readonly errorOutput: string;
}

export class AdbSessionError extends SessionError<AdbSessionErrorCode> {
  override readonly name: string = 'AdbSessionError';
}

/** A shell that ended early. What had come is no answer: only who knows its borders may use it. */
export class ShellCutOff extends AdbSessionError {
  override readonly name = 'ShellCutOff';
  readonly partial: PartialOutput;

  constructor(why: AdbSessionError, partial: PartialOutput) {
    super(why.code, why.facts, { cause: why.cause });
    this.partial = partial;
  }
}

/** A codec's error as the session's, with what it was about, if anything; others as they are. */
export function sessionError(command: string | null, cause: unknown): unknown {
  if (!(cause instanceof AdbFormatError)) return cause;
  return malformed(command, cause.problem, { cause });
}

export function malformed(
  command: string | null,
  problem: string,
  options?: ErrorOptions,
): AdbSessionError {
  const facts = { door: 'ADB', problem, ...(command !== null && { command }) };
  return new AdbSessionError('reply-malformed', facts, options);
}
