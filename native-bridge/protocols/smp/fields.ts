/**
 * Reads typed, bounded fields out of a reply's body. What is missing, of another type or out of
 * bounds is an SmpFormatError that names the field; fields nobody asks for are ignored.
 */
import { type CborMap, type CborValue } from '../cbor.ts';
import { SmpFormatError } from './errors.ts';

export const MAX_TEXT_CHARACTERS = 4096;
export const MAX_ITEMS = 1024;

/** An integer in 0..2^53 − 1. */
export function readCount(body: CborMap, field: string): number {
  const value = required(body, field);
  if (typeof value === 'bigint') throw new SmpFormatError('field-range', { field });
  if (typeof value !== 'number') throw new SmpFormatError('field-type', { field });
  if (!Number.isSafeInteger(value) || value < 0) throw new SmpFormatError('field-range', { field });
  return value;
}

export function readText(body: CborMap, field: string): string {
  const value = required(body, field);
  if (typeof value !== 'string') throw new SmpFormatError('field-type', { field });
  if (value.length > MAX_TEXT_CHARACTERS) throw new SmpFormatError('field-range', { field });
  return value;
}

export function readBytes(body: CborMap, field: string): Uint8Array {
  const value = required(body, field);
  if (!(value instanceof Uint8Array)) throw new SmpFormatError('field-type', { field });
  return value;
}

/** False where it is missing: servers may leave a false flag out. */
export function readFlag(body: CborMap, field: string): boolean {
  const value = body.get(field);
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw new SmpFormatError('field-type', { field });
  return value;
}

/** A list of maps. */
export function readMaps(body: CborMap, field: string): readonly CborMap[] {
  const value = required(body, field);
  if (!isList(value)) throw new SmpFormatError('field-type', { field });
  if (value.length > MAX_ITEMS) throw new SmpFormatError('field-range', { field });
  return value.map((item) => {
    if (!isMap(item)) throw new SmpFormatError('field-type', { field });
    return item;
  });
}

/** `read` where the field is there, null where it is not. */
export function optional<T>(
  read: (body: CborMap, field: string) => T,
  body: CborMap,
  field: string,
): T | null {
  return body.get(field) === undefined ? null : read(body, field);
}

function required(body: CborMap, field: string): CborValue {
  const value = body.get(field);
  if (value === undefined) throw new SmpFormatError('field-missing', { field });
  return value;
}

function isList(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value);
}

function isMap(value: CborValue): value is CborMap {
  return value instanceof Map;
}
