/**
 * The first words with whoever is on a port. Where nobody answers, that is the answer, with one
 * exception: a flash of the terminal on this port was cut off while it restarted. Its boot loader
 * may be swapping images in silence, so it is waited for as long as the flash would have, here and
 * on ports that came since. After that its USB device is looked for once: a recovery that stays is
 * another product, at another address.
 */
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import type { Progress } from '../contract/requests.ts';
import { pause } from '../ports/pause.ts';
import type { Ownership } from '../records/types.ts';
import { sentence } from '../wording/index.ts';
import { awakeMs } from './awake-clock.ts';
import { channel } from './channel.ts';
import type { Context } from './context.ts';
import type { Waiting } from './open-adb.ts';
import { MovedSearch, restartingOn } from './restarting.ts';
import { tryContact, type Asked, type Contact } from './try-contact.ts';

const pauseMs = 1_000;
/** A restarting terminal is silent, its port gone, or its boot loader not yet one that answers. */
const notThere: ReadonlySet<string> = new Set([
  'port-silent',
  'port-missing',
  'port-vanished',
  'port-refused',
  'port-unreachable',
  'reply-timeout',
]);

export interface FirstContact extends Contact {
  /** Where it is. */
  readonly portUrl: string;
  /** Of that port, where it is another than the one asked for; null: it is that one. */
  readonly portLock: Ownership | null;
}

/** Throws what opening and `recognise` throw, then with nothing left open. */
export async function* firstContact(
  context: Context,
  asked: Asked,
  portUrl: string,
  signal: AbortSignal,
): AsyncGenerator<Progress<'connect'>, FirstContact, void> {
  const restarting = await restartingOn(context, asked, portUrl);
  const untilMs = awakeMs() + (restarting?.remainingMs ?? 0);
  const elsewhere = restarting && new MovedSearch(context, asked, portUrl, restarting);
  for (;;) {
    try {
      return { ...(yield* attempt(context, asked, portUrl, signal)), portUrl, portLock: null };
    } catch (error) {
      const { code } = faultOf(error, signal.aborted);
      if (!notThere.has(code) || !elsewhere) throw error;
      const isLate = awakeMs() + pauseMs >= untilMs;
      const moved = await elsewhere.look(signal, isLate);
      if (moved) return moved;
      if (isLate) throw error;
      context.log.info(`${portUrl}: ${code}, but it may be restarting`);
    }
    const remainingMs = untilMs - awakeMs();
    const seconds = Math.max(1, Math.ceil(remainingMs / 1_000));
    yield {
      waitingFor: sentence('connect_wait_restart', { seconds }),
      untilUtc: new Date(Date.now() + remainingMs).toISOString(),
    };
    await pause(pauseMs, signal);
    if (signal.aborted) throw new BridgeFault('cancelled');
  }
}

/** What the terminal waits for meanwhile is told: somebody has to tap on its screen. */
async function* attempt(
  context: Context,
  asked: Asked,
  portUrl: string,
  signal: AbortSignal,
): AsyncGenerator<Progress<'connect'>, Contact, void> {
  const waits = channel<Waiting>();
  const contact = tryContact(context, asked, portUrl, signal, waits.push).finally(waits.end);
  // It is awaited below, once there is nothing more to tell.
  contact.catch(() => undefined);
  yield* waits.values();
  return await contact;
}
