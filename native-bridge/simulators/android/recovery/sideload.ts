/**
 * Recovery's side of `adb sideload`: the end of the file first (the footer of its signature, the zip's
 * directory), then all of it to verify it, then again what it installs from. What it writes on its
 * screen goes to its log as well.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { KeyObject } from 'node:crypto';
import { HostFile, HostGone, parseSideload } from './host-file.ts';
import { firmwareOf, parseMetadata, whyNot } from './metadata.ts';
import { WholeFileCheck, readFooter } from './signature.ts';
import { StreamClosed, type Stream } from '../adb/stream.ts';
import type { Device } from '../device/device.ts';
import { Zip, ZipError } from '../zip/zip.ts';

const METADATA = 'META-INF/com/android/metadata';

export interface RecoveryHost {
  readonly device: Device;
  readonly otaKey: KeyObject | null;
  readonly installMs: number;
  /** The terminal restarts by itself. */
  die(): void;
  /** All is done; true: installed. */
  finished(installed: boolean): void;
}

/** Recovery gives up, and says so on its screen. */
class Refused extends Error {}

export async function serveSideload(
  stream: Stream,
  text: string,
  host: RecoveryHost,
): Promise<void> {
  const { device } = host;
  const wanted = parseSideload(text);
  if (wanted === null) return;
  const show = (line: string): void => device.showInRecovery(line);
  const total = Math.ceil(wanted.size / wanted.blockBytes);
  const file: HostFile = new HostFile(stream, wanted, () => mishap(file, total, host));
  device.sideloadAsked = file.asked;
  device.sideloadTaken = file.taken;
  let installed = false;
  try {
    show('Finding update package...');
    await install(file, host, show);
    installed = true;
    show('Install from ADB completed with status 0.');
    await say(stream, 'DONEDONE');
  } catch (error) {
    if (error instanceof HostGone || error instanceof StreamClosed) {
      show('E:failed to read from the host: the connection is gone');
      show('Installation aborted.');
      return;
    }
    if (!(error instanceof Refused) && !(error instanceof ZipError)) throw error;
    show(error instanceof Refused ? error.message : `E:failed to open package: ${error.message}`);
    show('Install from ADB completed with status 1.');
    show('Installation aborted.');
    await say(stream, 'FAILFAIL');
  } finally {
    stream.close();
  }
  host.finished(installed);
}

/** The host may close as soon as it has read it, and then nobody acknowledges. */
async function say(stream: Stream, end: 'DONEDONE' | 'FAILFAIL'): Promise<void> {
  try {
    await stream.write(Buffer.from(end));
  } catch (error) {
    if (!(error instanceof StreamClosed)) throw error;
  }
}

/** Before each block. */
async function mishap(file: HostFile, total: number, host: RecoveryHost): Promise<void> {
  const { faults } = host.device;
  const share = file.asked.length / total;
  if (share >= 1 / 3 && faults.has('sideload-silent')) {
    // Nothing more is asked; the host has to give up.
    await new Promise(() => undefined);
  }
  if (share >= 1 / 2 && faults.takeOnce('sideload-dies-midway')) {
    host.die();
    throw new HostGone();
  }
}

async function install(
  file: HostFile,
  host: RecoveryHost,
  show: (line: string) => void,
): Promise<void> {
  const { device } = host;
  const { faults } = device;
  show('Opening update package...');
  const footer = await readFooter(file);
  show('Verifying update package...');
  const check =
    host.otaKey === null || footer === null ? null : new WholeFileCheck(footer, host.otaKey);
  for (let block = 0; block < file.blocks; block++) {
    const bytes = await file.block(block);
    check?.feed(bytes);
  }
  const unsigned = host.otaKey !== null && check?.good !== true;
  if (unsigned || faults.has('sideload-verification-failed')) {
    throw new Refused('E:failed to verify whole-file signature\nE:signature verification failed');
  }
  const zip = await Zip.open(file);
  const text = await zip.read(METADATA);
  if (text === null) throw new Refused(`E:failed to find ${METADATA}`);
  const metadata = parseMetadata(text.toString('utf8'));
  const problem = whyNot(metadata, device);
  if (problem !== null) throw new Refused(problem);
  show('Installing update...');
  // What is installed from is read again.
  await file.block(0);
  await file.block(file.blocks >> 1);
  await wait(host.installMs);
  const next = firmwareOf(metadata, device.firmware);
  if (next === null) throw new Refused('E:failed to parse the build of the package');
  if (faults.has('sideload-install-fails')) {
    throw new Refused('Error applying update: 5 (ErrorCode::kPostinstallRunnerError)');
  }
  if (!faults.has('sideload-claims-success')) device.install(next);
}
