/** The echo device (device/echo.ts) as the tests have it: one program for all of them, plugged in for each. */
import { dirname, join } from 'node:path';
import { parseAddress } from '../../../native-bridge/ports/address.ts';
import type { UsbAddress } from '../../../native-bridge/ports/usb-address.ts';
import { adbInterface } from '../../../native-bridge/ports/usb-interfaces.ts';
import { openUsbPort, type UsbPort } from '../../../native-bridge/ports/usb-port.ts';
import { echoRequests, requestType } from '../device/echo-requests.ts';
import type { UsbStrings } from './gadget.ts';
import type { Trial } from './harness.ts';
import { UsbFunction } from './usb-function.ts';

export const echoStrings: UsbStrings = {
  vendorId: '2fb8',
  productId: '2205',
  manufacturer: 'POS Bench',
  product: 'Echo P2',
  serialNumber: 'P2-0815',
};

export const echoUrl = 'usb://2fb8:2205/P2-0815';
export const echoAddress = parseAddress(echoUrl) as UsbAddress;

/** Emulated, beside others: this says that it hangs, not that it is slow. */
export const waitMs = 30_000;
const here = dirname(process.argv[1] ?? '.');

let shared: Promise<UsbFunction> | null = null;

/** Plugged in as long as the test runs. */
export async function pluggedEcho(trial: Trial): Promise<UsbFunction> {
  // One that a test has broken is no matter of the next one's.
  const before = await shared;
  if (before?.hasEnded === true) {
    await before.remove();
    shared = null;
  }
  shared ??= startEcho('echo', 0, echoStrings, ['acm.0']);
  const device = await shared;
  await device.plug();
  trial.defer(() => device.unplug());
  return device;
}

export function startEcho(
  name: string,
  socket: number,
  usb: UsbStrings,
  beside: readonly string[] = [],
): Promise<UsbFunction> {
  const { classCode, subclass, protocol } = adbInterface;
  const numbers = [classCode, subclass, protocol].map(String);
  const program = (folder: string) => [process.execPath, join(here, 'echo.js'), folder, ...numbers];
  return UsbFunction.start({ name, socket, usb, program, beside });
}

/** Open until the test's end. */
export async function openEcho(trial: Trial): Promise<UsbPort> {
  const port = await openUsbPort(echoAddress, { match: adbInterface, timeoutMs: waitMs });
  trial.defer(() => port.close());
  return port;
}

export async function tellEcho(
  port: UsbPort,
  request: keyof typeof echoRequests,
  value: number,
): Promise<void> {
  await port.control(
    { type: requestType, request: echoRequests[request], value, index: 0, data: new Uint8Array(0) },
    { timeoutMs: waitMs },
  );
}

export async function echoSaw(port: UsbPort): Promise<{ lastBytes: number; transfers: number }> {
  const asked = { type: requestType, request: echoRequests.seen, value: 0, index: 0, data: 8 };
  const answer = Buffer.from(await port.control(asked, { timeoutMs: waitMs }));
  return { lastBytes: answer.readUInt32LE(0), transfers: answer.readUInt32LE(4) };
}
