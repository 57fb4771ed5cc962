/** The list of ports, and hot-plug. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import type { PortList } from '../../../native-bridge/contract/port.ts';
import { CodeBox, codeBoxStrings } from './code-box.ts';
import { Gadget } from './gadget.ts';
import { test, until } from './harness.ts';
import { sharedBridge } from './product.ts';

/** Of hot-plug; odd. */
const rounds = 7;

test('a terminal is listed as the system describes it and known without being asked', async (trial) => {
  const box = await CodeBox.start(trial);
  const path = await box.tty();
  const properties = execFileSync('udevadm', ['info', '--query=property', path], {
    encoding: 'utf8',
  });
  const bridge = await sharedBridge();
  const seen = await bridge.request('listPorts', {});
  const port = seen.ports.find((each) => each.path === path);
  assert.deepEqual(port, {
    url: `serial://${path}`,
    path,
    kind: 'serial',
    door: null,
    deviceId: box.gadget.hostPlace(),
    manufacturer: 'POS Bench',
    product: 'CB-200',
    serialNumber: 'CB2025030017',
    vendorId: '1209',
    productId: '0001',
    profiles: ['training-codebox'],
  });
  assert.match(properties, /^ID_SERIAL_SHORT=CB2025030017$/m);
  assert.match(properties, /^ID_VENDOR_ID=1209$/m);
  const { toTerminal } = (await box.tell({ stats: true })) as { toTerminal: { bytes: number } };
  assert.equal(toTerminal.bytes, 0);
  box.pullCable();
  await until('its tty gone', () => box.gadget.hostTty() === null);
  const { ports } = await bridge.request('listPorts', {});
  assert.ok(ports.every((each) => each.path !== path));
});

test('a terminal shows within a second of being plugged in, and is gone as fast, by the median of seven times', async (trial) => {
  const gadget = new Gadget('plugged', 0, codeBoxStrings);
  trial.defer(() => gadget.remove());
  const bridge = await sharedBridge();
  const stop = new AbortController();
  trial.defer(() => stop.abort());
  let here = false;
  let looked: (() => void) | null = null;
  const onProgress = ({ ports }: { ports: PortList }) => {
    here = ports.ports.some((port) => port.serialNumber === codeBoxStrings.serialNumber);
    looked?.();
  };
  bridge.request('watchTerminals', {}, { signal: stop.signal, onProgress }).catch(() => undefined);
  const comes = async (wanted: boolean) => {
    const startMs = performance.now();
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`still ${here ? 'there' : 'away'}`)), 30_000);
      looked = () => {
        if (here !== wanted) return;
        clearTimeout(timer);
        resolve();
      };
      looked();
    });
    return performance.now() - startMs;
  };
  const round = async () => {
    gadget.plug();
    const shownMs = await comes(true);
    gadget.unplug();
    return [shownMs, await comes(false)] as const;
  };
  // The first one loads what is loaded once.
  await round();
  const filesBefore = readdirSync('/proc/self/fd').length;
  const times = [];
  for (let turn = 0; turn < rounds; turn++) times.push(await round());
  const words = times.map((pair) => pair.map((ms) => Math.round(ms)).join('/')).join(' ');
  console.log(`shown/gone, ms: ${words}`);
  trial.note(words);
  await until('no more open files', () => readdirSync('/proc/self/fd').length <= filesBefore);
  for (const kind of [0, 1] as const) {
    const sorted = times.map((pair) => pair[kind]).sort((a, b) => a - b);
    // By the guest's own clock, which no busy host slows down (host/guest.ts).
    assert.ok((sorted[(rounds - 1) / 2] ?? Infinity) < 1000);
  }
});
