/** What ends a shell from inside. */

/** `exit` was called. */
export class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super('exit');
    this.code = code;
  }
}
