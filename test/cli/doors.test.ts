/** A terminal with several doors is one terminal. */
import { expect, it } from 'vitest';
import { bestDoors } from '../../cli/arguments/doors.ts';
import type { PortInfo } from '../../native-bridge/contract/port.ts';

function port(url: string, door: PortInfo['door'], deviceId: string | null): PortInfo {
  const kind = url.startsWith('usb') ? 'usb' : 'serial';
  const unknown = { manufacturer: null, product: null, serialNumber: null };
  const ids = { vendorId: '2fb8', productId: '2205', profiles: ['android-generic'] };
  return { url, path: url, kind, door, deviceId, ...unknown, ...ids };
}

const serial = port('serial:///dev/ttyACM0', null, '1-4');
const adb = port('usb://2fb8:2205/ONE', 'adb', '1-4');
const fastboot = port('usb://2fb8:d00d/TWO', 'fastboot', '1-5');

it('is taken by the door that most can be done through', () => {
  expect(bestDoors([serial, adb])).toEqual([adb]);
  expect(bestDoors([adb, serial])).toEqual([adb]);
  expect(bestDoors([{ ...fastboot, deviceId: '1-4' }, serial])).toEqual([serial]);
});

it('beside another one is named once', () => {
  expect(bestDoors([serial, fastboot, adb])).toEqual([adb, fastboot]);
});

it('whose place nobody tells is its port', () => {
  const lone = [port('serial:///dev/ttyS0', null, null), port('serial:///dev/ttyS1', null, null)];
  expect(bestDoors(lone)).toEqual(lone);
});
