/** The scanner test in words: what a code is called (what is hard about it, and how hard), and signs. */
import type { Locale } from '../contract/common.ts';
import type { Evidence, Verdict } from '../contract/diagnosis.ts';
import {
  carrierSchema,
  scannerBandSchema,
  type GradedCode,
  type ScannerTest,
  type ScannerVerdict,
} from '../contract/scanner.ts';
import { words } from './say.ts';

export function scannerCodeWords(
  code: GradedCode,
  locale: Locale,
): { readonly name: string; readonly detail: string } {
  return { name: words(`scanner_band_${code.band}`, {}, locale), detail: detailOf(code, locale) };
}

function detailOf(code: GradedCode, locale: Locale): string {
  const { level, sizeMm, contrastPercent, damagePercent, rotatedDegrees, form } = code;
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
    case 'form':
      return words(
        'scanner_code_form',
        {
          form: words(`scanner_form_${form ?? 'wechat'}`, {}, locale),
          characters: code.text.length,
        },
        locale,
      );
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

const loopSource = 'scanner-test';

/** A test as evidence: `screen: contrast 1/3, damage 4/6`, read of all in each band. */
export const scannerEvidence = ({
  carrier,
  bands,
}: ScannerTest): Pick<Evidence, 'source' | 'raw'> => ({
  source: loopSource,
  raw: `${carrier}: ${bands
    .map(({ band, read, missed, unjudged }) => {
      return `${band} ${String(read)}/${String(read + missed + unjudged)}`;
    })
    .join(', ')}`,
});

/** Evidence of a scanner test in a language; null: it is none. */
export function scannerEvidenceWords(
  { source, raw }: Pick<Evidence, 'source' | 'raw'>,
  locale: Locale,
): { readonly label: string; readonly raw: string } | null {
  if (source !== loopSource) return null;
  const [carrier = '', bands = ''] = raw.split(': ');
  const on = carrierSchema.safeParse(carrier);
  const shown = bands.split(', ').map((each) => bandWords(each, locale));
  const label = words('report_scanner', {}, locale);
  if (!on.success) return { label, raw };
  const where = words(`scanner_carrier_${on.data}`, {}, locale);
  return { label, raw: words('scanner_evidence', { where, bands: shown.join(' · ') }, locale) };
}

function bandWords(text: string, locale: Locale): string {
  const [, name = '', read = '', of = ''] = /^([a-z]+) (\d+)\/(\d+)$/u.exec(text) ?? [];
  const band = scannerBandSchema.safeParse(name);
  if (!band.success) return text;
  const count = words('scanner_read_of', { read: Number(read), of: Number(of) }, locale);
  return `${words(`scanner_band_${band.data}`, {}, locale)} ${count}`;
}
