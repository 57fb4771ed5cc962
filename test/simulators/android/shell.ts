/** Scripts in the terminal's shell, without ADB around it. */
import { lookup } from '../../../native-bridge/simulators/android/commands/registry.ts';
import type { Device } from '../../../native-bridge/simulators/android/device/device.ts';
import { noInput, type Output } from '../../../native-bridge/simulators/android/shell/io.ts';
import { Shell } from '../../../native-bridge/simulators/android/shell/shell.ts';
import type { Run } from './debian-adb.ts';

export async function runScript(device: Device, script: string): Promise<Run> {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const into =
    (pieces: Uint8Array[]): Output =>
    (bytes) => {
      pieces.push(bytes);
      return Promise.resolve();
    };
  const io = { stdin: noInput, stdout: into(out), stderr: into(err) };
  const { signal } = new AbortController();
  const code = await new Shell(device, lookup).runScript(script, io, signal);
  const text = (pieces: readonly Uint8Array[]): string => Buffer.concat(pieces).toString('utf8');
  return { code, out: text(out), err: text(err) };
}
