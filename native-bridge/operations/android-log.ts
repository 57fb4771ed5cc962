/**
 * Android's own log as it is written (`logcat`, the last lines first), for the console. It is text of
 * a hostile device: lines are bounded here and masked by whoever shows them.
 */
import { faultOf } from '../contract/bridge-fault.ts';
import type { AdbSession } from '../sessions/adb/adb-session.ts';

const openTimeoutMs = 5_000;
/** Nothing is written for hours on a quiet terminal; a wait that ends is begun anew. */
const quietMs = 60_000;
const earlierLines = 200;
const maxLineCharacters = 4_096;

/** Batches of lines until the terminal ends it, the session ends, or the signal fires. */
export async function* androidLog(
  session: AdbSession,
  signal: AbortSignal,
): AsyncGenerator<string[], void, void> {
  const service = `exec:logcat -v threadtime -T ${earlierLines}`;
  const stream = await session.openStream(service, { timeoutMs: openTimeoutMs, signal });
  const decoder = new TextDecoder();
  let begun = '';
  try {
    for (;;) {
      const bytes = await stream.read({ timeoutMs: quietMs, signal }).catch(quietOnly);
      if (bytes === 'quiet') continue;
      if (bytes === null) return;
      const lines = (begun + decoder.decode(bytes, { stream: true })).split('\n');
      begun = (lines.pop() ?? '').slice(0, maxLineCharacters);
      if (lines.length > 0) yield lines.map((line) => line.slice(0, maxLineCharacters));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stream.close();
  }
}

function quietOnly(error: unknown): 'quiet' {
  if (faultOf(error).code === 'reply-timeout') return 'quiet';
  throw error;
}
