/**
 * What a payment code says. EMVCo's rules hold for EMVCo's codes alone: of a web address, the usual
 * code on the Chinese mainland, the platform can be named; of a payer's code, the wallet.
 */
import type { QrCode } from '../../contract/qr.ts';
import type { Sentence } from '../../contract/common.ts';
import {
  looksConsumerPresented,
  looksMerchantPresented,
  walletOfPaymentCode,
  type Wallet,
} from '../../protocols/emvco/index.ts';
import { maskCardsAndNamed, maskDigitRuns, maskSecrets } from '../../protocols/masking.ts';
import { sentence, snakeOfKebab } from '../../wording/index.ts';
import {
  addressOf,
  deceives,
  looksLikeAddress,
  type Address,
  type AddressTrick,
} from './address.ts';
import { inspectConsumer } from './consumer.ts';
import { inspectMerchant } from './merchant.ts';
import { platformOf } from './places.ts';
import { hidesCharacters, visibleAndMasked } from './visible.ts';

/** The shortest of a payer's codes. */
const payerDigits = 16;

/** Never throws. */
export function inspectQr(raw: string): QrCode {
  const text = bare(raw);
  const code = inspected(text);
  if (!hidesCharacters(text)) return code;
  return { ...code, cautions: [sentence('qr_caution_hidden', {}), ...code.cautions] };
}

function inspected(text: string): QrCode {
  if (looksMerchantPresented(text)) return inspectMerchant(text);
  if (looksConsumerPresented(text)) return inspectConsumer(text);
  const digits = payerDigitsOf(text);
  const wallet = walletOfPaymentCode(digits);
  if (wallet !== null) return payer(digits, wallet);
  if (looksLikeAddress(text)) return address(text);
  const hide = (shown: string) => maskDigitRuns(maskSecrets(shown.normalize('NFKC')), payerDigits);
  const what = sentence('qr_other', {});
  return { ...plain('other', what), text: visibleAndMasked(text, hide) };
}

/** As a person copies it: with quotes around it, or the sentence's last mark. */
export function bare(raw: string): string {
  return raw.trim().replace(/^["'“‘「]+|["'”’」,，.。;；]+$/gu, '');
}

/** As a wallet writes them below its bars: in groups. */
export const payerDigitsOf = (text: string): string =>
  text.normalize('NFKC').replaceAll(/[\s-]/gu, '');

function plain(kind: QrCode['kind'], what: Sentence): Omit<QrCode, 'text'> {
  return { kind, what, fields: [], checksum: null, faults: [], cautions: [], notes: [] };
}

function payer(digits: string, wallet: Wallet): QrCode {
  const what = sentence(`qr_payer_${wallet}`, {});
  const once = wallet === 'wechat' || wallet === 'alipay' ? wallet : 'once';
  const notes = [sentence('qr_note_payer', {}), sentence(`qr_note_payer_${once}`, {})];
  return { ...plain('payer', what), text: maskDigitRuns(digits, payerDigits), notes };
}

function address(text: string): QrCode {
  const parsed = addressOf(text);
  const { host, tricks } = parsed;
  const place = platformOf(parsed);
  const what = place === null ? sentence('qr_address', { host }) : sentence(place.platform, {});
  const notes = [
    ...(expires(parsed) ? [sentence('qr_note_order_expires', {})] : []),
    sentence('qr_note_address', {}),
  ];
  return {
    ...plain('address', what),
    text: visibleAndMasked(text, maskCardsAndNamed),
    faults: tricks.filter(deceives).map((trick) => trickWords(trick, parsed)),
    cautions: tricks.filter((trick) => !deceives(trick)).map((trick) => trickWords(trick, parsed)),
    notes,
  };
}

const trickWords = (trick: AddressTrick, { host }: Address): Sentence =>
  sentence(`qr_trick_${snakeOfKebab(trick)}`, { host });

/** A WeChat order's. Native's first mode holds a product in place of an order, and lasts. */
export function expires({ scheme, host, rest }: Address): boolean {
  return scheme === 'weixin' && host === 'wxpay' && /[?&]pr=/.test(rest);
}
