/**
 * A conversation with an Android terminal over ADB: many streams over one port, each to a service
 * of the daemon (shell, files, restart). The library does the key exchange and the streams; what
 * lies below it (connection.ts, stream-guard.ts) and in them is checked here, because neither a
 * daemon nor what poses as one is trusted.
 */
import type { AdbDaemonTransport } from '@yume-chan/adb';
import { PortError, type BytePort, type Wait } from '../../ports/port.ts';
import type { AdbFileStatus } from '../../protocols/adb/sync.ts';
import type { TransferPort } from '../../ports/transfer-port.ts';
import { AdbStream } from './adb-stream.ts';
import { authorise, type AuthoriseOptions } from './authorise.ts';
import { bannerOf, type AdbBanner } from './banner.ts';
import { BytePipe } from './byte-pipe.ts';
import { AdbConnection, type Ending } from './connection.ts';
import { AdbSessionError } from './session-error.ts';
import type { Agreed } from './stream-guard.ts';
import { pullFile, type PullOptions } from './pull.ts';
import { pushFile, type PushOptions, type PushProgress } from './push.ts';
import { reboot, type RebootTarget } from './reboot.ts';
import { sideloadFile, type SideloadFile, type SideloadProgress } from './sideload.ts';
import { fileStatus } from './stat.ts';
import type { TransferTerms } from './transfer-terms.ts';
import { runInOldShell, runInShell, type ShellResult, type ShellWait } from './shell.ts';
import { TransferPipe } from './transfer-pipe.ts';
import { until } from './waiting.ts';

export type { AdbBanner } from './banner.ts';
export type { AdbKeys } from './keys.ts';
export type { AdbStream } from './adb-stream.ts';
export type { ShellResult } from './shell.ts';

export interface AdbSessionOptions extends AuthoriseOptions {
  /** Whether the daemon may send ahead of our acknowledgements, where it can; true. */
  readonly delayedAck?: boolean | undefined;
}

/** What the platform's own host says it can, as far as this session uses it. */
const LONGEST_SHELL_SERVICE = 'shell,v2,raw:';
const FEATURES = ['shell_v2', 'cmd', 'stat_v2', 'ls_v2', 'fixed_push_mkdir', 'apex', 'abb_exec'];
const DELAYED_ACK = 'delayed_ack';
/** Enough for 40 MiB/s over a Wi-Fi with 100 ms; and what a stream may hold in memory. */
const DELAYED_ACK_BYTES = 4 * 1024 * 1024;
const FIRST_VERSION_WITHOUT_CHECKSUMS = 0x01000001;

export class AdbSession {
  readonly kind = 'adb';
  readonly port: BytePort | TransferPort;
  readonly banner: AdbBanner;
  /** Settles once: null after close(), else why the port ended. */
  readonly closed: Promise<PortError | null>;
  readonly #connection: AdbConnection;
  readonly #transport: AdbDaemonTransport;

  /**
   * Takes over an open port, which is closed where this fails.
   * @throws AdbSessionError `adb-not-authorised`, `adb-tap-timeout`, `adb-locked-down`,
   * `reply-timeout`, `reply-malformed`, `cancelled`; PortError; what `keys` throws
   */
  static async open(
    port: BytePort | TransferPort,
    options: AdbSessionOptions,
  ): Promise<AdbSession> {
    const pipe = 'receive' in port ? new TransferPipe(port) : new BytePipe(port);
    const connection = new AdbConnection(pipe);
    const delayedAckBytes = options.delayedAck === false ? 0 : DELAYED_ACK_BYTES;
    const features = delayedAckBytes === 0 ? FEATURES : [...FEATURES, DELAYED_ACK];
    const transport = await authorise(connection, { features, delayedAckBytes }, options).catch(
      async (error: unknown) => {
        // Who tries again at once would meet the port still ours.
        await connection.close();
        throw error;
      },
    );
    // The library stumbled over what the guard had let through.
    transport.disconnected.catch((cause: unknown) => {
      connection.end(new PortError('port-failed', { port: port.url }, { cause }));
    });
    connection.guard.agreed = agreedBy(transport, delayedAckBytes);
    return new AdbSession(port, connection, transport);
  }

  private constructor(
    port: BytePort | TransferPort,
    connection: AdbConnection,
    transport: AdbDaemonTransport,
  ) {
    this.port = port;
    this.#connection = connection;
    this.#transport = transport;
    this.banner = bannerOf(transport);
    this.closed = connection.ended.then((why) => portErrorOf(port.url, why));
  }

  /** The longest script that `shell` passes on, in UTF-8: 4 KiB less its service's name before Android 7. */
  get maxScriptBytes(): number {
    return this.banner.maxPayloadBytes - LONGEST_SHELL_SERVICE.length - 1;
  }

