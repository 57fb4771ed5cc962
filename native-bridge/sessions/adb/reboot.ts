/** Asks the terminal to restart. What tells that it does is that the line breaks. */
import type { Wait } from '../../ports/port.ts';
import { AdbSessionError } from './session-error.ts';
import type { OpenStream } from './shell.ts';
import { leftOf } from './waiting.ts';

export type RebootTarget =
  'system' | 'bootloader' | 'recovery' | 'sideload' | 'sideload-auto-reboot' | 'fastboot';

const MAX_TEXT_BYTES = 300;

/** Resolves when the daemon has accepted it: at the line's end, the stream's, or the wait's. */
export async function reboot(
  open: OpenStream,
  target: RebootTarget,
  wait: Wait,
  lineEnded: Promise<unknown>,
): Promise<void> {
  const stream = await open(`reboot:${target === 'system' ? '' : target}`, wait);
  // Old daemons answer in text where they can't.
  let text = '';
  const left = leftOf(wait);
  const answered = async (): Promise<void> => {
    for (let bytes = await stream.read(left()); bytes; bytes = await stream.read(left())) {
      text = (text + Buffer.from(bytes).toString()).slice(0, MAX_TEXT_BYTES);
    }
  };
  const ended = lineEnded.then(() => undefined);
  try {
    await Promise.race([answered(), ended]);
  } catch (error) {
    const isCancelled = error instanceof AdbSessionError && error.code === 'cancelled';
    if (isCancelled && wait.signal?.aborted) throw error;
    // Silence after it was accepted, or the line's end: it restarts.
  } finally {
    stream.close();
  }
  if (text.trim() !== '') {
    throw new AdbSessionError('command-refused', { service: 'reboot', text: text.trim() });
  }
}
