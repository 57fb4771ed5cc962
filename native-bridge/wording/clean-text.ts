/** Text from a device or a file is hostile: what could move the cursor or turn the line is taken out. */

// eslint-disable-next-line no-control-regex -- these are exactly what must go
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -~])/gu;
const controls = /\p{Cc}+/gu;
const bidi = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
/** Joiners, which nobody sees; a person's name in Persian or an emoji of several parts needs them. */
const joiners = /[\u200c\u200d]/gu;
const needsJoiner =
  /^(?:[\p{Emoji}\ufe0f]\u200d\p{Extended_Pictographic}|\p{Script=Arabic}[\u200c\u200d]\p{Script=Arabic})$/u;

/** One line without terminal escapes, controls and bidi marks, at most `maxCharacters` long. */
export function cleanText(text: string, maxCharacters = 400): string {
  // Cut before the patterns run: a device may send megabytes.
  const clean = text
    .slice(0, maxCharacters * 4)
    .replace(escapes, '')
    .replace(controls, ' ')
    .replace(bidi, '')
    .replace(joiners, keptJoiner)
    .trim();
  if (clean.length <= maxCharacters && text.length <= maxCharacters * 4) return clean;
  return cut(clean, maxCharacters);
}

/** A text that has a place of that size; what is too long ends with an ellipsis. */
export function clipText(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : cut(text, maxCharacters);
}

function cut(text: string, maxCharacters: number): string {
  // Not between the halves of a surrogate pair.
  return `${text.slice(0, maxCharacters - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}

/** Only between what it joins. */
function keptJoiner(joiner: string, at: number, text: string): string {
  const before = /.$/u.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? '';
  const after = /^./u.exec(text.slice(at + 1, at + 3))?.[0] ?? '';
  return needsJoiner.test(before + joiner + after) ? joiner : '';
}
