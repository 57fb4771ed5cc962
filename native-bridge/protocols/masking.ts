/**
 * Hides whatever looks like a full card number, a key, a PIN or a password before text reaches a
 * log, a case or a screen. It errs towards hiding, with exceptions for the numbers that a repair
 * needs to see: IMEI, ICCID, 15-digit merchant numbers, millisecond times, image hashes.
 *
 * Card numbers: ISO/IEC 7812-1 (length, Luhn check digit). Patterns run in linear time.
 */

const hidden = '***';

/** Luhn's check over a string of digits. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * First digits that payment cards of a length begin with. 15 digits are also an IMEI (always Luhn
 * valid) or a merchant number, 13 a time in milliseconds, 19 beginning with 89 an ICCID.
 */
const cardStarts: Readonly<Record<number, RegExp>> = {
  13: /^4/,
  14: /^3[0689]/,
  15: /^3[47]|^1800|^2131/,
  16: /^2[2-7]|^[3-69]/,
  17: /^[3-69]/,
  18: /^[3-69]/,
  19: /^[3-69]/,
};

function isCardNumber(digits: string): boolean {
  return (cardStarts[digits.length]?.test(digits) ?? false) && passesLuhn(digits);
}

const digitRuns = /(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){12,30}(?![0-9A-Za-z])/g;

/** What people write before a card number. One mistyped digit, which fails Luhn, hides none of the others. */
const labelledCard =
  /((?:卡号|银行卡|(?<![A-Za-z])(?:card(?:[ _-]?(?:number|no\.?))?|pan))["']?[ \t]{0,4}(?:[=:：#是为]|is\b)?[ \t]{0,4}["']?)([0-9](?:[ -]?[0-9]){11,18})(?![0-9])/giu;

function keepLastFour(run: string): string {
  const digits = run.replace(/[ -]/g, '');
  return '*'.repeat(digits.length - 4) + digits.slice(-4);
}

function maskCards(text: string): string {
  return text
    .replace(labelledCard, (_all, label: string, run: string) => label + keepLastFour(run))
    .replace(digitRuns, (run) =>
      isCardNumber(run.replace(/[ -]/g, '')) ? keepLastFour(run) : run,
    );
}

/** Magnetic stripe, track 2: `;PAN=YYMM…?` or the same with D for the separator. */
const track2 = /([0-9]{13,19})[=D][0-9]{7,24}F?\??/g;

const secretName =
  '(?:psk|passphrase|passw(?:or)?d|pwd|pin(?:[-_ ]?block)?|secret|token|cvv2?|cvc2?|track[-_ ]?[123]' +
  '|(?:api|app|main|master|work(?:ing)?|session|private|secret|mac|pin|data|encryption|transport)[-_ ]?key' +
  '|t[mpad]k|z[mpa]k|密码|口令|密钥)';

/** `psk = "x"`, `"password":"x"`, `PIN: 1 2 3 4`, `TMK 11 22 …`; the value is dropped, the name stays. */
const namedSecrets = new RegExp(
  `(?<![A-Za-z])(${secretName}["']?[ \\t]{0,4}(?:[=:：]|\\bis\\b)[ \\t]{0,4})` +
    `("[^"\\r\\n]{0,512}"?|'[^'\\r\\n]{0,512}'?|(?:[0-9A-Fa-f]{2}[ :]){7,63}[0-9A-Fa-f]{2}|[^\\s,;&}\\])"']{1,512})`,
  'giu',
);

/**
 * As people write in a note, with nothing or a blank between: `密码 884422`, `密码是abc`, `PIN 1234`. Only
 * what has a digit in it, or stands after 是 or 为, is taken for the secret: `password wrong` is none.
 */
const spokenSecrets = new RegExp(
  `(?<![A-Za-z])(${secretName}(?:[ \\t]{1,4}|(?<=[码令钥])(?:[ \\t]{0,4}[是为])?[ \\t]{0,4}))` +
    `((?:[0-9A-Fa-f]{2}[ :]){7,63}[0-9A-Fa-f]{2}|(?<=[是为][ \\t]{0,4})[!-~]{3,512}|(?=[!-~]{0,64}[0-9])[!-+\\--~]{4,512})`,
  'giu',
);

/** Settings names end in the secret's word: `wifi/psk`, `wifi.psk`, `wifi_psk`. */
function maskNamed(text: string): string {
  return text
    .replace(namedSecrets, (_all, name: string, value: string) => {
      const quote = value.startsWith('"') || value.startsWith("'") ? value.charAt(0) : '';
      return `${name}${quote}${hidden}${quote}`;
    })
    .replace(spokenSecrets, (_all, name: string) => name + hidden);
}

const privateKeys =
  /-----BEGIN ([A-Z ]{0,32}PRIVATE KEY)-----[^-]{0,16384}(?:-----END [A-Z ]{0,40}-----)?/g;

/** Two-key DES is 32 hex digits, AES-256 64; so is a SHA-256, which is told by the word before it. */
const longHex = /(?<![0-9A-Za-z])(?:0x)?[0-9A-Fa-f]{32,}(?![0-9A-Za-z])/g;
const longBase64 = /(?<![0-9A-Za-z+/_-])[0-9A-Za-z+/]{40,}={0,2}(?![0-9A-Za-z+/=_-])/g;
const publicLabel =
  /(?:sha-?\d{0,3}|hash|digest|fingerprint|checksum|uuid|guid|[a-z]*hash)["']?[ \t]{0,4}[=:：]?[ \t]{0,4}["']?$/i;

function isPublic(text: string, at: number): boolean {
  return publicLabel.test(text.slice(Math.max(0, at - 40), at));
}

function looksRandom(run: string): boolean {
  const slashes = run.split('/').length - 1;
  return /[0-9]/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run) && slashes * 10 <= run.length;
}

function maskLongSecrets(text: string): string {
  return text
    .replace(longHex, (run: string, at: number, whole: string) =>
      isPublic(whole, at) || /^[0-9]+$/.test(run) ? run : hidden,
    )
    .replace(longBase64, (run: string, at: number, whole: string) =>
      !looksRandom(run) || isPublic(whole, at) ? run : hidden,
    );
}

/**
 * For what is public but for card numbers and named secrets in it, as an address in a payment code
 * is: long random text stays.
 */
export function maskCardsAndNamed(text: string): string {
  return maskCards(maskNamed(text));
}

/** Where nothing tells what digits are: every run of so many is hidden but for its first two. */
export function maskDigitRuns(text: string, leastDigits: number): string {
  return text.replace(/[0-9](?:[ -]?[0-9])*/g, (run) => {
    const digits = run.replace(/[ -]/g, '');
    return digits.length < leastDigits ? run : digits.slice(0, 2) + '*'.repeat(digits.length - 2);
  });
}

/** The text with everything that looks like a secret replaced; card numbers keep their last 4 digits. */
export function maskSecrets(text: string): string {
  const withoutKeys = text.replace(privateKeys, (_all, kind: string) => `[${kind} ${hidden}]`);
  const withoutTracks = withoutKeys.replace(track2, (all, pan: string) =>
    isCardNumber(pan) ? `${'*'.repeat(pan.length - 4)}${pan.slice(-4)}=${hidden}` : all,
  );
  return maskLongSecrets(maskCards(maskNamed(withoutTracks)));
}
