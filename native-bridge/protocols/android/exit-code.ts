/**
 * How a command ended, where the daemon does not tell it (before Android 7): a last line behind its
 * output says it, begun by a marker that is drawn at random for this one command (as script.ts does).
 */
import { checkMarker } from './script.ts';

/** One line for a shell, the command in one of its own; `command` is quoted already. @throws RangeError for a marker that is none */
export function tellingExitCode(command: string, marker: string): string {
  checkMarker(marker);
  const halves = `'${marker.slice(0, 16)}''${marker.slice(16)}'`;
  return `(${command}); c=$?; echo; echo ${halves} $c`;
}

export interface ToldExit {
  /** What the command itself printed. */
  readonly output: string;
  readonly exitCode: number;
}

/** null: the line did not come, so the command did not end. */
export function toldExitCode(printed: string, marker: string): ToldExit | null {
  checkMarker(marker);
  const at = printed.lastIndexOf(`\n${marker} `);
  const code = /^\n[0-9a-f]+ (\d{1,3})\r?\n?$/.exec(at < 0 ? '' : printed.slice(at))?.[1];
  if (code === undefined) return null;
  return { output: printed.slice(0, at).replace(/\r$/, ''), exitCode: Number(code) };
}
