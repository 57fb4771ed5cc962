import { describe, expect, it } from 'vitest';
import { decodeText, parseGetprop } from '../../../native-bridge/protocols/android/index.ts';

const read = (text: string) => Object.fromEntries(parseGetprop(text));
const utf16 = (text: string, mark: readonly number[]) =>
  new Uint8Array([...mark, ...Array.from(text).flatMap((c) => [c.charCodeAt(0), 0])]);

describe('getprop', () => {
  it('is read, with empty values and brackets within values', () => {
    expect(read('[a.b]: [1]\n[a.c]: []\n[a.d]: [x [y] z]\n[a.e]: [中文]\n')).toEqual({
      'a.b': '1',
      'a.c': '',
      'a.d': 'x [y] z',
      'a.e': '中文',
    });
  });

  it('has values over several lines', () => {
    expect(read('[why]: [reboot,1\nshutdown,2\n\ncold,3]\n[next]: [n]\n')).toEqual({
      why: 'reboot,1\nshutdown,2\n\ncold,3',
      next: 'n',
    });
  });

  it('ends its lines with CR LF', () => {
    expect(read('[a]: [1]\r\n[b]: [2\r\n3]\r\n')).toEqual({ a: '1', b: '2\n3' });
  });

  it('is padded by a window', () => {
    expect(read('[a]: [1]     \n[b]: [2 ]    \n[c]: [3    \n4]   ')).toEqual({
      a: '1',
      b: '2 ',
      c: '3\n4',
    });
  });

  it('is broken at the width of a window', () => {
    const lines = ['one', 'two', 'three', 'four'].map((key) => `[${key}]: [${'v'.repeat(30)}]`);
    const broken = lines.map((line) => `${line.slice(0, 24)}\n${line.slice(24)}`).join('\n');
    expect(read(broken)).toEqual(read(lines.join('\n')));
    expect(read(broken)).toMatchObject({ four: 'v'.repeat(30) });
  });

  it('keeps the lines of values apart where a window padded every line to its width', () => {
    const values = ['one', 'two', 'three', 'four'].map((key) => `[${key}]: [first\nsecond]`);
    const padded = values.join('\n').replaceAll(/^.*$/gm, (line) => line.padEnd(30));
    expect(read(padded)).toEqual(read(values.join('\n')));
    expect(read(padded)).toMatchObject({ four: 'first\nsecond' });
  });

  it('loses a value that was never closed, and no other', () => {
    expect(read('[a]: [1]\n[b]: [2\n[c]: [3]\n[d]: [4')).toEqual({ a: '1', c: '3' });
  });

  it('leaves out lines that are no property', () => {
    expect(read('000[x]: [1]\nWARNING: linker\n[a]: [1]\nnoise\n[b] [2]\n[]: [3]\n')).toEqual({
      a: '1',
    });
  });

  it('was saved as UTF-16', () => {
    expect(read(decodeText(utf16('[a]: [1]\r\n', [0xff, 0xfe])))).toEqual({ a: '1' });
    expect(read(new TextDecoder().decode(utf16('[a]: [1]\r\n', [0xff, 0xfe])))).toEqual({ a: '1' });
  });

  it('keeps the first of a name, and an own name of every object', () => {
    expect(parseGetprop('[a]: [1]\n[a]: [2]\n[__proto__]: [p]\n').get('a')).toBe('1');
    expect(parseGetprop('[__proto__]: [p]\n').get('__proto__')).toBe('p');
  });
});
