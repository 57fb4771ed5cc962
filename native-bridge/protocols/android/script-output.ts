/**
 * Splits what a script (script.ts) printed into its commands' sections. Output that ends anywhere
 * gives the whole sections before that place, and "not answered" for the rest.
 */
import { checkMarker, PROBED_CODES } from './script.ts';

export interface ScriptSection {
  /** The command ended and its end was seen. */
  readonly answered: boolean;
  /** What it printed, as far as it came. */
  readonly stdout: string;
  /** Empty where the shell has one stream for both: then it stands in `stdout`. */
  readonly stderr: string;
  /** null: not answered, or the shell does not tell codes as they are. 127: no such command. */
  readonly exitCode: number | null;
  /** It was ended by its time limit. */
  readonly timedOut: boolean;
}

export interface ScriptStreams {
  readonly stdout: string;
  /** Empty where the shell has one stream for both (adbd before its shell protocol, Android 6). */
  readonly stderr: string;
}

/** How `timeout` ends once it had to act: 124, or by TERM's number as earlier versions of toybox do. */
const timeoutCodes = new Set([15, 124, 143]);

/** One section a command, in their order. `count` is how many commands the script has. */
export function splitScriptOutput(
  { stdout, stderr }: ScriptStreams,
  marker: string,
  count: number,
): ScriptSection[] {
  checkMarker(marker);
  const out = sectionsOf(stdout, `${marker} o`, count);
  const err = sectionsOf(stderr, `${marker} e`, count);
  const [a, b, timeout] = out.begin.split(' ').map((word) => word.trim());
  const isExact = Number(a) === PROBED_CODES[0] && Number(b) === PROBED_CODES[1];
  return out.parts.map(({ text, code }, index) => ({
    answered: code !== null,
    stdout: withoutStderrMarkers(text, `${marker} e`),
    stderr: err.parts[index]?.text ?? '',
    exitCode: isExact ? code : null,
    timedOut: timeout === 'ok' && code !== null && timeoutCodes.has(code),
  }));
}

interface Part {
  readonly text: string;
  /** null: the section has no end. */
  readonly code: number | null;
}

function sectionsOf(text: string, label: string, count: number) {
  const parts: Part[] = [];
  const begin = endLine(text, 0, `${label} begin`);
  let from = begin?.next ?? text.length;
  for (let index = 0; index < count; index++) {
    const end = endLine(text, from, `${label} ${index} `);
    const code = end === null || !/^\d{1,3}$/.test(end.rest) ? null : Number(end.rest);
    parts.push({ text: text.slice(from, end?.at), code });
    from = end?.next ?? text.length;
  }
  return { parts, begin: begin?.rest ?? '' };
}

/** The line that begins with `start`, behind `from`: where it and the break before it begin, and what it says. */
function endLine(text: string, from: number, start: string) {
  const at = text.indexOf(start, from);
  const feed = at < 0 ? -1 : text.indexOf('\n', at);
  if (feed < 0) return null;
  const rest = text.slice(at + start.length, feed).trim();
  return { at: beforeBreak(text, at, from), rest, next: feed + 1 };
}

/** Leaves out the one line break that the script prints before its marker, and its returns. */
function beforeBreak(text: string, at: number, from: number): number {
  let end = at;
  if (end > from && text[end - 1] === '\n') end--;
  while (end > from && text[end - 1] === '\r') end--;
  return end;
}

/** With one stream for both, the other stream's markers stand among the output. */
function withoutStderrMarkers(text: string, label: string): string {
  if (!text.includes(label)) return text;
  let kept = '';
  let from = 0;
  for (;;) {
    const at = text.indexOf(label, from);
    if (at < 0) return kept + text.slice(from);
    kept += text.slice(from, beforeBreak(text, at, from));
    const feed = text.indexOf('\n', at);
    if (feed < 0) return kept;
    from = feed + 1;
  }
}
