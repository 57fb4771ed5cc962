/**
 * Where an address in a code leads: the platform by its scheme or host. It names the platform or the
 * aggregator and never the merchant, which only the whole address tells.
 *
 * Sources: the addresses that the wallets' own codes hold, as published by their platforms'
 * documentation and by many tools that read them; an aggregator's host is in no list.
 */
import type { MessageKey } from '../../wording/index.ts';
import type { Address } from './address.ts';

type Platform = Extract<MessageKey, `qr_platform_${string}`>;

export interface Place {
  readonly scheme: string | null;
  readonly host: string | null;
  readonly platform: Platform;
  /** As `payment.methods` calls the wallet. */
  readonly method: 'wechat' | 'alipay' | 'unionpay';
}

const places: readonly Place[] = [
  { scheme: 'wxp', host: null, platform: 'qr_platform_wechat_receive', method: 'wechat' },
  { scheme: 'weixin', host: 'wxpay', platform: 'qr_platform_wechat_order', method: 'wechat' },
  { scheme: null, host: 'qr.alipay.com', platform: 'qr_platform_alipay', method: 'alipay' },
  { scheme: null, host: 'qr.95516.com', platform: 'qr_platform_unionpay', method: 'unionpay' },
];

/** null: in no list. */
export function platformOf({ scheme, host }: Address): Place | null {
  const found = places.find(
    (place) =>
      (place.scheme === null ? /^https?$/.test(scheme) : place.scheme === scheme) &&
      (place.host === null || place.host === host),
  );
  return found ?? null;
}
