/**
 * `pm install` and `cmd package install`: from a file, or (`-S SIZE`) from stdin, which is how
 * `adb install` streams. What it refuses it refuses by PackageManager's own names.
 */
import { parseManifest } from '../apk/manifest.ts';
import { signerOf, type Signer } from '../apk/signer.ts';
import type { Device } from '../device/device.ts';
import { FileError } from '../device/files.ts';
import type { Call } from '../shell/command.ts';
import { sleep, type Input } from '../shell/io.ts';
import { Zip, ZipError, bytesOf } from '../zip/zip.ts';

interface Wanted {
  readonly downgrade: boolean;
  readonly replaceNothing: boolean;
  readonly installer: string | null;
}

export async function install({ args, io, device }: Call): Promise<number> {
  const after = (name: string): string | undefined =>
    args.includes(name) ? args[args.indexOf(name) + 1] : undefined;
  const streamed = after('-S');
  const path = args.find((arg) => arg.startsWith('/'));
  const wanted = {
    downgrade: args.includes('-d'),
    replaceNothing: args.includes('-R'),
    installer: after('-i') ?? null,
  };
  const problem =
    streamed === undefined
      ? await installFile(path ?? '', device, wanted)
      : await installStream(io.stdin, Number(streamed), device, wanted);
  const text = problem === null ? 'Success\n' : `Failure [${problem}]\n`;
  await io.stdout(Buffer.from(text));
  return problem === null ? 0 : 1;
}

async function installStream(
  stdin: Input,
  bytes: number,
  device: Device,
  wanted: Wanted,
): Promise<string | null> {
  if (!(bytes > 0)) return 'INSTALL_PARSE_FAILED_NOT_APK: no size';
  if (bytes > device.freeBytes) {
    return 'INSTALL_FAILED_INSUFFICIENT_STORAGE: Failed to allocate because not enough space';
  }
  const apk = Buffer.alloc(bytes);
  for (let at = 0; at < bytes;) {
    const piece = await stdin.read();
    if (piece === null) return 'INSTALL_PARSE_FAILED_NOT_APK: the stream ended early';
    apk.set(piece.subarray(0, bytes - at), at);
    at += piece.length;
  }
  return await installApk(apk, device, wanted);
}

async function installFile(path: string, device: Device, wanted: Wanted): Promise<string | null> {
  try {
    return await installApk(device.files.read(path), device, wanted);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return 'INSTALL_FAILED_INVALID_URI';
  }
}

const SLOW_MS = 120_000;
const LOOK_EVERY_MS = 50;

/** Android goes on with it whoever still listens. */
async function untilQuick({ faults }: Device): Promise<void> {
  const nobody = new AbortController().signal;
  for (let ms = 0; ms < SLOW_MS && faults.has('app-install-slow'); ms += LOOK_EVERY_MS) {
    await sleep(LOOK_EVERY_MS, nobody);
  }
}

/** Null: installed. */
async function installApk(apk: Uint8Array, device: Device, wanted: Wanted): Promise<string | null> {
  const read = await readApk(apk, device.model.firmware.sdk);
  if (typeof read === 'string') return read;
  await untilQuick(device);
  const { manifest, signer, signerHash } = read;
  const before = device.packages.get(manifest.packageName);
  const problem = whyNot(read, device, wanted);
  if (problem !== null) return problem;
  const { packageName: name, versionCode, versionName, minSdk, targetSdk } = manifest;
  const label = before?.label ?? name.split('.').at(-1) ?? name;
  const app = { name, label, versionCode, versionName, system: before?.system ?? false };
  const { installer } = wanted;
  device.packages.install(
    app,
    { minSdk, targetSdk, signer, signerHash, installer, apk },
    device.clock.nowMs,
  );
  for (const fault of ['payment-app-missing', 'payment-app-old'] as const) {
    if (name === device.model.apps.payment.name) device.faults.set(fault, false);
  }
  return null;
}

type Apk = Signer & { readonly manifest: NonNullable<ReturnType<typeof parseManifest>> };

async function readApk(apk: Uint8Array, sdk: number): Promise<Apk | string> {
  try {
    const bytes = bytesOf(apk);
    const zip = await Zip.open(bytes);
    const file = await zip.read('AndroidManifest.xml');
    const manifest = file === null ? null : parseManifest(file);
    if (manifest === null) return 'INSTALL_PARSE_FAILED_BAD_MANIFEST: AndroidManifest.xml';
    const signer = await signerOf(bytes, zip, sdk);
    if (signer === null) {
      return 'INSTALL_PARSE_FAILED_NO_CERTIFICATES: Failed to collect certificates';
    }
    return { manifest, ...signer };
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    return 'INSTALL_PARSE_FAILED_NOT_APK: Failed to parse';
  }
}

function whyNot({ manifest, signer }: Apk, device: Device, wanted: Wanted): string | null {
  const before = device.packages.get(manifest.packageName);
  if (manifest.minSdk > device.model.firmware.sdk) {
    return `INSTALL_FAILED_OLDER_SDK: Requires newer sdk version #${manifest.minSdk}`;
  }
  if (before === undefined) return null;
  if (wanted.replaceNothing) return 'INSTALL_FAILED_ALREADY_EXISTS';
  if (before.signer !== signer) {
    return `INSTALL_FAILED_UPDATE_INCOMPATIBLE: Package ${manifest.packageName} signatures do not match`;
  }
  if (before.versionCode > manifest.versionCode && !wanted.downgrade) {
    return 'INSTALL_FAILED_VERSION_DOWNGRADE';
  }
  return null;
}
