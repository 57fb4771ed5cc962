/** Opens fastboot on a boot loader, or on fastbootd, over USB or over the network. */
import { BridgeFault } from '../contract/bridge-fault.ts';
import { formatAddress, type FastbootAddress } from '../ports/address.ts';
import type { UsbAddress } from '../ports/usb-address.ts';
import { fastbootInterface } from '../ports/usb-interfaces.ts';
import { openUsbPort } from '../ports/usb-port.ts';
import { FastbootFormatError } from '../protocols/fastboot/errors.ts';
import { FastbootSession } from '../sessions/fastboot/fastboot-session.ts';
import { TcpFastbootLink } from '../sessions/fastboot/tcp-link.ts';
import { UsbFastbootLink } from '../sessions/fastboot/usb-link.ts';
import type { Context } from './context.ts';

const openTimeoutMs = 5_000;
const greetTimeoutMs = 4_000;

export async function openFastboot(
  context: Context,
  address: FastbootAddress | UsbAddress,
  signal: AbortSignal,
): Promise<FastbootSession> {
  const wait = { timeoutMs: openTimeoutMs, signal };
  if (address.kind === 'usb') {
    const port = await openUsbPort(address, { ...wait, match: fastbootInterface });
    return new FastbootSession(new UsbFastbootLink(port));
  }
  const port = await context.openPort(formatAddress(address), wait);
  try {
    const link = await TcpFastbootLink.open(port, { timeoutMs: greetTimeoutMs, signal });
    return new FastbootSession(link);
  } catch (cause) {
    await port.close();
    if (!(cause instanceof FastbootFormatError)) throw cause;
    throw new BridgeFault('reply-malformed', { command: 'FB01' }, { cause });
  }
}
