/** An Android terminal on USB whose cable was pulled: where it is looked for, and by what it is known. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  closeContext,
  openContext,
  type Context,
} from '../../../native-bridge/operations/context.ts';
import { isOnlyBootLoader, usbSerialNumber } from '../../../native-bridge/operations/identify.ts';
import { isNobodysNumber } from '../../../native-bridge/operations/nobodys-number.ts';
import { otherPorts } from '../../../native-bridge/operations/other-ports.ts';
import { recognise } from '../../../native-bridge/operations/recognise.ts';
import { portsOf } from '../../../native-bridge/ports/discovered-port.ts';
import type { UsbDevice } from '../../../native-bridge/ports/usb-devices.ts';
import { sessionOver } from '../../support/adb-session.ts';
import { openDaemon } from '../../support/scripted-adbd.ts';

const terminal: UsbDevice = {
  place: '1-1',
  vendorId: '2fb8',
  productId: '2205',
  manufacturer: null,
  product: null,
  serialNumber: 'SN-1',
  door: 'adb',
};
const portUrl = 'usb://2fb8:2205/SN-1';
const left = {
  portUrl,
  usbSerialNumber: 'SN-1',
  portsBefore: new Set(['2fb8:2205/SN-1']),
  profile: null,
};

/** A program on a computer with these USB devices, each with a serial port beside its door. */
async function contextWith(...usb: UsbDevice[]): Promise<Context> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'pos-bench-place-'));
  const serial = usb.map(({ place, serialNumber }, index) => ({
    path: `/dev/ttyACM${index}`,
    locationId: place,
    ...(serialNumber !== null && { serialNumber }),
  }));
  const ports = { ports: portsOf(serial, usb), listedBy: 'system' } as const;
  const discoverPorts = () => Promise.resolve(ports);
  const context = await openContext({ dataFolder, program: 'cli' }, { discoverPorts });
  onTestFinished(async () => {
    await closeContext(context);
    await rm(dataFolder, { recursive: true });
  });
  return context;
}

it.each([
  ['in another socket as another product', { place: '1-2', productId: 'd001' }, true],
  ['as another terminal', { place: '1-2', serialNumber: 'SN-2' }, false],
  ['in its boot loader', { productId: 'd00d', door: 'fastboot' }, true],
  ['with no door but DFU', { productId: 'd00d', door: 'dfu' }, false],
] as const)('one that came back %s', async (_how, changed, isFound) => {
  const again: UsbDevice = { ...terminal, ...changed };
  const context = await contextWith(again);
  const found = await otherPorts(context, left);
  expect(found).toEqual(isFound ? [`usb://2fb8:${again.productId}/SN-1`] : []);
});

it.each([
  ['adb://10.0.0.7:40001', ['fastboot://10.0.0.7:5554']],
  ['fastboot://10.0.0.7:5554', ['adb://10.0.0.7:5555']],
  ['tcp://10.0.0.7:5555', []],
])('over the network from %s it is looked for at %j', async (url, expected) => {
  const context = await contextWith(terminal);
  expect(await otherPorts(context, { ...left, portUrl: url })).toEqual(expected);
});

/** Whom the records know, on the address of its system. */
async function visited(context: Context, model: string): Promise<string> {
  const nothing = { hardware: null, firmwareVersion: null, firmwareHash: null };
  const identity = { serialNumber: 'SN-1', basis: 'serial-number', model, ...nothing } as const;
  return (await context.records.upsertTerminal(identity, portUrl, 'android-generic')).id;
}

/** For whom a recovery is taken that is another USB product. */
async function takenFor(context: Context): Promise<string | undefined> {
  const session = await sessionOver(openDaemon(undefined, 'sideload::ro.product.model=m;'));
  const asked = { profile: null, profileFileId: null, merchantFileId: null, chosen: null };
  const { signal } = new AbortController();
  const url = 'usb://2fb8:d001/SN-1';
  const { bootLoader } = await recognise(context, session, { portUrl: url, ...asked }, url, signal);
  return bootLoader?.of?.id;
}

it('a recovery that is another USB product is its terminal’s by the device’s number', async () => {
  const context = await contextWith({ ...terminal, productId: 'd001' });
  expect(await takenFor(context)).toBeUndefined();
  const id = await visited(context, 'P2');
  expect(await takenFor(context)).toBe(id);
});

it('of two models with that number it is the one that a flash was left open on, else nobody’s', async () => {
  const context = await contextWith({ ...terminal, productId: 'd001' });
  const terminalId = await visited(context, 'P2');
  await visited(context, 'P3');
  expect(await takenFor(context)).toBeUndefined();
  const entry = { request: 'flash', terminalId, caseId: null, phase: null };
  await context.records.journalBegin(entry);
  expect(await takenFor(context)).toBe(terminalId);
});

it('on its serial line it is not looked for at its other doors', async () => {
  const context = await contextWith(terminal);
  const serial = { ...left, portUrl: 'serial:///dev/ttyACM9' };
  const found = await otherPorts(context, serial);
  expect(found).toEqual(['serial:///dev/ttyACM0']);
});

it('the number of its USB device is known, unless many devices show the same', async () => {
  expect(await usbSerialNumber(await contextWith(terminal), portUrl)).toBe('SN-1');
  const shared = { ...terminal, serialNumber: '0123456789ABCDEF' };
  const url = 'usb://2fb8:2205/0123456789ABCDEF';
  expect(await usbSerialNumber(await contextWith(shared), url)).toBeNull();
});

it.each([
  '0123456789ABCDEF',
  '0123456789abcdef',
  '1234567890',
  '00000000',
  '0',
  'unknown',
  'FFFFFF',
])('%s is the number of no terminal', (text) => {
  expect(isNobodysNumber(text)).toBe(true);
});

it.each(['01234', 'constructor', 'PBN9A3250117', '0123456789ABCDE0', '1'])(
  '%s may be the number of one',
  (text) => {
    expect(isNobodysNumber(text)).toBe(false);
  },
);

it.each([
  ['device', false],
  ['recovery', true],
  ['sideload', true],
])('a daemon in %s mode tells that its application is not there: %s', async (mode, only) => {
  const session = await sessionOver(openDaemon(undefined, `${mode}::ro.product.model=m;`));
  expect(await isOnlyBootLoader(session, new AbortController().signal)).toBe(only);
});
