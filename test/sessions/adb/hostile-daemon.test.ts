/**
 * A daemon that says whatever comes into its mind, at any time: every request ends in its deadline with
 * an error of ours, and what waits in memory is bounded.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PortError } from '../../../native-bridge/ports/port.ts';
import { adbCommand } from '../../../native-bridge/protocols/adb/packet.ts';
import { AdbSession } from '../../../native-bridge/sessions/adb/adb-session.ts';
import { AdbSessionError } from '../../../native-bridge/sessions/adb/session-error.ts';
import { testKey } from '../../support/adb-session.ts';
import { packetBytes, ScriptedAdbd } from '../../support/scripted-adbd.ts';

const terms = { keys: testKey, timeoutMs: 60, tapTimeoutMs: 60 };
const wait = { timeoutMs: 40 };
const MIB = 1024 * 1024;

/** Numbers of streams as they are, and as they are not. */
const streamId = fc.oneof(fc.constantFrom(0, 1, 2, 7, 0xffffffff), fc.nat(20));
const words = fc.constantFrom('OKAY', 'FAIL', 'DATA', 'STA2', 'DENT', 'DONE', '0000', 'x\u0000');
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  words.map((word) => Buffer.from(word)),
  fc.tuple(words, fc.constantFrom(0, 5, 0x7fffffff, 0xffffffff)).map(([word, length]) => {
    const bytes = Buffer.alloc(8);
    bytes.write(word, 'latin1');
    bytes.writeUInt32LE(length, 4);
    return bytes;
  }),
  fc.tuple(fc.nat(4), fc.constantFrom(0, 1, 3, 0xffffffff)).map(([kind, length]) => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt8(kind);
    bytes.writeUInt32LE(length, 1);
    return bytes;
  }),
);
const command = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...Object.values(adbCommand)) },
  { weight: 1, arbitrary: fc.nat(0xffffffff) },
);
const packet = fc
  .tuple(command, streamId, streamId, payload)
  .map(([name, from, to, bytes]) => packetBytes(name, from, to, bytes));
const said = fc.oneof(
  { weight: 12, arbitrary: packet },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 60 }) },
);
/** What it answers to each packet that it gets, one list after the other. */
const manners = fc.array(fc.array(said, { maxLength: 4 }), { maxLength: 8 });

async function told(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => null,
    (error: unknown) => error,
  );
}

async function useAll(session: AdbSession): Promise<unknown[]> {
  const pull = session.pull('/file', { idleTimeoutMs: 40, maxBytes: 1000 });
  const served = { sizeBytes: 10, read: () => Promise.resolve(new Uint8Array(10)) };
  const sideload = session.sideload(served, { idleTimeoutMs: 40 });
  return await Promise.all([
    told(session.shell('id', wait)),
    told(session.stat('/file', wait)),
    told(pull.next()),
    told(sideload.next()),
    told(session.reboot('recovery', wait)),
  ]);
}

it('never hangs a request, never fills the memory, never fails but with a word', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(manners, fc.boolean(), async (answers, letsIn) => {
      const left = [...answers];
      const daemon = new ScriptedAdbd((got, it) => {
        if (got.command === adbCommand.connect && letsIn) {
          it.send('connect', 0x01000001, MIB, 'device::features=shell_v2,stat_v2');
          return;
        }
        if (got.command === adbCommand.open && letsIn) it.send('okay', got.arg0 + 6, got.arg0);
        for (const bytes of left.shift() ?? []) it.raw(bytes);
      });
      const session = await AdbSession.open(daemon, terms).catch((error: unknown) => error);
      const errors = session instanceof AdbSession ? await useAll(session) : [session];
      for (const error of errors) {
        if (error === null) continue;
        const ours = error instanceof AdbSessionError || error instanceof PortError;
        if (!ours) throw new Error('not ours', { cause: error });
        seen.add(error.code);
      }
      expect(daemon.mostUnread).toBeLessThan(64 * 1024);
      if (session instanceof AdbSession) await session.close();
    }),
    { numRuns: 300 },
  );
  expect([...seen]).toEqual(expect.arrayContaining(['reply-timeout', 'reply-malformed']));
}, 120_000);
