/** What a command prints. Output begins and ends with a new line, as Zephyr's dummy backend has it. */
import type { Terminal } from '../terminal.ts';

export interface Output {
  readonly text: string;
  readonly ret: number;
  readonly busyMs: number;
}

export type Run = (terminal: Terminal, args: readonly string[], atMs: number) => Output;
export type Commands = Readonly<Record<string, Run>>;

export const EIO = -5;
export const EINVAL = -22;

export function good(lines: readonly string[], busyMs = 0): Output {
  return { text: ['', ...lines, ''].join('\r\n'), ret: 0, busyMs };
}

export function failed(lines: readonly string[], ret: number, busyMs = 0): Output {
  return { ...good(lines, busyMs), ret };
}

/** A number of lines asked for; null where it is none from 1 to 200. */
export function lineCount(args: readonly string[], fallback: string): number | null {
  const wanted = Number(args[0] ?? fallback);
  return Number.isInteger(wanted) && wanted >= 1 && wanted <= 200 ? wanted : null;
}
