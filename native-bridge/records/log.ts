/**
 * A text log for support, bounded in size: when the file is full it becomes `.1`, `.1` becomes
 * `.2`, the oldest goes. It is written at once (a crash loses nothing), masked, and it never throws
 * into its caller: a full disk must not stop a repair.
 */
import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { maskSecrets } from '../protocols/masking.ts';
import { cutText } from '../protocols/masking/seam.ts';
import { makeFolder } from './make-folder.ts';

export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

type Write = (message: string, trace?: readonly string[]) => void;
export type Log = Readonly<Record<LogLevel, Write>> & { readonly file: string };

export interface LogOptions {
  readonly file: string;
  /** Default `info`. */
  readonly level?: LogLevel;
  /** Of one file; default 1 MiB. */
  readonly maxBytes?: number;
  /** Files in all, the newest included; default 3. */
  readonly keep?: number;
}

export function defaultLogFile(dataFolder: string): string {
  return join(dataFolder, 'logs', 'pos-bench.log');
}

const maxLineChars = 8192;

export function openLog(options: LogOptions): Log {
  const { file, level = 'info', maxBytes = 1024 * 1024, keep = 3 } = options;
  const loudest = logLevels.indexOf(level);

  const writer =
    (at: LogLevel): Write =>
    (message, trace = []) => {
      if (logLevels.indexOf(at) > loudest) return;
      try {
        append(file, format(at, message, trace), maxBytes, keep);
      } catch {
        // Nothing may come of a log that can't be written.
      }
    };
  return {
    file,
    error: writer('error'),
    warn: writer('warn'),
    info: writer('info'),
    debug: writer('debug'),
  };
}

function format(level: LogLevel, message: string, trace: readonly string[]): string {
  const lines = [message, ...trace.map((cause) => `  caused by: ${cause}`)];
  const stamp = `${new Date().toISOString()} ${level.padEnd(5)} ${process.pid} `;
  return lines.map((line) => `${stamp}${clean(line)}\n`).join('');
}

/** One line, no control characters (a device's text may want to steer the reader's terminal), no secrets. */
function clean(line: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  const oneLine = cutText(line, maxLineChars).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return maskSecrets(oneLine);
}

function append(file: string, text: string, maxBytes: number, keep: number): void {
  const size = sizeBytes(file);
  if (size === null) makeFolder(dirname(file));
  else if (size > 0 && size + Buffer.byteLength(text) > maxBytes) rotate(file, keep);
  appendFileSync(file, text, { mode: 0o600 });
}

function sizeBytes(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.size ?? null;
}

function rotate(file: string, keep: number): void {
  const numbered = (index: number) => (index === 0 ? file : `${file}.${index}`);
  rmSync(numbered(keep - 1), { force: true });
  for (let index = keep - 2; index >= 0; index--) {
    if (sizeBytes(numbered(index)) !== null) renameSync(numbered(index), numbered(index + 1));
  }
}
