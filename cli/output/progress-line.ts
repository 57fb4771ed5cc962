/**
 * Progress on stderr: on a terminal one line that is rewritten in place; elsewhere (a log of a
 * production line) a plain line when the work enters a new stage, and nothing in between.
 */
import { cutTo } from './width.ts';

export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressLine {
  /** `text` is the line as it should stand now; `stage` names what would be worth a line of its own. */
  show(text: string, stage: string): void;
  /** Takes the line away, before anything else is printed. */
  clear(): void;
}

export const silentProgress: ProgressLine = { show: () => undefined, clear: () => undefined };

/** Faster than this nobody reads. */
const leastMs = 80;

export function progressLine(stream: ProgressStream): ProgressLine {
  return stream.isTTY === true ? liveLine(stream) : plainLines(stream);
}

function liveLine(stream: ProgressStream): ProgressLine {
  let shown = '';
  let shownStage = '';
  let shownMs = -Infinity;
  return {
    show: (text, stage) => {
      // Some pseudo terminals say that they have no columns at all.
      const line = cutTo(text, (stream.columns || 80) - 1);
      const nowMs = performance.now();
      const tooSoon = stage === shownStage && nowMs - shownMs < leastMs;
      if (line === shown || tooSoon) return;
      shown = line;
      shownStage = stage;
      shownMs = nowMs;
      stream.write(`\r\u001b[2K${line}`);
    },
    clear: () => {
      if (shown !== '') stream.write('\r\u001b[2K');
      shown = '';
      shownMs = -Infinity;
    },
  };
}

function plainLines(stream: ProgressStream): ProgressLine {
  let last = '';
  return {
    show: (text, stage) => {
      if (stage === last) return;
      last = stage;
      stream.write(`${text}\n`);
    },
    clear: () => undefined,
  };
}
