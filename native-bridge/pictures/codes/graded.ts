/**
 * The codes of the scanner test, from plain to hard, as data. Each differs from a plain one (level M,
 * 25 mm, black on white) in one thing, so that what is missed tells what the scanner lacks. All of
 * them are within what ISO/IEC 18004 lets a code stand: a good scanner reads every one.
 *
 * The texts are capitals, digits and blanks, which are short in a code; nothing pays with them.
 * The last ones are as long as payers' codes are and made of the same characters: an engine with a
 * limit of length, or one that passes on some kinds of text only, reads all others. They begin with
 * 99, which no scheme issues: WeChat Pay begins with 10 to 15, Alipay with 25 to 30, UnionPay with 62,
 * and 9 is left to national standards (ISO/IEC 7812-1).
 */
import type { CodeForm, GradedCode } from '../../contract/scanner.ts';

type Difference = Pick<GradedCode, 'band'> & Partial<Omit<GradedCode, 'number' | 'text' | 'band'>>;

const plain = {
  level: 'M',
  sizeMm: 25,
  contrastPercent: 100,
  damagePercent: 0,
  rotatedDegrees: 0,
  inverted: false,
  form: null,
} as const;

const differences: readonly (readonly [mark: string, difference: Difference])[] = [
  ['M 25', { band: 'level' }],
  ['L 25', { band: 'level', level: 'L' }],
  ['Q 25', { band: 'level', level: 'Q' }],
  ['H 25', { band: 'level', level: 'H' }],
  ['M 40', { band: 'size', sizeMm: 40 }],
  ['M 18', { band: 'size', sizeMm: 18 }],
  ['M 15', { band: 'size', sizeMm: 15 }],
  ['M 12', { band: 'size', sizeMm: 12 }],
  ['M C60', { band: 'contrast', contrastPercent: 60 }],
  ['M C45', { band: 'contrast', contrastPercent: 45 }],
  ['M C30', { band: 'contrast', contrastPercent: 30 }],
  ['L D5', { band: 'damage', level: 'L', damagePercent: 5 }],
  ['M D10', { band: 'damage', level: 'M', damagePercent: 10 }],
  ['Q D15', { band: 'damage', level: 'Q', damagePercent: 15 }],
  ['Q D20', { band: 'damage', level: 'Q', damagePercent: 20 }],
  ['H D20', { band: 'damage', level: 'H', damagePercent: 20 }],
  ['H D28', { band: 'damage', level: 'H', damagePercent: 28 }],
  ['M R20', { band: 'rotation', rotatedDegrees: 20 }],
  ['M R45', { band: 'rotation', rotatedDegrees: 45 }],
  ['M R180', { band: 'rotation', rotatedDegrees: 180 }],
  ['M INV', { band: 'inverted', inverted: true }],
];

/** Of different lengths: a terminal that hides all but the first digits of what it read shows which. */
const forms: readonly (readonly [form: CodeForm, text: string])[] = [
  ['wechat', '992200000000000018'],
  ['alipay', '992300000000000000000024'],
  ['unionpay', '9924000000000000019'],
  ['emvco', payerObjects()],
];

/**
 * As a wallet's code begins (EMVCo QRCPS Consumer-Presented Mode v1.1, table 4.1): payload format
 * indicator, application template with a name. Nothing pays with it: it has no card, and a name that
 * begins with F is registered by nobody (ISO/IEC 7816-5).
 */
function payerObjects(): string {
  const applicationName = [0xf0, ...Buffer.from('POSBEN')];
  const template = [0x4f, applicationName.length, ...applicationName];
  const indicator = [0x85, 5, ...Buffer.from('CPV01')];
  return Buffer.from([...indicator, 0x61, template.length, ...template]).toString('base64');
}

const marked = differences.map(([mark, difference], at) => {
  const number = at + 1;
  const text = `POSBENCH ${String(number).padStart(2, '0')} ${mark}`;
  return { ...plain, ...difference, number, text };
});

const formed = forms.map(([form, text], at) => {
  return { ...plain, band: 'form' as const, number: marked.length + at + 1, text, form };
});

export const gradedCodes: readonly GradedCode[] = [...marked, ...formed];
