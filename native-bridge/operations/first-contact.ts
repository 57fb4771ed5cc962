/**
 * The first words with whoever is on a port. Where nobody answers, that is the answer, with one
 * exception: a flash of the terminal on this port was cut off while it restarted. Its boot loader
 * may be swapping images in silence, so it is waited for as long as the flash would have.
 */
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import type { FlashPhase } from '../contract/firmware.ts';
import type { Params, Progress } from '../contract/requests.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';
import { shippedProfiles } from '../terminals/catalogue.ts';
import type { Profile } from '../terminals/profile.ts';
import { sentence } from '../wording/index.ts';
import type { Context } from './context.ts';
import { defaultSwapTimeoutMs } from './flash/begin.ts';
import { openFlashes, readable } from './flash/entry.ts';
import { openSession } from './open-session.ts';
import { recognise, type Recognised } from './recognise.ts';

const pauseMs = 1_000;
/** Steps in which the terminal restarts, or may have been told to. */
const restarting: ReadonlySet<FlashPhase> = new Set(['restart', 'reidentify', 'confirm']);
/** A restarting terminal is silent, its port gone, or its boot loader not yet one that answers. */
const notThere: ReadonlySet<string> = new Set([
  'port-silent',
  'port-missing',
  'port-vanished',
  'port-refused',
  'port-unreachable',
  'reply-timeout',
]);

export interface Contact {
  readonly session: SmpSession;
  readonly recognised: Recognised;
}

/** Throws what opening and `recognise` throw, then with nothing left open. */
export async function* firstContact(
  context: Context,
  params: Params<'connect'> & { readonly chosen: Profile | null },
  portUrl: string,
  signal: AbortSignal,
): AsyncGenerator<Progress<'connect'>, Contact, void> {
  const untilMs = await restartingUntilMs(context, portUrl);
  for (;;) {
    try {
      return await tryContact(context, params, portUrl, signal);
    } catch (error) {
      const { code } = faultOf(error, signal.aborted);
      if (!notThere.has(code) || Date.now() + pauseMs >= untilMs) throw error;
      context.log.info(`${portUrl}: ${code}, but it may be restarting`);
    }
    const untilUtc = new Date(untilMs).toISOString();
    yield {
      waitingFor: sentence('connect_wait_restart', { seconds: secondsTo(untilMs) }),
      untilUtc,
    };
    await pause(signal);
  }
}

const secondsTo = (untilMs: number): number => Math.ceil((untilMs - Date.now()) / 1_000);

async function tryContact(
  context: Context,
  params: Params<'connect'> & { readonly chosen: Profile | null },
  portUrl: string,
  signal: AbortSignal,
): Promise<Contact> {
  const session = await openSession(context, portUrl, params.chosen, signal);
  try {
    return { session, recognised: await recognise(context, session, params, portUrl, signal) };
  } catch (error) {
    await session.close().catch((left: unknown) => context.log.warn(`not closed: ${String(left)}`));
    throw error;
  }
}

/**
 * Until when a terminal on this port may be silent because a flash that was cut off restarted it,
 * in ms since 1970; 0: there is none.
 */
async function restartingUntilMs(context: Context, portUrl: string): Promise<number> {
  const known = await context.records.terminalHolding(portUrl, []);
  if (known === null) return 0;
  const entry = (await openFlashes(context, known.id)).at(-1);
  const flash = entry && readable(context, entry);
  if (!entry || !flash || !restarting.has(flash.phase)) return 0;
  const profile = shippedProfiles().find(({ name }) => name === known.profile);
  const waitMs = profile?.firmware?.swapTimeoutMs ?? defaultSwapTimeoutMs;
  // A clock that was set back must not make it wait for hours.
  return Math.min(Date.parse(entry.updatedUtc), Date.now()) + waitMs;
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new BridgeFault('cancelled'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, pauseMs);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}
