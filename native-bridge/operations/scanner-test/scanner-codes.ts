/** The codes of the scanner test: to draw, as a page to print, as pictures. */
import type { Params, Result } from '../../contract/requests.ts';
import { codePictures, drawnCodes } from '../../pictures/codes/index.ts';
import type { Context } from '../context.ts';
import { codesPage } from './page.ts';

/** Throws `terminal-not-connected`. */
export async function scannerCodes(
  context: Context,
  { terminalId }: Params<'scannerCodes'>,
): Promise<Result<'scannerCodes'>> {
  return { testable: testable(context, terminalId), codes: await drawnCodes() };
}

function testable(context: Context, terminalId: string | null): Result<'scannerCodes'>['testable'] {
  if (terminalId === null) return 'yes';
  const { has, scanner } = context.connections.get(terminalId).profile;
  if (!has.scanner) return 'no-scanner';
  return scanner === null ? 'no-way' : 'yes';
}

export async function scannerPage(
  _context: Context,
  { locale }: Params<'scannerPage'>,
): Promise<Result<'scannerPage'>> {
  const text = codesPage(await drawnCodes(), locale);
  return { text, suggestedName: 'pos-bench-scanner-codes.html' };
}

export async function scannerPictures(
  _context: Context,
  { modulePixels }: Params<'scannerPictures'>,
): Promise<Result<'scannerPictures'>> {
  const pictures = await codePictures(modulePixels);
  return {
    pictures: pictures.map(({ name, png }) => ({
      name,
      base64: Buffer.from(png).toString('base64'),
    })),
  };
}
