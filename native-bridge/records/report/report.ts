/** The report of a case, made from the record alone: as HTML for people, as JSON for programs. */
import type { CaseRecord } from '../../contract/case.ts';
import type { Locale } from '../../contract/common.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { htmlReport } from './html-report.ts';
import { jsonReport } from './json-report.ts';

export interface ReportOptions {
  readonly locale: Locale;
  readonly format: 'html' | 'json';
  /** IANA name for the times in the HTML report; the computer's own where none is given. */
  readonly timeZone?: string;
}

export function makeReport(
  record: CaseRecord,
  { locale, format, timeZone }: ReportOptions,
): string {
  const { version } = manifest;
  return format === 'html'
    ? htmlReport(record, { locale, timeZone }, version)
    : `${JSON.stringify(jsonReport(record, locale, version), null, 2)}\n`;
}
