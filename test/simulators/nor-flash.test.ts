/** The flash itself: what can be written when, and what is left when the power goes. */
import { expect, test } from 'vitest';
import {
  FlashArea,
  NorFlash,
  PowerLost,
} from '../../native-bridge/simulators/codebox/boot/nor-flash.ts';
import { swapType } from '../../native-bridge/simulators/codebox/boot/swap-type.ts';
import { Trailer } from '../../native-bridge/simulators/codebox/boot/trailer.ts';

const UNIT = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);

test('erased flash is ones, and a unit is programmed once', () => {
  const flash = new NorFlash(8192);
  flash.program(8, UNIT);
  expect(() => flash.program(8, UNIT)).toThrow('not-erased at 8');
  flash.eraseSector(0);
  expect(flash.bytes.every((byte) => byte === 0xff)).toBe(true);
  flash.program(8, UNIT);
  expect([...flash.bytes.subarray(8, 16)]).toEqual([...UNIT]);
});

test('ones change nothing, wherever they are written', () => {
  const flash = new NorFlash(4096);
  flash.program(0, UNIT);
  flash.program(0, new Uint8Array(8).fill(0xff));
  expect(flash.bytes[0]).toBe(1);
});

test.for([
  ['half a unit', (flash: NorFlash) => flash.program(0, UNIT.subarray(0, 4)), 'unaligned'],
  ['between two units', (flash: NorFlash) => flash.program(4, UNIT), 'unaligned'],
  ['part of a sector', (flash: NorFlash) => flash.eraseSector(8), 'unaligned'],
  ['behind the end', (flash: NorFlash) => flash.program(4096, UNIT), 'out-of-range'],
] as const)('%s is refused', ([, act, code]) => {
  expect(() => act(new NorFlash(4096))).toThrow(code);
});

test('an area ends where it ends', () => {
  const area = new FlashArea(new NorFlash(8192), 0, 4096);
  expect(() => area.program(4096, UNIT)).toThrow('out-of-range');
  expect(() => area.erase(1)).toThrow('out-of-range');
});

test('the power goes right after the operation that was named, and what was done stays', () => {
  const flash = new NorFlash(4096);
  flash.cutAfter(2);
  flash.program(0, UNIT);
  expect(() => flash.program(8, UNIT)).toThrow(PowerLost);
  expect(() => flash.program(16, UNIT)).toThrow(PowerLost);
  flash.cutAfter(null);
  expect([...flash.bytes.subarray(8, 24)]).toEqual([...UNIT, ...new Array<number>(8).fill(0xff)]);
});

test('a trailer says what was written into it, each field once', () => {
  const area = new FlashArea(new NorFlash(8192), 0, 8192);
  const trailer = new Trailer(area, 3);
  expect(trailer.read()).toMatchObject({ magic: 'unset', imageOk: 'unset', swapSizeBytes: null });
  trailer.begin('perm', 12_345, true);
  trailer.writeStatus(4);
  expect(trailer.statusEnd).toBe(5);
  expect(trailer.read()).toEqual({
    magic: 'good',
    imageOk: 'set',
    copyDone: 'unset',
    swapType: 'perm',
    swapSizeBytes: 12_345,
  });
});

test('the magic is the published one, at the very end', () => {
  const flash = new NorFlash(4096);
  new Trailer(new FlashArea(flash, 0, 4096), 0).writeMagic();
  expect(Buffer.from(flash.bytes.subarray(-16)).toString('hex')).toBe(
    '77c295f360d2ef7f3552500f2cb67980',
  );
});

test('the table of swap types is the published one', () => {
  const unset = {
    magic: 'unset',
    imageOk: 'unset',
    copyDone: 'unset',
    swapType: 'none',
    swapSizeBytes: null,
  } as const;
  const good = { ...unset, magic: 'good' } as const;
  expect(swapType(unset, unset)).toBe('none');
  expect(swapType(unset, good)).toBe('test');
  expect(swapType(unset, { ...good, imageOk: 'set' })).toBe('perm');
  expect(swapType({ ...good, copyDone: 'set' }, unset)).toBe('revert');
  expect(swapType({ ...good, copyDone: 'set', imageOk: 'set' }, unset)).toBe('none');
  expect(swapType({ ...good, copyDone: 'set' }, { ...unset, magic: 'bad' })).toBe('none');
});
