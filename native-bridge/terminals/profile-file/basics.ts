/** Shapes that several parts of the profile and the merchant file use. */
import { sentence } from '../../wording/index.ts';
import { maybe, object } from '../shapes/collections.ts';
import { formed, pattern, text } from '../shapes/scalars.ts';
import { described } from '../shapes/shape.ts';

export const labels = object({ 'zh-CN': text({ maxBytes: 120 }), en: text({ maxBytes: 120 }) });

export const profileName = formed(/^[a-z0-9][a-z0-9-]{0,63}$/, sentence('expects_name', {}));

export const settingName = formed(
  /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/,
  sentence('expects_setting_name', {}),
);

const hexId = formed(/^[0-9a-f]{4}$/, sentence('expects_usb_id', {}));

export const usbDevice = object({
  vendorId: hexId,
  productId: maybe(hexId),
  manufacturer: maybe(described('Found in the USB manufacturer string', pattern)),
});

export const host = formed(
  /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:[0-9]{1,5})?$/,
  sentence('expects_host', {}),
);

/** No user, no password, no redirects to be had from it. */
export const httpsUrl = formed(
  /^https:\/\/[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(\/[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]{0,512})?$/,
  sentence('expects_https', {}),
);

/** ISO 4217's number of a currency. */
export const currency = formed(/^[0-9]{3}$/, sentence('expects_currency', {}));

export const phone = formed(/^[+0-9][0-9 ()-]{2,31}$/, sentence('expects_phone', {}));

export const version = formed(
  /^[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,5}([+.][0-9]{1,10})?$/,
  sentence('expects_version', {}),
);

/** An SSID is at most 32 bytes (IEEE 802.11). */
export const ssid = text({ maxBytes: 32 });

export const qrModes = ['static', 'dynamic'] as const;
