/**
 * Going on with a flash that did not come through: its image is the copy that was kept, whatever
 * became of the file. Nothing is sent here; the copy is planned and flashed like any file, and the
 * terminal's own state says where it goes on.
 */
import type { Sentence } from '../../contract/common.ts';
import type { FlashResult, FlashVerdict } from '../../contract/firmware.ts';
import type { Params, Result } from '../../contract/requests.ts';
import { imageFile } from '../../records/data-folder.ts';
import type { Context } from '../context.ts';
import { pastFlashes } from './history.ts';
import { loadStoredImage } from './image-store.ts';

const remains: ReadonlySet<FlashVerdict> = new Set([
  'nothing-changed',
  'needs-firmware',
  'unknown',
]);

export async function resumeFlash(
  context: Context,
  { terminalId }: Params<'resumeFlash'>,
): Promise<Result<'resumeFlash'>> {
  // Throws where it is not connected: then an open flash has been settled, too.
  const { settled } = settledOf(context, terminalId);
  const [newest] = await pastFlashes(context, terminalId);
  const flash = settled ?? newest?.flash ?? null;
  if (flash === null) return { flash, fileId: null, text: said('none') };
  const { fileSha256, toVersion: version } = flash;
  if (!remains.has(flash.verdict)) return { flash, fileId: null, text: said('ended', version) };
  // Packages of gigabytes are not kept.
  if ((newest?.image?.format ?? 'mcuboot') !== 'mcuboot') {
    return { flash, fileId: null, text: said('choose_package', version) };
  }
  const { dataFolder } = context.options;
  if (fileSha256 === null || !(await loadStoredImage(dataFolder, fileSha256))) {
    return { flash, fileId: null, text: said('no_copy', version) };
  }
  const { fileId } = await context.files.register(imageFile(dataFolder, fileSha256));
  return { flash, fileId, text: said('goes_on', version) };
}

function settledOf(context: Context, terminalId: string): { settled: FlashResult | null } {
  return { settled: context.connections.get(terminalId).view().settledFlash ?? null };
}

function said(key: string, version?: string): Sentence {
  return { key: `flash_resume_${key}`, facts: version === undefined ? {} : { version } };
}
