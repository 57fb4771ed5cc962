/** What a technician calls a terminal: kept with it, shown wherever it is. */
import type { Params, Result } from '../contract/requests.ts';
import type { Context } from './context.ts';
import { visibleText } from './plain-text.ts';

/** Also for one that is not connected. Throws `terminal-unknown`. */
export async function nameTerminal(
  context: Context,
  { terminalId, nickname }: Params<'nameTerminal'>,
): Promise<Result<'nameTerminal'>> {
  const clean = visibleText(nickname ?? '').trim();
  const kept = clean === '' ? null : clean;
  await context.records.nameTerminal(terminalId, kept);
  const connection = context.connections.find(terminalId);
  if (connection) connection.remark({ nickname: kept });
  return { nickname: kept };
}
