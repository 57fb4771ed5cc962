/**
 * Which names are those of a secret. A name is taken into words where people and programs divide
 * it: `wifi/psk`, `pin_block`, `userPassword`, `apiV3Key`, `master key`.
 */

/** The last word of every such name; what is asked before the name is looked at closely. */
export const lastWords =
  /(?:psk|passphrase|passw(?:or)?d|pass|pwd|pin|block|secret|token|cv[vcn]2?|track[-_ ]?[123]|key|[tz][mpad]k|kek|bdk|ipek|authorization|cookie|bearer|value)(?:[-_]?[0-9])?(?![A-Za-z0-9])|密码|口令|密钥/gi;

/** Longest name, in characters, that is looked at. */
const longestName = 48;

const secretWords = new Set(
  'psk passphrase password passwd pwd pin secret token cvv cvv2 cvc cvc2 cvn cvn2 track1 track2 track3'
    .split(' ')
    .concat('tmk tpk tak tdk zmk zpk zak kek bdk ipek authorization cookie bearer'.split(' ')),
);

/** A name that ends so is one, whatever was written before it without a border: `wifipassword`. */
const joined =
  /(?:passphrase|passw(?:or)?d|pwd|pinblock|secret|token|(?:api|app|mac|main|master|mch|pin|session|sign|work|access|secret|private|shared)key|密码|口令|密钥)$/u;

/** `key` alone names many things; so do `block` and `pass`. */
const withWordBefore: Readonly<Record<string, RegExp>> = {
  key: /^(?:api|v[23]|app|main|master|work|working|session|private|shared|secret|mac|pin|data|encrypt|encryption|encrypted|cipher|transport|access|auth|mch|merchant|partner|sign|hmac|aes|des|3des|sm4|tdes|wep|wpa|network)$/,
  block: /^pin$/,
  pass: /^(?:user|wifi|fi|wlan|ap|hotspot|login|admin|root|db|ftp|smtp|mqtt|proxy|ppp|apn|vpn)$/,
  '1': /^track$/,
  '2': /^track$/,
  '3': /^track$/,
};

/** Of an HTTP header: its whole line is the secret. */
export const headerName = /(?:authorization|cookie)$/i;

/** `password2` and `passwordValue` are as secret as `password`. */
const addition = /(?<=[A-Za-z])[-_. ]?(?:value|Value|VALUE|[0-9])$/;

/** `before` ends where the name does. */
export function endsInSecretName(before: string): boolean {
  const name = nameAtEnd.exec(before.slice(-longestName))?.[0] ?? '';
  return (
    isSecret(wordsOf(name)) ||
    (addition.test(name) && isSecret(wordsOf(name.replace(addition, ''))))
  );
}

/** Words with one sign at most between them. */
const nameAtEnd = /(?:[\w\u4e00-\u9fff][-./: ]?)*$/;

function isSecret(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  if (secretWords.has(last) || joined.test(last)) return true;
  return withWordBefore[last]?.test(words.at(-2) ?? '') ?? false;
}

function wordsOf(name: string): string[] {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z0-9\u4e00-\u9fff]+/)
    .filter((word) => word !== '');
}
