/** How far a secret reaches that begins at a place: a word, a text in quotes, a list, an element. */

export interface Value {
  readonly from: number;
  readonly to: number;
}

export type Reader = (text: string, at: number) => Value | null;

const made = (from: number, to: number): Value | null => (to > from ? { from, to } : null);

export const matched =
  (pattern: RegExp): Reader =>
  (text, at) => {
    pattern.lastIndex = at;
    return pattern.test(text) ? made(at, pattern.lastIndex) : null;
  };

/**
 * What ends a secret that nothing encloses, for these signs may belong to one: a comma before a
 * blank, a quote or another name; a bracket or quote at the end of a word; a tag; Chinese signs.
 */
const ends = String.raw`(?:[,;&](?=[\s"'\\]|$|[\w./*-]{1,48}\\*["']?[ \t]?[=:])|[)\]}"'](?=[\s,;&)\]}"'\\<>]|$)|\\+["']|<(?=[/!]|[A-Za-z][^<>\r\n]{0,64}>)|[，。；、）】」』”’])`;
const bare = matched(
  new RegExp(String.raw`(?:<[^<>\s/!][^<>\r\n]{0,64}>|<(?=[^\s/!]))?(?:(?!${ends})\S)*`, 'uy'),
);

/** No secret, whatever it is called; so is one digit, a count of tries. */
export const plain = matched(
  new RegExp(`(?:null|undefined|true|false|[0-9])(?=\\s|$|${ends})(?![ ][0-9])`, 'uy'),
);
/** A key in bytes, a PIN read out. */
export const spaced = matched(
  /(?:[0-9A-Fa-f]{2}[ :]){7,63}[0-9A-Fa-f]{2}|(?:[0-9] ){3,18}[0-9](?![0-9A-Za-z])/y,
);
export const toLineEnd = matched(/[^\r\n]+/y);
const toNextTag = matched(/[^<\r\n]+/y);

const opening = /\\*["']/y;
export const isQuote = (text: string, at: number): boolean => opens(opening, text, at);

function opens(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** A value as programs write it. */
export const written: Reader = (text, at) => {
  if (plain(text, text[at] === '[' ? at + 1 : at) !== null) return null;
  if (isQuote(text, at)) return quoted(text, at, opening.lastIndex);
  if (text[at] === '[' || text[at] === '{') return bracketed(text, at);
  return enclosed(text, at) ?? spaced(text, at) ?? bare(text, at);
};

const upTo = (close: string): Reader => matched(new RegExp(`[^${close}\\r\\n]+`, 'uy'));
const upToClosing: Readonly<Record<string, Reader>> = {
  '【': upTo('】'),
  '「': upTo('」'),
  '『': upTo('』'),
  '“': upTo('”'),
  '‘': upTo('’'),
  '（': upTo('）'),
};

/** Within Chinese brackets or quotes. */
export const enclosed: Reader = (text, at) => upToClosing[text[at] ?? '']?.(text, at + 1) ?? null;

/**
 * Within quotes; what is escaped once more than the opening quote ends nothing. Without a closing
 * quote it goes to the end of the line.
 */
function quoted(text: string, at: number, from: number): Value | null {
  return made(from, quoteEnd(text, at, from));
}

/** Where the closing quote's backslashes begin, or the quote; `from`: after the opening one, `at`: its backslashes. */
function quoteEnd(text: string, at: number, from: number): number {
  const sign = text[from - 1];
  const level = from - 1 - at;
  let backslashes = 0;
  let to = from;
  for (; to < text.length && text[to] !== '\n' && text[to] !== '\r'; to++) {
    const one = text[to];
    if (one === '\\') backslashes++;
    else {
      const closes = level === 0 ? backslashes % 2 === 0 : backslashes <= level;
      if (one === sign && closes) return level === 0 ? to : to - backslashes;
      backslashes = 0;
    }
  }
  return to;
}

/** `[x]` of getprop, a list, an object, with all that is in it; not closed: to the end of the line. */
function bracketed(text: string, at: number): Value | null {
  let depth = 1;
  let to = at + 1;
  while (to < text.length && text[to] !== '\n' && text[to] !== '\r') {
    const one = text[to] as string;
    if (isQuote(text, to)) {
      const from = opening.lastIndex;
      to = quoteEnd(text, to, from);
      if (isQuote(text, to)) to = opening.lastIndex;
      continue;
    }
    if (one === '[' || one === '{') depth++;
    else if (one === ']' || one === '}') depth--;
    if (depth === 0) break;
    to++;
  }
  return made(at + 1, to);
}

/** Blanks, line ends and the element of the value itself before what an element holds. */
const beforeText = /\s{0,64}(?:<(?:value|val|string|text|data)>\s{0,64})?/iy;
const cdata = /<!\[CDATA\[/y;
const longestCdata = 4096;

/** What an element holds, up to the next tag. */
export const elementText: Reader = (text, at) => {
  opens(beforeText, text, at);
  const from = beforeText.lastIndex;
  if (!opens(cdata, text, from)) return toNextTag(text, from);
  const inner = cdata.lastIndex;
  const to = text.slice(inner, inner + longestCdata).indexOf(']]>');
  return to === -1 ? toLineEnd(text, inner) : made(inner, inner + to);
};

/** A header's value, within the quotes that the header, whose name ends at `end`, stands in. */
export function header(text: string, at: number, end: number): Value | null {
  const isInJson = isQuote(text, end);
  if (isQuote(text, at) || (isInJson && /[[{]/.test(text[at] ?? ''))) return written(text, at);
  const quote = /["'](?=[\w*-]*$)/.exec(text.slice(Math.max(0, end - 32), end))?.[0];
  return (quote === undefined ? toLineEnd : quote === '"' ? upToDouble : upToSingle)(text, at);
}

const upToDouble = upTo('"');
const upToSingle = upTo("'");
