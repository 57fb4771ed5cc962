/** Which plugged-in device is connected without being asked for. */
import { describe, expect, it } from 'vitest';
import type { PortInfo } from '../../native-bridge/contract/port.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { Greeting } from '../../renderer/state/greeting.ts';
import { portDevices } from '../../renderer/state/port-devices.ts';

const port = (url: string, profiles: string[], deviceId: string | null = null): PortInfo => ({
  ...{ url, profiles, deviceId },
  ...{ path: url, kind: 'serial', door: null, product: null, manufacturer: null },
  ...{ serialNumber: null, vendorId: '2fb8', productId: '2205' },
});
const terminal = (portUrl: string, connected = true, kind: Terminal['activity']['kind'] = 'idle') =>
  ({ portUrl, connected, activity: { kind } }) as Terminal;

const known = port('serial://A', ['code-box'], '1-1');

const second = port('serial://B', ['code-box'], '1-2');

function greeted(
  greeting: Greeting,
  ports: PortInfo[],
  terminals: Terminal[] = [],
  connecting?: string,
) {
  return greeting.next(portDevices(ports), terminals, connecting);
}

describe('a device that is plugged in', () => {
  it('is connected where its model is known, once', () => {
    const greeting = new Greeting();
    expect(greeted(greeting, [known])).toBe('serial://A');
    expect(greeted(greeting, [known])).toBeNull();
  });

  it('is connected again after it was unplugged', () => {
    const greeting = new Greeting();
    greeted(greeting, [known]);
    greeted(greeting, []);
    expect(greeted(greeting, [known])).toBe('serial://A');
  });

  it('comes after the one that was plugged in with it', () => {
    const greeting = new Greeting();
    expect(greeted(greeting, [known, second])).toBe('serial://A');
    expect(greeted(greeting, [known, second], [], 'serial://A')).toBeNull();
    expect(greeted(greeting, [known, second], [terminal('serial://A')])).toBe('serial://B');
  });

  it('comes after the one that is being connected by hand, which is not greeted on top', () => {
    const greeting = new Greeting();
    expect(greeted(greeting, [known, second], [], 'serial://A')).toBeNull();
    expect(greeted(greeting, [known, second])).toBe('serial://B');
    expect(greeted(greeting, [known, second])).toBeNull();
  });

  it('is left alone where nobody knows what it is, or it may be anybody’s phone', () => {
    const phone = port('usb://1', ['android-generic']);
    expect(greeted(new Greeting(), [port('serial://B', []), phone])).toBeNull();
  });

  it('is connected by one of its doors alone', () => {
    const other = port('usb://A', ['code-box'], '1-1');
    const greeting = new Greeting();
    expect(greeted(greeting, [known, other], [terminal('usb://A')])).toBeNull();
  });

  it.each([
    ['one of ours is away', terminal('serial://C', false, 'gone')],
    ['one is being flashed', terminal('serial://C', true, 'flashing')],
    ['settings are being written', terminal('serial://C', true, 'applying')],
  ])('is left to whoever waits for it while %s', (_why, busy) => {
    const greeting = new Greeting();
    expect(greeted(greeting, [known], [busy])).toBeNull();
    expect(greeted(greeting, [known], [])).toBeNull();
  });
});
