/**
 * Hides whatever looks like a full card number, a key, a PIN or a password before text reaches a
 * log, a case or a screen. It errs towards hiding, with exceptions for the numbers that a repair
 * needs to see: IMEI, ICCID, 15-digit merchant numbers, millisecond times, image hashes.
 *
 * Everything here runs in linear time.
 */
import { maskCards } from './masking/card-numbers.ts';
import { maskTracks } from './masking/card-tracks.ts';
import { maskLongSecrets, maskPrivateKeys } from './masking/long-secrets.ts';
import { maskNamed } from './masking/named-secrets.ts';

export { passesLuhn } from './masking/card-digits.ts';
export { maskDigitRuns } from './masking/card-numbers.ts';

/** The text with everything that looks like a secret replaced; card numbers keep their last 4 digits. */
export function maskSecrets(text: string): string {
  return maskLongSecrets(maskCards(maskNamed(maskTracks(maskPrivateKeys(text)))));
}

/**
 * For what is public but for card numbers and named secrets in it, as an address in a payment code
 * is: long random text stays.
 */
export function maskCardsAndNamed(text: string): string {
  return maskCards(maskNamed(text));
}
