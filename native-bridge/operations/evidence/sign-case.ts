/** The merchant's signature under a case. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Params, Result } from '../../contract/requests.ts';
import { maxSignerCharacters } from '../../contract/signature.ts';
import { cleanText } from '../../wording/index.ts';
import type { Context } from '../context.ts';

/** Throws `case-unknown`, `case-changed`, `bad-request`. */
export async function signCase(
  { records }: Pick<Context, 'records'>,
  { caseId, signer: typed, strokes, contentSha256 }: Params<'signCase'>,
): Promise<Result<'signCase'>> {
  const signer = cleanText(typed, maxSignerCharacters).trim();
  if (signer === '') throw new BridgeFault('bad-request', { path: 'signer' });
  const form = strokes.length === 0 ? 'typed' : 'drawn';
  return await records.signCase(caseId, { signer, form, strokes }, contentSha256);
}
