/** What came is not what the protocol says. Facts say which of the few things it was. */

export type FastbootFormatProblem =
  /** Fewer than the four letters that begin a reply, or letters that begin none. */
  | 'not-a-reply'
  | 'reply-long'
  /** DATA without the eight digits of a size. */
  | 'data-size'
  /** TCP: not "FB" and two digits. */
  | 'handshake'
  /** TCP: a message without bytes, or longer than any reply. */
  | 'message-size';

export class FastbootFormatError extends Error {
  override readonly name = 'FastbootFormatError';
  readonly code = 'reply-malformed';
  readonly problem: FastbootFormatProblem;

  constructor(problem: FastbootFormatProblem) {
    super(problem);
    this.problem = problem;
  }
}
