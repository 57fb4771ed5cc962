/** Writes what the window made where the technician chooses, with its signature beside it if wanted. */
import { basename, extname, join } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import { faultOf } from '../native-bridge/contract/bridge-fault.ts';
import type { Fault } from '../native-bridge/contract/fault.ts';
import { removeStaleSignature } from '../native-bridge/records/signing/stale-signature.ts';
import { writeWholeFile } from '../native-bridge/records/whole-file.ts';
import type { SaveAnswer } from '../renderer/host.d.ts';
import type { BridgeHost } from './bridge-host.ts';
import { PrintError } from './print-report.ts';

export interface ToSave {
  readonly suggestedName: string;
  /** Made once it is known that it is wanted. */
  readonly content: () => Promise<string | Uint8Array> | string | Uint8Array;
  /** Signed with the shop's key, where there is one. */
  readonly sign: boolean;
}

export async function saveFile(
  window: BrowserWindow,
  bridge: BridgeHost,
  { suggestedName, content, sign }: ToSave,
): Promise<SaveAnswer> {
  // A name only: whatever it contains, it does not choose the folder.
  const name = suggestedName.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
  const extension = extname(name).slice(1);
  const { filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('documents'), name),
    // So a name that was typed anew gets the ending of what it is.
    filters: extension === '' ? [] : [{ name: extension.toUpperCase(), extensions: [extension] }],
    // Linux asks only where it is told to.
    properties: ['showOverwriteConfirmation'],
  });
  if (filePath === '') return { saved: false };
  const made = await madeOr(content);
  if ('fault' in made) return made;
  const fault = await written(filePath, made.bytes);
  if (fault !== null) return { fault };
  await removeStaleSignature(filePath);
  const file = basename(filePath);
  return { saved: true, file, ...(sign && (await signed(bridge, filePath, made.bytes))) };
}

async function madeOr(
  content: ToSave['content'],
): Promise<{ readonly bytes: Uint8Array } | { readonly fault: Fault }> {
  try {
    const made = await content();
    return { bytes: typeof made === 'string' ? Buffer.from(made, 'utf8') : made };
  } catch (error) {
    if (!(error instanceof PrintError)) return { fault: faultOf(error) };
    return { fault: { code: error.code, facts: { ...error.facts }, trace: [error.message] } };
  }
}

/** The file is there already: what goes wrong here is told beside that, not instead. */
async function signed(
  bridge: BridgeHost,
  filePath: string,
  bytes: Uint8Array,
): Promise<{ signedAs?: string; unsigned?: Fault }> {
  const answer = await bridge.signFile(basename(filePath), bytes);
  if ('fault' in answer) return { unsigned: answer.fault };
  if (answer.text === null) return {};
  const beside = `${filePath}.minisig`;
  const fault = await written(beside, answer.text);
  return fault === null ? { signedAs: basename(beside) } : { unsigned: fault };
}

/** null: it is on the disk. The window never learns a path: the file's name is all that it shows. */
async function written(path: string, content: string | Uint8Array): Promise<Fault | null> {
  try {
    await writeWholeFile(path, content);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    return {
      code: full ? 'disk-full' : 'file-not-written',
      facts: { file: basename(path) },
      trace: [code],
    };
  }
}
