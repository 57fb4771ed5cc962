/**
 * Fastboot over TCP (AOSP, fastboot/README.md, "TCP protocol v1"): both sides say `FB01`, then each
 * message follows its length in eight big-endian bytes. A download may come in messages of any size.
 */
import type { Pipe } from '../adb/pipe.ts';
import type { Talk } from '../lines.ts';
import { FastbootSession, type FastbootHost } from './session.ts';

const HANDSHAKE_BYTES = 4;
const LENGTH_BYTES = 8;

export function talkFastboot(pipe: Pipe, host: FastbootHost): Talk {
  let held: Buffer = Buffer.alloc(0);
  let greeted = false;
  let missing = 0;
  const send = (message: Uint8Array): void => {
    const head = Buffer.alloc(LENGTH_BYTES);
    head.writeBigUInt64BE(BigInt(message.length));
    void pipe.send(Buffer.concat([head, message]));
  };
  const session = new FastbootSession(host, { send, cut: () => pipe.close() });

  /** False: more has to come first. */
  const step = (): boolean => {
    if (!greeted) {
      if (held.length < HANDSHAKE_BYTES) return false;
      if (!/^FB\d\d$/.test(held.toString('latin1', 0, HANDSHAKE_BYTES))) {
        pipe.close();
        return false;
      }
      held = held.subarray(HANDSHAKE_BYTES);
      greeted = true;
      void pipe.send(Buffer.from('FB01'));
      return true;
    }
    if (missing > 0) return takeDownload();
    if (held.length < LENGTH_BYTES) return false;
    const length = Number(held.readBigUInt64BE(0));
    if (session.wantsBytes) {
      missing = length;
      held = held.subarray(LENGTH_BYTES);
      return true;
    }
    if (length > FastbootSession.maxCommandBytes) {
      pipe.close();
      return false;
    }
    if (held.length < LENGTH_BYTES + length) return false;
    const message = held.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
    held = held.subarray(LENGTH_BYTES + length);
    session.command(message.toString('latin1'));
    return true;
  };

  const takeDownload = (): boolean => {
    if (held.length === 0) return false;
    const piece = held.subarray(0, missing);
    held = held.subarray(piece.length);
    missing -= piece.length;
    session.data(piece);
    return true;
  };

  return {
    receive(bytes) {
      held = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes]);
      while (step());
    },
    close: () => undefined,
  };
}
