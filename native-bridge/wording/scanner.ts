/** What a code of the scanner test is called: what is hard about it, and how hard. */
import type { Locale } from '../contract/common.ts';
import type { GradedCode } from '../contract/scanner.ts';
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