  /**
   * Runs a script in the terminal's shell until it ends, or its time is up: then the terminal is
   * told to end it.
   * @throws AdbSessionError `reply-timeout`, `reply-malformed`, `command-refused`,
   * `message-too-large`, `output-too-large`, `cancelled`; PortError
   */
  shell(script: string, wait: ShellWait): Promise<ShellResult> {
    const run = this.banner.features.has('shell_v2') ? runInShell : runInOldShell;
    return run(this.#openStream, script, wait);
  }

  /**
   * A stream to any of the daemon's services.
   * @throws AdbSessionError `command-refused`, `message-too-large`, `reply-timeout`, `cancelled`;
   * PortError
   */
  async openStream(service: string, wait: Wait): Promise<AdbStream> {
    const name = service.replace(/[:,].*$/s, '');
    const sizeBytes = Buffer.byteLength(service) + 1;
    const maxBytes = this.banner.maxPayloadBytes;
    if (sizeBytes > maxBytes) {
      throw new AdbSessionError('message-too-large', { command: name, sizeBytes, maxBytes });
    }
    // A daemon that was asked does it, whoever waits for it.
    if (wait.signal?.aborted === true) throw new AdbSessionError('cancelled', { command: name });
    const opening = this.#open(service, name);
    try {
      return await until(opening, this.#connection, { command: name, ...wait });
    } catch (error) {
      // It may be opened yet: nobody would read it.
      opening.then((stream) => stream.close()).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Writes a file, in place of one that is there. An unfinished one is removed by the daemon.
   * @throws AdbSessionError `transfer-refused`, `message-too-large`, `command-refused`,
   * `reply-timeout`, `reply-malformed`, `cancelled`; RangeError; PortError; what `source` throws
   */
  push(
    path: string,
    source: AsyncIterable<Uint8Array>,
    options: PushOptions,
  ): AsyncGenerator<PushProgress, void, void> {
    const { maxPayloadBytes } = this.banner;
    return pushFile(this.#openStream, path, source, { ...options, maxPayloadBytes });
  }

  /**
   * A file's bytes in order, in pieces of up to 64 KiB.
   * @throws AdbSessionError `output-too-large` and as `push`; PortError
   */
  pull(path: string, options: PullOptions): AsyncGenerator<Uint8Array, void, void> {
    return pullFile(this.#openStream, path, options);
  }

  /** What is at `path`; null where there is nothing. Throws as `push`. */
  stat(path: string, wait: Wait): Promise<AdbFileStatus | null> {
    return fileStatus(this.#openStream, path, this.banner.features.has('stat_v2'), wait);
  }

  /**
   * Resolves when the terminal has accepted to restart; soon the port vanishes.
   * @throws AdbSessionError `command-refused`, `reply-timeout`, `cancelled`; PortError
   */
  reboot(target: RebootTarget, wait: Wait): Promise<void> {
    return reboot(this.#openStream, target, wait, this.#connection.ended);
  }

  /**
   * Serves an update package to a terminal in `sideload` mode, as it asks for it.
   * @throws AdbSessionError `sideload-refused`, `command-refused`, `reply-timeout`,
   * `reply-malformed`, `cancelled`; PortError; what `file` throws
   */
  sideload(
    file: SideloadFile,
    terms: TransferTerms,
  ): AsyncGenerator<SideloadProgress, { status: string }, void> {
    return sideloadFile(this.#openStream, file, terms);
  }

  /** Closes the port; whoever waits gets `cancelled`. */
  async close(): Promise<void> {
    await this.#connection.close();
    await this.closed;
  }

  readonly #openStream = (service: string, wait: Wait) => this.openStream(service, wait);

  async #open(service: string, name: string): Promise<AdbStream> {
    try {
      return new AdbStream(name, await this.#transport.connect(service), this.#connection);
    } catch (cause) {
      throw new AdbSessionError('command-refused', { service: name }, { cause });
    }
  }
}

function agreedBy({ banner, protocolVersion }: AdbDaemonTransport, wantedBytes: number): Agreed {
  const isDelayed = (banner.features as readonly string[]).includes(DELAYED_ACK);
  return {
    delayedAckBytes: isDelayed ? wantedBytes : 0,
    hasChecksums: protocolVersion < FIRST_VERSION_WITHOUT_CHECKSUMS,
  };
}

/** A daemon that breaks the protocol has failed, for who only knows ports. */
function portErrorOf(port: string, why: Ending): PortError | null {
  if (why === null || why instanceof PortError) return why;
  return new PortError('port-failed', { port }, { cause: why });
}
