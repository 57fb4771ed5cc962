/** What is called a secret: from what may stand after its name to the value's end. */
import {
  elementText,
  enclosed,
  header,
  matched,
  plain,
  spaced,
  toLineEnd,
  written,
  type Reader,
  type Value,
} from './value-readers.ts';

/** After a name, before its sign: `PIN码`, `密码1`, `密钥分量2`, `密码(WiFi)`, `PIN(4位)`. */
const remark = String.raw`(?:码|分量)?(?:(?<=[码令钥量])[0-9一二三四](?![0-9A-Za-z]))?(?:(?<=[码令钥量])[(（][^()（）*\r\n]{0,12}[)）]|[ \t]?[(（][^()（）*\r\n]{0,12}(?:位|digits?|chars?|bytes?|bits?|hex)[)）])?[ \t]{0,4}`;
/** What may stand after a name, in the order in which it is tried; sticky patterns. */
const assigned = new RegExp(
  String.raw`${remark}[是为]?(?:\\*["'])?\]?[ \t]{0,4}(?:[=:：]{1,3}>?|->|→|\bis\b[:：]?)[ \t]{0,4}`,
  'uy',
);
const member = String.raw`\\*["'][\w-]{1,24}\\*["'][ \t]?:[ \t]?(?:\\*["'][^"'\\\r\n]{0,64}\\*["']|[\w.]{1,24})`;
/** `key="psk" value="x"`, `"name":"psk","type":"text","value":"x"`: the name is itself a value. */
const besideName = new RegExp(
  String.raw`(?:\\*["'])?[,;]?[ \t]{0,4}(?:${member}[,;][ \t]{0,4}){0,3}(?:\\*["'])?(?:value|val)(?:\\*["'])?[ \t]{0,4}[=:][ \t]{0,4}`,
  'iy',
);
/** The rest of a tag: `<string name="psk">x</string>`, `<psk>x</psk>`. */
const element = /["']?(?:[ \t][^<>\r\n=*]{0,64}=[^<>\r\n]{0,128})?(?<!\/)>/y;
/** `<key>psk</key><string>x</string>`. */
const besideElement = /\s{0,16}<\/[\w:.-]{1,32}>\s{0,64}<(?:value|val|string|text|data|integer)>/iy;
/** `密码是abc`, `密码 为 abc`, `密码改成abc`. */
const told = new RegExp(
  String.raw`${remark}(?:[就也还都]|已?(?:设置?|重置|改))?[是为成叫][ \t]{0,4}`,
  'uy',
);
/** `密码 884422`, `PIN 1234`. */
const apart = /[ \t]{1,4}/y;
/** `密码884422`, `密码1 884422`, `PIN（4位）1234`. */
const together = new RegExp(String.raw`(?:码|(?<=[码令钥])|(?=（))${remark}`, 'uy');
const afterChinese = /码|(?<=[码令钥])/uy;

/** What is called a secret, after the name that ends at `end`; null: nothing. */
export function valueAfter(text: string, end: number, isHeader: boolean): Value | null {
  const after = (pattern: RegExp, read: Reader): Value | null => {
    pattern.lastIndex = end;
    return pattern.test(text) ? read(text, pattern.lastIndex) : null;
  };
  return (
    after(besideName, written) ??
    after(assigned, (_text, at) => (isHeader ? header : assignedValue)(text, at, end)) ??
    after(element, (_text, at) => (isInTag(text, end) ? elementText(text, at) : null)) ??
    after(besideElement, elementText) ??
    (isHeader ? null : spoken(after))
  );
}

/** In one that opens something. */
const isInTag = (text: string, end: number): boolean =>
  /<[A-Za-z_\u4e00-\u9fff][^<>]{0,128}$/.test(text.slice(Math.max(0, end - 130), end));

const lineStart = /[\r\n][ \t]*(?:export |set )?[\w./*-]*$/;
const startsLine = (text: string, end: number): boolean =>
  lineStart.test(end < 64 ? `\n${text.slice(0, end)}` : text.slice(end - 64, end));
const nextName = /[\s,;&][\w./*-]{1,48}["']?[ \t]?[=:]/g;

/** A line that is made of the name, `=` and the value: blanks belong to it, up to another name. */
function assignedValue(text: string, at: number, end: number): Value | null {
  const value = written(text, at);
  const isNext = at === end + 1 && text[end] === '=';
  const begins = value === null ? isOddSign(text[at]) : value.from === at;
  if (!isNext || !begins || plain(text, at) !== null) return value;
  if (!startsLine(text, end)) return value;
  const line = toLineEnd(text, at) as Value;
  nextName.lastIndex = value?.to ?? at;
  const to = nextName.exec(text.slice(0, line.to))?.index ?? line.to;
  if (value === null) return to > at ? { from: at, to } : null;
  return spaced(text, at) ?? { from: at, to };
}

/** What ends a value elsewhere. */
const isOddSign = (sign: string | undefined): boolean => /^[,;&)\]}<]$/.test(sign ?? '');

/** As people write in a note, with nothing, a blank or 是 between. */
function spoken(after: (pattern: RegExp, read: Reader) => Value | null): Value | null {
  return (
    after(told, (text, at) => enclosed(text, at) ?? anyWord(text, at)) ??
    after(apart, wordWithDigit) ??
    after(together, wordWithDigit) ??
    after(afterChinese, wordInBrackets)
  );
}

const anyWord = matched(/[!-~０-９]{3,}/uy);
const inBrackets = matched(/[【「『“‘（(][!-'*-~]{3,16}[】」』”’）)]/uy);
const wordInBrackets: Reader = (text, at) => {
  const whole = inBrackets(text, at);
  return whole === null ? null : { from: whole.from + 1, to: whole.to - 1 };
};

/**
 * Only what has a digit in it, or stands after 是 or 为, is taken for the secret: `password wrong` is
 * none. A card's check value has three. What is masked already stays so.
 */
const wordWithDigit = matched(
  /(?:[0-9A-Fa-f]{2}[ :]){7,63}[0-9A-Fa-f]{2}|(?=(?:(?!\*{3})[!-~]){0,64}[0-9])[!-+\--~]{4,}|[０-９]{4,}|\*{3}|(?<=(?:cv[vcn]2?|安全码)[ \t]{0,4})[0-9]{3}(?![0-9A-Za-z])/iuy,
);
