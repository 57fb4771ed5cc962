/** What came from an ADB daemon and is not what its protocol says. */

export type AdbFormatProblem =
  /** The header's last word is not its command's complement. */
  | 'magic'
  /** No such command, or not at this time. */
  | 'command'
  /** A payload longer than was agreed on. */
  | 'payload-length'
  | 'checksum'
  /** The daemon takes payloads too small to speak with. */
  | 'payload-limit'
  /** An authentication request that carries no token of 20 bytes. */
  | 'token'
  /** An acknowledgement of the wrong form. */
  | 'acknowledgement'
  /** More was sent than was acknowledged. */
  | 'window'
  /** Packet after packet for streams that are not there. */
  | 'stray-packets'
  /** A piece of a service's own framing with an impossible length. */
  | 'piece-length'
  /** An answer that does not fit the request. */
  | 'answer'
  /** The stream ended in the middle. */
  | 'cut-off';

export class AdbFormatError extends Error {
  override readonly name = 'AdbFormatError';
  readonly code = 'reply-malformed';
  readonly problem: AdbFormatProblem;

  constructor(problem: AdbFormatProblem) {
    super(problem);
    this.problem = problem;
  }
}
