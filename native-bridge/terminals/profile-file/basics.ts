/** Shapes that several parts of the profile and the merchant file use. */
import { sentence } from '../../wording/index.ts';
import { maybe, object, optional } from '../shapes/collections.ts';
import { boolean, choice, formed, pattern, text } from '../shapes/scalars.ts';
import { described } from '../shapes/shape.ts';

export const labels = object({ 'zh-CN': text({ maxBytes: 120 }), en: text({ maxBytes: 120 }) });

export const profileName = formed(/^[a-z0-9][a-z0-9-]{0,63}$/, sentence('expects_name', {}));

/** Zephyr, settings subsystem: a name of parts with slashes between. */
export const smpKey = text({ maxBytes: 64 });

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

/** Android, android.os.SystemProperties: letters, digits, `.`, `-`, `_`, `@` and `:`. */
export const propertyName = formed(/^[A-Za-z0-9_.@:-]{1,128}$/, sentence('expects_property', {}));

/** Android, content providers: `content://authority/path`, and of which row which column. */
export const contentKey = formed(
  /^content:\/\/[A-Za-z0-9_.]{1,128}(\/[A-Za-z0-9_.-]{1,64}){0,6}#[A-Za-z0-9_]{1,64}(\?[A-Za-z0-9_]{1,64}=[A-Za-z0-9_.-]{1,64})?$/,
  sentence('expects_content_key', {}),
);

/** Android, the Settings provider's tables. */
export const settingsTableKey = formed(
  /^(global|secure|system)\/[A-Za-z0-9_.:-]{1,120}$/,
  sentence('expects_table_key', {}),
);

/** Android keeps its time zone there; only the alarm service writes it. */
export const timeZoneKey = choice(['persist.sys.timezone']);

/** What of Wi-Fi is set: the switch, or a network that is to be joined. */
export const wifiKey = choice(['enabled', 'network']);

/** Where something said of a model is known from; proven once a recording of a real unit showed it. */
export const fact = object({
  source: text({ maxBytes: 256 }),
  proven: optional(boolean, false),
});

/** As `apksigner verify --print-certs` and `keytool` print it, with colons or without. */
export const certificateDigest = formed(
  /^(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$/,
  sentence('expects_sha256', {}),
);
