import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalAddress,
  formatAddress,
  parseAddress,
  portName,
} from '../../native-bridge/ports/address.ts';
import { PortError } from '../../native-bridge/ports/port.ts';
import { usbAddressOf } from '../../native-bridge/ports/usb-address.ts';

describe('an address', () => {
  it.each([
    ['/dev/ttyUSB0', 'serial:///dev/ttyUSB0'],
    ['serial:///dev/ttyUSB0?baud=921600', 'serial:///dev/ttyUSB0?baud=921600'],
    [' COM7 ', 'serial://COM7'],
    ['com12', 'serial://COM12'],
    ['\\\\.\\COM7', 'serial://COM7'],
    ['serial://COM7?baud=9600', 'serial://COM7?baud=9600'],
    ['/dev/serial/by-id/usb-a:b', 'serial:///dev/serial/by-id/usb-a:b'],
    ['/dev/odd name', 'serial:///dev/odd%20name'],
    ['tcp://127.0.0.1:7000', 'tcp://127.0.0.1:7000'],
    ['tcp://Bench.local:7000/', 'tcp://bench.local:7000'],
    ['tcp://[::1]:7000', 'tcp://[::1]:7000'],
    ['usb://2FB8:2205/P2-0815', 'usb://2fb8:2205/P2-0815'],
    ['usb://2fb8:2205/@1-1.4', 'usb://2fb8:2205/@1-1.4'],
    ['usb://2fb8:2205/%401-1.4', 'usb://2fb8:2205/%401-1.4'],
    ['usb://2fb8:2205/a%20b', 'usb://2fb8:2205/a%20b'],
    ['usb://2fb8:2205/a%2Fb%3F%23', 'usb://2fb8:2205/a%2Fb%3F%23'],
    ['usb://2fb8:2205/%E7%BB%88%E7%AB%AF', 'usb://2fb8:2205/%E7%BB%88%E7%AB%AF'],
    ['adb://192.168.1.20', 'adb://192.168.1.20:5555'],
    ['adb://Terminal.local:5557/', 'adb://terminal.local:5557'],
    ['adb://[::1]', 'adb://[::1]:5555'],
    ['adb://[::1]:5557', 'adb://[::1]:5557'],
    ['fastboot://192.168.1.20', 'fastboot://192.168.1.20:5554'],
    ['fastboot://10.0.0.7:5600', 'fastboot://10.0.0.7:5600'],
    ['replay:///home/li/talk.jsonl', 'replay:///home/li/talk.jsonl'],
    ['replay:///home/li/talk.jsonl?pace=0', 'replay:///home/li/talk.jsonl'],
    ['replay:///home/li/talk.jsonl?pace=1', 'replay:///home/li/talk.jsonl?pace=1'],
    ['replay:///home/%E5%BC%A0%E4%B8%89/a b.jsonl', 'replay:///home/张三/a%20b.jsonl'],
    ['replay:///C:/talk.jsonl?pace=0.5', 'replay:///C:/talk.jsonl?pace=0.5'],
    ['replay:///c:\\Users\\li\\talk.jsonl', 'replay:///c:/Users/li/talk.jsonl'],
  ])('given as %s is canonical as %s', (given, canonical) => {
    expect(canonicalAddress(given)).toBe(canonical);
  });

  it.each([
    '',
    'ttyUSB0',
    'COM0',
    '/',
    '/dev/',
    '/dev/../etc/passwd',
    '/dev/tty\u0007',
    'serial://',
    'serial:///dev/ttyUSB0?baud=fast',
    'serial:///dev/ttyUSB0?baud=0',
    'serial:///dev/ttyUSB0?baud=115200?baud=9600',
    'serial:///dev/%zz',
    'tcp://127.0.0.1',
    'tcp://127.0.0.1:0',
    'tcp://127.0.0.1:65536',
    'tcp://user@host:1',
    'http://127.0.0.1:80',
    'usb://2fb8:2205',
    'usb://2fb8:2205/',
    'usb://2fb8/SERIAL',
    'usb://2fb8:22056/SERIAL',
    'usb://2fb8:2205/a/b',
    'usb://2fb8:2205/a?b',
    'usb://2fb8:2205/%00',
    'usb://2fb8:2205/%E2%80%AE',
    'usb://2fb8:2205/%zz',
    'usb://2fb8:2205/@1',
    'usb://2fb8:2205/@01-1',
    'usb://2fb8:2205/@1-../../x',
    `usb://2fb8:2205/${'x'.repeat(127)}`,
    'adb://',
    'adb://host:0',
    'adb://host:5555:1',
    'adb://user@host',
    `/dev/${'x'.repeat(600)}`,
    'replay://',
    'replay:///',
    'replay://talk.jsonl',
    'replay:///home/li/',
    'replay:///home/../etc/passwd',
    'replay:///C:\\..\\talk.jsonl',
    'replay:///talk\u0000.jsonl',
    'replay:///talk.jsonl?pace=fast',
    'replay:///talk.jsonl?pace=-1',
    'replay:///talk.jsonl?pace=999',
  ])('%j is refused', (given) => {
    expect(() => parseAddress(given)).toThrow(
      expect.objectContaining({ name: 'PortError', code: 'port-address-invalid' }),
    );
  });

  it('is named as a person does', () => {
    const names = [
      'serial:///dev/ttyUSB0?baud=9600',
      'COM7',
      'tcp://[::1]:7000',
      'adb://192.168.1.20',
      'usb://2fb8:2205/a%2Fb',
      'usb://2fb8:2205/@1-1.4',
      'replay:///home/li/talk.jsonl?pace=1',
      'replay:///C:/Users/li/talk.jsonl',
    ];
    expect(names.map((text) => portName(parseAddress(text)))).toEqual([
      '/dev/ttyUSB0',
      'COM7',
      '[::1]:7000',
      '192.168.1.20:5555',
      '2fb8:2205/a%2Fb',
      '2fb8:2205/@1-1.4',
      '/home/li/talk.jsonl',
      'C:\\Users\\li\\talk.jsonl',
    ]);
  });

  it('is the same after writing and reading it', () => {
    const path = fc
      .stringMatching(/^\/dev(?:\/[\w .:%?#@+~-]{1,20}){1,3}$/)
      .filter((text) => !text.split('/').includes('..'));
    const baud = fc.option(fc.integer({ min: 50, max: 20_000_000 }));
    fc.assert(
      fc.property(path, baud, (path, baud) => {
        const address = { kind: 'serial', path, baud } as const;
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
    );
  });

  it('of a USB device is the same after writing and reading it, whatever the device calls itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (serialNumber) => {
        const ids = { vendorId: '2fb8', productId: '2205' };
        const address = usbAddressOf({ ...ids, serialNumber, place: '1-1.4' });
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
    );
  });

  it('of a recording is the same after writing and reading it', () => {
    const path = fc
      .stringMatching(/^(?:\/[\w .%?#张@-]{1,12}){1,3}$/u)
      .filter((text) => !text.split('/').includes('..'));
    const pace = fc.constantFrom(0, 0.25, 1, 100);
    fc.assert(
      fc.property(path, pace, (path, pace) => {
        const address = { kind: 'replay', path, pace } as const;
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
    );
  });

  it('of any text is understood or refused with a PortError', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          const canonical = canonicalAddress(text);
          expect(canonicalAddress(canonical)).toBe(canonical);
        } catch (error) {
          expect(error).toBeInstanceOf(PortError);
        }
      }),
    );
  });
});
