/** Packets come out whole, however the port cuts and places their bytes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ReceiveSlabs } from '../../../native-bridge/ports/receive-slabs.ts';
import { adbCommand } from '../../../native-bridge/protocols/adb/packet.ts';
import { BytePipe } from '../../../native-bridge/sessions/adb/byte-pipe.ts';
import { packetBytes, ScriptedAdbd } from '../../support/scripted-adbd.ts';

/** Reads into slabs, as the TCP port does. */
class SlabPort extends ScriptedAdbd {
  readonly #slabs = new ReceiveSlabs();

  constructor() {
    super(() => undefined);
  }

  comes(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const room = this.#slabs.room();
      const part = bytes.subarray(at, at + room.length);
      room.set(part);
      this.raw(this.#slabs.take(part.length));
      at += part.length;
    }
  }

  giveBack(bytes: Uint8Array): void {
    this.#slabs.giveBack(bytes);
  }
}

const sizes = fc.array(fc.constantFrom(0, 1, 4, 1000, 5000, 70_000, 400_000), {
  minLength: 1,
  maxLength: 12,
});
const AHEAD_BYTES = 100_000;

it('any sizes, any cuts, given back or kept', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 1, max: 300 }), fc.boolean(), async (...terms) => {
      const [lengths, cuts, isGivenBack] = terms;
      const port = new SlabPort();
      const pipe = new BytePipe(port);
      const packets = lengths.map((length, index) => new Uint8Array(length).fill(index + 1));
      const all = Buffer.concat(packets.map((it) => packetBytes(adbCommand.write, 1, 2, it)));
      const cutBytes = Math.ceil(all.length / cuts);
      const kept: Uint8Array[] = [];
      let sent = 0;
      let end = AHEAD_BYTES;
      for (const expected of packets) {
        end += 24 + expected.length;
        for (; sent < Math.min(end, all.length); sent += cutBytes) {
          port.comes(all.subarray(sent, sent + cutBytes));
        }
        const packet = await pipe.receive();
        const payload = packet?.payload ?? new Uint8Array(0);
        expect(Buffer.compare(payload, expected)).toBe(0);
        if (isGivenBack) pipe.giveBack(payload);
        else kept.push(payload);
      }
      expect(kept.every((it, index) => Buffer.compare(it, packets[index] ?? it) === 0)).toBe(true);
    }),
  );
});
