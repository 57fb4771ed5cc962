/** The scanner test in words: what a code is called (what is hard about it, and how hard), and signs. */
import type { Locale } from '../contract/common.ts';
import type { Verdict } from '../contract/diagnosis.ts';
import type { GradedCode, ScannerVerdict } from '../contract/scanner.ts';
import { words } from './say.ts';

export function scannerCodeWords(
  code: GradedCode,
  locale: Locale,
): { readonly name: string; readonly detail: string } {
  return { name: words(`scanner_band_${code.band}`, {}, locale), detail: detailOf(code, locale) };
}

function detailOf(code: GradedCode, locale: Locale): string {
  const { level, sizeMm, contrastPercent, damagePercent, rotatedDegrees } = code;
  switch (code.band) {
    case 'level':
      return words('scanner_code_level', { level, sizeMm }, locale);
    case 'size':
      return words('scanner_code_size', { sizeMm }, locale);
    case 'contrast':
      return words('scanner_code_contrast', { contrastPercent }, locale);
    case 'damage':
      return words('scanner_code_damage', { damagePercent, level }, locale);
    case 'rotation':
      return words('scanner_code_rotation', { rotatedDegrees }, locale);
    case 'inverted':
      return words('scanner_code_inverted', {}, locale);
  }
}

const signs: Readonly<Record<ScannerVerdict, Verdict>> = {
  good: 'pass',
  slow: 'warn',
  misses: 'fail',
  'reads-nothing': 'fail',
  unknown: 'unknown',
};

/** The verdict whose shape and colour this one has. */
export const scannerSign = (verdict: ScannerVerdict): Verdict => signs[verdict];
