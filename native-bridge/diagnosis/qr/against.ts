/**
 * A code against a terminal: whom it pays, from which terminal, in which currency, static or dynamic
 * as set. By the same rules as the check of the code on the terminal's own screen.
 */
import type { Facts, Sentence } from '../../contract/common.ts';
import type { QrComparison } from '../../contract/qr.ts';
import { maskCardsAndNamed } from '../../protocols/masking.ts';
import { sentence } from '../../wording/index.ts';
import type { Observation } from '../check.ts';
import { contentFaults, paysThisShop } from '../checks/qr-content.ts';
import type { CheckInput } from '../input.ts';
import { readQrPayload } from '../qr-payload.ts';
import { rules, type ConditionId } from '../rules/index.ts';
import { bare } from './inspect.ts';

/** The check speaks of the terminal's screen; here the code may stand on a sticker. */
const words: Readonly<Partial<Record<ConditionId, string>>> = {
  'qr-payload-broken': 'qr_against_broken',
  'qr-payload-other-merchant': 'qr_against_other_merchant',
  'qr-payload-other-terminal': 'qr_against_other_terminal',
  'qr-payload-other-code': 'qr_against_other_code',
  'qr-payload-mode': 'qr_against_mode',
};

/** `input`: readings and settings of the terminal; its own displayed code plays no part. */
export function compareQr(text: string, input: CheckInput): QrComparison[] {
  const payload = readQrPayload(bare(text));
  if (payload.kind === 'customer' || payload.kind === 'other') {
    return [{ verdict: 'not-applicable', what: sentence('qr_against_not_applicable', {}) }];
  }
  const mode = input.readings.get('qr.mode')?.value ?? null;
  const context = { mode: mode === null ? null : String(mode), wrongKeys: [] };
  const faults = contentFaults(input, payload, context);
  const found = faults.map((fault): QrComparison => {
    return { verdict: rules[fault.condition].verdict, what: told(fault) };
  });
  if (found.some(({ verdict }) => verdict === 'fail')) return found;
  return paysThisShop(input, payload)
    ? [...found, { verdict: 'pass', what: sentence('qr_against_pays_this', {}) }]
    : [...found, { verdict: 'unknown', what: sentence('qr_against_unknown', {}) }];
}

function told({ condition, headline: { key, facts } }: Observation): Sentence {
  return { key: words[condition] ?? key, facts: masked(facts) };
}

function masked(facts: Facts): Facts {
  const entries = Object.entries(facts).map(([name, fact]) => {
    return [name, typeof fact === 'string' ? maskCardsAndNamed(fact) : fact] as const;
  });
  return Object.fromEntries(entries);
}
