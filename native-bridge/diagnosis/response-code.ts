/** What the acquirer answered to the last payment, where more than one check goes by it. */
import type { Seen } from './seen.ts';

/** ISO 8583 field 39: the acquirer has no merchant of the number that it was sent. */
export const noSuchMerchant = '03';

export const isMerchantUnknown = (seen: Seen): boolean =>
  String(seen.peek('payment.lastResponseCode')).trim() === noSuchMerchant;
