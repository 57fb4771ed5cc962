/**
 * What a code holds, made fit to be looked at: characters that move the cursor, turn the line or
 * can't be seen are named instead, `⟨U+202E⟩`, so that two codes that look alike are told apart.
 */

/** Controls, format characters (zero width, bidi), line and paragraph separators, lone surrogates. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

export const hidesCharacters = (text: string): boolean => text.search(hidden) >= 0;

export function visible(text: string): string {
  return text.replace(hidden, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${code}⟩`;
  });
}

/** Masked and visible: a number that hidden characters take apart is found all the same. */
export function visibleAndMasked(text: string, mask: (text: string) => string): string {
  const bare = text.replace(hidden, '');
  const masked = mask(bare);
  return masked === bare ? visible(text) : masked;
}
