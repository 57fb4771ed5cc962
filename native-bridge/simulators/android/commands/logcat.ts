/**
 * `logcat` (AOSP, system/logging): `-d` ends with what is there, `-t N` with the last N; `-T` begins with
 * the last N, or at a time in seconds since the epoch; `-v epoch` writes times so. Buffers are one here.
 */
import type { LogLine } from '../device/log.ts';
import type { StreamingCommand } from '../shell/command.ts';
import { Interrupted } from '../shell/io.ts';

/** Options that are followed by a word of their own. */
const withValue = new Set(['-t', '-T', '-v', '-b', '-n', '-r', '-f', '--pid']);

export const logcat: StreamingCommand = async ({ args, io, device, signal }) => {
  if (args.includes('-c')) {
    device.log.clear();
    return 0;
  }
  const { values, tags } = parsed(args);
  const format = values.get('-v') === 'epoch' ? epoch : threadTime;
  const shows = (line: LogLine): boolean => tags === null || tags.has(line.tag);
  const shown = beginningAt(values.get('-t') ?? values.get('-T'), device.log.lines.filter(shows));
  await io.stdout(Buffer.from(`--------- beginning of main\n${shown.map(format).join('')}`));
  if (args.includes('-d') || values.has('-t')) return 0;
  // Lines that come while others are on their way go together, as through a buffered pipe.
  let waiting = '';
  let writing = false;
  const write = async (): Promise<void> => {
    writing = true;
    while (waiting !== '') {
      const bytes = Buffer.from(waiting);
      waiting = '';
      await io.stdout(bytes);
    }
    writing = false;
  };
  const stop = device.log.follow((line) => {
    if (!shows(line)) return;
    waiting += format(line);
    if (!writing) void write().catch(() => undefined);
  });
  try {
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Interrupted()), { once: true });
    });
  } finally {
    stop();
  }
  return 0;
};

function beginningAt(from: string | undefined, lines: readonly LogLine[]): readonly LogLine[] {
  if (from === undefined) return lines;
  if (/^\d+$/.test(from)) return lines.slice(-Number(from));
  const sinceMs = Math.round(Number(from) * 1000);
  return Number.isNaN(sinceMs) ? lines : lines.filter(({ utcMs }) => Math.floor(utcMs) >= sinceMs);
}

/** `-s TAG`, `TAG:I *:S`: only these tags; null: all. */
function parsed(args: readonly string[]) {
  const values = new Map<string, string>();
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    if (withValue.has(word)) values.set(word, args[++at] ?? '');
    else if (!word.startsWith('-')) words.push(word);
  }
  const silent = args.includes('-s') || words.includes('*:S');
  return { values, tags: silent ? new Set(words.map((word) => word.replace(/:\w$/, ''))) : null };
}

const rest = ({ level, tag, text }: LogLine): string =>
  `  1817  1903 ${level} ${tag.padEnd(8)}: ${text}\n`;

function threadTime(line: LogLine): string {
  const when = new Date(line.utcMs + 8 * 3_600_000).toISOString();
  return `${when.slice(5, 10)} ${when.slice(11, 23)}${rest(line)}`;
}

function epoch(line: LogLine): string {
  return `${(Math.floor(line.utcMs) / 1000).toFixed(3).padStart(19)}${rest(line)}`;
}
