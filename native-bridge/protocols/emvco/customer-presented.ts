/**
 * Payment codes that the payer shows and the merchant scans: digits whose first two and whose
 * count tell the wallet. A prefix that is in no list is unknown, not wrong.
 */
export type Wallet = 'wechat' | 'alipay' | 'unionpay' | 'unknown';

/** null: not a payer's code (they are 16 to 24 digits). */
export function walletOfPaymentCode(text: string): Wallet | null {
  if (!/^[0-9]{16,24}$/.test(text)) return null;
  const prefix = Number(text.slice(0, 2));
  if (text.length === 18 && prefix >= 10 && prefix <= 15) return 'wechat';
  if (prefix >= 25 && prefix <= 30) return 'alipay';
  if (text.length === 19 && prefix === 62) return 'unionpay';
  return 'unknown';
}
