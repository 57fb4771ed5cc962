/**
 * The beginning of a connection: CNXN goes out; a daemon that wants to know us answers with a token,
 * we sign it; if it does not know the key, it asks again and gets the public key, and then a person
 * has to agree on the terminal's screen (AOSP, packages/modules/adb/protocol.txt, AUTH). Each part
 * has its deadline, and each way to fail its own name.
 */
import { type AdbCredentialStore, AdbDaemonTransport, type AdbFeature } from '@yume-chan/adb';
import { PortError } from '../../ports/port.ts';
import { adbCommand } from '../../protocols/adb/packet.ts';
import type { AdbConnection, Ending, HandshakeWatch } from './connection.ts';
import type { AdbKeys } from './keys.ts';
import { AdbSessionError } from './session-error.ts';

export interface AuthoriseOptions {
  readonly keys: AdbKeys;
  readonly onState?: ((state: AuthoriseState) => void) | undefined;
  /** For all but the tap. */
  readonly timeoutMs: number;
  /** For a person to agree on the terminal's screen. */
  readonly tapTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export type AuthoriseState = 'authorising' | 'waiting-for-tap';

export interface Terms {
  readonly features: readonly string[];
  /** Bytes that a daemon may send ahead on each stream, where it can; 0: never ahead. */
  readonly delayedAckBytes: number;
}

const SIGNATURE = 2;
const PUBLIC_KEY = 3;

/** @throws AdbSessionError, PortError, what `keys` throws; the connection is ended then */
export async function authorise(
  connection: AdbConnection,
  { features, delayedAckBytes }: Terms,
  options: AuthoriseOptions,
): Promise<AdbDaemonTransport> {
  const handshake = new Handshake(connection, options);
  connection.watch = handshake;
  try {
    return await AdbDaemonTransport.authenticate({
      serial: '',
      connection: connection.streams,
      credentialStore: handshake.credentials,
      features: features as readonly AdbFeature[],
      initialDelayedAckBytes: delayedAckBytes,
    });
  } catch (cause) {
    const failure = handshake.failure(cause);
    connection.end(failure instanceof AdbSessionError ? failure : null);
    throw failure;
  } finally {
    connection.watch = null;
    handshake.over();
  }
}

class Handshake implements HandshakeWatch {
  readonly credentials: AdbCredentialStore;
  readonly #connection: AdbConnection;
  readonly #options: AuthoriseOptions;
  #timer: NodeJS.Timeout;
  #asked: 'nothing' | 'signature' | 'tap' = 'nothing';
  #keyFailure: { readonly thrown: unknown } | null = null;

  constructor(connection: AdbConnection, options: AuthoriseOptions) {
    this.#connection = connection;
    this.#options = options;
    this.credentials = {
      generateKey: () => this.#key(),
      iterateKeys: async function* (this: Handshake) {
        yield await this.#key();
      }.bind(this),
    };
    this.#timer = setTimeout(this.#onLate, options.timeoutMs);
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (options.signal?.aborted) this.#onAbort();
  }

  sent(command: number, arg0: number): void {
    if (command !== adbCommand.authenticate) return;
    if (arg0 === SIGNATURE) this.#asked = 'signature';
    if (arg0 !== PUBLIC_KEY) return;
    this.#asked = 'tap';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onLate, this.#options.tapTimeoutMs);
    this.#options.onState?.('waiting-for-tap');
  }

  received({ command }: { readonly command: number }): void {
    if (command === adbCommand.startTls) {
      throw new AdbSessionError('adb-locked-down', { reason: 'tls' });
    }
    if (command !== adbCommand.authenticate) return;
    if (this.#asked === 'tap') throw new AdbSessionError('adb-not-authorised');
    if (this.#asked === 'nothing') this.#options.onState?.('authorising');
  }

  over(): void {
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
  }

  /** What the caller is told. */
  failure(cause: unknown): unknown {
    if (this.#keyFailure) return this.#keyFailure.thrown;
    const { ending } = this.#connection;
    return ending === undefined ? cause : this.#meaningOf(ending);
  }

  /** Over TCP a daemon that hangs up has said no; over USB the cable was pulled. */
  #meaningOf(ending: Ending): unknown {
    if (ending === null) return new AdbSessionError('cancelled');
    const hungUp = ending instanceof PortError && ending.code === 'port-vanished';
    if (!hungUp || this.#connection.url.startsWith('usb:')) return ending;
    return this.#asked === 'tap'
      ? new AdbSessionError('adb-not-authorised', {}, { cause: ending })
      : new AdbSessionError('adb-locked-down', { reason: 'closed' }, { cause: ending });
  }

  readonly #onLate = (): void => {
    const { timeoutMs, tapTimeoutMs } = this.#options;
    const errors = {
      nothing: () => new AdbSessionError('adb-locked-down', { reason: 'silent', timeoutMs }),
      signature: () => new AdbSessionError('reply-timeout', { command: 'connect', timeoutMs }),
      tap: () => new AdbSessionError('adb-tap-timeout', { timeoutMs: tapTimeoutMs }),
    };
    this.#connection.end(errors[this.#asked]());
  };

  readonly #onAbort = (): void => this.#connection.end(new AdbSessionError('cancelled'));

  async #key(): Promise<{ buffer: Uint8Array; name: string }> {
    try {
      return { buffer: await this.#options.keys.privateKey(), name: this.#options.keys.name };
    } catch (thrown) {
      this.#keyFailure = { thrown };
      throw thrown;
    }
  }
}
