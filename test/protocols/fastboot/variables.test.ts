/** What boot loaders say of themselves, in every spelling that was seen. */
import { describe, expect, test } from 'vitest';
import { parseVariableLines } from '../../../native-bridge/protocols/fastboot/variable-lines.ts';
import { readVariables } from '../../../native-bridge/protocols/fastboot/variables.ts';

const read = (...lines: string[]) => readVariables(parseVariableLines(lines));

describe('a variable', () => {
  test('may stand with or without a space, padded, and with the client’s prefix', () => {
    expect(read('product:rk3229', 'serialno: SN1', '(bootloader) unlocked:no   ')).toMatchObject({
      product: 'rk3229',
      serialNumber: 'SN1',
      unlocked: false,
    });
  });

  test('that is empty or says N/A is not known', () => {
    expect(read('version-bootloader:', 'version-baseband: N/A')).toMatchObject({
      bootloaderVersion: null,
      basebandVersion: null,
    });
  });

  test('may hold colons in its value', () => {
    expect(read('serialno:00:13:20:aa').serialNumber).toBe('00:13:20:aa');
  });

  test('gives the largest download in hexadecimal or decimal', () => {
    expect(read('max-download-size: 0x8000000').maxDownloadBytes).toBe(0x8000000);
    expect(read('max-download-size:536870912').maxDownloadBytes).toBe(536870912);
    expect(read('max-download-size: lots').maxDownloadBytes).toBeNull();
  });

  test.each([
    ['4148mV', 4148],
    ['3700', 3700],
    ['4006 mV', 4006],
    ['', null],
    ['3.7', null],
  ])('gives a voltage written %j', (text, millivolts) => {
    expect(read(`battery-voltage:${text}`).batteryMillivolts).toBe(millivolts);
  });

  test.each([['a'], ['_a'], ['A']])('gives the slot written %j', (text) => {
    expect(read(`current-slot:${text}`).currentSlot).toBe('a');
  });
});

describe('a partition', () => {
  test('has a size in hexadecimal, with 0x or without', () => {
    const { partitions } = read(
      'partition-size:sgpt: 4200',
      'partition-size:userdata: d416fbe00',
      'partition-size:boot:0x2000000',
      'partition-type:boot:raw data',
      'has-slot:boot:yes',
      'is-logical:boot:no',
    );
    expect(partitions.get('sgpt')?.sizeBytes).toBe(0x4200);
    expect(partitions.get('userdata')?.sizeBytes).toBe(0xd416fbe00);
    expect(partitions.get('boot')).toEqual({
      sizeBytes: 0x2000000,
      type: 'raw data',
      hasSlot: true,
      isLogical: false,
    });
  });

  test('with an absurd size has none', () => {
    const { partitions } = read('partition-size:x:ffffffffffffffff', 'partition-size:y:lots');
    expect(partitions.get('x')?.sizeBytes).toBeNull();
    expect(partitions.get('y')?.sizeBytes).toBeNull();
  });
});

test('slots tell how they fare', () => {
  const { slots } = read('slot-successful:_a:yes', 'slot-unbootable:b:no', 'slot-retry-count:b:7');
  expect(slots.get('a')).toEqual({ successful: true, unbootable: null, retryCount: null });
  expect(slots.get('b')).toEqual({ successful: null, unbootable: false, retryCount: 7 });
});

describe('lines', () => {
  test('end with “all: Done!!”, which is no variable', () => {
    expect([...parseVariableLines(['product:x', 'all: Done!!']).values.keys()]).toEqual([
      'product',
    ]);
  });

  test('that were split in a name are joined', () => {
    const { values } = parseVariableLines(['product:x', 'partition-si', 'ze:boot: 0x10']);
    expect(values.get('partition-size:boot')).toBe('0x10');
    expect(values.get('product')).toBe('x');
  });

  test('that were split where a packet was full are joined', () => {
    const line = `version-bootloader:${'U-Boot 2017.09 '.repeat(4)}`.slice(0, 60);
    const { values } = parseVariableLines([line, 'gc277677', 'product:x']);
    expect(values.get('version-bootloader')).toBe(`${line.slice(19)}gc277677`);
    expect(values.get('product')).toBe('x');
  });

  test('that say nothing are kept apart, and change no other', () => {
    const { values, unread } = parseVariableLines(['product:x', 'hello', '', '[67675] [fa']);
    expect([...values]).toEqual([['product', 'x']]);
    expect(unread).toEqual(['hello', '', '[67675] [fa']);
  });
});
