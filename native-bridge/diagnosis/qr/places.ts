/**
 * Where an address in a code leads: the platform by its scheme or host. It names the platform or the
 * aggregator and never the merchant, which only the whole address tells.
 *
 * Sources: the addresses that the wallets' own codes hold, as published by their platforms'
 * documentation and by many tools that read them; an aggregator's host is in no list.
 */
import type { MessageKey } from '../../wording/index.ts';

export type Platform = Extract<MessageKey, `qr_platform_${string}`>;

interface Place {
  /** Lower case, with `:`. */
  readonly scheme: string | null;
  readonly host: string | null;
  readonly platform: Platform;
}

const places: readonly Place[] = [
  { scheme: 'wxp:', host: null, platform: 'qr_platform_wechat_receive' },
  { scheme: 'weixin:', host: 'wxpay', platform: 'qr_platform_wechat_order' },
  { scheme: null, host: 'qr.alipay.com', platform: 'qr_platform_alipay' },
  { scheme: null, host: 'qr.95516.com', platform: 'qr_platform_unionpay' },
];

/**
 * Where it really leads: what stands before an `@` is no host, and a browser takes `\` for `/`.
 * Empty: it has none.
 */
export function hostOf(address: string): string {
  const authority = /^[a-z0-9+.-]+:\/\/([^/?#\\]*)/iu.exec(address)?.[1] ?? '';
  return authority
    .slice(authority.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/:\d*$/, '');
}

/** null: in no list. */
export function platformOf(address: string): Platform | null {
  const scheme = /^[a-z0-9+.-]+:/iu.exec(address)?.[0] ?? '';
  const host = hostOf(address);
  const found = places.find(
    (place) =>
      (place.scheme === null ? /^https?:$/i.test(scheme) : place.scheme === scheme.toLowerCase()) &&
      (place.host === null || place.host === host),
  );
  return found?.platform ?? null;
}
