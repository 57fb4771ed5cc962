/**
 * Card numbers in a magnetic stripe's and a chip's data. ISO/IEC 7813 (tracks 1 and 2), EMV Book 3
 * (tags 57 and 5A).
 */
import { isCardNumber, keepLastFour, leastDigits, mostDigits } from './card-digits.ts';
import { hidden } from './hidden.ts';

/** `%BPAN^NAME^YYMM…?` */
const track1 = /(?<![A-Za-z])(%?[Bb])([0-9](?: ?[0-9]){12,18})\^[^?\r\n]{0,110}\??/g;
/** `;PAN=YYMM…?` or the same with D for the separator. */
const track2 = /(?<![0-9])([0-9]{13,})([=D])[0-9]{7,24}F?\??/g;
/** The same in bytes: `57 13 41 11 … D2 71 …`. */
const track2InBytes =
  /(?<![0-9A-F])((?:[0-9]{2}[ :]){6,12})(?:([0-9])D|D[0-9])(?:[ :][0-9]{2}){2,12}(?:[ :][0-9F]F)?/gi;

export function maskTracks(text: string): string {
  return text
    .replace(track1, (_all, head: string, pan: string) => `${head}${keepLastFour(pan)}^${hidden}`)
    .replace(track2, (all, digits: string) => {
      const length = panLength(digits, 1);
      if (length === 0) return all;
      return `${digits.slice(0, -length)}${keepLastFour(digits.slice(-length))}=${hidden}`;
    })
    .replace(track2InBytes, (all, bytes: string, half = '') => {
      const digits = bytes.replace(/[ :]/g, '') + (half as string);
      const length = panLength(digits, 2);
      if (length === 0) return all;
      const before = bytes.slice(0, ((digits.length - length) / 2) * 3);
      return `${before}${keepLastFour(digits.slice(-length))}=${hidden}`;
    });
}

/** Of the card number at the end; 0: none. Others may stand before, a tag and its length, `unit` by `unit`. */
function panLength(digits: string, unit: number): number {
  for (let length = Math.min(mostDigits, digits.length); length >= leastDigits; length--) {
    const isWhole = (digits.length - length) % unit === 0;
    if (isWhole && isCardNumber(digits.slice(-length))) return length;
  }
  return 0;
}

/** Tag 5A and its length in bytes, each of two digits, filled up with F. */
const chipData = [7, 8, 9, 10].map((bytes) => {
  const length = bytes.toString(16);
  return new RegExp(`(5A[ :]?0${length}[ :]?)((?:[0-9]{2}[ :]?){${bytes - 1}}[0-9])([0-9F])`, 'gi');
});

export function maskChipData(text: string): string {
  return chipData.reduce((masked, pattern) => masked.replace(pattern, withoutChipsCard), text);
}

function withoutChipsCard(all: string, head: string, digits: string, last: string): string {
  const isFilled = last.toUpperCase() === 'F';
  const pan = (isFilled ? digits : digits + last).replace(/[ :]/g, '');
  return isCardNumber(pan) ? head + keepLastFour(pan) + (isFilled ? last : '') : all;
}
