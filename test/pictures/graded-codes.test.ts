/** The codes of the scanner test, held before the real decoder. */
import { describe, expect, it } from 'vitest';
import type { GradedCode } from '../../native-bridge/contract/scanner.ts';
import { codePictures, drawnCodes, gradedCodes } from '../../native-bridge/pictures/codes/index.ts';
import { inspectQr } from '../../native-bridge/diagnosis/qr/index.ts';
import { maskSecrets } from '../../native-bridge/protocols/masking.ts';
import { damaged } from '../../native-bridge/pictures/codes/damage.ts';
import { modulesOf } from '../../native-bridge/pictures/codes/modules.ts';
import { pngOf } from '../../native-bridge/pictures/codes/png.ts';
import { openPicture, readCodes } from '../../native-bridge/pictures/index.ts';
import { fileWith } from './support.ts';

const never = new AbortController().signal;

async function readPng(png: Uint8Array): Promise<string[]> {
  const found = await readCodes(await openPicture(fileWith('code.png', png)), never);
  return found.map(({ text }) => text);
}

const [first] = gradedCodes;
async function reads(difference: Partial<GradedCode>): Promise<boolean> {
  if (first === undefined) throw new Error('no codes');
  const code = { ...first, ...difference };
  const texts = await readPng(pngOf(code, await modulesOf(code), 8));
  expect([[], [code.text]]).toContainEqual(texts);
  return texts.length === 1;
}

describe('the graded codes', () => {
  it('are all read as pictures by a good decoder, each as itself', async () => {
    const pictures = await codePictures(8);
    const texts = [];
    for (const { png } of pictures) texts.push(await readPng(png));
    expect(texts).toEqual(gradedCodes.map(({ text }) => [text]));
  }, 60_000);

  it('are told apart though a scanner adds characters: no text is a part of another', () => {
    for (const { text } of gradedCodes) {
      expect(gradedCodes.filter((other) => other.text.includes(text))).toHaveLength(1);
    }
  });

  it('say nothing that a wallet or a platform takes', () => {
    const neutral = gradedCodes.filter(({ form }) => form === null);
    for (const { text } of neutral) expect(text).toMatch(/^POSBENCH \d\d [A-Z0-9 ]+$/);
  });

  it('have the form of each scheme’s payer’s code, and its beginning in none', () => {
    const formed = gradedCodes.filter(({ form }) => form !== null);
    const inspected = formed.map(({ form, text }) => [form, text.length, inspectQr(text).what.key]);
    expect(inspected).toEqual([
      ['wechat', 18, 'qr_payer_unknown'],
      ['alipay', 24, 'qr_payer_unknown'],
      ['unionpay', 19, 'qr_payer_unknown'],
      // Of EMVCo's kind, but of no scheme that is known.
      ['emvco', 24, 'qr_payer_emvco'],
    ]);
  });

  it('are hidden from nobody: none is taken for a card number or a key', () => {
    for (const { text } of gradedCodes) expect(maskSecrets(text)).toBe(text);
  });

  it('have the size in millimetres and the quiet zone that they are to have', async () => {
    const drawn = await drawnCodes();
    for (const { drawing, sizeMm, rotatedDegrees } of drawn) {
      const moduleMm = drawing.sideMm / drawing.sideModules;
      expect(moduleMm * 25).toBeCloseTo(sizeMm);
      if (rotatedDegrees % 90 === 0) expect(drawing.sideModules).toBe(25 + 2 * 4);
    }
  });
});

describe('damage', () => {
  it.each([
    ['L', 5, true],
    ['L', 20, false],
    ['M', 15, true],
    ['M', 28, false],
    ['Q', 20, true],
    ['Q', 34, false],
    ['H', 20, true],
    ['H', 28, true],
    ['H', 45, false],
  ] as const)(
    'at level %s, %i %% of the codewords: read %s',
    async (level, damagePercent, read) => {
      expect(await reads({ level, damagePercent })).toBe(read);
    },
  );

  it('turns over the modules of the stated share of codewords, and leaves the finders alone', async () => {
    const whole = await modulesOf({ text: 'POSBENCH 01 M 25', level: 'M', damagePercent: 0 });
    const torn = damaged(whole, 20);
    const changed = torn.flatMap((row, y) => row.filter((dark, x) => dark !== whole[y]?.[x]));
    // 20 % of the 44 codewords of version 2 are 9, of 8 modules each.
    expect(changed).toHaveLength(9 * 8);
    expect(torn.slice(0, 7).map((row) => row.slice(0, 7))).toEqual(
      whole.slice(0, 7).map((row) => row.slice(0, 7)),
    );
  });
});

describe('what is hard for a scanner', () => {
  it('a contrast of nothing is read by nobody, of 30 % by a good decoder', async () => {
    expect(await reads({ contrastPercent: 0 })).toBe(false);
    expect(await reads({ contrastPercent: 30 })).toBe(true);
  });

  it.each([0, 20, 45, 90, 180, 270])('turned by %i degrees it is read', async (rotatedDegrees) => {
    expect(await reads({ rotatedDegrees })).toBe(true);
  });

  it('inverted and turned it is read', async () => {
    expect(await reads({ inverted: true, rotatedDegrees: 20 })).toBe(true);
  });
});
