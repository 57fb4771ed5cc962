/**
 * Many commands in one shell session: one script runs them in turn and prints, on both streams, a
 * line behind each that ends its section. The line begins with a marker that the caller draws at
 * random for this one script, so that nothing a device has stored can look like it.
 *
 * - The script holds the marker in two halves: neither a terminal that echoes its input nor a
 *   process list shows it whole.
 * - Commands are programs, run by `timeout` or `exec` in a subshell: no builtin among them can
 *   read the shell's variables. They get no input, so none can eat the rest of the script.
 * - `timeout` is toybox's, which old versions lack. Without it a command that hangs holds up the
 *   rest, and the caller's own deadline ends the session: the sections until then are whole.
 * - toybox 0.8.8 and 0.8.9 have a `timeout` that ends with any code where the command was quick
 *   (landley/toybox, issue 389). Two codes that are asked for first show it.
 * - It is one plain line a command, in the words of any POSIX shell: mksh, for one, has `r` as an
 *   alias, so nothing here has a name of its own but variables.
 */
import { quoteCommand } from './shell-quote.ts';

export interface ScriptCommand {
  readonly command: readonly string[];
  /** Whole seconds, at least 1. */
  readonly timeoutSeconds: number;
}

const MAX_SCRIPT_COMMANDS = 128;
/** Linux passes no longer argument to a program (MAX_ARG_STRLEN), and adbd passes it to `sh -c`. */
const MAX_SCRIPT_BYTES = 128 * 1024 - 1;

/** The exit codes that the beginning asks for, to see whether codes come through. */
export const PROBED_CODES = [41, 42] as const;

/** 16 random bytes at least. @throws RangeError where it is anything else */
export function checkMarker(marker: string): void {
  if (!/^[0-9a-f]{32,64}$/.test(marker)) {
    throw new RangeError('a marker is 32 to 64 lower-case hex digits');
  }
}

/**
 * The script, for a shell that is not interactive: `shell,v2,raw:…`, `exec:…` or `sh -c`. Some
 * 150 bytes and the command for each; adbd takes 4 KiB at once before Android 7, 256 KiB after.
 * @throws ShellArgumentError where a command can't be quoted, RangeError for the rest
 */
export function composeScript(commands: readonly ScriptCommand[], marker: string): string {
  checkMarker(marker);
  if (commands.length > MAX_SCRIPT_COMMANDS) throw new RangeError('too many commands');
  const [a, b] = PROBED_CODES;
  const quiet = '</dev/null >/dev/null 2>&1';
  return [
    `m='${marker.slice(0, 16)}''${marker.slice(16)}'`,
    'x=$(timeout 9 echo ok </dev/null 2>/dev/null)',
    `[ "$x" = ok ] || eval 'timeout() { shift; (exec "$@"); }'`,
    `timeout 9 sh -c 'exit ${a}' ${quiet}; a=$?`,
    `timeout 9 sh -c 'exit ${b}' ${quiet}; b=$?`,
    'echo >&2; echo "$m e begin" >&2; echo; echo "$m o begin $a $b $x"',
    ...commands.map(runLine),
    '',
  ].join('\n');
}

/**
 * The commands in as few scripts as they fit into, in their order, each of at most `maxBytes`. One that
 * is too long by itself has a script of its own: it fails alone. Throws as `composeScript`.
 */
export function inScripts(commands: readonly ScriptCommand[], maxBytes: number): ScriptCommand[][] {
  const mostBytes = Math.min(maxBytes, MAX_SCRIPT_BYTES);
  const beginBytes = utf8Bytes(composeScript([], '0'.repeat(32)));
  const scripts: ScriptCommand[][] = [];
  let leftBytes = 0;
  for (const [index, command] of commands.entries()) {
    const bytes = utf8Bytes(runLine(command, index)) + 1;
    let script = scripts.at(-1);
    if (!script || bytes > leftBytes || script.length === MAX_SCRIPT_COMMANDS) {
      script = [];
      scripts.push(script);
      leftBytes = mostBytes - beginBytes;
    }
    script.push(command);
    leftBytes -= bytes;
  }
  return scripts;
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function runLine({ command, timeoutSeconds }: ScriptCommand, index: number): string {
  if (!Number.isSafeInteger(timeoutSeconds) || timeoutSeconds < 1) {
    throw new RangeError('timeoutSeconds is a whole number from 1');
  }
  const run = `timeout ${timeoutSeconds} ${quoteCommand(command)} </dev/null; c=$?`;
  return `${run}; echo >&2; echo "$m e ${index} $c" >&2; echo; echo "$m o ${index} $c"`;
}
