/**
 * Stands between the port and the library, and lets through only what the protocol allows at that
 * moment. The library trusts its daemon: it ends the connection on a packet for a stream that it
 * does not know, queues without bound what comes unasked, answers every stray acknowledgement, and
 * drops what it has not handed on yet when the stream is closed. So packets for streams that are
 * not there are dropped here, more than was acknowledged ends the connection, and a CLSE is held
 * back until everything before it was taken.
 */
import { AdbFormatError } from '../../protocols/adb/errors.ts';
import { adbChecksum, adbCommand, type AdbHeader } from '../../protocols/adb/packet.ts';
import type { AdbPacket } from './packet-pipe.ts';

export interface Agreed {
  /** Bytes that a stream may be ahead of its acknowledgements; 0: packet by packet. */
  readonly delayedAckBytes: number;
  readonly hasChecksums: boolean;
}

interface Stream {
  /** The daemon's id; 0 until it has accepted. */
  remoteId: number;
  /** Lengths of the packets not acknowledged yet, oldest first. */
  readonly unacknowledged: number[];
  unacknowledgedBytes: number;
  isClosedByUs: boolean;
  heldClose: AdbPacket | null;
}

/** Before CNXN what an earlier connection left may come in; after it a late packet or two. */
const MAX_STRAYS = 1000;
/**
 * Where each packet waits for the acknowledgement of the one before: the protocol says 1, but a real
 * adbd (34.0.5) now and then sends the last, short one of a stream straight after the one before it.
 */
const MAX_AHEAD = 4;
/** However short they are, packets take memory until they are read. */
const MAX_UNACKNOWLEDGED = 8192;
const MAX_HANDSHAKE_BYTES = 16 * 1024;
const MIN_PAYLOAD_LIMIT_BYTES = 1024;
const TOKEN = 1;
const TOKEN_BYTES = 20;

export class StreamGuard {
  /** Null until the daemon's CNXN came and was understood. */
  agreed: Agreed | null = null;
  readonly #streams = new Map<number, Stream>();
  readonly #release: (close: AdbPacket) => void;
  #strays = 0;
  #hasAnswered = false;
  #hasGreeted = false;

  /** `release` takes a CLSE that was held back. */
  constructor(release: (close: AdbPacket) => void) {
    this.#release = release;
  }

  /** What the library sends. */
  sent({ command, arg0 }: AdbHeader): void {
    if (command === adbCommand.open) this.#streams.set(arg0, newStream());
    const stream = this.#streams.get(arg0);
    if (!stream) return;
    if (command === adbCommand.okay) this.#acknowledged(stream);
    if (command === adbCommand.close) stream.isClosedByUs = true;
  }

  /**
   * False for a packet that the library shall not see, or not yet.
   * @throws AdbFormatError where nothing that follows can be trusted
   */
  admits(packet: AdbPacket): boolean {
    const isAdmitted = this.agreed
      ? this.#admits(packet, this.agreed)
      : this.#admitsHandshake(packet);
    if (isAdmitted) {
      this.#strays = 0;
      this.#hasAnswered = this.agreed !== null;
    } else if (++this.#strays > MAX_STRAYS) throw new AdbFormatError('stray-packets');
    return isAdmitted;
  }

  #admits(packet: AdbPacket, agreed: Agreed): boolean {
    if (agreed.hasChecksums && adbChecksum(packet.payload) !== packet.checksum) {
      throw new AdbFormatError('checksum');
    }
    switch (packet.command) {
      case adbCommand.okay:
        return this.#admitsOkay(packet, agreed);
      case adbCommand.write:
        return this.#admitsWrite(packet, agreed);
      case adbCommand.close:
        return this.#admitsClose(packet);
      // Of an earlier host, where it is the first that comes: only over USB.
      case adbCommand.connect:
        if (this.#hasAnswered) throw new AdbFormatError('command');
        return false;
      // We serve no streams: the library refuses it.
      case adbCommand.open:
        if ((packet.arg1 === 0) !== (agreed.delayedAckBytes === 0))
          throw new AdbFormatError('answer');
        return packet.arg0 !== 0;
      default:
        throw new AdbFormatError('command');
    }
  }

  /** Between the daemon's CNXN and the first stream there is nothing to be said. */
  #admitsHandshake(packet: AdbPacket): boolean {
    if (this.#hasGreeted || !belongsToHandshake(packet)) return false;
    this.#hasGreeted = packet.command === adbCommand.connect;
    return true;
  }

  #admitsOkay({ arg0, arg1, payload }: AdbPacket, { delayedAckBytes }: Agreed): boolean {
    const stream = this.#streams.get(arg1);
    if (!stream || arg0 === 0) return false;
    if (payload.length !== (delayedAckBytes === 0 ? 0 : 4))
      throw new AdbFormatError('acknowledgement');
    if (stream.remoteId === 0) stream.remoteId = arg0;
    return stream.remoteId === arg0;
  }

