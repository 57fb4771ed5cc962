/** Which plugged-in device is connected without being asked for. */
import { describe, expect, it } from 'vitest';
import type { PortInfo } from '../../native-bridge/contract/port.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { Greeting } from '../../renderer/state/greeting.ts';
import { portDevices } from '../../renderer/state/port-devices.ts';

const port = (
  url: string,
  profiles: string[],
  deviceId: string | null = null,
  serialNumber: string | null = null,
): PortInfo => ({
  ...{ url, profiles, deviceId, serialNumber },
  ...{ path: url, kind: 'serial', door: null, product: null, manufacturer: null },
  ...{ vendorId: '2fb8', productId: '2205' },
});
const terminal = (
  portUrl: string,
  connected = true,
  kind: Terminal['activity']['kind'] = 'idle',
  cut = 'idle',
): Terminal => {
  const interrupted = connected ? null : { key: `interrupted_${cut}`, facts: {} };
  return { id: portUrl, portUrl, connected, activity: { kind }, interrupted } as Terminal;
};

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

  it('is forgotten where it left before its turn came', () => {
    const greeting = new Greeting();
    greeted(greeting, [known, port('serial://B', ['code-box'], '1-2')]);
    expect(greeted(greeting, [known], [terminal('serial://A')])).toBeNull();
  });

  describe('in the place of one that was unplugged', () => {
    const first = port('serial://A', ['code-box'], '1-1', 'ONE');
    const unplugged = (kind: Terminal['activity']['kind'], serialNumber: string | null) => {
      const greeting = new Greeting();
      greeted(greeting, [{ ...first, serialNumber }]);
      greeted(greeting, [{ ...first, serialNumber }], [terminal('serial://A')]);
      greeted(greeting, [], [terminal('serial://A', false, kind)]);
      return greeting;
    };
    const after = (greeting: Greeting, serialNumber: string | null) =>
      greeted(greeting, [{ ...first, serialNumber }], [terminal('serial://A', false, 'gone')]);

    it('is connected where its number is another', () => {
      expect(after(unplugged('gone', 'ONE'), 'TWO')).toBe('serial://A');
    });

    it.each([
      ['its number is the same', 'ONE', 'ONE'],
      ['it has no number', 'ONE', null],
      ['the one that left had none', null, 'TWO'],
    ])('is left to be taken up again where %s', (_why, left, came) => {
      expect(after(unplugged('gone', left), came)).toBeNull();
    });

    it('is left alone where that one’s work was cut off', () => {
      const cut = terminal('serial://A', false, 'gone', 'flashing');
      const ports = [{ ...first, serialNumber: 'TWO' }];
      expect(greeted(unplugged('gone', 'ONE'), ports, [cut])).toBeNull();
    });

    it('is left alone while that one’s flash waits for it', () => {
      const greeting = unplugged('flashing', 'ONE');
      const waiting = terminal('serial://A', false, 'flashing');
      expect(greeted(greeting, [{ ...first, serialNumber: 'TWO' }], [waiting])).toBeNull();
    });
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
