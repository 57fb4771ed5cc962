/** What makes digits a payment card's number. ISO/IEC 7812-1: length, issuer, Luhn's check digit. */

/** Luhn's check over a string of digits. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

export const leastDigits = 13;
export const mostDigits = 19;

/**
 * First digits that payment cards of a length begin with. 15 digits are also an IMEI (always Luhn
 * valid) or a merchant number, 13 a time in milliseconds, 19 beginning with 89 an ICCID.
 */
const cardStarts: Readonly<Record<number, RegExp>> = {
  13: /^4/,
  14: /^3[0689]/,
  15: /^3[47]|^1800|^2131/,
  16: /^2[2-7]|^[3-69]/,
  17: /^[3-69]/,
  18: /^[3-69]/,
  19: /^[3-69]/,
};

export function isCardNumber(digits: string): boolean {
  return (cardStarts[digits.length]?.test(digits) ?? false) && passesLuhn(digits);
}

/** Visa, Mastercard, Maestro, American Express, Diners, JCB, Discover, UnionPay, Mir, ICBC and ABC of old. */
const issuers =
  /^(?:4|5[0-8]|22(?:0[0-4]|2[1-9]|[3-9])|2[3-6]|27(?:[01]|20)|3(?:[47689]|0[0-5]|5(?:2[89]|[3-8]))|6[02-57]|81|955[89])/;

/** Where other numbers are more likely than a card's. */
export function isOfKnownIssuer(digits: string): boolean {
  return issuers.test(digits);
}

/** One character between two groups: blanks, hyphens and dashes of every kind. */
export const separator = String.raw`[ \u00a0\u2007\u202f\u3000\-\u2010-\u2015\u2212]`;
/** Full-width ones are digits, too. */
export const digit = '[0-9０-９]';

/** Of the same length: what separates is a blank, digits are ASCII's. */
export function plainDigits(run: string): string {
  return run
    .replace(/[０-９]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[^0-9]/g, ' ');
}

export function keepLastFour(run: string): string {
  const digits = run.replace(/[^0-9０-９]/g, '');
  return '*'.repeat(digits.length - 4) + digits.slice(-4);
}
