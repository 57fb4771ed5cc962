/**
 * What a terminal's command prints, as lines. The text is hostile until parsed: each parser sees a
 * bounded number of bounded lines and uses patterns that take linear time, so that a parse costs
 * no more than its input is long.
 */

/** A `dumpsys wifi` with all its logs has some megabytes; what is read stands before that. */
const MAX_TEXT_CHARACTERS = 4_194_304;
const MAX_LINES = 65_536;
const MAX_LINE_CHARACTERS = 32_768;

/**
 * The text of a file that output was saved to. PowerShell's redirection saves UTF-16, so a byte
 * order mark decides; without one the bytes are UTF-8, and bytes that are none become U+FFFD.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/**
 * The lines, whatever ends them: LF, CR LF, and CR CR LF as a pseudo-terminal makes it. NULs and
 * broken byte order marks are left out: they are what UTF-16 looks like when it was read as UTF-8.
 */
export function linesOf(text: string): string[] {
  const whole = text.slice(0, MAX_TEXT_CHARACTERS).replaceAll('\0', '');
  const lines = whole.slice(markLength(whole)).split('\n', MAX_LINES);
  return lines.map((line) => withoutReturns(line).slice(0, MAX_LINE_CHARACTERS));
}

function markLength(text: string): number {
  let length = 0;
  while (length < 3 && (text[length] === '\uFEFF' || text[length] === '\uFFFD')) length++;
  return length;
}

function withoutReturns(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === '\r') end--;
  return line.slice(0, end);
}

/** What stands behind the first `separator`, both sides without blanks; null where there is none. */
export function splitPair(line: string, separator: string): [key: string, value: string] | null {
  const at = line.indexOf(separator);
  if (at < 0) return null;
  return [line.slice(0, at).trim(), line.slice(at + separator.length).trim()];
}
