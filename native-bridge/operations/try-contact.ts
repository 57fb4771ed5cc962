/** One attempt to open a port and to find out who is there. */
import type { Params } from '../contract/requests.ts';
import type { TerminalSession } from '../connections/terminal-session.ts';
import type { Profile } from '../terminals/profile.ts';
import { withAdbAdvice } from './adb-closed.ts';
import type { Context } from './context.ts';
import type { Waiting } from './open-adb.ts';
import { openSession } from './open-session.ts';
import { recognise, type Recognised } from './recognise.ts';

export type Asked = Params<'connect'> & { readonly chosen: Profile | null };

export interface Contact {
  readonly session: TerminalSession;
  readonly recognised: Recognised;
}

/** Throws what opening and `recognise` throw, then with nothing left open. */
export async function tryContact(
  context: Context,
  params: Asked,
  portUrl: string,
  signal: AbortSignal,
  tell?: (waiting: Waiting) => void,
): Promise<Contact> {
  const session = await openSession(context, portUrl, params.chosen, signal, tell).catch(
    async (error: unknown) => {
      throw await withAdbAdvice(context, error, portUrl, params.chosen);
    },
  );
  try {
    return { session, recognised: await recognise(context, session, params, portUrl, signal) };
  } catch (error) {
    await session.close().catch((left: unknown) => context.log.warn(`not closed: ${String(left)}`));
    throw error;
  }
}
