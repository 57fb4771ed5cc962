/** USB devices in the list of ports, and hot-plug. */
import assert from 'node:assert/strict';
import {
  listPorts,
  watchPorts,
  type DiscoveredPort,
} from '../../../native-bridge/ports/discovery.ts';
import { echoStrings, echoUrl, pluggedEcho } from './echo-device.ts';
import { Gadget } from './gadget.ts';
import { test, until } from './harness.ts';

test('a device with an ADB interface is listed with its names, and its serial port as a door of the same device', async (trial) => {
  const device = await pluggedEcho(trial);
  const tty = await device.gadget.appeared();
  const place = device.gadget.hostPlace();
  const { ports } = await listPorts();
  const doors = ports.filter(({ vendorId }) => vendorId === echoStrings.vendorId);
  const same = {
    deviceId: place,
    manufacturer: 'POS Bench',
    serialNumber: 'P2-0815',
    vendorId: '2fb8',
    productId: '2205',
  };
  assert.deepEqual(
    doors.map(({ product: _, ...door }) => door),
    [
      { ...same, url: `serial://${tty}`, path: tty, kind: 'serial', door: null },
      { ...same, url: echoUrl, path: '2fb8:2205/P2-0815', kind: 'usb', door: 'adb' },
    ],
  );
  assert.equal(doors[1]?.product, 'Echo P2');
});

test('a device with an ADB interface shows within a second of being plugged in, and is gone as fast, by the median of seven times', async (trial) => {
  const device = await pluggedEcho(trial);
  await device.unplug();
  const stop = new AbortController();
  trial.defer(() => stop.abort());
  let here = false;
  const waiting: { told?: () => void } = {};
  const isOurs = ({ url }: DiscoveredPort): boolean => url === echoUrl;
  void (async () => {
    for await (const { ports } of watchPorts({ signal: stop.signal, intervalMs: 300 })) {
      here = ports.some(isOurs);
      waiting.told?.();
    }
  })();
  const becomes = async (wanted: boolean): Promise<number> => {
    const startMs = performance.now();
    if (here !== wanted) {
      await new Promise<void>((resolve) => {
        waiting.told = () => {
          if (here === wanted) resolve();
        };
      });
    }
    return performance.now() - startMs;
  };
  const times: (readonly [number, number])[] = [];
  for (let turn = 0; turn < 7; turn++) {
    device.gadget.plug();
    const shownMs = await becomes(true);
    device.gadget.unplug();
    times.push([shownMs, await becomes(false)]);
  }
  const words = times.map((pair) => pair.map((ms) => Math.round(ms)).join('/')).join(' ');
  console.log(`USB device shown/gone, ms: ${words}`);
  trial.note(words);
  for (const kind of [0, 1] as const) {
    const sorted = times.map((pair) => pair[kind]).sort((a, b) => a - b);
    assert.ok((sorted[3] ?? Infinity) < 1000);
  }
});

test('a device without a door is a serial port and nothing else', async (trial) => {
  const gadget = new Gadget('plain', 1, { ...echoStrings, productId: '2206' });
  trial.defer(() => gadget.remove());
  gadget.plug();
  await gadget.appeared();
  const { ports } = await until('it listed', async () => {
    const list = await listPorts();
    return list.ports.some(({ productId }) => productId === '2206') && list;
  });
  const ours = ports.filter(({ productId }) => productId === '2206');
  assert.deepEqual(
    ours.map(({ kind }) => kind),
    ['serial'],
  );
});
