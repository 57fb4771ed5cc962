/**
 * Addresses of USB devices: `usb://2fb8:2205/SERIAL`; a device that shows no serial number, or the
 * same as another one, is named by the place it is plugged in: `usb://2fb8:2205/@1-1.4` (bus 1,
 * socket 1, socket 4 of the hub there; as Linux names it). A serial number is a stranger's text: it is
 * percent-encoded, so that it can't be read as anything else.
 */

export interface UsbAddress {
  readonly kind: 'usb';
  /** Four lower-case hex digits. */
  readonly vendorId: string;
  readonly productId: string;
  /** Either this or the place, never both. */
  readonly serialNumber: string | null;
  readonly place: string | null;
}

/** What a device shows of itself. */
export interface UsbIdentity {
  readonly vendorId: string;
  readonly productId: string;
  readonly serialNumber: string | null;
  readonly place: string;
}

const MAX_SERIAL_CHARACTERS = 126;
/** Of the encoded serial number: the whole address has to stay within 512. */
const MAX_ENCODED_CHARACTERS = 480;
const number = '(?:0|[1-9][0-9]{0,2})';
const placePattern = new RegExp(`^${number}-${number}(?:\\.${number}){0,6}$`);

/** By its serial number, where that can be written in an address. */
export function usbAddressOf(device: UsbIdentity): UsbAddress {
  const { vendorId, productId, serialNumber, place } = device;
  const named = serialNumber !== null && isSerialNumber(serialNumber);
  return named
    ? { kind: 'usb', vendorId, productId, serialNumber, place: null }
    : { kind: 'usb', vendorId, productId, serialNumber: null, place };
}

export function isPlace(text: string): boolean {
  return placePattern.test(text);
}

/** Without the scheme: `2fb8:2205/SERIAL`. */
export function usbName({ vendorId, productId, serialNumber, place }: UsbAddress): string {
  const which = serialNumber === null ? `@${place ?? ''}` : encodeURIComponent(serialNumber);
  return `${vendorId}:${productId}/${which}`;
}

/** `rest`: what follows the scheme. null: no address of a device. */
export function readUsbAddress(rest: string): UsbAddress | null {
  const match = /^([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})\/([^/?#\s]+)$/.exec(rest);
  if (!match) return null;
  const [, vendor = '', product = '', which = ''] = match;
  const ids = { vendorId: vendor.toLowerCase(), productId: product.toLowerCase() };
  if (which.startsWith('@')) {
    const place = which.slice(1);
    return isPlace(place) ? { kind: 'usb', ...ids, serialNumber: null, place } : null;
  }
  try {
    const serialNumber = decodeURIComponent(which);
    return isSerialNumber(serialNumber) ? { kind: 'usb', ...ids, serialNumber, place: null } : null;
  } catch {
    return null;
  }
}

/** Nothing invisible, no half letters, and short enough to be sent on. */
function isSerialNumber(text: string): boolean {
  if (text.length === 0 || text.length > MAX_SERIAL_CHARACTERS || /\p{C}/u.test(text)) return false;
  return encodeURIComponent(text).length <= MAX_ENCODED_CHARACTERS;
}
