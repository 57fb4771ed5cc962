/** The settings tables: `settings list NAMESPACE`, `settings get NAMESPACE KEY`. */
import { linesOf } from './text.ts';

const MAX_SETTINGS = 8_192;

/** Key to value, split at the first `=`. What is not set is left out: it prints `null`, or no line. */
export function parseSettingsList(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const line of linesOf(text)) {
    const at = line.indexOf('=');
    const key = line.slice(0, Math.max(at, 0));
    if (!/^[\w.:/$-]{1,256}$/.test(key) || settings.has(key)) continue;
    if (settings.size >= MAX_SETTINGS) break;
    const value = line.slice(at + 1);
    if (value !== 'null') settings.set(key, value);
  }
  return settings;
}

/** '' where it is not set; null where the answer is an error or none at all. */
export function parseSettingsGet(text: string): string | null {
  const lines = linesOf(text);
  const value = lines.join('\n').trimEnd();
  if (value === '' && text.trim() === '' && !text.includes('\n')) return null;
  if (/^(?:Error|Failure|Exception|Invalid|Permission Denial|cmd: |java\.)/.test(value))
    return null;
  return value === 'null' ? '' : value;
}

const NO_PROXY = ':0';

/**
 * A row as it is meant. Android takes `:0` for "no proxy"; some versions keep it, some take the row
 * away, so that a row that is gone, an empty one and this one are the same. null: there is no such row.
 */
export function meantSetting(key: string, value: string | null): string | null {
  if (key !== 'global/http_proxy') return value;
  return value === null || value === '' ? NO_PROXY : value;
}
