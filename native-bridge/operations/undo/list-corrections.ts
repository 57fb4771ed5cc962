/** What was changed on a terminal, undone and restored, at every visit. */
import type { Params, Result } from '../../contract/requests.ts';
import type { Context } from '../context.ts';

const listed = 200;

export async function listCorrections(
  { records }: Context,
  { terminalId }: Params<'listCorrections'>,
): Promise<Result<'listCorrections'>> {
  return { corrections: await records.listCorrections(terminalId, listed) };
}
