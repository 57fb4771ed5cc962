/** What every part of the written report needs: the language, and times in one zone. */
import type { Locale } from '../../contract/common.ts';
import { readingNameSchema } from '../../contract/reading.ts';
import { formatTime, readingLabel } from '../../wording/index.ts';

export interface ReportWords {
  readonly locale: Locale;
  readonly timeZone: string | undefined;
}

export const timeIn = ({ timeZone }: ReportWords, utc: string): string => formatTime(utc, timeZone);

/** A setting that is named after a reading has that reading's name. */
export function settingName(key: string, w: ReportWords): string {
  const name = readingNameSchema.safeParse(key);
  return name.success ? readingLabel(name.data, w.locale) : key;
}

/** `UTC+08:00`, as of a moment. */
export function zoneName({ timeZone }: ReportWords, utc: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = parts.formatToParts(new Date(utc)).find((p) => p.type === 'timeZoneName')?.value;
  return (name ?? 'UTC').replace('GMT', 'UTC');
}
