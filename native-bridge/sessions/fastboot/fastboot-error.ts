/** What goes wrong in a conversation, with the facts that tell which. Port errors pass through. */

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

export type FastbootFacts = Readonly<Record<string, string | number | boolean>>;

export class FastbootError extends Error {
  override readonly name = 'FastbootError';
  readonly code: FastbootErrorCode;
  readonly facts: FastbootFacts;

  constructor(code: FastbootErrorCode, facts: FastbootFacts = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.code = code;
    this.facts = facts;
  }
}
