/** The reader for the door that a terminal is connected through. */
import type { TerminalSession } from '../../connections/terminal-session.ts';
import { AndroidReader } from './android-reader.ts';
import { BootLoaderReader } from './boot-loader-reader.ts';
import type { SourceReader } from './raw.ts';
import { SmpReader } from './smp-reader.ts';

/** `untilMs`: when the last answer must be there, on the clock of `performance.now()`. */
export function readerOver(
  session: TerminalSession,
  signal: AbortSignal,
  untilMs = Infinity,
): SourceReader {
  switch (session.kind) {
    case 'smp':
      return new SmpReader(session, signal, untilMs);
    case 'adb':
      return new AndroidReader(session, signal, untilMs);
    case 'fastboot':
      return new BootLoaderReader();
  }
}
