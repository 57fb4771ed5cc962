/** How far a secret reaches that is written after its name. */

export interface Value {
  readonly from: number;
  readonly to: number;
}

type Reader = (text: string, at: number) => Value | null;

/** What may stand after a name, in the order in which it is tried; all but `is` as sticky patterns. */
const assigned = /(?:\\*["'])?\]?[ \t]{0,4}(?:[=:：]{1,3}>?|->|→|\bis\b)[ \t]{0,4}/uy;
/** `key="psk" value="x"`, `"name":"psk","value":"x"`: the name is itself a value. */
const besideName =
  /(?:\\*["'])?[,;]?[ \t]{0,4}(?:\\*["'])?(?:value|val)(?:\\*["'])?[ \t]{0,4}[=:][ \t]{0,4}/iy;
/** The rest of a tag: `<string name="psk">x</string>`, `<psk>x</psk>`. */
const element = /["']?(?:[ \t][^<>\r\n=]{0,64}=[^<>\r\n]{0,128})?(?<!\/)>/y;
/** `密码 884422`, `密码是abc`, `PIN 1234`. */
const spoken = /[ \t]{1,4}|(?<=[码令钥])(?:[ \t]{0,4}[是为])?[ \t]{0,4}/uy;

/** What is called a secret, after the name that ends at `end`; null: nothing. */
export function valueAfter(text: string, end: number, isHeader: boolean): Value | null {
  const after = (pattern: RegExp, read: Reader): Value | null => {
    pattern.lastIndex = end;
    return pattern.test(text) ? read(text, pattern.lastIndex) : null;
  };
  return (
    after(besideName, written) ??
    after(assigned, (_text, at) => (isHeader ? header : assignedValue)(text, at, end)) ??
    after(element, (_text, at) => (isInTag(text, end) ? toNextTag(text, at) : null)) ??
    (isHeader ? null : after(spoken, spokenValue))
  );
}

const matched =
  (pattern: RegExp): Reader =>
  (text, at) => {
    pattern.lastIndex = at;
    return pattern.test(text) ? { from: at, to: pattern.lastIndex } : null;
  };

/** In one that opens something. */
const isInTag = (text: string, end: number): boolean =>
  /<[^<>/][^<>]{0,128}$/.test(text.slice(Math.max(0, end - 130), end));

const opening = /\\*["']/y;
/** No secret, whatever it is called; so is one digit, a count of tries. */
const plain = matched(/(?:null|undefined|true|false|[0-9])(?![^\s,;&}\])"'<])(?![ ][0-9])/y);
/** A key in bytes, a PIN read out. */
const spaced = matched(
  /(?:[0-9A-Fa-f]{2}[ :]){7,63}[0-9A-Fa-f]{2}|(?:[0-9] ){3,18}[0-9](?![0-9A-Za-z])/y,
);
const bare = matched(/[^\s,;&}\])"'<>]+/y);
const toLineEnd = matched(/[^\r\n]+/y);
const toNextTag = matched(/[^<\r\n]+/y);

const written: Reader = (text, at) => {
  if (plain(text, text[at] === '[' ? at + 1 : at) !== null) return null;
  opening.lastIndex = at;
  if (opening.test(text)) return quoted(text, at, opening.lastIndex);
  if (text[at] === '[' || text[at] === '{') return bracketed(text, at);
  return spaced(text, at) ?? bare(text, at);
};

/**
 * Within quotes; what is escaped once more than the opening quote ends nothing. Without a closing
 * quote it goes to the end of the line.
 */
function quoted(text: string, at: number, from: number): Value | null {
  const sign = text[from - 1];
  const level = from - 1 - at;
  let backslashes = 0;
  let to = from;
  for (; to < text.length && text[to] !== '\n' && text[to] !== '\r'; to++) {
    const one = text[to];
    if (one === '\\') backslashes++;
    else {
      const closes = level === 0 ? backslashes % 2 === 0 : backslashes <= level;
      if (one === sign && closes) return made(from, level === 0 ? to : to - backslashes);
      backslashes = 0;
    }
  }
  return made(from, to);
}

/** `[x]` of getprop, a list, an object. */
function bracketed(text: string, at: number): Value | null {
  const close = text[at] === '[' ? ']' : '}';
  const line = toLineEnd(text, at + 1);
  if (line === null) return null;
  const to = text.indexOf(close, at + 1);
  return made(at + 1, to === -1 ? line.to : Math.min(to, line.to));
}

const made = (from: number, to: number): Value | null => (to > from ? { from, to } : null);

const lineStart = /(?:^|[\r\n])[ \t]*(?:export |set )?[\w./-]*$/;
const nextName = /[\s,;&][\w./-]{1,48}["']?[ \t]?[=:]/g;

/** A line that is made of the name, `=` and the value: blanks belong to it, up to another name. */
function assignedValue(text: string, at: number, end: number): Value | null {
  const value = written(text, at);
  if (value === null || at !== end + 1 || text[end] !== '=' || value.from !== at) return value;
  if (!lineStart.test(text.slice(Math.max(0, end - 64), end))) return value;
  const line = toLineEnd(text, at) as Value;
  nextName.lastIndex = at;
  const next = nextName.exec(text.slice(0, line.to));
  const to = next?.index ?? line.to;
  return spaced(text, at) ?? { from: at, to: Math.max(to, value.to) };
}

/** A header's value, within the quotes that the header stands in. */
function header(text: string, at: number, end: number): Value | null {
  opening.lastIndex = at;
  if (opening.test(text)) return written(text, at);
  const quote = /["'](?=[\w-]*$)/.exec(text.slice(Math.max(0, end - 32), end))?.[0];
  const line = toLineEnd(text, at);
  if (quote === undefined || line === null) return line;
  const close = text.indexOf(quote, at);
  return close === -1 || close > line.to ? line : made(at, close);
}

/**
 * As people write in a note, with nothing or a blank between. Only what has a digit in it, or stands
 * after 是 or 为, is taken for the secret: `password wrong` is none.
 */
const spokenValue: Reader = (text, at) =>
  matched(
    /(?:[0-9A-Fa-f]{2}[ :]){7,63}[0-9A-Fa-f]{2}|(?<=[是为][ \t]{0,4})[!-~]{3,}|(?=[!-~]{0,64}[0-9])[!-+\--~]{4,}/uy,
  )(text, at);
