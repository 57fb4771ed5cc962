/**
 * Card numbers in text, wherever they stand: alone, in groups (card-rows.ts), beside other numbers,
 * after a label, in a chip's data (card-tracks.ts).
 */
import {
  digit,
  isCardNumber,
  isOfKnownIssuer,
  keepLastFour,
  leastDigits,
  plainDigits,
  separator,
} from './card-digits.ts';
import { cardSpans } from './card-rows.ts';
import { maskChipData } from './card-tracks.ts';

/** The text with card numbers reduced to their last four digits. */
export function maskCards(text: string): string {
  const labelled = text.replace(
    labelledCard,
    (_all, label: string, run: string) => label + keepLastFour(run),
  );
  return maskFours(maskChipData(labelled)).replace(
    opaqueOrDigits,
    (_all, opaque: string | undefined, run: string, at: number, whole: string) =>
      opaque === undefined ? maskRun(run, /[A-Za-z]/.test(whole[at - 1] ?? '')) : opaque,
  );
}

/**
 * What people write before a card number. One mistyped digit, which fails Luhn, hides none of the
 * others. A SIM card's number begins with 89 (ITU-T E.118) and is wanted.
 */
const labelledCard = new RegExp(
  [
    String.raw`((?:(?<!(?:SIM[0-9]?|Sim|sim|SD|sd|TF|流量|物联网?|上网|手机|电话)[ _-]?)`,
    String.raw`(?:卡[号號]|[银銀]行卡|(?:(?<![A-Za-z])(?:card|CARD|pan|PAN)|(?<![A-Z])(?:Card|Pan))(?:[ _-]?(?:[Nn]umber|NUMBER|[Nn][Oo]\.?))?)`,
    String.raw`|[账帐賬帳][号號]|(?:(?<![A-Za-z])(?:acc(?:oun)?t|ACC(?:OUN)?T)|(?<![A-Z])Acc(?:oun)?t)[ _-]?(?:[Nn]umber|NUMBER|[Nn][Oo]\.?))`,
    String.raw`["']?[ \t]{0,4}(?:[=:：#是为]|is\b)?[ \t]{0,4}["']?)`,
    String.raw`(?!89|８９)(${digit}(?:(?:${separator}{1,2}|[.\t])?${digit}){11,18})(?!${digit})`,
  ].join(''),
  'gu',
);

/** Four columns and no more, whatever else than one blank stands between. */
const fours =
  /(?<![0-9]|[0-9](?:[.\t_/]| {2}))[0-9]{4}([.\t_/]| {2})[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?(?!\1?[0-9])/g;

function maskFours(text: string): string {
  return text.replace(fours, (run) => {
    const digits = run.replace(/[^0-9]/g, '');
    return isOfKnownIssuer(digits) && isCardNumber(digits) ? keepLastFour(run) : run;
  });
}

/**
 * UUIDs, hashes, bytes as hex, a serial number with its label: digits in them are no card's, but for
 * one that is filled up with F. All else that is made of digits, with one separator between its
 * groups at most, and letters beside it or none.
 */
const opaqueOrDigits = new RegExp(
  [
    String.raw`((?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])`,
    String.raw`|(?<![0-9A-Za-z])(?=[0-9]*[A-Fa-f])(?![0-9]+F\b)(?:[0-9A-Fa-f]{32,}|(?:[0-9A-Fa-f]{2}){8,})(?![0-9A-Za-z])`,
    String.raw`|(?:(?<![A-Za-z])S\/?N|序列号)[:：#]?[ ]?[0-9]{10,})`,
    String.raw`|(${digit}+(?:${separator}${digit}+)*)`,
  ].join(''),
  'g',
);

/**
 * Every digit is hidden that one of the card numbers in the run hides: spans may overlap.
 * `afterLetter`: it goes on what may be another number's prefix.
 */
function maskRun(run: string, afterLetter: boolean): string {
  if (run.length < leastDigits) return run;
  const spans = cardSpans(plainDigits(run).split(' '), afterLetter);
  if (spans.length === 0) return run;
  const hidden = new Set<number>();
  const joined = new Set<number>();
  for (const { from, to } of spans) {
    for (let at = from; at < to - 4; at++) hidden.add(at);
    for (let at = from + 1; at < to; at++) joined.add(at);
  }
  let at = 0;
  return run.replace(/./g, (one) => {
    if (!/[0-9０-９]/.test(one)) return joined.has(at) ? '' : one;
    return hidden.has(at++) ? '*' : one;
  });
}

/** Where nothing tells what digits are: every run of so many is hidden but for its first two. */
export function maskDigitRuns(text: string, fromDigits: number): string {
  return text.replace(/[0-9](?:[ -]?[0-9])*/g, (run) => {
    const digits = run.replace(/[ -]/g, '');
    return digits.length < fromDigits ? run : digits.slice(0, 2) + '*'.repeat(digits.length - 2);
  });
}
