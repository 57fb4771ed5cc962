/** A question that is asked again and again while a scanner test runs; between two it holds no line. */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { Sentence } from '../../contract/common.ts';
import type { Connection } from '../../connections/connection.ts';

export interface CommandReply {
  readonly output: string;
  /** null: the terminal can't tell. */
  readonly exitCode: number | null;
}

export interface PollWait {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const requestTimeoutMs = 3_000;
/** A reply may be lost; a terminal that answers nothing any more is said to. */
const mostLost = 3;

export class Polling {
  readonly #connection: Connection;
  #lost = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * What the command printed; null: no answer, this time. Throws `command-refused {command}` and
   * what `run` throws.
   */
  async ask(
    command: readonly string[],
    run: (wait: PollWait) => Promise<CommandReply>,
    detail: Sentence,
    signal: AbortSignal,
  ): Promise<string | null> {
    const hold = await this.#connection.use('poll', 'waiting', detail, signal);
    try {
      const { output, exitCode } = await run({ timeoutMs: requestTimeoutMs, signal });
      if ((exitCode ?? 0) !== 0) {
        throw new BridgeFault('command-refused', { command: command.join(' ') });
      }
      this.#lost = 0;
      return output;
    } catch (error) {
      this.#lost += 1;
      if (faultOf(error).code !== 'reply-timeout' || this.#lost >= mostLost) throw error;
      return null;
    } finally {
      hold.release();
      // Between two questions it goes on waiting.
      if (this.#connection.connected) this.#connection.report('waiting', detail, null);
    }
  }
}