  #admitsWrite({ arg0, arg1, payload }: AdbPacket, { delayedAckBytes }: Agreed): boolean {
    const stream = this.#streams.get(arg1);
    if (!stream || stream.remoteId !== arg0 || arg0 === 0) return false;
    if (stream.isClosedByUs || stream.heldClose) return false;
    // A daemon sends while it has any room left, so the last packet may go beyond it.
    const isFull =
      delayedAckBytes === 0
        ? stream.unacknowledged.length >= MAX_AHEAD
        : stream.unacknowledgedBytes >= delayedAckBytes;
    if (isFull || stream.unacknowledged.length >= MAX_UNACKNOWLEDGED) {
      throw new AdbFormatError('window');
    }
    stream.unacknowledged.push(payload.length);
    stream.unacknowledgedBytes += payload.length;
    return true;
  }

  /** The sender's id may be 0 also for an accepted stream (a bug of old daemons). */
  #admitsClose(packet: AdbPacket): boolean {
    const stream = this.#streams.get(packet.arg1);
    if (!stream || stream.heldClose) return false;
    const isForeign = stream.remoteId !== packet.arg0 && packet.arg0 !== 0;
    if (isForeign && stream.remoteId !== 0) return false;
    if (stream.unacknowledged.length > 0) {
      stream.heldClose = packet;
      // Not a stray.
      this.#strays = 0;
      return false;
    }
    this.#streams.delete(packet.arg1);
    return true;
  }

  #acknowledged(stream: Stream): void {
    stream.unacknowledgedBytes -= stream.unacknowledged.shift() ?? 0;
    const close = stream.heldClose;
    if (!close || stream.unacknowledged.length > 0) return;
    this.#streams.delete(close.arg1);
    this.#release(close);
  }
}

function newStream(): Stream {
  return {
    remoteId: 0,
    unacknowledged: [],
    unacknowledgedBytes: 0,
    isClosedByUs: false,
    heldClose: null,
  };
}

/** CNXN, AUTH and STLS; what else comes is left over from an earlier connection. */
function belongsToHandshake({ command, arg0, arg1, payload, checksum }: AdbPacket): boolean {
  if (command !== adbCommand.connect && command !== adbCommand.authenticate) {
    return command === adbCommand.startTls;
  }
  if (payload.length > MAX_HANDSHAKE_BYTES) throw new AdbFormatError('payload-length');
  // Newer daemons leave it out as soon as they know that we do not need it.
  if (checksum !== 0 && checksum !== adbChecksum(payload)) throw new AdbFormatError('checksum');
  if (command === adbCommand.connect && arg1 < MIN_PAYLOAD_LIMIT_BYTES) {
    throw new AdbFormatError('payload-limit');
  }
  if (command === adbCommand.authenticate && (arg0 !== TOKEN || payload.length !== TOKEN_BYTES)) {
    throw new AdbFormatError('token');
  }
  return true;
}
