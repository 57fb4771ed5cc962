/** A fault as a person reads it: what happened and where, what next, then code and facts for support. */
import type { Locale } from '../../native-bridge/contract/common.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import { cleanText, faultWords } from '../../native-bridge/wording/index.ts';
import type { Style } from '../output/style.ts';

export function faultView(fault: Fault, locale: Locale, style: Style): string {
  const { what, next } = faultWords(fault, locale, 'shell');
  // A fact with words of its own in each language was said above, in the language of this run.
  const facts = Object.entries(fault.facts)
    .filter(([name]) => !name.includes('.'))
    .map(([name, value]) => `${name}=${factText(value)}`);
  return [
    `${style.red('✕')} ${style.bold(what)}`,
    `  ${next}`,
    style.dim(`  ${[fault.code, ...facts].join(' ')}`),
    ...fault.trace.map((cause) => style.dim(`  ← ${cleanText(cause, 300)}`)),
  ].join('\n');
}

function factText(value: Fault['facts'][string]): string {
  return cleanText(Array.isArray(value) ? value.join(',') : String(value), 200);
}
