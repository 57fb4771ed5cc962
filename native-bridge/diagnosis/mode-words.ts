/** `static` and `dynamic` in both languages; what a device calls otherwise stays as it is. */
import { formatReading, perLocale, type PerLocale } from '../wording/index.ts';

export const modeWords = (mode: string): PerLocale =>
  perLocale((locale) => formatReading({ name: 'qr.mode', value: mode, unit: 'none' }, locale));
