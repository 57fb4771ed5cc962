/**
 * The merchant-presented code (EMVCo QRCPS Merchant-Presented Mode v1.1, sections 3 and 4): data
 * objects that begin with `000201` and end with `6304` and four hex digits of CRC-16/CCITT-FALSE
 * over the UTF-8 bytes of everything before them, `6304` included.
 */
import { crc16CcittFalse } from '../crc.ts';
import { decodeObjects, encodeObjects, type DataObject } from './data-objects.ts';
import { EmvcoError } from './error.ts';

/** A code is at most 512 characters (section 3.1). */
export const maxPayloadCharacters = 512;

export interface MerchantAccount {
  /** `02` … `51`; 26 and up are templates. */
  readonly id: string;
  /** Globally unique identifier of a template (its object `00`); null below 26. */
  readonly scheme: string | null;
  /** Values that may name the merchant: the whole value below 26, the template's objects from 26. */
  readonly values: readonly string[];
}

export interface MerchantPresented {
  /** Object 01; null where it is absent or neither 11 nor 12. */
  readonly initiation: 'static' | 'dynamic' | null;
  readonly accounts: readonly MerchantAccount[];
  readonly categoryCode: string;
  /** ISO 4217 numeric. */
  readonly currency: string;
  readonly amount: string | null;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  readonly merchantName: string;
  readonly city: string;
  /** Name in the merchant's own language (64, object 01). */
  readonly localName: string | null;
  /** Additional data (62): bill number 01, store label 03, reference label 05, terminal label 07. */
  readonly additional: ReadonlyMap<string, string>;
}

/** Begins as an EMVCo merchant-presented code does: other codes are not its business. */
export const looksMerchantPresented = (text: string): boolean => text.startsWith('000201');

/** Throws EmvcoError; see its problems. */
export function decodeMerchantPresented(text: string): MerchantPresented {
  if (!looksMerchantPresented(text)) throw new EmvcoError('not-emvco');
  // Twice the length leaves room for characters outside the basic plane.
  if (text.length > 2 * maxPayloadCharacters) throw new EmvcoError('too-long');
  checkCrc(text);
  const objects = decodeObjects(text);
  const values = new Map(objects.map(({ id, value }) => [id, value]));
  const needed = (id: string): string => {
    const value = values.get(id);
    if (value === undefined) throw new EmvcoError('field-missing', { id });
    return value;
  };
  const accounts = objects.filter(({ id }) => id >= '02' && id <= '51').map(accountOf);
  if (accounts.length === 0) throw new EmvcoError('field-missing', { id: '26' });
  return {
    initiation: initiationOf(values.get('01')),
    accounts,
    categoryCode: needed('52'),
    currency: needed('53'),
    amount: values.get('54') ?? null,
    country: needed('58'),
    merchantName: needed('59'),
    city: needed('60'),
    localName: templateOf(values.get('64')).get('01') ?? null,
    additional: templateOf(values.get('62')),
  };
}

/** A payload of these objects (without 63), with its checksum. */
export function encodeMerchantPresented(objects: readonly DataObject[]): string {
  const body = `${encodeObjects(objects)}6304`;
  return `${body}${crcOf(body)}`;
}

function checkCrc(text: string): void {
  const end = /6304([0-9A-Fa-f]{4})$/.exec(text);
  if (!end) throw new EmvcoError('crc-missing');
  const expected = crcOf(text.slice(0, -4));
  const found = (end[1] ?? '').toUpperCase();
  if (found !== expected) throw new EmvcoError('crc-wrong', { expected, found });
}

function crcOf(text: string): string {
  const crc = crc16CcittFalse(new TextEncoder().encode(text));
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

function initiationOf(value: string | undefined): MerchantPresented['initiation'] {
  if (value === '11') return 'static';
  return value === '12' ? 'dynamic' : null;
}

function accountOf({ id, value }: DataObject): MerchantAccount {
  if (id < '26') return { id, scheme: null, values: [value] };
  const template = templateOf(value);
  const scheme = template.get('00') ?? null;
  if (scheme === null) throw new EmvcoError('malformed', { id });
  return { id, scheme, values: [...template].filter(([sub]) => sub !== '00').map(([, v]) => v) };
}

function templateOf(value: string | undefined): ReadonlyMap<string, string> {
  return new Map(decodeObjects(value ?? '').map((object) => [object.id, object.value]));
}
