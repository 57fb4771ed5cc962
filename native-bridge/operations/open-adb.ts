/**
 * Opens ADB on a terminal, over USB or over the network. A terminal that does not know this computer
 * yet asks on its own screen, and somebody has to tap: that is told while it is waited for.
 */
import type { Progress } from '../contract/requests.ts';
import { formatAddress, type AdbAddress } from '../ports/address.ts';
import type { UsbAddress } from '../ports/usb-address.ts';
import { adbInterface } from '../ports/usb-interfaces.ts';
import { openUsbPort } from '../ports/usb-port.ts';
import { AdbSession } from '../sessions/adb/adb-session.ts';
import { sentence } from '../wording/index.ts';
import { adbKeysIn } from './adb-keys.ts';
import type { Context } from './context.ts';

export type Waiting = Progress<'connect'>;

const openTimeoutMs = 5_000;
const answerTimeoutMs = 8_000;
/** For whoever holds the terminal to see the question and to tap. */
const tapTimeoutMs = 60_000;

export async function openAdb(
  context: Context,
  address: AdbAddress | UsbAddress,
  signal: AbortSignal,
  tell: (waiting: Waiting) => void,
): Promise<AdbSession> {
  const wait = { timeoutMs: openTimeoutMs, signal };
  const port =
    address.kind === 'usb'
      ? await openUsbPort(address, { ...wait, match: adbInterface })
      : await context.openPort(formatAddress(address), wait);
  try {
    return await AdbSession.open(port, {
      keys: adbKeysIn(context.options.dataFolder),
      timeoutMs: answerTimeoutMs,
      tapTimeoutMs,
      signal,
      onState: (state) => tell(waitingFor(state)),
    });
  } catch (error) {
    await port.close();
    throw error;
  }
}

function waitingFor(state: 'authorising' | 'waiting-for-tap'): Waiting {
  const waitMs = state === 'authorising' ? answerTimeoutMs : tapTimeoutMs;
  const untilUtc = new Date(Date.now() + waitMs).toISOString();
  return state === 'authorising'
    ? { waitingFor: sentence('connect_wait_key', {}), untilUtc }
    : { waitingFor: sentence('connect_wait_tap', { seconds: tapTimeoutMs / 1_000 }), untilUtc };
}
