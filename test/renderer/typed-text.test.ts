/** What the technician types: addresses and shell commands. */
import { describe, expect, test } from 'vitest';
import { addressOf, portLabel } from '../../renderer/state/port-label.ts';
import { splitCommand } from '../../renderer/state/split-command.ts';

test.each([
  ['/dev/ttyUSB0', 'serial:///dev/ttyUSB0'],
  ['COM7', 'serial://COM7'],
  [' 127.0.0.1:7000 ', 'tcp://127.0.0.1:7000'],
  ['tcp://box:9', 'tcp://box:9'],
  ['serial:///dev/ttyS0?baud=9600', 'serial:///dev/ttyS0?baud=9600'],
])('%s is taken as %s', (typed, address) => {
  expect(addressOf(typed)).toBe(address);
});

test('an address that is none is left for the bridge to refuse', () => {
  expect(addressOf('somewhere')).toBe('somewhere');
});

test('a serial port is called by its path, with its rate', () => {
  expect(portLabel('serial:///dev/ttyUSB0?baud=115200')).toEqual({
    name: '/dev/ttyUSB0',
    kind: 'serial',
    baud: 115200,
  });
});

test('a port without a rate says none', () => {
  expect(portLabel('tcp://127.0.0.1:7000')).toEqual({
    name: '127.0.0.1:7000',
    kind: 'tcp',
    baud: null,
  });
});

describe('a shell command', () => {
  test.each([
    ['kernel uptime', ['kernel', 'uptime']],
    ['  a   b ', ['a', 'b']],
    [`set name "红灯笼 面馆"`, ['set', 'name', '红灯笼 面馆']],
    [`echo 'a "b" c'`, ['echo', 'a "b" c']],
    [`a"b c"d`, ['ab cd']],
    [String.raw`a\ b`, ['a b']],
    ['""', ['']],
    ['', []],
  ])('%s becomes words', (typed, words) => {
    expect(splitCommand(typed)).toEqual(words);
  });
});
