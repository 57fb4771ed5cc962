/** Readings as a table: name, value with unit, where it came from. */
import type { Reading } from '../../native-bridge/contract/reading.ts';
import {
  cleanText,
  faultWords,
  formatReading,
  readingLabel,
  say,
} from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import type { Shell } from '../shell.ts';

export function readingsView(readings: readonly Reading[], shell: Shell): string {
  const { locale, style, columns } = shell;
  const head = [
    '',
    shell.words('cli_head_reading', {}),
    shell.words('head_value', {}),
    shell.words('cli_head_source', {}),
  ];
  const rows = readings.map((reading) => {
    const { failure, caveat } = reading;
    const value =
      failure === null ? formatReading(reading, locale) : faultWords(failure, locale).what;
    return [
      failure === null ? (caveat === null ? ' ' : style.yellow('▲')) : '?',
      readingLabel(reading.name, locale),
      caveat === null ? value : `${value}\n${style.dim(say(caveat, locale))}`,
      style.dim(cleanText(reading.source, 80)),
    ];
  });
  return table(rows, { columns, head, dim: style.dim });
}
