/**
 * What a displayed code is, and whom it pays as far as it says. EMVCo payloads name the merchant;
 * on the Chinese mainland the code is usually a web address, whose host names only the platform.
 */
import {
  decodeMerchantPresented,
  EmvcoError,
  looksMerchantPresented,
  walletOfPaymentCode,
  type EmvcoProblem,
  type MerchantPresented,
} from '../protocols/emvco/index.ts';
import { looksLikeAddress } from './qr/address.ts';

export type QrPayload =
  | { readonly kind: 'emvco'; readonly code: MerchantPresented }
  | { readonly kind: 'broken'; readonly problem: EmvcoProblem }
  | { readonly kind: 'address'; readonly text: string }
  | { readonly kind: 'customer' }
  | { readonly kind: 'other' };

export function readQrPayload(text: string): QrPayload {
  if (looksMerchantPresented(text)) return emvco(text);
  if (looksLikeAddress(text)) return { kind: 'address', text };
  return walletOfPaymentCode(text) === null ? { kind: 'other' } : { kind: 'customer' };
}

function emvco(text: string): QrPayload {
  try {
    return { kind: 'emvco', code: decodeMerchantPresented(text) };
  } catch (error) {
    if (error instanceof EmvcoError) return { kind: 'broken', problem: error.problem };
    throw error;
  }
}

/** The name as the payer's wallet shows it. */
export const payeeName = (code: MerchantPresented): string => code.localName ?? code.merchantName;

/** True where the payload carries this merchant's number. */
export function paysMerchant(code: MerchantPresented, merchantNumber: string): boolean {
  return code.accounts.some(({ values }) => values.includes(merchantNumber));
}

/** True where one of the payload's names is this one (they are cut at 25 characters). */
export function namesMerchant(code: MerchantPresented, merchantName: string): boolean {
  const wanted = merchantName.trim().toLowerCase().slice(0, 25);
  return [code.localName, code.merchantName].some((n) => n?.trim().toLowerCase() === wanted);
}
