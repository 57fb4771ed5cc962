/** The test's codes as files. */
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../native-bridge/records/make-folder.ts';
import { writeReport } from '../write-report.ts';
import type { Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';

/** Where the page is put when nobody said where. */
export const usualPage = (): string => join(tmpdir(), 'pos-bench-scanner-codes.html');

export async function writePage(shell: Shell, path: string): Promise<string> {
  const bridge = await shell.bridge();
  const { locale, signal } = shell;
  const { text } = await bridge.request('scannerPage', { locale }, { signal });
  const file = resolve(path);
  await writeReport(file, text);
  shell.print(shell.words('cli_scanner_page', { file }));
  return file;
}

export async function writePictures(shell: Shell, path: string): Promise<string> {
  const bridge = await shell.bridge();
  const { pictures } = await bridge.request('scannerPictures', {}, { signal: shell.signal });
  const folder = resolve(path);
  makeFolderFor(folder);
  for (const { name, base64 } of pictures) {
    await writeReport(join(folder, name), Buffer.from(base64, 'base64'));
  }
  shell.print(shell.words('cli_scanner_images', { count: pictures.length, folder }));
  return folder;
}

function makeFolderFor(file: string): void {
  try {
    makeFolder(file);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw usageError('cli_usage_cannot_write', { file, reason });
  }
}
