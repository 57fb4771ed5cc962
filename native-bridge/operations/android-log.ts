/**
 * Android's own log as it is written (`logcat`, the last lines first), for the console. It is text of
 * a hostile device: lines are bounded here and masked by whoever shows them.
 */
import { faultOf } from '../contract/bridge-fault.ts';
import { cutText } from '../protocols/masking/seam.ts';
import type { AdbSession } from '../sessions/adb/adb-session.ts';

const openTimeoutMs = 5_000;
/** Nothing is written for hours on a quiet terminal; a wait that ends is begun anew. */
const quietMs = 60_000;
const earlierLines = 200;
const maxLineCharacters = 4_096;
/** What comes within this time is handed on together; while nobody takes it, the terminal waits. */
const batchMs = 50;
const mostLines = 2_000;

export interface LogText {
  readonly text: string;
  /** Characters that the line had beyond these. */
  readonly cutCharacters: number;
}

/** Batches of lines until the terminal ends it, the session ends, or the signal fires. */
export async function* androidLog(
  session: AdbSession,
  signal: AbortSignal,
): AsyncGenerator<LogText[], void, void> {
  const service = `exec:logcat -v threadtime -T ${earlierLines}`;
  const stream = await session.openStream(service, { timeoutMs: openTimeoutMs, signal });
  const lines = new Lines();
  let dueMs: number | null = null;
  try {
    for (;;) {
      const timeoutMs = dueMs === null ? quietMs : Math.max(1, dueMs - performance.now());
      const bytes = await stream.read({ timeoutMs, signal }).catch(quietOnly);
      if (bytes !== 'quiet' && bytes !== null) lines.push(bytes);
      if (lines.count > 0) {
        dueMs ??= performance.now() + batchMs;
        const full = bytes === null || lines.count >= mostLines;
        if (full || performance.now() >= dueMs) {
          yield lines.take();
          dueMs = null;
        }
      }
      if (bytes === null) return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stream.close();
  }
}

/** From bytes to whole lines. One line is held, and no more of it than is shown. */
class Lines {
  readonly #decoder = new TextDecoder();
  #whole: LogText[] = [];
  #begun: LogText = { text: '', cutCharacters: 0 };

  get count(): number {
    return this.#whole.length;
  }

  push(bytes: Uint8Array): void {
    const parts = this.#decoder.decode(bytes, { stream: true }).split('\n');
    for (const [index, part] of parts.entries()) {
      const room = maxLineCharacters - this.#begun.text.length;
      this.#begun = {
        text: this.#begun.text + part.slice(0, room),
        cutCharacters: this.#begun.cutCharacters + Math.max(0, part.length - room),
      };
      if (index === parts.length - 1) break;
      this.#whole.push(shortened(this.#begun));
      this.#begun = { text: '', cutCharacters: 0 };
    }
  }

  take(): LogText[] {
    return this.#whole.splice(0);
  }
}

/** What is cut off takes no half of a card number along. */
function shortened(line: LogText): LogText {
  if (line.cutCharacters === 0) return line;
  const text = cutText(line.text, line.text.length - 1);
  return { text, cutCharacters: line.cutCharacters + line.text.length - text.length };
}

function quietOnly(error: unknown): 'quiet' {
  if (faultOf(error).code === 'reply-timeout') return 'quiet';
  throw error;
}
