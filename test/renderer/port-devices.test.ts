/** The doors of one device stand together in the list. */
import { describe, expect, it } from 'vitest';
import type { PortInfo } from '../../native-bridge/contract/port.ts';
import { portDevices } from '../../renderer/state/port-devices.ts';

const port = (more: Partial<PortInfo>): PortInfo => ({
  url: 'serial:///dev/ttyUSB0',
  path: '/dev/ttyUSB0',
  kind: 'serial',
  door: null,
  deviceId: null,
  manufacturer: null,
  product: null,
  serialNumber: null,
  vendorId: null,
  productId: null,
  profiles: [],
  ...more,
});

const device = { deviceId: '1-1.4', serialNumber: 'PBN9A3250117' };
const serial = port({ ...device, url: 'serial:///dev/ttyACM0', path: '/dev/ttyACM0' });
const adb = port({
  ...device,
  url: 'usb://1209:0003/PBN9A3250117',
  path: '1209:0003/PBN9A3250117',
  kind: 'usb',
  door: 'adb',
  manufacturer: 'POS Bench',
  product: 'AT-900',
});

describe('the ports of a list', () => {
  it('are one device where they are plugged in at one place', () => {
    expect(portDevices([serial, port({}), adb])).toEqual([
      {
        key: '1-1.4',
        name: 'POS Bench AT-900',
        serialNumber: 'PBN9A3250117',
        ports: [serial, adb],
      },
      { key: 'serial:///dev/ttyUSB0', name: null, serialNumber: null, ports: [port({})] },
    ]);
  });

  it('are apart where nobody tells where they are plugged in', () => {
    const others = [port({ url: 'serial://COM3' }), port({ url: 'serial://COM4' })];
    expect(portDevices(others).map(({ ports }) => ports)).toEqual(others.map((one) => [one]));
  });

  it('name a maker once', () => {
    const named = port({ manufacturer: 'SUNMI', product: 'Sunmi P2' });
    expect(portDevices([named])[0]?.name).toBe('Sunmi P2');
  });
});
