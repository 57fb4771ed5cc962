/**
 * EMVCo data objects (QR Code Specification for Payment Systems, Merchant-Presented Mode v1.1,
 * section 3): a 2-digit id, a 2-digit length counted in characters, and that many characters.
 * Templates hold data objects in their value.
 */
import { EmvcoError } from './error.ts';

export interface DataObject {
  /** `00` … `99`. */
  readonly id: string;
  readonly value: string;
}

/**
 * Splits a text into its data objects.
 * Throws EmvcoError `truncated` or `malformed` with the place (in characters), `repeated` for an
 * id that stands there twice.
 */
export function decodeObjects(text: string): DataObject[] {
  const characters = Array.from(text);
  const objects: DataObject[] = [];
  const ids = new Set<string>();
  let at = 0;
  while (at < characters.length) {
    const head = characters.slice(at, at + 4).join('');
    if (!/^[0-9]{0,4}$/.test(head)) throw new EmvcoError('malformed', { at });
    const length = Number(head.slice(2));
    if (head.length < 4 || at + 4 + length > characters.length) {
      throw new EmvcoError('truncated', { at });
    }
    // The specification gives every object at least one character.
    if (length === 0) throw new EmvcoError('malformed', { at });
    const id = head.slice(0, 2);
    if (ids.has(id)) throw new EmvcoError('repeated', { at, id });
    ids.add(id);
    objects.push({ id, value: characters.slice(at + 4, at + 4 + length).join('') });
    at += 4 + length;
  }
  return objects;
}

/** The text of data objects. Throws EmvcoError `too-long` for a value over 99 characters. */
export function encodeObjects(objects: readonly DataObject[]): string {
  return objects.map(encodeObject).join('');
}

function encodeObject({ id, value }: DataObject): string {
  const length = Array.from(value).length;
  if (!/^[0-9]{2}$/.test(id) || length === 0) throw new EmvcoError('malformed', { id });
  if (length > 99) throw new EmvcoError('too-long', { id });
  return `${id}${String(length).padStart(2, '0')}${value}`;
}
