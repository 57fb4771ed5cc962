/**
 * Which names are those of a secret. A name is taken into words where people and programs divide
 * it: `wifi/psk`, `pin_block`, `userPassword`, `apiV3Key`, `master key`.
 */

/** The last word of every such name; what is asked before the name is looked at closely. */
export const lastWords =
  /(?:psk|passphrase|pass[-_ ]?code|passw(?:or)?ds?|pass|pwd|pin[-_ ]?code|pin|puk|block|secrets?|tokens?|cv[vcn]2?|track[-_ ]?[123]|key|[tz][mpad]k|kek|bdk|ipek|authorization|cookie|bearer|value|(?:session|sess)[-_ ]?id)(?:[-_]?[0-9])?(?![A-Za-z0-9])|密[ \t]?码|口令|密钥|(?:验证|安全)码/gi;

/** Longest name, in characters, that is looked at. */
const longestName = 48;

const secretWords = new Set(
  'psk passphrase password passwd pwd pin puk secret token cvv cvv2 cvc cvc2 cvn cvn2'
    .split(' ')
    .concat('tmk tpk tak tdk zmk zpk zak kek bdk ipek authorization cookie'.split(' ')),
);

/** A name that ends so is one, whatever was written before it without a border: `wifipassword`. */
const joined =
  /(?:passphrase|passw(?:or)?d|pwd|pinblock|(?:pass|pin)code|secret|token|sess(?:ion)?id|(?:api|app|mac|main|master|mch|pin|session|sign|work|access|secret|private|shared)key|密码|口令|密钥|验证码|安全码)$/u;

/** `key` alone names many things; so do `block`, `code` and `pass`. */
const withWordBefore: Readonly<Record<string, RegExp>> = {
  key: /^(?:api|v[23]|app|main|master|work|working|session|private|shared|secret|mac|pin|data|encrypt|encryption|encrypted|cipher|transport|access|auth|mch|merchant|partner|sign|hmac|aes|des|3des|sm4|tdes|wep|wpa|network)$/,
  block: /^pin$/,
  code: /^(?:pin|pass)$/,
  id: /^(?:sess|j?session)$/,
  pass: /^(?:user|wifi|fi|wlan|ap|hotspot|login|admin|root|db|ftp|smtp|mqtt|proxy|ppp|apn|vpn)$/,
  码: /密$/u,
};

const list = /\\*["']?[ \t]?[:=][ \t]?(?:\\*["']|[[{])/y;
const stripe = /["']?\]?[ \t]{0,4}(?:[=:]|[%;]?[A-Z]?[0-9]{8})/y;
/** What must follow a word that names something else as well; sticky. */
const followed: Readonly<Record<string, RegExp>> = {
  // Not `"pass": 12` of a test, not `tokens: 512`.
  pass: /\\*["'][ \t]?:[ \t]?\\*["']/y,
  passwords: list,
  passwds: list,
  secrets: list,
  tokens: list,
  // Not `bearer: LTE` of a modem.
  bearer: /[ \t]{1,4}(?!is\b)[^\s:=]|\\*["']?[ \t]?[:=][ \t]?\\*["']?[\w.~+/=-]{16}/y,
  // Not `track 3` of a player.
  track1: stripe,
  track2: stripe,
  track3: stripe,
};

/** Where a shell is, and a modem's command, whose secrets stand further on (named-secrets.ts). */
const otherThings = /(?<!\w)(?:OLD)?PWD=\/$|\+CPWD=.$/;

/** Of an HTTP header: its whole line is the secret. */
export const headerName = /(?:authorization|cookie)$/i;

/** `password2` and `passwordValue` are as secret as `password`. */
const addition = /(?<=[A-Za-z])[-_. ]?(?:value|Value|VALUE|[0-9])$/;

/** Whether the name that ends at `end` is that of a secret. */
export function isSecretName(text: string, end: number): boolean {
  // Far enough back for the longest name, not for the whole line.
  const before = text.slice(Math.max(0, end - longestName), end);
  const name = nameAtEnd.exec(before)?.[0] ?? '';
  const words = wordsOf(name);
  const isNamed = (kind: readonly string[]): boolean =>
    isSecret(kind) || isFollowed(kind, text, end);
  const isOne =
    isNamed(words) || (addition.test(name) && isNamed(wordsOf(name.replace(addition, ''))));
  return isOne && !otherThings.test(before + text.slice(end, end + 2));
}

/** Words with one sign at most between them. */
const nameAtEnd = /(?:[\w\u4e00-\u9fff][-./: ]?)*$/;

function isSecret(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  if (secretWords.has(last) || joined.test(last)) return true;
  return withWordBefore[last]?.test(words.at(-2) ?? '') ?? false;
}

function isFollowed(words: readonly string[], text: string, end: number): boolean {
  const last = words.at(-1) ?? '';
  const pattern = followed[last] ?? followed[words.slice(-2).join('')];
  if (pattern === undefined) return false;
  pattern.lastIndex = end;
  return pattern.test(text);
}

function wordsOf(name: string): string[] {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z0-9\u4e00-\u9fff]+/)
    .filter((word) => word !== '');
}
