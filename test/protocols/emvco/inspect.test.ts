import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeMerchantPresented,
  encodeMerchantPresented,
  EmvcoError,
  inspectMerchantPresented,
  type EmvcoNode,
} from '../../../native-bridge/protocols/emvco/index.ts';

/** The specification's own example (annex). */
const fromSpecification =
  '00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN' +
  '5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***' +
  '0708A60086670902ME91320016A0112233449988770708123456786304A13A';

const sealed = (objects: readonly (readonly [string, string])[]): string =>
  encodeMerchantPresented(objects.map(([id, value]) => ({ id, value })));
const good = [
  ['00', '01'],
  ['01', '11'],
  ['26', '0016cn.posbench.test0115898310048160001'],
  ['52', '5812'],
  ['53', '156'],
  ['58', 'CN'],
  ['59', 'LAOWANG NOODLES'],
  ['60', 'HANGZHOU'],
] as const;
const without = (id: string) => sealed(good.filter(([own]) => own !== id));
const problems = (text: string) =>
  inspectMerchantPresented(text).faults.map(({ problem, path }) => `${problem} ${path ?? ''}`);

function count(nodes: readonly EmvcoNode[]): number {
  return nodes.reduce((sum, { children }) => sum + 1 + count(children ?? []), 0);
}

describe('a merchant-presented code taken apart', () => {
  it('has every data object of the specification’s example, with its place', () => {
    const { nodes, faults, checksum } = inspectMerchantPresented(fromSpecification);
    expect(faults).toEqual([]);
    expect(checksum).toEqual({ expected: 'A13A', found: 'A13A' });
    expect(nodes.map(({ path }) => path).join(' ')).toBe(
      '00 01 29 31 52 58 59 60 64 54 53 55 62 91 63',
    );
    const localName = nodes.find(({ path }) => path === '64')?.children?.[1];
    expect(localName).toMatchObject({ path: '64.01', value: '最佳运输' });
    const characters = Array.from(fromSpecification);
    expect(characters.slice(localName?.at, (localName?.at ?? 0) + 4).join('')).toBe('0104');
  });

  it.each(['52', '53', '58', '59', '60'])('without %s says that it is missing', (id) => {
    expect(problems(without(id))).toEqual([`field-missing ${id}`]);
  });

  it('without any account says so', () => {
    expect(problems(without('26'))).toEqual(['field-missing 26']);
  });

  it.each([
    ['an object that stands there twice', '6008HANGZHOU', '6008HANGZHOU6002XX', 'repeated 60'],
    ['a category of five digits', '52045812', '520558121', 'malformed 52'],
    ['a country of three letters', '5802CN', '5803CHN', 'malformed 58'],
    ['an object of no length', '5802CN', '5802CN6100', 'malformed 61'],
    ['an amount that is none', '5802CN', '5802CN5403abc', 'malformed 54'],
    ['a fee that is not told', '5802CN', '5802CN550202', 'field-missing 56'],
    ['a name of 26 characters', '5915LAOWANG NOODLES', `5926${'N'.repeat(26)}`, 'malformed 59'],
    [
      'a scheme without a name',
      '0016cn.posbench.test',
      '0216cn.posbench.test',
      'field-missing 26.00',
    ],
    ['an amount of nothing', '5802CN', '5802CN54040.00', 'zero 54'],
    ['a fee that nothing calls for', '5802CN', '5802CN56041.00', 'not-allowed 56'],
    ['a percentage beside a fixed fee', '5802CN', '5802CN55020256041.0057011', 'not-allowed 57'],
    ['a percentage of 100', '5802CN', '5802CN5502035703100', 'malformed 57'],
    [
      'a bill number of 26 characters',
      '5802CN',
      `5802CN62300126${'1'.repeat(26)}`,
      'malformed 62.01',
    ],
    ['something unknown asked of the payer', '5802CN', '5802CN62060902XX', 'malformed 62.09'],
    ['a language without a name', '5802CN', '5802CN64060002ZH', 'field-missing 64.01'],
    ['a scheme’s template without its name', '5802CN', '5802CN80060102ab', 'field-missing 80.00'],
    ['one in additional data', '5802CN', '5802CN621050060102ab', 'field-missing 62.50.00'],
    ['a checksum within another object', '6008HANGZHOU', '6016HANGZHOU', 'crc-missing '],
  ])('says what is wrong with %s', (_what, before, after, expected) => {
    expect(problems(sealed(good).replace(before, after))).toContain(expected);
  });

  it.each([
    [
      'a name in Chinese where Latin letters belong',
      '5915LAOWANG NOODLES',
      '5904老王面馆',
      ['not-ascii 59'],
    ],
    ['more decimals than the currency has', '5802CN', '5802CN54051.234', ['decimals 54']],
    ['decimals of a currency without', '5303156', '530339254041.50', ['decimals 54']],
    ['decimals as the currency has them', '5802CN', '5802CN54041.50', []],
  ])('cautions of %s', (_what, before, after, expected) => {
    const { cautions } = inspectMerchantPresented(sealed(good).replace(before, after));
    expect(cautions.map(({ problem, path }) => `${problem} ${path ?? ''}`)).toEqual(expected);
  });

  it('says where it is cut short, and keeps what came before', () => {
    const { nodes, faults } = inspectMerchantPresented(fromSpecification.slice(0, 60));
    expect(nodes.map(({ path }) => path)).toEqual(['00', '01', '29']);
    expect(faults).toMatchObject([
      { problem: 'truncated', path: '31', at: 46 },
      { problem: 'crc-missing' },
    ]);
  });

  it('tells every changed character of the example', () => {
    const characters = Array.from(fromSpecification);
    const untold = characters.filter((character, place) => {
      const other = character === '7' ? '8' : '7';
      const changed = [...characters.slice(0, place), other, ...characters.slice(place + 1)];
      return inspectMerchantPresented(changed.join('')).faults.length === 0;
    });
    expect(untold).toEqual([]);
  });

  it('never throws, and never has more objects than four characters each allow', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 1100, unit: 'grapheme' }),
      fc.stringMatching(/^[0-9]{0,600}$/),
    );
    fc.assert(
      fc.property(text, (any) => {
        const { nodes } = inspectMerchantPresented(`000201${any}`);
        expect(count(nodes)).toBeLessThanOrEqual(any.length + 6);
      }),
    );
  });

  it('finds nothing wrong only where the strict reader takes it', () => {
    const id = fc.constantFrom(
      '01',
      '04',
      '26',
      '27',
      '54',
      '55',
      '56',
      '59',
      '61',
      '62',
      '64',
      '80',
    );
    const value = fc.oneof(
      fc.constantFrom('11', '12', '02', '0003cn.0102xy', '0104abcd', '1.50', 'X', '0002ZH0102王家'),
      fc.stringMatching(/^[0-9A-Za-z.]{1,30}$/),
    );
    let well = 0;
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(id, value), { selector: ([own]) => own }), (more) => {
        const own = new Map<string, string>([...good, ...more]);
        const text = sealed([...own]);
        if (inspectMerchantPresented(text).faults.length > 0) return;
        well++;
        expect(taken(text)).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(well).toBeGreaterThan(20);
  });
});

function taken(text: string): boolean {
  try {
    decodeMerchantPresented(text);
    return true;
  } catch (error) {
    if (error instanceof EmvcoError) return false;
    throw error;
  }
}
