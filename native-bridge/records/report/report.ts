/**
 * The report of a case, made from the record alone: as HTML for people, as JSON for programs, as ten
 * lines for a chat.
 */
import type { CaseRecord } from '../../contract/case.ts';
import type { Locale } from '../../contract/common.ts';
import type { SignedState } from '../../contract/signature.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { chatSummary } from './chat-summary.ts';
import { htmlReport } from './html-report.ts';
import { nobody, type ShopIdentity } from '../shop-identity.ts';
import { jsonReport } from './json-report.ts';
import type { PhotoSources } from './photo-source.ts';

export interface ReportOptions {
  readonly locale: Locale;
  readonly format: 'html' | 'json' | 'summary';
  /** IANA name for the times that people read; the computer's own where none is given. */
  readonly timeZone?: string;
  /** For the HTML; one that is not there is named as left out. */
  readonly photos?: PhotoSources;
  /** Whose report it is. */
  readonly shop?: Pick<ShopIdentity, 'name' | 'logo'>;
  /** null: the merchant has not signed. */
  readonly signed?: SignedState | null;
}

export function makeReport(
  record: CaseRecord,
  { locale, format, timeZone, photos = new Map(), shop = nobody, signed = null }: ReportOptions,
): string {
  const { version: toolVersion } = manifest;
  const w = { locale, timeZone };
  switch (format) {
    case 'html':
      return htmlReport(record, w, { toolVersion, photos, shop, signed });
    case 'json':
      return `${JSON.stringify(jsonReport(record, locale, { toolVersion, shop, signed }), null, 2)}\n`;
    case 'summary':
      return chatSummary(record, w, toolVersion);
  }
}
