import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16CcittFalse } from '../../../native-bridge/protocols/crc.ts';
import {
  decodeMerchantPresented,
  decodeObjects,
  EmvcoError,
  encodeMerchantPresented,
  encodeObjects,
  type DataObject,
  type EmvcoProblem,
} from '../../../native-bridge/protocols/emvco/index.ts';

/** The specification's own example (annex), with a Chinese name whose length counts characters. */
const fromSpecification =
  '00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN' +
  '5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***' +
  '0708A60086670902ME91320016A0112233449988770708123456786304A13A';

function problemOf(text: string): EmvcoProblem {
  try {
    decodeMerchantPresented(text);
  } catch (error) {
    if (error instanceof EmvcoError) return error.problem;
    throw error;
  }
  throw new Error(`${text} was taken`);
}

/** A whole payload of these objects, sealed: only what a test breaks is broken. */
const sealed = (...objects: [string, string][]): string =>
  encodeMerchantPresented(objects.map(([id, value]) => ({ id, value })));
const good: [string, string][] = [
  ['00', '01'],
  ['01', '11'],
  ['26', '0016cn.posbench.test0115898310048160001'],
  ['52', '5812'],
  ['53', '156'],
  ['58', 'CN'],
  ['59', 'LAOWANG NOODLES'],
  ['60', 'HANGZHOU'],
];
const without = (id: string): [string, string][] => good.filter(([own]) => own !== id);

describe('a merchant-presented code', () => {
  it('is read as the specification prints its example', () => {
    const code = decodeMerchantPresented(fromSpecification);
    expect(code).toMatchObject({
      initiation: 'dynamic',
      categoryCode: '4111',
      currency: '156',
      amount: '23.72',
      country: 'CN',
      merchantName: 'BEST TRANSPORT',
      city: 'BEIJING',
      localName: '最佳运输',
    });
    expect(code.accounts).toEqual([
      { id: '29', scheme: 'D15600000000', values: ['A93FO3230Q'] },
      { id: '31', scheme: 'D15600000001', values: ['12345678'] },
    ]);
    expect(code.additional.get('07')).toBe('A6008667');
  });

  it.each([
    // Printed on public pages of payment schemes and of libraries for them.
    '00020101021252044131153137210116372101160123456789ABCDE6016Banteay Meanchey5913Kuntheas Shop5802KH540510.005303840621201081234567863041FF2',
    '000201010211057704736a2f41a3-c54c-fce8-32d2-0324e1c32e22*3440e5bf-81ca-4c5f-a1b2-cf989f09a03952045024530384054031005802US5913Test Merchant6008New York62080304123463046F6D',
  ])('from the field is read: %s', (text) => {
    expect(decodeMerchantPresented(text).merchantName).toMatch(/Shop|Merchant/);
  });

  it('without object 01 is neither static nor dynamic', () => {
    expect(decodeMerchantPresented(sealed(...without('01'))).initiation).toBeNull();
  });

  it.each([
    ['a web address', 'https://qr.alipay.com/fkx1', 'not-emvco'],
    ['no checksum', encodeObjects([{ id: '00', value: '01' }]), 'crc-missing'],
    ['a digit changed', fromSpecification.replace('23.72', '23.73'), 'crc-wrong'],
    ['its name missing', sealed(...without('59')), 'field-missing'],
    ['its currency missing', sealed(...without('53')), 'field-missing'],
    ['no merchant account', sealed(...without('26')), 'field-missing'],
    ['an object twice', sealed(...good, ['52', '5813']), 'repeated'],
    ['a template without its identifier', sealed(...good, ['27', '0104abcd']), 'malformed'],
    ['a template cut short', sealed(...good, ['27', '0010abcd']), 'truncated'],
    ['far too many characters', `000201${'9'.repeat(5000)}`, 'too-long'],
  ] as const)('with %s is refused', (_what, text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it('that is cut anywhere is refused', () => {
    for (let length = 6; length < fromSpecification.length; length++) {
      expect(problemOf(fromSpecification.slice(0, length))).toMatch(/^crc-(missing|wrong)$/);
    }
  });
});

describe('data objects', () => {
  const value = fc
    .array(fc.constantFrom('A', '0', ' ', '京', '😀', '*'), { minLength: 1, maxLength: 99 })
    .map((parts) => parts.join(''));
  const id = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, '0'));
  const objects: fc.Arbitrary<DataObject[]> = fc.uniqueArray(fc.record({ id, value }), {
    selector: (object) => object.id,
    maxLength: 20,
  });

  it('come back as they were, whatever characters they hold', () => {
    fc.assert(
      fc.property(objects, (some) => {
        expect(decodeObjects(encodeObjects(some))).toEqual(some);
      }),
    );
  });

  it('of any text are objects that make this text, or an EmvcoError', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('0', '1', '2', '9', 'A', '京') }), (text) => {
        try {
          expect(encodeObjects(decodeObjects(text))).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(EmvcoError);
        }
      }),
    );
  });
});

it('the checksum is CRC-16/CCITT-FALSE', () => {
  expect(crc16CcittFalse(new TextEncoder().encode('123456789'))).toBe(0x29b1);
});
