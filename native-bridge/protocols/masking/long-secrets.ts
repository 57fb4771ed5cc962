/** Keys with no name before them: private keys as PEM, and long random hex and base64. */
import { hidden } from './hidden.ts';

const privateKeys =
  /-----BEGIN ([A-Z ]{0,32}PRIVATE KEY)-----[^-]{0,16384}(?:-----END [A-Z ]{0,40}-----)?/g;

export function maskPrivateKeys(text: string): string {
  return text.replace(privateKeys, (_all, kind: string) => `[${kind} ${hidden}]`);
}

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

export function maskLongSecrets(text: string): string {
  return text
    .replace(longHex, (run: string, at: number, whole: string) =>
      isPublic(whole, at) || /^[0-9]+$/.test(run) ? run : hidden,
    )
    .replace(longBase64, (run: string, at: number, whole: string) =>
      !looksRandom(run) || isPublic(whole, at) ? run : hidden,
    );
}
