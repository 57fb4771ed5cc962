/**
 * A code against a terminal: whom it pays, from which terminal, in which currency, static or dynamic
 * as set. By the same rules as the check of the code on the terminal's own screen.
 */
import type { QrComparison } from '../../contract/qr.ts';
import { sentence } from '../../wording/index.ts';
import { contentFaults, paysThisShop } from '../checks/qr-content.ts';
import type { CheckInput } from '../input.ts';
import { readQrPayload } from '../qr-payload.ts';
import { rules } from '../rules/index.ts';

/** `input`: readings and settings of the terminal; its own displayed code plays no part. */
export function compareQr(text: string, input: CheckInput): QrComparison[] {
  const payload = readQrPayload(text.trim());
  if (payload.kind === 'customer' || payload.kind === 'other') {
    return [{ verdict: 'not-applicable', what: sentence('qr_against_not_applicable', {}) }];
  }
  const mode = input.readings.get('qr.mode')?.value ?? null;
  const context = { mode: mode === null ? null : String(mode), wrongKeys: [] };
  const faults = contentFaults(input, payload, context);
  const found = faults.map(({ condition, headline }): QrComparison => {
    const { verdict } = rules[condition];
    return { verdict, what: headline };
  });
  if (found.some(({ verdict }) => verdict === 'fail')) return found;
  return paysThisShop(input, payload)
    ? [...found, { verdict: 'pass', what: sentence('qr_against_pays_this', {}) }]
    : [...found, { verdict: 'unknown', what: sentence('qr_against_unknown', {}) }];
}
