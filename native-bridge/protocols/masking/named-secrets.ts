/**
 * Secrets that are told by the name before them: `psk = "x"`, `"userPassword":"x"`, `PIN: 1 2 3 4`,
 * `<string name="psk">x</string>`, `密码是abc`, `Authorization: Bearer x`, `https://user:x@host`. The
 * value is dropped, the name stays.
 *
 * One walk over the names; where a name is that of a secret (secret-names.ts), the value after it is
 * measured (secret-values.ts).
 */
import { hidden } from './hidden.ts';
import { endsInSecretName, headerName, lastWords } from './secret-names.ts';
import { valueAfter } from './secret-values.ts';

export function maskNamed(text: string): string {
  let out = '';
  let upTo = 0;
  for (const { 0: word, index } of text.matchAll(lastWords)) {
    if (index < upTo) continue;
    const end = index + word.length;
    // Far enough back for the longest name, not for the whole line.
    if (!endsInSecretName(text.slice(Math.max(0, end - 64), end))) continue;
    const value = valueAfter(text, end, headerName.test(word));
    if (value === null) continue;
    out += text.slice(upTo, value.from) + hidden;
    upTo = value.to;
  }
  return maskUserInfo(out + text.slice(upTo));
}

/** RFC 3986, 3.2.1. The user stays, what is after the colon goes. */
const userInfo = /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{0,128}:)[^\s/"'<>]{1,256}@/gi;

function maskUserInfo(text: string): string {
  return text.replace(userInfo, (_all, user: string) => `${user}${hidden}@`);
}
