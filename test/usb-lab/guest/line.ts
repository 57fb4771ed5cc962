/** What opening a port does to the line: rate, format, DTR and RTS as they cross the bus. */
import assert from 'node:assert/strict';
import { CodeBox } from './code-box.ts';
import { test, until } from './harness.ts';
import { sharedBridge } from './product.ts';
import { UsbMonitor } from './usb-monitor.ts';
import { vendorProfile } from './vendor.ts';

const lines = [
  { baud: 115_200, dtr: true, rts: true },
  { baud: 57_600, dtr: true, rts: false },
  { baud: 9_600, dtr: false, rts: true },
  { baud: 921_600, dtr: false, rts: false },
];

test('rate and format reach the wire as the profile says; DTR and RTS rise once, with the driver’s own opening', async (trial) => {
  const bridge = await sharedBridge();
  const box = await CodeBox.start(trial);
  const portUrl = await box.tty();
  const monitor = new UsbMonitor(trial);
  for (const { baud, dtr, rts } of lines) {
    const line = `line: { baud: ${baud}, dtr: ${dtr}, rts: ${rts} }`;
    const path = vendorProfile(`lab-line-${baud}`, [line]);
    const profileFileId = (await bridge.registerFile(path)).fileId;
    monitor.take();
    const { id } = await bridge.request('connect', { portUrl, profileFileId });
    await until('the line set', () => monitor.seen.codings.length > 0);
    await bridge.request('disconnect', { terminalId: id });
    await until('the lines dropped', () => monitor.seen.states.at(-1) === 'none');
    const { states, codings } = monitor.take();
    trial.note(`${line}: ${states.join(' ')}; ${codings.join(', ')}`);
    assert.equal(codings.at(-1), `${baud} 8N1`);
    // This device can't send a break (bmCapabilities without D2), as most can't. There the library
    // gives up before it sets the lines (https://github.com/serialport/bindings-cpp/pull/229), so
    // what a profile wants off stays on. The day this fails, the profile's values can be asserted.
    assert.deepEqual(states, ['DTR+RTS', 'none']);
  }
});
