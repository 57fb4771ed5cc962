/** Evidence as people read it: what was asked of whom, and what came. */
import type { Locale } from '../../contract/common.ts';
import type { Evidence } from '../../contract/diagnosis.ts';
import { answerWords, readingLabel, scannerEvidenceWords, words } from '../../wording/index.ts';

export interface EvidenceWords {
  readonly label: string;
  /** The command, where there was one. */
  readonly source: string | null;
  readonly raw: string;
}

export function evidenceWords(evidence: Evidence, locale: Locale): EvidenceWords {
  const { reading, source, raw } = evidence;
  if (reading !== null) return { label: readingLabel(reading, locale), source, raw };
  const loop = scannerEvidenceWords(evidence, locale);
  if (loop !== null) return { ...loop, source: null };
  if (source.startsWith('question ')) {
    const { asked, answered } = answerWords(source.slice('question '.length), raw, locale);
    return { label: asked, source: null, raw: answered };
  }
  const key = source.replace(/^setting /u, '');
  return { label: words('report_setting_source', { key }, locale), source: null, raw };
}
