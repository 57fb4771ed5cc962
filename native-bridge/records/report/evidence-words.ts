/** Evidence as people read it: what was asked of whom, and what came. */
import type { Locale } from '../../contract/common.ts';
import { answerSchema, type Evidence, type Finding } from '../../contract/diagnosis.ts';
import { answerWord, readingLabel, say, words } from '../../wording/index.ts';

export interface EvidenceWords {
  readonly label: string;
  /** The command, where there was one. */
  readonly source: string | null;
  readonly raw: string;
}

export function evidenceWords(evidence: Evidence, finding: Finding, locale: Locale): EvidenceWords {
  const { reading, source, raw } = evidence;
  if (reading !== null) return { label: readingLabel(reading, locale), source, raw };
  const answer = answerSchema.safeParse(raw);
  if (finding.question !== null && answer.success && source.startsWith('question ')) {
    const label = say(finding.question.text, locale);
    return { label, source: null, raw: answerWord(answer.data, locale) };
  }
  const key = source.replace(/^setting /u, '');
  return { label: words('report_setting_source', { key }, locale), source: null, raw };
}
