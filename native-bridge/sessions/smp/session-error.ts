/** What goes wrong in a conversation over SMP. */
import { SmpError, SmpFormatError } from '../../protocols/smp/errors.ts';
import { SessionError } from '../session-error.ts';

export type SmpSessionErrorCode =
  /** `command`, `timeoutMs`; `offsetBytes` in an upload. */
  | 'reply-timeout'
  /** `command`, `problem`, `field`. */
  | 'reply-malformed'
  /** `command`, `group` (where it is a group's own code), `rc`, `meaning`. */
  | 'command-refused'
  /** `command`: the device has no such command or group. */
  | 'command-unsupported'
  /** `command`, `sizeBytes`, `maxBytes`. */
  | 'message-too-large'
  /** `command`: what came back was our own request. */
  | 'port-echoes'
  /** `offsetBytes`: the device answers and takes no more. */
  | 'upload-stalled'
  /** `offsetBytes`, `group`, `rc`, `meaning`. */
  | 'upload-refused'
  | 'cancelled';

export class SmpSessionError extends SessionError<SmpSessionErrorCode> {
  override readonly name = 'SmpSessionError';
}

/** A codec's error as the session's, with the command it was about; others as they are. */
export function sessionError(command: string, cause: unknown): unknown {
  if (cause instanceof SmpError) {
    const { group, rc, meaning } = cause;
    const facts = group === null ? { command, rc, meaning } : { command, group, rc, meaning };
    return new SmpSessionError(cause.code, facts, { cause });
  }
  if (cause instanceof SmpFormatError) {
    const { problem, field } = cause;
    const facts = field === null ? { command, problem } : { command, problem, field };
    return new SmpSessionError('reply-malformed', facts, { cause });
  }
  return cause;
}
