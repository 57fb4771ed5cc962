/**
 * Secrets that are told by the name before them: `psk = "x"`, `"userPassword":"x"`, `PIN: 1 2 3 4`,
 * `<string name="psk">x</string>`, `密码是abc`, `Authorization: Bearer x`, `https://user:x@host`. The
 * value is dropped, the name stays.
 *
 * One walk over the names; where a name is that of a secret (secret-names.ts), the value after it is
 * measured (secret-values.ts).
 */
import { hidden } from './hidden.ts';
import { headerName, isSecretName, lastWords } from './secret-names.ts';
import { valueAfter } from './secret-values.ts';

export function maskNamed(text: string): string {
  // A secret in an address may be told by its name, and may hide where the address ends.
  return maskUserInfo(maskNamedBehind(maskValues(maskUserInfo(maskModemPins(text)))));
}

function maskValues(text: string): string {
  let out = '';
  let upTo = 0;
  for (const { 0: word, index } of text.matchAll(lastWords)) {
    if (index < upTo) continue;
    const end = index + word.length;
    if (!isSecretName(text, end)) continue;
    const value = valueAfter(text, end, headerName.test(word));
    if (value === null) continue;
    out += text.slice(upTo, value.from) + hidden;
    upTo = value.to;
  }
  return out + text.slice(upTo);
}

/** Commands with a SIM card's PIN (3GPP TS 27.007, 8.3, 7.4, 7.5), after what they do it to. */
const modemPin =
  /(\+(?:CPIN2?=|(?:CPWD=\\*"?[A-Z][A-Z0-9]\\*"?|CLCK=\\*"?[A-Z][A-Z0-9]\\*"?,[0-9]),))(?![?])(?:[^\s;]|(?<=,) )+/gi;

function maskModemPins(text: string): string {
  return text.replace(modemPin, (_all, command: string) => command + hidden);
}

/** `"value":"x","key":"psk"`. */
const valueBefore =
  /(["'](?:value|val)\\*["'][ \t]?:[ \t]?\\*["'])([^"'\\\r\n]{1,256})(\\*["'][ \t]?,[ \t]?\\*["'](?:key|name)\\*["'][ \t]?:[ \t]?\\*["'][\w./-]{1,48})(?=\\*["'])/gi;

function maskNamedBehind(text: string): string {
  return text.replace(valueBefore, (all, head: string, _value, name: string) =>
    isSecretName(name, name.length) ? head + hidden + name : all,
  );
}

/** RFC 3986, 3.2.1. The user stays, what is after the colon goes. */
const userInfo = /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{0,128}:)[^\s/"'<>]{1,256}@/gi;

function maskUserInfo(text: string): string {
  return text.replace(userInfo, (_all, user: string) => `${user}${hidden}@`);
}
