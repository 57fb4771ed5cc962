/** Reads firmware and key files whole, never more than the limit, whatever the file does meanwhile. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { readVbmetaKey, type VbmetaKey } from './avb/key.ts';
import { FirmwareError } from './firmware-error.ts';
import { readVendorCertificate, type VendorCertificate } from './vendor-certificate.ts';
import { readVendorKey } from './vendor-key.ts';

/** Far above any MCUboot image; a file beyond it was picked by mistake. */
export const maxImageBytes = 64 * 1024 * 1024;
const maxKeyBytes = 16 * 1024;

/** Without waiting: opening a named pipe would wait for its writer for ever. Windows has no such flag. */
const readFlags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/**
 * The bytes of a regular file. Throws FirmwareError `file-missing`, `file-unreadable` (no
 * permission, a folder, a device) and `file-too-large`.
 */
export async function readImageFile(path: string): Promise<Uint8Array> {
  return await readBounded(path, maxImageBytes);
}

/**
 * A vendor's public key from a PEM file, by the file's name. Throws as `readImageFile` does, and
 * FirmwareError `key-unreadable` for what is no usable public key.
 */
export async function readKeyFile(path: string): Promise<{ name: string; pem: string }> {
  const { name, text: pem } = await readKeyText(path);
  readVendorKey(name, pem);
  return { name, pem };
}

/** A key's file as it is, of whatever kind. Throws as `readImageFile`. */
export async function readKeyText(path: string): Promise<{ name: string; text: string }> {
  const text = new TextDecoder().decode(await readBounded(path, maxKeyBytes));
  return { name: basename(path), text };
}

/** A vendor's certificate from a PEM file, by the file's name. Throws as `readKeyFile`. */
export async function readCertificateFile(path: string): Promise<VendorCertificate> {
  const { name, text } = await readKeyText(path);
  return readVendorCertificate(name, text);
}

/**
 * A key that a vendor signs vbmeta with, from a PEM file (the key itself or a certificate of it), by
 * the file's name. Throws as `readKeyFile`.
 */
export async function readVbmetaKeyFile(path: string): Promise<VbmetaKey> {
  const { name, text } = await readKeyText(path);
  return readVbmetaKey(name, text);
}

async function readBounded(path: string, maxBytes: number): Promise<Uint8Array> {
  const handle = await open(path, readFlags).catch((error: unknown) => {
    const code = isMissing(error) ? 'file-missing' : 'file-unreadable';
    throw new FirmwareError(code, { file: path }, { cause: error });
  });
  try {
    return await readWhole(handle, path, maxBytes);
  } catch (error) {
    if (error instanceof FirmwareError) throw error;
    throw new FirmwareError('file-unreadable', { file: path }, { cause: error });
  } finally {
    await handle.close();
  }
}

async function readWhole(handle: FileHandle, path: string, maxBytes: number): Promise<Uint8Array> {
  const info = await handle.stat();
  if (!info.isFile()) throw new FirmwareError('file-unreadable', { file: path });
  if (info.size > maxBytes) {
    throw new FirmwareError('file-too-large', { file: path, sizeBytes: info.size, maxBytes });
  }
  const bytes = new Uint8Array(info.size);
  let filledBytes = 0;
  while (filledBytes < bytes.length) {
    const rest = bytes.length - filledBytes;
    const { bytesRead } = await handle.read(bytes, filledBytes, rest, filledBytes);
    if (bytesRead === 0) break;
    filledBytes += bytesRead;
  }
  return bytes.subarray(0, filledBytes);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
