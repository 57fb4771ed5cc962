/** `abb_exec:` (adb/SERVICES.TXT): a call of a service, its words set apart by zero bytes. */
import { StreamClosed, type Stream } from '../adb/stream.ts';
import { lookup } from '../commands/registry.ts';
import type { Device } from '../device/device.ts';
import { BrokenPipe, Interrupted } from '../shell/io.ts';
import { Shell } from '../shell/shell.ts';

export async function serveAbb(stream: Stream, words: string, device: Device): Promise<void> {
  const write = (bytes: Uint8Array): Promise<void> => stream.write(bytes);
  const io = { stdin: stream, stdout: write, stderr: write };
  const args = words.split('\0');
  try {
    await new Shell(device, lookup).runWords(['cmd', ...args], io, stream.signal);
  } catch (error) {
    const expected = [StreamClosed, Interrupted, BrokenPipe].some((kind) => error instanceof kind);
    if (!expected) throw error;
  } finally {
    stream.close();
  }
}
