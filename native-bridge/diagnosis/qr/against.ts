/**
 * A code against a terminal: whom it pays, from which terminal, in which currency, static or dynamic
 * as set and as agreed, whether the terminal shows codes at all, how old it is. Each row says both
 * values and where the terminal's is from.
 */
import type { QrComparison } from '../../contract/qr.ts';
import {
  looksConsumerPresented,
  looksMerchantPresented,
  walletOfPaymentCode,
} from '../../protocols/emvco/index.ts';
import { sentence } from '../../wording/index.ts';
import type { CheckInput } from '../input.ts';
import { addressOf, looksLikeAddress } from './address.ts';
import { compareAddress } from './against-address.ts';
import { compareMerchant } from './against-merchant.ts';
import { compareAge, compareTimes, type Moments } from './against-time.ts';
import { compared } from './comparison.ts';
import { bare, expires, payerDigitsOf } from './inspect.ts';
import { read } from './known.ts';

/** Validities that the platforms themselves give; see the notes of `inspectQr`. */
const orderSeconds = 2 * 3600;
const wechatPayerSeconds = 60;

type Kind = 'merchant' | 'address' | 'payer' | 'other';

/** `input`: what is known of a terminal; null: the code is held against its own time alone. */
export function compareQr(raw: string, input: CheckInput | null, at: Moments): QrComparison[] {
  const text = bare(raw);
  const kind = kindOf(text);
  const own = ownTime(text, kind, at);
  if (input === null) return own;
  switch (kind) {
    case 'merchant':
      return [
        ...onScreen(text, input),
        ...compareMerchant(text, input),
        ...presented('merchant', input),
        ...(isDynamic(text) ? compareTimes(input, seenAt(text, input, at)) : []),
      ];
    case 'address': {
      const isMade = own.length === 0 && read(input, 'qr.mode')?.value === 'dynamic';
      return [
        ...onScreen(text, input),
        ...compareAddress(text, input),
        ...presented('merchant', input),
        ...own,
        ...(isMade ? compareTimes(input, seenAt(text, input, at)) : []),
      ];
    }
    case 'payer':
      return [...presented('customer', input), ...own];
    case 'other': {
      const topic = sentence('qr_topic_whole', {});
      const what = sentence('qr_against_not_applicable', {});
      return [compared(topic, 'not-applicable', what, { found: null, known: null })];
    }
  }
}

function kindOf(text: string): Kind {
  if (looksMerchantPresented(text)) return 'merchant';
  if (looksConsumerPresented(text) || walletOfPaymentCode(payerDigitsOf(text)) !== null)
    return 'payer';
  return looksLikeAddress(text) ? 'address' : 'other';
}

const isDynamic = (text: string): boolean => text.startsWith('000201010212');

/** What expires by its platform's rules, whichever terminal shows it. */
function ownTime(text: string, kind: Kind, at: Moments): QrComparison[] {
  if (at.seenUtc === null) return [];
  const source = sentence('qr_source_platform', {});
  if (kind === 'address' && expires(addressOf(text))) {
    return [compareAge(orderSeconds, source, at)];
  }
  const isWechat = kind === 'payer' && walletOfPaymentCode(payerDigitsOf(text)) === 'wechat';
  return isWechat ? [compareAge(wechatPayerSeconds, source, at)] : [];
}

const isOnScreen = (text: string, input: CheckInput): boolean =>
  input.readings.get('qr.payload')?.value === text;

/** One that is on the screen was seen there just now, wherever else it was found. */
function seenAt(text: string, input: CheckInput, at: Moments): Moments {
  const reading = input.readings.get('qr.payload');
  return reading === undefined || !isOnScreen(text, input)
    ? at
    : { ...at, seenUtc: reading.atUtc, isExact: true };
}

/** The very code of the terminal's screen; another is no fault, a static one may stand beside it. */
function onScreen(text: string, input: CheckInput): QrComparison[] {
  if (!isOnScreen(text, input)) return [];
  const topic = sentence('qr_topic_screen', {});
  return [
    compared(topic, 'pass', sentence('qr_against_on_screen', {}), { found: null, known: null }),
  ];
}

function presented(side: 'merchant' | 'customer', input: CheckInput): QrComparison[] {
  const own = read(input, 'qr.presented');
  if (own === null || !['merchant', 'customer'].includes(own.value)) return [];
  const topic = sentence('qr_topic_presented', {});
  const sides = { found: shows(side), known: { ...own, value: shows(own.value) } };
  if (own.value === side) return [compared(topic, 'pass', sentence('qr_against_same', {}), sides)];
  const what = sentence(sideWords[side], {});
  return [compared(topic, 'warn', what, sides)];
}

const sideWords = { merchant: 'qr_against_scans', customer: 'qr_against_shows' } as const;

const shows = (side: string) =>
  sentence(side === 'customer' ? 'qr_value_payer_shows' : 'qr_value_merchant_shows', {});
