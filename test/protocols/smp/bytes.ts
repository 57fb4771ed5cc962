/** Bytes written so that a person can check them: hex, with 'text' in quotes for its own bytes. */

/** `a1 61'd' 62'hi'` → a1 61 64 62 68 69. Blanks mean nothing outside quotes. */
export function bytes(notation: string): Uint8Array {
  const hex = notation.replaceAll(/'([^']*)'/g, (_, text: string) =>
    Buffer.from(text, 'latin1').toString('hex'),
  );
  const digits = hex.replaceAll(/\s/g, '');
  if (!/^([0-9a-f]{2})*$/.test(digits)) throw new Error(`not bytes: ${notation}`);
  return new Uint8Array(Buffer.from(digits, 'hex'));
}

export function hex(data: Uint8Array): string {
  return Buffer.from(data).toString('hex');
}
