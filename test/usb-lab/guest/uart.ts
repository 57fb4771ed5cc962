/**
 * A 16550, whose driver takes DTR and RTS as they are asked for and tells what they are
 * (/proc/tty/driver/serial). Its other end is a code box.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, until } from './harness.ts';
import { sharedBridge } from './product.ts';
import { vendorProfile } from './vendor.ts';

const portUrl = 'serial:///dev/ttyS1';

test('while a line is open its DTR and RTS are what the profile says, and a terminal answers over it', async () => {
  const bridge = await sharedBridge();
  for (const dtr of [true, false]) {
    for (const rts of [true, false]) {
      const line = `line: { baud: 115200, dtr: ${dtr}, rts: ${rts} }`;
      const path = vendorProfile(`lab-uart-${dtr}-${rts}`, [line]);
      const profileFileId = (await bridge.registerFile(path)).fileId;
      const { id, identity } = await bridge.request('connect', { portUrl, profileFileId });
      assert.equal(identity.serialNumber, 'CB-UART', line);
      assert.deepEqual(raised(), { dtr, rts }, line);
      await bridge.request('disconnect', { terminalId: id });
      await until('the lines dropped', () => !raised().dtr && !raised().rts);
    }
  }
});

/** `1: uart:16550A port:000002F8 irq:3 tx:0 rx:0 RTS|CTS|DTR|DSR|CD`. */
function raised(): { dtr: boolean; rts: boolean } {
  const lines = readFileSync('/proc/tty/driver/serial', 'utf8').split('\n');
  const line = lines.find((each) => each.startsWith('1: uart:16550A')) ?? '';
  assert.notEqual(line, '', lines.join('\n'));
  const names = (line.split(' ').at(-1) ?? '').split('|');
  return { dtr: names.includes('DTR'), rts: names.includes('RTS') };
}
