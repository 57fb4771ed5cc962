/** The loudspeaker, and scanner and printer of the model that has them. */
import type { Terminal } from '../terminal.ts';
import { EINVAL, EIO, failed, good, lineCount, type Commands, type Run } from './output.ts';

const SELF_TEST_MS = 60;

const soundStatus: Run = (terminal) => {
  const { volumePercent, online, played, missed } = terminal.speaker();
  return good([
    `Volume: ${volumePercent} %`,
    `Channel: ${online ? 'online' : 'offline'}`,
    `Played: ${played}`,
    `Missed: ${missed}`,
  ]);
};

const scannerInfo: Run = ({ scanner }) => {
  const { selfTest, firmware, inverse, longest, averageMs, reads, misses } = scanner.state();
  if (selfTest === 'no answer') {
    return failed(['Engine: no answer', 'Self-test: failed (no answer)'], EIO, SELF_TEST_MS);
  }
  return good(
    [
      'Engine: SE-41',
      `Firmware: ${firmware}`,
      `Inverse: ${inverse ? 'on' : 'off'}`,
      `Longest: ${longest} characters`,
      `Self-test: ${selfTest === 'ok' ? 'ok' : `failed (${selfTest})`}`,
      `Decode: ${averageMs === null ? 'none today' : `avg ${averageMs} ms`}`,
      `Reads: ${reads}`,
      `Misses: ${misses}`,
    ],
    SELF_TEST_MS,
  );
};

/** `scan log N`, the last N reads, oldest first. */
const scanLog: Run = (terminal, args) => {
  const wanted = lineCount(args, '10');
  if (wanted === null) return failed(['Usage: scan log [1..200]'], EINVAL);
  return good(readLines(terminal, wanted));
};

/** `NUMBER SECONDS DECODE-ms TEXT`: the text last, as it may hold anything. */
export function readLines({ scanner }: Terminal, count: number): string[] {
  return scanner
    .log(count)
    .map((read) =>
      [read.number, read.uptimeSeconds.toFixed(3), `${read.decodeMs}ms`, read.text].join(' '),
    );
}

const printerStatus: Run = (terminal) => {
  const { state, paper, lid, headCelsius } = terminal.printer();
  return good([`State: ${state}`, `Paper: ${paper}`, `Lid: ${lid}`, `Head: ${headCelsius} C`]);
};

export const soundCommands: Commands = { 'sound status': soundStatus };

export const scannerCommands: Commands = {
  'scanner info': scannerInfo,
  'scan log': scanLog,
  'scan clear': (terminal) => {
    terminal.scanner.clear();
    return good(['Cleared']);
  },
};

export const printerCommands: Commands = { 'printer status': printerStatus };
