/**
 * Reads typed, bounded fields out of a reply's body. What is missing, of another type or out of
 * bounds is an SmpFormatError that names the field; fields nobody asks for are ignored.
 */
import { type CborMap, type CborValue } from '../cbor.ts';
import { SmpFormatError } from './errors.ts';

export const MAX_TEXT_CHARACTERS = 16_384;
export const MAX_ITEMS = 1024;

type Read<T> = (body: CborMap, field: string) => T;

/** An integer, positive or negative, within ±2^53. */
export function readInteger(body: CborMap, field: string): number {
  const value = required(body, field);
  if (typeof value === 'bigint') throw new SmpFormatError('field-range', { field });
  if (typeof value !== 'number') throw new SmpFormatError('field-type', { field });
  if (!Number.isSafeInteger(value)) throw new SmpFormatError('field-range', { field });
  return value;
}

/** An integer in 0..2^53. */
export function readCount(body: CborMap, field: string): number {
  const value = readInteger(body, field);
  if (value < 0) throw new SmpFormatError('field-range', { field });
  return value;
}

export function readText(body: CborMap, field: string): string {
  return text(required(body, field), field);
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

/** A map whose keys are names: at most MAX_ITEMS of them. */
export function readMap(body: CborMap, field: string): CborMap {
  const value = required(body, field);
  if (!isMap(value)) throw new SmpFormatError('field-type', { field });
  if (value.size > MAX_ITEMS) throw new SmpFormatError('field-range', { field });
  return value;
}

export function readMaps(body: CborMap, field: string): CborMap[] {
  return readList(body, field).map((item) => {
    if (!isMap(item)) throw new SmpFormatError('field-type', { field });
    return item;
  });
}

export function readTexts(body: CborMap, field: string): string[] {
  return readList(body, field).map((item) => text(item, field));
}

export function readCounts(body: CborMap, field: string): number[] {
  return readList(body, field).map((item) => readCount(new Map([[field, item]]), field));
}

/** `read` where the field is there, null where it is not. */
export function optional<T>(read: Read<T>, body: CborMap, field: string): T | null {
  return body.get(field) === undefined ? null : read(body, field);
}

export function isMap(value: CborValue): value is CborMap {
  return value instanceof Map;
}

function readList(body: CborMap, field: string): readonly CborValue[] {
  const value = required(body, field);
  if (!isList(value)) throw new SmpFormatError('field-type', { field });
  if (value.length > MAX_ITEMS) throw new SmpFormatError('field-range', { field });
  return value;
}

function text(value: CborValue, field: string): string {
  if (typeof value !== 'string') throw new SmpFormatError('field-type', { field });
  if (value.length > MAX_TEXT_CHARACTERS) throw new SmpFormatError('field-range', { field });
  return value;
}

function required(body: CborMap, field: string): CborValue {
  const value = body.get(field);
  if (value === undefined) throw new SmpFormatError('field-missing', { field });
  return value;
}

function isList(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value);
}
