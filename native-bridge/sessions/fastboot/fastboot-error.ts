/** What goes wrong in a conversation with a boot loader. */
import { SessionError } from '../session-error.ts';

export type FastbootErrorCode =
  /** `command`, `timeoutMs`. */
  | 'reply-timeout'
  /** `command`, `door`, `problem`. */
  | 'reply-malformed'
  /** `command`, `words`: the device's own. */
  | 'command-refused'
  /** `command`, `words`: the boot loader is locked, or says so. */
  | 'bootloader-locked'
  /** `command`: the boot loader has no such command. */
  | 'command-unsupported'
  /** `command`, `sizeBytes`, `maxBytes`. */
  | 'message-too-large'
  /** `offsetBytes`: the device takes no more. */
  | 'upload-stalled'
  /** `command`. */
  | 'cancelled';

export class FastbootError extends SessionError<FastbootErrorCode> {
  override readonly name = 'FastbootError';
}
